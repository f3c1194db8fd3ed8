import { type SQL, sql } from 'drizzle-orm';
import { type Db, isLockTimeout, loggable } from '../db/client.ts';
import { LAST, millisecondsOf, moment } from '../db/rows.ts';
import { SESSION_FLAG } from '../db/schema.ts';
import { monthStart } from '../stats/range.ts';
import { DAY, dateOf, dayStart } from '../stats/zone.ts';
import { sealDue, stand } from './seal.ts';
import { dropBefore } from './unseal.ts';

/**
 * Forgetting: single visits and events of days that are long over go, by the month, once what reports ask of these days is
 * sealed. `docs/engine.md` says what is answered afterwards. Each step may end anywhere, and two may run at once.
 */

/** Visits that one statement deletes. */
const STEP_VISITS = 5_000;
/** How long the drop of a month waits for questions to end: for as long whatever comes after it waits, too. */
const LOCK_MS = 2_000;

/** What a run came to. */
export interface Forgotten {
  visits: number;
  /** Names of the partitions that were dropped. */
  months: string[];
  /** Sites that keep single visits from a later day on than before: what lies before goes with the next run. */
  sites: number;
}

/**
 * Lets go what no site keeps any more; then says, for each site, from when on it keeps single visits. In this order, so that
 * whoever asked before a site's day was moved has had an answer by the time that anything goes.
 * @param days that single visits are kept for, after the last that is sealed
 * @param until no other step is begun after this moment of the clock
 */
export async function unscopedForget(
  db: Db,
  days: number,
  now: number,
  until = Number.POSITIVE_INFINITY,
): Promise<Forgotten> {
  const visits = await deleteVisits(db, until);
  const months = await dropMonths(db, until);
  return { visits, months, sites: await moveOn(db, days, now, until) };
}

/**
 * Visits `s` that end before their site keeps any. One that goes on behind that counts there; and that a recording is a bot's
 * is known by its visit alone.
 */
const forgettable = (kept: SQL): SQL => {
  const recordedBot = SESSION_FLAG.bot | SESSION_FLAG.replay;
  return sql`minute(s.start) < ${kept} and ${LAST} < ${kept}
    and (s.flags & ${recordedBot}::smallint) <> ${recordedBot}::smallint`;
};

async function deleteVisits(db: Db, until: number): Promise<number> {
  const { rows } = await db.execute(sql`
    select id, timezone, extract(epoch from kept)::float8 * 1000 as kept from site
    where exists (select from session s where s.site_id = site.id and ${forgettable(sql`kept`)}) order by id`);
  let deleted = 0;
  for (const row of rows) {
    const [site, kept] = [Number(row.id), moment(Number(row.kept))];
    // Bitmaps that know visits which go are made anew without them, mostly since the day was moved; slices go with their days.
    await db.execute(dropBefore(site, dateOf(String(row.timezone), Number(row.kept))));
    // From where the last statement came to: what it left behind stays, and what it deleted isn't stepped over again.
    for (let from: number | null = 0; from !== null && Date.now() < until; ) {
      const { rows: found } = await db.execute(sql`
        with found as (
          select s.id, minute(s.start) as minute from session s
          where s.site_id = ${site} and minute(s.start) >= ${moment(from)} and ${forgettable(kept)}
          order by s.site_id, minute(s.start) limit ${STEP_VISITS}
        ), gone as (delete from session s using found where s.site_id = ${site} and s.id = found.id)
        select count(*)::int as n, extract(epoch from max(minute))::float8 * 1000 as upto from found`);
      deleted += Number(found[0]?.n);
      from = millisecondsOf(found[0]?.upto);
    }
  }
  return deleted;
}

/** Drops the partitions of months of which no site keeps anything. One that is being read just now is left for the next run. */
async function dropMonths(db: Db, until: number): Promise<string[]> {
  const { rows } = await db.execute<{ name: string }>(sql`
    select name from (
      select relname as name, month at time zone 'UTC' as first, (month + interval '1 month') at time zone 'UTC' as next
      from pg_inherits join pg_class on oid = inhrelid
        cross join lateral (select to_date(substring(relname from '^event_(\\d{6})$'), 'YYYYMM')::timestamp as month) m
      where inhparent = 'event'::regclass
    ) months
    where next <= (select max(kept) from site) and not exists (
      select from site where (kept is null or kept < next) and exists (
        select from event e where e.site_id = site.id and minute(e.time) >= first and minute(e.time) < next))
    order by name`);
  const dropped: string[] = [];
  const patience = sql`select set_config('lock_timeout', ${String(LOCK_MS)}, true),
    set_config('statement_timeout', ${String(3 * LOCK_MS)}, true)`;
  for (const { name } of rows) {
    if (Date.now() >= until) break;
    try {
      await db.batch([db.execute(patience), db.execute(sql`drop table if exists ${sql.identifier(name)}`)]);
      dropped.push(name);
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      break;
    }
  }
  return dropped;
}

/** Has each site keep single visits from a later day on, as far as it is sealed. */
async function moveOn(db: Db, days: number, now: number, until: number): Promise<number> {
  const before = moment(monthStart(now - days * DAY));
  const { rows } = await db.execute<{ id: number; timezone: string }>(sql`
    select id, timezone from site where (kept is null or kept < ${before}) and (
      exists (select from session s where s.site_id = site.id and minute(s.start) < ${before})
      or exists (select from event e where e.site_id = site.id and minute(e.time) < ${before}))
    order by id`);
  let moved = 0;
  for (const { id, timezone } of rows) {
    if (Date.now() >= until) break;
    try {
      // A site that nobody visits any more has no collector that would.
      await sealDue(db, { id: Number(id), timezone }, now, { until });
      if (await moveSite(db, { id: Number(id), timezone }, days, now)) moved += 1;
    } catch (error) {
      console.error('retention', id, loggable(error));
    }
  }
  return moved;
}

/**
 * The day from which a site keeps single visits: the first of its own that begins in the month of what was `days` before it was
 * sealed up to; of bots alone nothing is sealed. Holds if nothing was changed before it meanwhile.
 */
async function moveSite(db: Db, { id, timezone }: { id: number; timezone: string }, days: number, now: number) {
  const found = await stand(db, id);
  const people = found.first !== null;
  const upto = people ? found.upto : now;
  if (upto === null) return false;
  const month = monthStart(Math.min(upto, now) - days * DAY);
  const date = dateOf(timezone, month);
  const begins = dayStart(timezone, date);
  const kept = moment(begins < month ? dayStart(timezone, date + DAY) : begins);
  const sealed = sql`exists (select from seal where site_id = id and upto >= ${moment(upto)})`;
  const { rows } = await db.execute(sql`
    update site set kept = ${kept} where id = ${id} and timezone = ${timezone} and (kept is null or kept < ${kept})
      and ${people ? sealed : sql`true`} returning id`);
  return rows.length > 0;
}
