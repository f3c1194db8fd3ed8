import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import type { ChunkKey, ChunkStore } from './store.ts';

/** Chunks that go in one step: a bucket deletes so many objects at once. */
const STEP_CHUNKS = 1_000;

/** Recordings `r` that their site has kept for as long as it wants to. */
const expired = (now: number): SQL => sql`
  from site join replay r on r.site_id = site.id
  where r.start < to_timestamp(${now / 1000}::float8) - site.record_days * interval '1 day'`;

/**
 * Deletes recordings that are older than their sites keep them, bytes first: what is cut off goes on with the next run.
 * @param until no other step is begun after this moment of the clock
 */
export async function unscopedExpire(
  db: Db,
  store: ChunkStore,
  now: number,
  until = Number.POSITIVE_INFINITY,
): Promise<void> {
  for (let left = true; left && Date.now() < until; ) {
    const { rows } = await db.execute<{ chunks: ChunkKey[] }>(sql`
      select coalesce(json_agg(step), '[]') as chunks from (
        select c.site_id, c.session_id, c.stream, c.n from replay_chunk c
        where (c.site_id, c.session_id) in (select r.site_id, r.session_id ${expired(now)})
        order by c.site_id, c.session_id limit ${STEP_CHUNKS}
      ) step`);
    const chunks = rows[0]?.chunks ?? [];
    left = chunks.length === STEP_CHUNKS;
    if (chunks.length === 0) break;
    await store.drop(chunks);
    await db.execute(sql`
      delete from replay_chunk where (site_id, session_id, stream, n) in (
        select site_id, session_id, stream, n
        from json_to_recordset(${JSON.stringify(chunks)}::json) as t(site_id int, session_id bigint, stream int, n int))`);
  }
  await db.execute(sql`
    with gone as (
      delete from replay where (site_id, session_id) in (select r.site_id, r.session_id ${expired(now)})
        and not exists (select from replay_chunk c where (c.site_id, c.session_id) = (replay.site_id, replay.session_id))
      returning site_id, session_id
    ), links as (
      update replay_share set revoked = coalesce(revoked, now())
      where (site_id, session_id) in (select site_id, session_id from gone)
    )
    delete from replay_note where (site_id, session_id) in (select site_id, session_id from gone)`);
}
