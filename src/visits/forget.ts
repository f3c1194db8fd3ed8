import { sql } from 'drizzle-orm';
import type { VisitorForgotten } from '../contract/api.ts';
import type { Db } from '../db/client.ts';
import { inMinutesOf, LAST } from '../db/rows.ts';
import { removeRecordings } from '../replays/remove.ts';
import type { ObjectStore } from '../replays/store.ts';
import { unplace, unseal } from '../seals/unseal.ts';

/** A visitor of a site. */
export interface Known {
  site: number;
  visitor: number;
}

/** Visits that one statement deletes. */
const STEP_VISITS = 1_000;

/** Recordings of a visitor's visits, and those of his whose page view has not arrived. */
export async function recordingsOf(db: Db, { site, visitor }: Known): Promise<number[]> {
  const { rows } = await db.execute<{ session: string }>(sql`
    select r.session_id as session from replay r left join session s on s.site_id = r.site_id and s.id = r.session_id
    where r.site_id = ${site} and coalesce(s.visitor, r.visitor) = ${visitor} order by 1`);
  return rows.map(({ session }) => Number(session));
}

/**
 * Deletes a visitor's visits with all that happened in them, recordings first. Days that this changes are sealed no longer;
 * of days whose visits are forgotten there are sums alone, in which nobody can be found. What is cut off is done when it is asked again.
 */
export async function forgetVisitor(
  db: Db,
  store: ObjectStore,
  known: Known,
  recordings: number[],
): Promise<VisitorForgotten> {
  const keys = recordings.map((session_id) => ({ site_id: known.site, session_id }));
  await removeRecordings(db, store, keys);
  let visits = 0;
  for (let step = STEP_VISITS; step === STEP_VISITS; visits += step) step = await deleteVisits(db, known);
  // By itself: whoever makes bitmaps meanwhile may have ended since the statements before began to look.
  await db.execute(unplace(known.site, known.visitor));
  return { visits, recordings: recordings.length };
}

/** What was refused is text that Postgres may not be able to read as JSON; the first number of that name is the entry's own. */
async function deleteVisits(db: Db, { site, visitor }: Known): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    with gone as (
      delete from session s where s.site_id = ${site} and s.id in (
        select id from session where site_id = ${site} and visitor = ${visitor} limit ${STEP_VISITS})
      returning s.id, s.start, ${LAST} as last
    ), events as (
      delete from event e where e.site_id = ${site} and ${inMinutesOf(sql`gone`)} and e.session_id in (select id from gone)
    ), refused as (
      delete from quarantine where site_id = ${site} and (
        substring(event from '"visitor":(\\d+)')::bigint = ${visitor}
        or substring(event from '"(?:visit|session_id)":(\\d+)')::bigint in (select id from gone))
    ), unsealed as (
      ${unseal(sql`select ${site}::int as site_id, min(start) as at from gone`)}
    )
    select count(*)::int as count from gone`);
  return rows[0]?.count ?? 0;
}
