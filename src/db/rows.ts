import { type SQL, sql } from 'drizzle-orm';
import { SESSION_FLAG } from './schema.ts';

/**
 * Rows of a site in a range of time. Visits and events are indexed by the minute they are of, and events lie in partitions
 * by it: asked for otherwise, they are looked for everywhere.
 */

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** The time that a row is counted at: visits go by `s`, events by `e`. */
const TIMES = { s: sql`s.start`, e: sql`e.time` };

export const moment = (milliseconds: number): SQL => sql`${new Date(milliseconds).toISOString()}::timestamptz`;

/** Milliseconds that a statement answers with, as a driver tells them; null of nothing. */
export const millisecondsOf = (told: unknown): number | null =>
  told === null || told === undefined ? null : Number(told);

/**
 * Whether a row is one of this site in this range: visits `s` by their start, events `e` by their own time.
 *
 * A range of whole minutes is told by its minutes alone. Postgres would take a condition on the time beside them for one
 * of its own, and expect a fraction of the rows that there are, hence bad plans: it comes only where a minute is cut.
 * @param range milliseconds since 1970; `to` not included
 */
export function rowsOf(rows: 's' | 'e', site: number, { from, to }: { from: number; to: number }): SQL {
  const time = TIMES[rows];
  const [first, end] = [Math.floor(from / MINUTE) * MINUTE, Math.ceil(to / MINUTE) * MINUTE];
  const cut = [
    ...(first < from ? [sql` and ${time} >= ${moment(from)}`] : []),
    ...(end > to ? [sql` and ${time} < ${moment(to)}`] : []),
  ];
  return sql`${sql.identifier(rows)}.site_id = ${site} and minute(${time}) >= ${moment(first)}
    and minute(${time}) < ${moment(end)}${sql.join(cut)}`;
}

/** When a visit `s` was last heard of. */
export const LAST: SQL = sql`(s.start + s.duration * interval '1 millisecond')`;

/** Whether a visit `s` went on for so long that one looks for it far from where it began. There is an index of these. */
export const LONG: SQL = sql`s.duration > 3600000`;

/**
 * Whether a visit `s` was over before a moment. Of most that is known by when they began, which is quicker told than `LAST`.
 * @param hourBefore that moment less an hour
 */
export const overBefore = (moment: SQL, hourBefore: SQL): SQL =>
  sql`((not (${LONG}) and s.start < ${hourBefore}) or ${LAST} < ${moment})`;

/** Whether a visit `s` was heard of at a moment or later, in milliseconds since 1970. */
export const heardOfFrom = (time: number): SQL =>
  sql`(s.start >= ${moment(time)} or not ${overBefore(moment(time), moment(time - HOUR))})`;

/** Whether a visit `s` is a bounce. */
export const BOUNCE: SQL = sql`((s.flags & ${SESSION_FLAG.bounce}::smallint) <> 0)`;

/** Whether a visit engaged with a page. */
export const engaged = (flags: SQL): SQL => sql`((${flags} & ${SESSION_FLAG.engaged}::smallint) <> 0)`;

/** Ids of visits that began in a range, and of some others: they order by time, to a day that a hit may be late. */
export function visitIdsAround(id: SQL, { from, to }: { from: number; to: number }): SQL {
  const at = (milliseconds: number) => Math.floor(milliseconds / 1000) * 2 ** 21;
  return sql`${id} >= ${at(from - DAY)}::bigint and ${id} < ${at(to + DAY)}::bigint`;
}

/**
 * Whether an event `e` is of one of the minutes that visits went on in. Each minute is looked up once, however many visits
 * share it; as a list, since Postgres expects few rows of it and uses the index.
 * @param visits rows `(start, last)`: what stands after `from`
 */
export const inMinutesOf = (visits: SQL): SQL =>
  sql`minute(e.time) = any(array(
    select distinct generate_series(minute(start), minute(last), interval '1 minute') from ${visits}))`;
