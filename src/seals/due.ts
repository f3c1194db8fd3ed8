import { sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { DAY, HOUR } from '../stats/zone.ts';
import { mapDue } from './mapping.ts';
import { SETTLED_MS, sealDue, settled } from './seal.ts';

/** How long one run of a site's own goes on. */
const RUN_MS = 20_000;
/** Sealing takes at most one part in so many of the time. */
const SHARE = 20;
/** A day of so many visits is read in no time: to seal its hours each hour would cost more, and all sites' hours are over at once. */
const TODAY_VISITS = 1_000;

/** Seals what is due of a site. @returns when there will be more, milliseconds since 1970 */
export async function sealSite(db: Db, site: number, now: number): Promise<number> {
  const { rows } = await db.execute<{ timezone: string }>(sql`select timezone from site where id = ${site}`);
  const timezone = rows[0]?.timezone;
  if (timezone === undefined) return now + DAY;
  const began = Date.now();
  const until = began + RUN_MS;
  const sealed = await sealDue(db, { id: site, timezone }, now, { until, today: TODAY_VISITS });
  const more = sealed.more || (await mapDue(db, { id: site, timezone }, { until }));
  return more ? now : Math.max(settled(now) + SETTLED_MS + HOUR, now + SHARE * (Date.now() - began));
}
