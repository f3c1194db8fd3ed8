import { type SQL, sql } from 'drizzle-orm';
import { unset, type VisitDimension } from '../contract/query.ts';
import { BOUNCE, inMinutesOf, LAST } from '../db/rows.ts';
import { pageviewName, termIds } from '../goals/match.ts';
import { eventsInRange, LONGEST_VISIT, visitsGoingOnInto, visitsInRange, visitsSeenIn } from '../stats/rows.ts';
import { termOf } from '../stats/where.ts';
import { DAY, dateOf, dayStarts, isoDate } from '../stats/zone.ts';
import {
  ALL_EVENTS,
  ALL_VISITS,
  NEVER_BEFORE,
  OF_EVENTS,
  OF_VISITS,
  type SealedEventDimension,
  VISITS_OF,
} from './dimensions.ts';

/** What is written down of a span of days: the statements that make its seals of its rows, and of its visitors' history. */

/** A span of days, which may end amid the last, and the moment where a site's history begins. */
export interface Span {
  first: number;
  from: number;
  to: number;
}

/** From moments to dates, in SQL that knows nothing of zones: by every day's beginning since the history's, in order. */
export interface Days {
  /** The span's first date. */
  first: string;
  /** The date of a moment. */
  of: (time: SQL) => SQL;
}

export function daysOf(zone: string, { first, from, to }: Span): Days {
  // More at either end: what went on from before, and what goes on after.
  const days = dayStarts(zone, dateOf(zone, first - LONGEST_VISIT) - DAY, dateOf(zone, to));
  // What is behind the end is of no day here: it lies where the next one would.
  const last = days.at(-1);
  if (last && last.start < to) days.push({ date: last.date + DAY, start: to });
  const dates = `{${days.map(({ date }) => isoDate(date)).join()}}`;
  const starts = `{${days.map(({ start }) => new Date(start).toISOString()).join()}}`;
  return {
    first: isoDate(dateOf(zone, from)),
    of: (time) => sql`(${dates}::date[])[width_bucket(${time}, ${starts}::timestamptz[])]`,
  };
}

/** The seals of a span, in a transaction of their own: they use temporary tables. */
export const written = (site: number, span: Span, days: Days): SQL[] => [
  visitSums(site, span, days),
  eventSums(site, span, days),
  ...visitVisitors(site, span, days),
  ...eventVisitors(site, span, days),
];

/** What visits are divided by. */
export const DIVIDED = Object.entries(OF_VISITS).map(([name, code]) => {
  const dimension = name as VisitDimension;
  const { column, kind } = termOf(dimension) as NonNullable<ReturnType<typeof termOf>>;
  return { dimension, code, column, kind };
});
export const list = (parts: SQL[]): SQL => sql.join(parts, sql`, `);

/** What values of a dimension are called, by its code. */
export const nameOf = (code: number): SQL => sql`${sql.identifier(`v${code}`)}`;

/** The value of a visit's row `s`: what is missing is 0. Its label may be a word like any other: it means the same. */
const valueIn = (site: number, { dimension, column, kind }: (typeof DIVIDED)[number]): SQL =>
  sql`coalesce(nullif(${column}, (${termIds(site, kind, sql`value = ${unset(dimension)}`)})), 0)`;

/** What rows are divided by: a code of `dimensions.ts`, the value in a row, and what it is called. */
export interface Value {
  code: number;
  name: SQL;
  value: SQL;
}

const valueAs = (code: number, value: SQL): Value => ({ code, name: nameOf(code), value });
const visitValues = (site: number): Value[] => DIVIDED.map((one) => valueAs(one.code, valueIn(site, one)));
const EVENT_VALUES: Value[] = Object.entries(OF_EVENTS).map(([dimension, code]) =>
  valueAs(code, termOf(dimension as SealedEventDimension)?.column as SQL),
);

const named = (values: Value[]): SQL => list(values.map(({ name, value }) => sql`${value} as ${name}`));

