import { type SQL, sql } from 'drizzle-orm';
import { moment, rowsOf } from '../db/rows.ts';
import { SESSION_FLAG } from '../db/schema.ts';

/** Which rows a question is about before any filter: those of its site, in its range, of people or of bots too. */

/** How far back a visit is looked for that began before the range and goes on in it, in milliseconds; Plausible's, too. */
export const LONGEST_VISIT = 7 * 86_400_000;

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

/** Visits seen in the range: those that began in it, and those that began before and go on in it. */
export const visitsSeenIn = ({ site, range: { from, to }, bots }: Rows): SQL =>
  sql`${rowsOf('s', site.id, { from: from - LONGEST_VISIT, to })} and s.last >= ${moment(from)}
    and ${counted(bots, sql`s.flags`)}`;

/** Visits that began before the range and go on in it. */
export const visitsGoingOnInto = ({ site, range: { from }, bots }: Rows): SQL =>
  visitsSeenIn({ site, range: { from, to: from }, bots });

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
