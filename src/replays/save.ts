import { type SQL, sql } from 'drizzle-orm';
import { SIGNALS, type Signals, type Touch } from '../contract/wire.ts';
import type { Db } from '../db/client.ts';
import { savePages } from '../heatmap/save.ts';
import { type ChunkKey, joined, type ObjectStore, objectName, type PartKey } from './store.ts';

/** A chunk as the collector took it, but for its bytes. Times are milliseconds since 1970, server clock. */
export interface ChunkRow extends ChunkKey {
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
  /** Of the page that it is of, where the recorder says so: see `Envelope`. */
  page?: string;
  width?: number;
  height?: number;
  touches?: Touch[];
}

export interface Chunk extends ChunkRow {
  /** The gzipped events. */
  body: Uint8Array;
}

/** Chunks of one recording that are written at once. */
export interface Part extends PartKey {
  chunks: Chunk[];
}

/**
 * Keeps the index rows of chunks whose bytes wait in their collector and, in the same statement, the summary row of each
 * recording they belong to, derived from all its chunks. Doing it again changes nothing.
 * @param chunks each once
 * @returns those whose bytes were kept before: they were sent again
 */
export async function indexChunks(db: Db, chunks: ChunkRow[]): Promise<ChunkKey[]> {
  return (await db.execute<ChunkKey & Record<string, unknown>>(insert(chunks, []))).rows;
}

/**
 * Keeps the bytes of parts, then where in them each chunk is. Doing it again changes nothing, and mends a failure in
 * between; a chunk that lies in another part stays there.
 */
export async function saveParts(db: Db, store: ObjectStore, parts: Part[]): Promise<void> {
  const kept = await Promise.all(
    parts.map(async ({ chunks, ...key }) => {
      const body = joined(chunks.map((chunk) => chunk.body));
      const left = await store.put(objectName.part(key), body);
      return { ...key, bytes: body.length, body: left?.toBase64() };
    }),
  );
  const rows = parts.flatMap(({ part, chunks }) => {
    let end = 0;
    return chunks.map(({ body, ...row }) => {
      end += body.length;
      return { ...row, part, at: end - body.length };
    });
  });
  await db.execute(insert(rows, kept));
}

/** A sum that its column holds: what clients count may be anything, and must not keep the recording out. */
const most = (count: SQL) => sql`least(coalesce(sum(${count}), 0), 2147483647)::int`;

/** A row as the statement takes it: without `part`, its bytes wait. */
type Given = ChunkRow & { part?: number; at?: number };

/**
 * A statement sees its tables as they were before it: hence `fresh` beside what lay there already.
 * @param parts bytes that lie in their rows are base64
 */
const insert = (rows: Given[], parts: (PartKey & { bytes: number; body: string | undefined })[]) => sql`
  with given as (
    select * from json_to_recordset(${
      // PostgreSQL has no place for U+0000, and JSON no way around that.
      JSON.stringify(rows.map((row) => ({ ...row, url: row.url.replaceAll('\0', '') })))
    }::json) as t(
      site_id int, session_id bigint, visitor bigint, stream int, n int, "from" float8, "to" float8, skew bigint,
      events int, bytes int, keyframe boolean, url text, signals jsonb, part int, at int,
      page text, width int, height int, touches json)
  ), parts as (
    insert into replay_part (site_id, session_id, part, bytes, body)
    select site_id, session_id, part, bytes, decode(body, 'base64')
    from json_to_recordset(${JSON.stringify(parts)}::json) as t(
      site_id int, session_id bigint, part int, bytes int, body text)
    on conflict do nothing
  ), known as (
    select site_id, session_id, stream, n, "from", "to", bytes, signals, part from replay_chunk
    where (site_id, session_id) in (select site_id, session_id from given)
  ), written as (
    insert into replay_chunk
      (site_id, session_id, stream, n, "from", "to", skew, events, bytes, keyframe, url, signals, part, at)
    select site_id, session_id, stream, n, to_timestamp("from" / 1000), to_timestamp("to" / 1000), skew,
      events, bytes, keyframe, url, signals, part, at
    from given
    on conflict (site_id, session_id, stream, n) do update set part = excluded.part, at = excluded.at
      where replay_chunk.part is null and excluded.part is not null
    returning site_id, session_id, stream, n, "from", "to", bytes, signals
  ), fresh as (
    select * from written where (site_id, session_id, stream, n) not in (select site_id, session_id, stream, n from known)
  ), ${savePages}, whole as (
    select site_id, session_id, "from", "to", bytes, signals from known
    union all
    select site_id, session_id, "from", "to", bytes, signals from fresh
  ), summary as (
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
      )}
  )
  select site_id, session_id::float8 as session_id, stream, n
  from known join given g using (site_id, session_id, stream, n) where known.part is not null`;
