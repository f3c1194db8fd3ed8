import { sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { type ChunkKey, type ObjectStore, objectName, type PartKey } from './store.ts';

/** Which recording. */
export type RecordingKey = Pick<ChunkKey, 'site_id' | 'session_id'>;

/** Recordings that go in one step. */
const STEP = 100;

/**
 * Deletes recordings, bytes first: what is cut off goes on when it is asked again. What the index doesn't name yet is the
 * business of the collector that has it.
 * @returns of how many something was known
 */
export async function removeRecordings(db: Db, store: ObjectStore, recordings: RecordingKey[]): Promise<number> {
  let count = 0;
  for (let from = 0; from < recordings.length; from += STEP) {
    const some = recordings.slice(from, from + STEP);
    await store.drop(await objectsOf(db, some));
    count += await removeRows(db, some);
  }
  return count;
}

const given = (recordings: RecordingKey[]) => sql`given as (
  select * from json_to_recordset(${JSON.stringify(recordings)}::json) as t(site_id int, session_id bigint)
)`;
const these = sql`(site_id, session_id) in (select site_id, session_id from given)`;

/** Names of all that the bucket has of recordings, as the index tells them: nothing has to be looked for there. */
async function objectsOf(db: Db, recordings: RecordingKey[]): Promise<string[]> {
  const { rows } = await db.execute<{ parts: PartKey[]; chunks: ChunkKey[] }>(sql`
    with ${given(recordings)}
    select
      (select coalesce(json_agg(p), '[]') from (
        select site_id, session_id, part from replay_part where ${these}) p) as parts,
      (select coalesce(json_agg(c), '[]') from (
        select site_id, session_id, stream, n from replay_chunk where ${these} and part = 0) c) as chunks`);
  const { parts = [], chunks = [] } = rows[0] ?? {};
  return [...parts.map(objectName.part), ...chunks.map(objectName.chunk)];
}

/** Forgets what Postgres knows of recordings. @returns of how many it knew something */
async function removeRows(db: Db, recordings: RecordingKey[]): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    with ${given(recordings)},
    chunks as (delete from replay_chunk where ${these} returning site_id, session_id),
    parts as (delete from replay_part where ${these}),
    pages as (delete from replay_page where ${these}),
    notes as (delete from replay_note where ${these}),
    links as (update replay_share set revoked = coalesce(revoked, now()) where ${these}),
    summaries as (delete from replay where ${these} returning site_id, session_id)
    select count(*)::int as count from (select * from chunks union select * from summaries) known`);
  return rows[0]?.count ?? 0;
}
