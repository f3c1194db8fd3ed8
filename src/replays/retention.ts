import { sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { removeRows } from './save.ts';
import { type ObjectStore, objectName } from './store.ts';

/** Recordings that go in one step. */
const STEP = 100;

/** A recording, and what is to be known of its objects to name them. */
interface Expired {
  site_id: number;
  session_id: number;
  parts: number[];
  /** Chunks that lie alone. */
  chunks: { stream: number; n: number }[];
}

/**
 * Deletes recordings that are older than their sites keep them, bytes first: what is cut off goes on with the next run.
 * @param until no other step is begun after this moment of the clock
 */
export async function unscopedExpire(
  db: Db,
  store: ObjectStore,
  now: number,
  until = Number.POSITIVE_INFINITY,
): Promise<void> {
  for (let left = true; left && Date.now() < until; ) {
    const { rows } = await db.execute<{ expired: Expired[] }>(sql`
      select coalesce(json_agg(json_build_object('site_id', r.site_id, 'session_id', r.session_id,
        'parts', (select coalesce(json_agg(p.part), '[]') from replay_part p
          where (p.site_id, p.session_id) = (r.site_id, r.session_id)),
        'chunks', (select coalesce(json_agg(json_build_object('stream', c.stream, 'n', c.n)), '[]') from replay_chunk c
          where (c.site_id, c.session_id, c.part) = (r.site_id, r.session_id, 0)))), '[]') as expired
      from (
        select r.site_id, r.session_id from site join replay r on r.site_id = site.id
        where r.start < to_timestamp(${now / 1000}::float8) - site.record_days * interval '1 day'
        order by r.site_id, r.start limit ${STEP}
      ) r`);
    const expired = rows[0]?.expired ?? [];
    left = expired.length === STEP;
    if (expired.length === 0) return;
    await store.drop(
      expired.flatMap(({ parts, chunks, ...recording }) => [
        ...parts.map((part) => objectName.part({ ...recording, part })),
        ...chunks.map((chunk) => objectName.chunk({ ...recording, ...chunk })),
      ]),
    );
    await removeRows(db, expired);
  }
}