/** Grouped by each value apart, and once by none, in one look at the rows. */
export const setsOf = (values: Value[], all: boolean): SQL =>
  sql`grouping sets (${list([...values.map(({ name }) => sql`(${name})`), ...(all ? [sql`()`] : [])])})`;

/** Which of these sets a group is of, and its value. */
export const ofSet = (values: Value[]): SQL =>
  sql`case ${sql.join(
    values.map(({ code, name }) => sql`when grouping(${name}) = 0 then ${code}::smallint`),
    sql` `,
  )} else ${ALL_VISITS}::smallint end as dimension, coalesce(${list(values.map(({ name }) => name))}, 0) as value`;

export const rowsIn = (site: number, { from, to }: Span) => ({ site: { id: site }, range: { from, to }, bots: false });

/** Sums over visits, by the day on which they began; and over their events, by the events' own. */
function visitSums(site: number, span: Span, days: Days): SQL {
  const asked = rowsIn(site, span);
  const own = sql`${days.of(sql`s.start`)} as day, ${days.of(LAST)} as until`;
  const values = visitValues(site);
  return sql`
    with began as materialized (select s.*, ${own} from session s where ${visitsInRange(asked)}),
    crossing as materialized (
      select * from began where day <> until
      union all select s.*, ${own} from session s where ${visitsGoingOnInto(asked)}
    ),
    happened as (
      select e.session_id, ${days.of(sql`e.time`)} as day, count(*) filter (where e.name = ${pageviewName(site)}) as views,
        count(*) as events
      from event e where ${eventsInRange({ ...asked, bots: true })} and ${inMinutesOf(sql`(select s.start, ${LAST} as last from crossing s) c`)}
        and e.session_id in (select id from crossing)
      group by 1, 2
    ),
    parts as (
      select ${named(values)}, s.day, 1 as visits, ${BOUNCE}::int as bounces,
        s.duration * 1000::bigint as microseconds, s.views as brought,
        case when s.day = s.until then s.views else 0 end as views, case when s.day = s.until then s.events else 0 end as events
      from began s
      union all
      select ${named(values)}, h.day, 0, 0, 0, 0, h.views, h.events from crossing s join happened h on h.session_id = s.id
    )
    insert into sealed_sum (site_id, day, dimension, "values", visits, bounces, microseconds, brought, views, events)
    select ${site}, day, dimension, array_agg(value), array_agg(visits), array_agg(bounces), array_agg(microseconds),
      array_agg(brought), array_agg(views), array_agg(events)
    from (
      select day, ${ofSet(values)}, sum(visits)::int as visits, sum(bounces)::int as bounces,
        sum(microseconds)::bigint as microseconds, sum(brought)::int as brought, sum(views)::int as views,
        sum(events)::int as events
      from parts group by day, ${setsOf(values, true)}
    ) summed group by day, dimension`;
}

/** Visitors of visits that began on each day, by when they were last seen. */
function visitVisitors(site: number, span: Span, days: Days): SQL[] {
  const since = { ...rowsIn(site, span), range: { from: span.first, to: span.to } };
  const values = visitValues(site);
  return [
    // All that its visitors ever did, once, for each dimension to be looked at by itself: together they outgrow memory.
    sql`create temporary table seen_visit (day date, visitor bigint, once boolean, ${list(values.map(({ name }) => sql`${name} int`))})
      on commit drop`,
    sql`insert into seen_visit select ${days.of(sql`s.start`)}, s.visitor, ${isOnly(sql`s.visitor`)}, ${list(values.map(({ value }) => value))}
      from session s where ${visitsInRange(since)}
        and s.visitor in (select s.visitor from session s where ${visitsInRange(rowsIn(site, span))})`,
    gaps(site, days, ALL_VISITS, sql`select day, 0 as value, visitor as who, once from seen_visit`),
    ...values.map(({ code, name }) =>
      gaps(site, days, code, sql`select day, ${name} as value, visitor as who, once from seen_visit`),
    ),
  ];
}

