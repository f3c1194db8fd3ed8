import { type SQL, sql } from 'drizzle-orm';
import {
  type Dimension,
  type FilterDimension,
  filtered,
  isEvent,
  isTime,
  isVisit,
  type Metric,
  propKey,
  unset,
} from '../contract/query.ts';
import { inMinutesOf, moment, rowsOf } from '../db/rows.ts';
import { SESSION_FLAG } from '../db/schema.ts';
import { type GoalDefinition, joinGoals, pageviewName, termIds } from '../goals/match.ts';
import type { Question } from './question.ts';
import { propOf, termOf, where } from './where.ts';

/**
 * The rows that a question is about, and the sums over them. There are two kinds of rows: visits (`v_` sums), by their
 * start, and events (`e_` sums), by their own time. A question that names no event's dimension is answered from visits
 * alone; one that does, takes everything but whole-visit averages from events.
 */

/** How far back a visit is looked for that began before the range and goes on in it, in milliseconds; Plausible's, too. */
export const LONGEST_VISIT = 7 * 86_400_000;

/** What can be summed up over rows of a group, of which a metric is made. */
const VISIT_SUMS = {
  v_visitors: sql`count(distinct visitor)`,
  v_visits: sql`count(*)`,
  v_views: sql`sum(views)`,
  v_bounces: sql`count(*) filter (where bounce)`,
  v_seconds: sql`extract(epoch from sum(length))`,
};
/** What happened is told by the counts that visits carry, if all of it belongs to the group; else by the events at the borders. */
const WITHIN_SUMS = {
  e_pageviews: sql`sum(views) filter (where within)`,
  e_events: sql`sum(events) filter (where within)`,
};
const BORDER_SUMS = {
  e_pageviews: sql`count(*) filter (where pageview)`,
  e_events: sql`count(*)`,
};
const EVENT_SUMS = {
  e_visitors: sql`count(distinct visitor)`,
  e_visits: sql`count(distinct session_id)`,
  e_pageviews: sql`count(*) filter (where pageview)`,
  e_events: sql`count(*)`,
};
type Sum = keyof typeof VISIT_SUMS | keyof typeof EVENT_SUMS;

/** Rows, and what can be summed up over them. */
interface Part {
  sums: Partial<Record<Sum, SQL>>;
  rows: () => SQL;
}

/** Whether a question is about single events. */
const byEvent = ({ dimensions, filters }: Pick<Question, 'dimensions' | 'filters'>): boolean =>
  dimensions.some(isEvent) || filtered(filters).some(isEvent);

/** A metric as an expression over the sums of its group, and which sums it needs. */
function metricOf(metric: Metric, events: boolean): { needs: Sum[]; value: SQL } {
  const visitors = events ? 'e_visitors' : 'v_visitors';
  switch (metric) {
    case 'visitors':
      return plain(visitors);
    case 'visits':
      return plain(events ? 'e_visits' : 'v_visits');
    case 'pageviews':
      return plain('e_pageviews');
    case 'events':
      return plain('e_events');
    case 'views_per_visit':
      return share(['v_views', 'v_visits'], sql`round(v_views::numeric / nullif(v_visits, 0), 2)`);
    case 'bounce_rate':
      return share(['v_bounces', 'v_visits'], sql`round(100 * v_bounces::numeric / nullif(v_visits, 0))`);
    case 'visit_duration':
      return { needs: ['v_seconds', 'v_visits'], value: sql`round(v_seconds::numeric / nullif(v_visits, 0))::float8` };
    case 'percentage':
      return share(
        [visitors],
        sql`round(100 * ${column(visitors)}::numeric / nullif((select n from everybody), 0), 2)`,
      );
  }
}

const column = (name: string): SQL => sql`${sql.identifier(name)}`;
const plain = (sum: Sum) => ({ needs: [sum], value: sql`coalesce(${column(sum)}, 0)::float8` });
const share = (needs: Sum[], value: SQL) => ({ needs, value: sql`coalesce(${value}, 0)::float8` });

