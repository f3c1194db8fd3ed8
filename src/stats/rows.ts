import { type SQL, sql } from 'drizzle-orm';
import { LIMITS } from '../contract/wire.ts';
import { heardOfFrom, LONG, rowsOf } from '../db/rows.ts';
import { SESSION_FLAG } from '../db/schema.ts';
import { HOUR } from './zone.ts';

/** Which rows a question is about before any filter: those of its site, in its range, of people or of bots too. */

/** How far back a visit is looked for that began before the range and goes on in it, in milliseconds. */
export const LONGEST_VISIT = LIMITS.visitMs;

interface Rows {
  site: { id: number };
  /** Milliseconds since 1970; `to` not included. */
  range: { from: number; to: number };
  bots: boolean;
}

/** Visits that began in the range. */
export const visitsInRange = ({ site, range, bots }: Rows): SQL =>
  sql`${rowsOf('s', site.id, range)} and ${counted(bots, sql`s.flags`)}`;

/** When people's first visit of a site began, to the minute, milliseconds since 1970: null before there is any. */
export const firstVisit = (
  site: number,
): SQL => sql`(select extract(epoch from minute(start))::float8 * 1000 from session s
  where site_id = ${site} and ${people(sql`s.flags`)} order by site_id, minute(s.start) limit 1)`;

/**
 * Visits that may have been seen in the range: those that began in it or within the hour before, and long ones of before, which have an index of
 * their own.
 */
export function visitsAround({ site, range: { from, to } }: Pick<Rows, 'site' | 'range'>): SQL {
  const began = (after: number, before: number) => rowsOf('s', site.id, { from: after, to: before });
  return sql`((${began(from - HOUR, to)}) or (${began(from - LONGEST_VISIT, from - HOUR)} and ${LONG}))`;
}

/** Visits seen in the range: those that began in it, and those that began before and go on in it. */
export const visitsSeenIn = (rows: Rows): SQL =>
  sql`${visitsAround(rows)} and ${heardOfFrom(rows.range.from)} and ${counted(rows.bots, sql`s.flags`)}`;

/** Visits that began before the range and go on in it. */
export const visitsGoingOnInto = ({ range: { from }, ...rows }: Rows): SQL =>
  visitsSeenIn({ ...rows, range: { from, to: from } });

/** Events whose own time is in the range. */
export const eventsInRange = ({ site, range, bots }: Rows): SQL =>
  sql`${rowsOf('e', site.id, range)} and ${counted(bots, sql`e.flags`)}`;

/** Whether a row with these flags counts: of people, and of bots where they are asked for, too. */
export const counted = (bots: boolean, flags: SQL): SQL => (bots ? sql`true` : people(flags));

/**
 * Not recognized as a bot. Written as "not the bit" because Postgres takes an unknown expression to be seldom equal and
 * mostly unequal to a value: with `= 0` it expects 0.5 % of the rows, and plans nested loops over all of them.
 */
const people = (flags: SQL): SQL => sql`(${flags} & ${SESSION_FLAG.bot}::smallint) <> ${SESSION_FLAG.bot}::smallint`;

/** About how many events there are in each month, of all sites, by the name of its partition: as Postgres last counted them. */
export const eventsByMonth: SQL = sql`(select json_object_agg(relname, reltuples) from pg_class where relname ~ '^event_[0-9]{6}$')`;

/** The same of the months that a range touches. A month that was never counted is young, or small. */
export function eventsAround({ from, to }: Rows['range'], months: Record<string, number>): number {
  const name = (time: number) => `event_${new Date(time).toISOString().slice(0, 7).replace('-', '')}`;
  const touched = Object.entries(months).filter(([month]) => month >= name(from) && month <= name(to - 1));
  return touched.reduce((sum, [, events]) => sum + Math.max(events, 0), 0);
}
