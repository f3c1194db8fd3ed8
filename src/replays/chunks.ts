import { sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { type ChunkKey, joined, type ObjectStore, objectName } from './store.ts';

/** Chunks of one stream, numbered one after the other. */
export interface Run extends ChunkKey {
  count: number;
}

interface Where {
  n: number;
  part: number | null;
  at: number | null;
  bytes: number;
  /** The bytes, where they lie in Postgres. */
  body: string | null;
}

/**
 * The bytes of a run as they came, one chunk behind the other; null when one is missing.
 * @param held asks the visit's collector for what waits there; null when something of it doesn't any more
 */
export async function readChunks(
  db: Db,
  store: ObjectStore,
  run: Run,
  held: (run: Run) => Promise<Uint8Array | null>,
): Promise<Uint8Array | null> {
  // Asked twice: what waited when Postgres was asked may have been written before its collector was.
  for (let tries = 2; tries > 0; tries -= 1) {
    const rows = await whereabouts(db, run);
    if (rows.length < run.count) return null;
    const bodies = await Promise.all(spansOf(rows).map((span) => read(store, run, span, held)));
    if (bodies.every((body) => body !== null)) return joined(bodies);
    if (rows.every(({ part }) => part !== null)) return null;
  }
  return null;
}

async function whereabouts(db: Db, { site_id, session_id, stream, n, count }: Run): Promise<Where[]> {
  const { rows } = await db.execute<{ rows: Where[] }>(sql`
    select coalesce(json_agg(json_build_object('n', c.n, 'part', c.part, 'at', c.at, 'bytes', c.bytes,
      'body', encode(coalesce(c.body, substring(p.body from c.at + 1 for c.bytes)), 'base64')) order by c.n), '[]') as rows
    from replay_chunk c left join replay_part p using (site_id, session_id, part)
    where c.site_id = ${site_id} and c.session_id = ${session_id} and c.stream = ${stream}
      and c.n >= ${n} and c.n < ${n}::bigint + ${count}::int`);
  return rows[0]?.rows ?? [];
}

/** What can be had at once: neighbours in a part, and neighbours that wait. */
function spansOf(rows: Where[]): Where[][] {
  const spans: Where[][] = [];
  for (const row of rows) {
    const span = spans.at(-1);
    const before = span?.at(-1);
    if (span && before && follows(before, row)) span.push(row);
    else spans.push([row]);
  }
  return spans;
}

function follows(before: Where, row: Where): boolean {
  if (row.part === 0 || row.body || before.body || row.part !== before.part) return false;
  return row.part === null || row.at === (before.at ?? 0) + before.bytes;
}

function read(
  store: ObjectStore,
  run: Run,
  span: Where[],
  held: (run: Run) => Promise<Uint8Array | null>,
): Promise<Uint8Array | null> {
  const [{ n, part, at, body }] = span as [Where];
  if (body) return Promise.resolve(Uint8Array.fromBase64(body));
  if (part === null) return held({ ...run, n, count: span.length });
  if (part === 0) return store.get(objectName.chunk({ ...run, n }));
  const length = span.reduce((sum, { bytes }) => sum + bytes, 0);
  return store.get(objectName.part({ ...run, part }), { offset: at ?? 0, length });
}