/** The metrics asked for, in order, over the columns of `grouped`. */
export const metricValues = (question: Question): SQL[] =>
  question.metrics.map((metric) => metricOf(metric, byEvent(question)).value);

/** Name of the column of the nth dimension. */
export const dimensionColumn = (n: number): SQL => column(`d${n}`);

/**
 * The CTE `grouped`: a row for each group that occurs, `d0`, `d1` … and the sums that the metrics need. Without
 * dimensions it is one row. `everybody` stands before it where a percentage needs the whole.
 */
export function grouped(question: Question): SQL {
  const { metrics, dimensions } = question;
  const events = byEvent(question);
  const needs = [...new Set(metrics.flatMap((metric) => metricOf(metric, events).needs))];
  const columns = dimensions.map((_, i) => dimensionColumn(i));
  const by = columns.length ? sql` group by ${sql.join(columns, sql`, `)}` : sql``;
  const kinds: Part[] = [
    { sums: events ? VISIT_SUMS : { ...VISIT_SUMS, ...WITHIN_SUMS }, rows: () => visitRows(question) },
    events
      ? { sums: EVENT_SUMS, rows: () => eventRows(question) }
      : { sums: BORDER_SUMS, rows: () => borderRows(question) },
  ];
  const needed = kinds.filter(({ sums }) => needs.some((need) => sums[need]));
  const parts = needed.map(({ sums, rows }) => {
    const values = needs.map((need) => sql`${sums[need] ?? sql`null`}::numeric as ${column(need)}`);
    return sql`select ${sql.join([...columns, ...values], sql`, `)} from (${rows()}) r${by}`;
  });
  const both = sql`select ${sql.join([...columns, ...needs.map((need) => sql`sum(${column(need)}) as ${column(need)}`)], sql`, `)}
    from (${sql.join(parts, sql` union all `)}) u${by}`;
  const everybody = metrics.includes('percentage') ? sql`everybody as (${countEverybody(question, events)}), ` : sql``;
  return sql`${everybody}grouped as (${parts.length > 1 ? both : parts[0]})`;
}

/** How many visitors fit the filters at all: what a percentage is of. */
const countEverybody = (question: Question, events: boolean): SQL => {
  const undivided = { ...question, dimensions: [] };
  return sql`select count(distinct visitor) as n from (${events ? eventRows(undivided) : visitRows(undivided)}) r`;
};

/** Visits that began in the range and fit; under a filter on events: those with at least one event that fits. */
function visitRows(question: Question): SQL {
  const { site, filters, dimensions, goals } = question;
  const fits = where(site.id, filters, goals);
  const any = filtered(filters).some(isEvent)
    ? sql`exists (select from event e where ${eventsInRange(question)} and e.session_id = s.id and (${fits}))`
    : fits;
  return sql`select ${selected(question, dimensions, sql`s.start`)}
    s.visitor, s.views, s.events, s.bounce, s.last - s.start as length, ${within(question)} as within
    from session s where ${visitsInRange(question)} and ${any}`;
}

/** All of a visit lies within the range, and within one bucket. */
function within(question: Question): SQL {
  const inRange = sql`s.start >= ${moment(question.range.from)} and s.last < ${moment(question.range.to)}`;
  if (!question.dimensions.some(isTime)) return sql`(${inRange})`;
  return sql`(${inRange} and ${bucketNumber(question, sql`s.start`)} = ${bucketNumber(question, sql`s.last`)})`;
}

/**
 * The events in range of the few visits that go over a border of the range or of a bucket: each belongs where its own
 * time is. Only the minutes that these visits went on in are read. As with `people`, what is seldom so is written so that
 * Postgres expects it to be.
 */
