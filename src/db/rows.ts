import { type SQL, sql } from 'drizzle-orm';

/**
 * Rows of a site in a range of time. Visits and events are indexed by the minute they are of, and events lie in partitions
 * by it: asked for otherwise, they are looked for everywhere.
 */

const MINUTE = 60_000;
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