/** Sums over events, by their own day. */
const eventSums = (site: number, span: Span, days: Days): SQL => sql`
    insert into sealed_sum (site_id, day, dimension, "values", views, events)
    select ${site}, day, dimension, array_agg(value), array_agg(views), array_agg(events)
    from (
      select day, ${ofSet(EVENT_VALUES)}, sum(viewed)::int as views, count(*)::int as events
      from (
        select ${days.of(sql`e.time`)} as day, (e.name = ${pageviewName(site)})::int as viewed, ${named(EVENT_VALUES)}
        from event e where ${eventsInRange(rowsIn(site, span))}
      ) e group by day, ${setsOf(EVENT_VALUES, false)}
    ) summed group by day, dimension`;

/** Visitors of each day's events, by when they were last seen, and visits in the same way: one may go on over midnight. */
function eventVisitors(site: number, span: Span, days: Days): SQL[] {
  const since = { ...rowsIn(site, span), range: { from: span.first, to: span.to } };
  const counted = (code: number, value: SQL) => [
    gaps(site, days, code, sql`select distinct day, ${value} as value, visitor as who, once from seen_event`),
    gaps(
      site,
      days,
      code + VISITS_OF,
      sql`select distinct day, ${value} as value, session_id as who, within as once from seen_event
        where day >= ${days.first}::date or not within`,
    ),
  ];
  return [
    sql`create temporary table seen_event (day date, visitor bigint, session_id bigint, once boolean, within boolean,
      ${list(EVENT_VALUES.map(({ name }) => sql`${name} int`))}) on commit drop`,
    sql`
    with crossing as materialized (
      select s.id from session s where ${visitsSeenIn(since)} and ${days.of(sql`s.start`)} <> ${days.of(LAST)}
    )
    insert into seen_event select day, visitor, session_id, ${isOnly(sql`visitor`)}, c.id is null,
        ${list(EVENT_VALUES.map(({ name }) => name))}
      from (
        select distinct ${days.of(sql`e.time`)} as day, e.visitor, e.session_id, ${named(EVENT_VALUES)}
        from event e where ${eventsInRange(since)}
          and e.visitor in (select e.visitor from event e where ${eventsInRange(rowsIn(site, span))})
      ) seen left join crossing c on c.id = session_id`,
    ...counted(ALL_EVENTS, sql`0`),
    ...EVENT_VALUES.flatMap(({ code, name }) => counted(code, name)),
  ];
}

const POWERS = `{${Array.from({ length: 15 }, (_, n) => 2 ** n).join()}}`;

/**
 * Writes down of `seen (day, value, who, once)` how many were seen on each day of the span, by the days since they were. Gaps
 * are kept together from each power of two to the next: few of these groups are read for a range, and fewer rows stored.
 */
function gaps(site: number, { first }: Days, code: number, seen: SQL): SQL {
  return sql`
    insert into sealed_visitor (site_id, day, dimension, gap, gaps, "values", counts)
    select ${site}, day, ${code}::smallint, (${POWERS}::int[])[width_bucket(gap::int, ${POWERS}::int[])],
      array_agg(gap), array_agg(value), array_agg(n)
    from (
      select day, coalesce(day - before, ${NEVER_BEFORE})::smallint as gap, value, count(*)::int as n
      from (
        select day, value, null::date as before from (${seen}) seen where once
        union all
        select day, value, lag(day) over (partition by value, who order by day) from (${seen}) seen where not once
      ) found where day >= ${first}::date and (before is null or before < day) group by 1, 2, 3 order by 1, 2, 3
    ) counted group by 2, 4`;
}

/** Whether a row is the only one of its visitor: nothing comes before it, whatever it is divided by. */
const isOnly = (visitor: SQL): SQL => sql`count(*) over (partition by ${visitor}) = 1`;