function borderRows(question: Question): SQL {
  const { site, filters, dimensions, goals, range, bots } = question;
  const [from, to] = [moment(range.from), moment(range.to)];
  return sql`with border as materialized (
      select s.* from session s where ${rowsOf('s', site.id, { from: range.from - LONGEST_VISIT, to: range.to })}
        and s.last >= ${from} and (case when ${within(question)} then 0 else 1 end) = 1
        and ${bots ? sql`true` : people(sql`s.flags`)} and ${where(site.id, filters, goals)}
    )
    select ${selected(question, dimensions, sql`e.time`)} e.name = ${pageviewName(site.id)} as pageview
    from event e join border s on s.id = e.session_id where ${rowsOf('e', site.id, range)}
      and ${inMinutesOf(sql`(select greatest(start, ${from}) as start, least(last, ${to}) as last from border) b`)}`;
}

/** Events whose time is in the range and that fit, one row for each goal where goals divide them. */
function eventRows(question: Question): SQL {
  const { site, filters, dimensions, goals } = question;
  const visits = [...dimensions, ...filtered(filters)].some(isVisit)
    ? sql` join session s on s.site_id = e.site_id and s.id = e.session_id`
    : sql``;
  const goal = dimensions.includes('event:goal') ? sql` ${joinGoals(site.id, goalsShown(question))}` : sql``;
  return sql`select ${selected(question, dimensions, sql`e.time`)}
    e.visitor, e.session_id, e.name = ${pageviewName(site.id)} as pageview
    from event e${visits}${goal} where ${eventsInRange(question)} and ${where(site.id, filters, goals)}`;
}

/** The goals that divide events: all, or those that a filter picks. Their places in this list are their numbers in SQL. */
export function goalsShown({ goals, filters }: Question): GoalDefinition[] {
  const picked = filters.flatMap((filter) => (filter[0] === 'is' && filter[1] === 'event:goal' ? [filter[2]] : []));
  return goals.filter(({ name }) => picked.every((names) => names.includes(name)));
}

const visitsInRange = ({ site, range, bots }: Question): SQL =>
  sql`${rowsOf('s', site.id, range)} and ${bots ? sql`true` : people(sql`s.flags`)}`;

export const eventsInRange = ({ site, range, bots }: Pick<Question, 'site' | 'range' | 'bots'>): SQL =>
  sql`${rowsOf('e', site.id, range)} and ${bots ? sql`true` : people(sql`e.flags`)}`;

/**
 * Not recognized as a bot. Written as "not the bit" because Postgres takes an unknown expression to be seldom equal and
 * mostly unequal to a value: with `= 0` it expects 0.5 % of the rows, and plans nested loops over all of them.
 */
export const people = (flags: SQL): SQL =>
  sql`(${flags} & ${SESSION_FLAG.bot}::smallint) <> ${SESSION_FLAG.bot}::smallint`;

/** The dimensions as columns `d0`, `d1` …: ids of terms, numbers of buckets and goals from 0, texts of properties. */
function selected(question: Question, dimensions: Dimension[], time: SQL): SQL {
  const columns = dimensions.map((dimension, i) => {
    const name = dimensionColumn(i);
    if (isTime(dimension)) return sql`${bucketNumber(question, time)} as ${name}, `;
    if (dimension === 'event:goal') return sql`t.goal as ${name}, `;
    return sql`${termOrText(question.site.id, dimension)} as ${name}, `;
  });
  return sql.join(columns);
}

/** A dimension's value, the missing one together with those that are called what it is called. */
function termOrText(site: number, dimension: FilterDimension): SQL {
  const key = propKey(dimension);
  if (key !== null) return sql`coalesce(${propOf(key)}, ${unset(dimension)})`;
  const term = termOf(dimension);
  if (!term) throw new TypeError(`${dimension} has no column`);
  return sql`coalesce(${term.column}, (${termIds(site, term.kind, sql`value = ${unset(dimension)}`)}))`;
}

/** A binary search over the beginnings of the buckets: SQL needs to know nothing of time zones. */
function bucketNumber({ buckets }: Question, time: SQL): SQL {
  const starts = buckets.map(({ from }) => new Date(from).toISOString());
  return sql`width_bucket(${time}, ${`{${starts.join()}}`}::timestamptz[]) - 1`;
}
