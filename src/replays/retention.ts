import { sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { type RecordingKey, removeRecordings } from './remove.ts';
import type { ObjectStore } from './store.ts';

/** Recordings that are looked up at once. */
const STEP = 100;

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
    const { rows } = await db.execute<{ expired: RecordingKey[] }>(sql`
      select coalesce(json_agg(json_build_object('site_id', site_id, 'session_id', session_id)), '[]') as expired
      from (
        select r.site_id, r.session_id from site join replay r on r.site_id = site.id
        where r.start < to_timestamp(${now / 1000}::float8) - site.record_days * interval '1 day'
        order by r.site_id, r.start limit ${STEP}
      ) r`);
    const expired = rows[0]?.expired ?? [];
    left = expired.length === STEP;
    await removeRecordings(db, store, expired);
  }
}
