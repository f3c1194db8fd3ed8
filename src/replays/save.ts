import { type SQL, sql } from 'drizzle-orm';
import { SIGNALS, type Signals } from '../contract/wire.ts';
import type { Db } from '../db/client.ts';
import type { ChunkKey, ChunkStore } from './store.ts';

/** A chunk as the collector took it. Times are milliseconds since 1970, server clock. */
export interface Chunk extends ChunkKey {
  visitor: number;
  from: number;
  to: number;
  /** Server clock minus client clock, milliseconds. */
  skew: number;
  events: number;
  bytes: number;
  keyframe: boolean;
  url: string;
  signals: Signals | null;
  /** The gzipped events. */
  body: Uint8Array;
}

/** Bytes of bodies that one statement may carry. */
const STATEMENT_BYTES = 4_000_000;

/**
 * Keeps chunks: bytes first, then their index rows and, in the same statement, the summary row of each recording they
 * belong to, derived from all its chunks. Doing it again changes nothing; a failure in between is mended by the repeat.
 */
export async function saveChunks(db: Db, store: ChunkStore, chunks: Chunk[]): Promise<void> {
  for (const group of groups(chunks)) {
    const rows = await Promise.all(
      group.map(async ({ body, ...row }) => {
        const left = await store.put(row, body);
        // PostgreSQL has no place for U+0000, and JSON no way around that.
        return { ...row, url: row.url.replaceAll('\0', ''), body: left?.toBase64() };
      }),
    );
    await db.execute(insert(JSON.stringify(rows)));
  }
}

/** Forgets a recording. False when there was none. */
export async function removeReplay(db: Db, store: ChunkStore, site: number, session: number): Promise<boolean> {
  await store.remove(site, session);
  const { rows } = await db.execute(sql`
    with chunks as (delete from replay_chunk where site_id = ${site} and session_id = ${session} returning 1),
         notes as (delete from replay_note where site_id = ${site} and session_id = ${session}),
         links as (
           update replay_share set revoked = coalesce(revoked, now()) where site_id = ${site} and session_id = ${session}
         ),
         summary as (delete from replay where site_id = ${site} and session_id = ${session} returning 1)
    select 1 from chunks union all select 1 from summary limit 1`);
  return rows.length > 0;
}

/** A sum that its column holds: what clients count may be anything, and must not keep the recording out. */
const most = (count: SQL) => sql`least(coalesce(sum(${count}), 0), 2147483647)::int`;

/** A statement sees its tables as they were before it: hence `fresh` beside what lay there already. */
const insert = (rows: string) => sql`
  with given as (
    select * from json_to_recordset(${rows}::json) as t(
      site_id int, session_id bigint, visitor bigint, stream int, n int, "from" float8, "to" float8, skew bigint,
      events int, bytes int, keyframe boolean, url text, signals jsonb, body text)
  ), fresh as (
    insert into replay_chunk
      (site_id, session_id, stream, n, "from", "to", skew, events, bytes, keyframe, url, signals, body)
    select site_id, session_id, stream, n, to_timestamp("from" / 1000), to_timestamp("to" / 1000), skew,
      events, bytes, keyframe, url, signals, decode(body, 'base64')
    from given
    on conflict do nothing
    returning site_id, session_id, "from", "to", bytes, signals
  ), whole as (
    select site_id, session_id, "from", "to", bytes, signals from fresh
    union all
    select c.site_id, c.session_id, c."from", c."to", c.bytes, c.signals from replay_chunk c
    where (c.site_id, c.session_id) in (select site_id, session_id from given)
  )
  insert into replay
    (site_id, session_id, visitor, start, last, chunks, bytes,
      ${sql.join(SIGNALS.map(sql.identifier), sql`, `)})
  select site_id, session_id,
    (select max(g.visitor) from given g where (g.site_id, g.session_id) = (whole.site_id, whole.session_id)),
    min("from"), max("to"), count(*), ${most(sql`bytes`)},
    ${sql.join(
      SIGNALS.map((name) => most(sql`(signals->>${name}::text)::int`)),
      sql`, `,
    )}
  from whole group by site_id, session_id
  on conflict (site_id, session_id) do update set
    start = excluded.start, last = excluded.last, chunks = excluded.chunks, bytes = excluded.bytes,
    ${sql.join(
      SIGNALS.map((name) => sql`${sql.identifier(name)} = excluded.${sql.identifier(name)}`),
      sql`, `,
    )}`;

/** In order, each of at most `STATEMENT_BYTES` or one chunk; a chunk given twice stands in it once. */
function groups(chunks: Chunk[]): Chunk[][] {
  const once = new Map(
    chunks.map((chunk) => [JSON.stringify([chunk.site_id, chunk.session_id, chunk.stream, chunk.n]), chunk]),
  );
  const all: Chunk[][] = [];
  let room = 0;
  for (const chunk of once.values()) {
    room -= chunk.body.length;
    if (room < 0 || !all.length) {
      all.push([]);
      room = STATEMENT_BYTES - chunk.body.length;
    }
    all.at(-1)?.push(chunk);
  }
  return all;
}
