import { type SQL, sql } from 'drizzle-orm';
import {
  type Answer,
  type Comparison,
  type Dimension,
  type Filter,
  isTime,
  type Metric,
  QUERY_LIMITS,
  type Query,
} from '../contract/query.ts';
import type { GoalDefinition } from '../goals/match.ts';
import { Problem } from '../problem.ts';
import { breakdown } from './breakdown.ts';
import { people } from './facts.ts';
import type { Found, Question, Scoped, Sql } from './question.ts';
import { bucketsOf, countBuckets, previousRange, type Range, resolveRange, unitOf, writtenRange } from './range.ts';
import { timeseries } from './timeseries.ts';
import { totals } from './totals.ts';

/**
 * Answers a query of a site.
 * @param now milliseconds since 1970, which names of ranges are reckoned from
 * @throws Problem `invalid` for a goal that the site doesn't have, and for more time buckets than one answer holds
 */
export async function answer(db: Sql, site: Scoped, query: Query, now: number): Promise<Answer> {
  const { include } = query;
  const whole = await rangeOf(db, site, query.date_range, now);
  const range = include.trim_relative_date_range
    ? await rangeOf(db, site, query.date_range, now, { trim: true, first: whole.from })
    : whole;
  const asked = query.dimensions.find(isTime);
  const unit = asked && unitOf(asked, query.date_range, whole);
  const precise = <T extends string>(name: T) => (isTime(name) && unit ? (`time:${unit}` as const) : name);
  const dimensions = query.dimensions.map(precise) as Dimension[];
  const over = (part: Range): Pick<Question, 'range' | 'buckets'> => {
    if (unit && countBuckets(part, unit) > QUERY_LIMITS.buckets) tooMany(query, unit);
    return { range: part, buckets: unit ? bucketsOf(part, unit) : [] };
  };
  const question: Question = {
    ...over(range),
    site,
    dimensions,
    metrics: query.metrics,
    filters: query.filters,
    goals: await goalsOf(db, site, query),
    order: query.order_by.map(([by, direction]) => [precise(by) as Metric | Dimension, direction]),
    page: query.pagination,
    bots: include.bots,
  };
  const earlier = include.comparisons ? { ...question, ...over(previousRange(whole, now, range)) } : null;
  const alone = unit !== undefined && dimensions.length === 1;
  const compared = earlier && (alone || dimensions.length === 0) ? ask(db, wholePage(earlier)) : null;
  const [found, before] = await Promise.all([ask(db, question), compared]);
  const matched = earlier && !compared ? await ask(db, narrowed(earlier, found)) : before;
  return {
    results: earlier && matched ? compare(question, earlier, found, matched) : found.rows,
    meta: {
      ...(include.time_labels && { time_labels: question.buckets.map(({ label }) => label) }),
      ...(include.total_rows && { total_rows: found.total }),
      ...(earlier && { comparison_date_range: writtenRange(earlier.range) }),
      ...(earlier && include.time_labels && { comparison_time_labels: earlier.buckets.map(({ label }) => label) }),
    },
    query: { ...query, dimensions, order_by: question.order, date_range: writtenRange(range) },
  };
}

/** Any way of answering a question may stand here. */
function ask(db: Sql, question: Question): Promise<Found> {
  const { dimensions } = question;
  if (dimensions.length === 0) return totals(db, question);
  return dimensions.length === 1 && dimensions.some(isTime) ? timeseries(db, question) : breakdown(db, question);
}

/** A range in moments. `all` begins with the site's first visit, which is looked up. */
export async function rangeOf(
  db: Sql,
  site: Scoped,
  asked: Query['date_range'],
  now: number,
  { trim = false, first = null as number | null } = {},
): Promise<Range> {
  const clock = { zone: site.timezone, now, trim };
  if (asked !== 'all' || first !== null) return resolveRange(asked, { ...clock, first });
  const { rows } = await db.execute(sql`select extract(epoch from minute(start))::float8 as start from session s
    where site_id = ${site.id} and ${people(sql`s.flags`)} order by site_id, minute(s.start) limit 1`);
  return resolveRange(asked, { ...clock, first: rows[0] ? Number(rows[0].start) * 1000 : null });
}

/** The goals that a query's words can mean, ordered by name as their places are by `order_by`. */
export async function goalsOf(
  db: Sql,
  site: Scoped,
  { dimensions = [], filters }: { dimensions?: Dimension[]; filters: Filter[] },
): Promise<GoalDefinition[]> {
  const named = goalNames(filters);
  const divided = dimensions.includes('event:goal');
  if (!divided && named.length === 0) return [];
  const list: SQL = sql`select name, event, path, props from goal where site_id = ${site.id} order by name collate "C"`;
  const { rows } = await db.execute(list);
  const goals = rows as unknown as GoalDefinition[];
  const missing = named.find((name) => !goals.some((goal) => goal.name === name));
  if (missing !== undefined) {
    const message = `no goal of this site is called ${missing}`;
    throw new Problem('invalid', `filters: ${message}`, { issues: [{ path: 'filters', message }] });
  }
  return divided ? goals : goals.filter(({ name }) => named.includes(name));
}

function goalNames(filters: Filter[]): string[] {
  return filters.flatMap((filter) => {
    if (filter[0] === 'and' || filter[0] === 'or') return goalNames(filter[1]);
    if (filter[0] === 'not') return goalNames([filter[1]]);
    return filter[1] === 'event:goal' ? filter[2] : [];
  });
}

function tooMany({ dimensions }: Query, unit: string): never {
  const message = `more than ${QUERY_LIMITS.buckets} times ${unit}; ask for a shorter date_range or a coarser time`;
  const path = `dimensions[${dimensions.findIndex(isTime)}]`;
  throw new Problem('invalid', `${path}: ${message}`, { issues: [{ path, message }] });
}

/** Everything that a period has, to look rows up in. */
const wholePage = (question: Question): Question => ({
  ...question,
  order: [],
  page: { limit: 1_000_000, offset: 0 },
});

/** Rows up to which the earlier period is asked for exactly those; beyond, it is asked for all that it has. */
const NARROW_ROWS = 200;

/** The earlier question, for the groups found: one dimension's filter is enough, the rest is matched by label. */
function narrowed(earlier: Question, { rows }: Found): Question {
  const n = earlier.dimensions.findIndex((dimension) => !isTime(dimension));
  const dimension = earlier.dimensions[n];
  const values = [...new Set(rows.map(({ dimensions }) => dimensions[n] ?? ''))];
  const few = values.length > 0 && values.length <= NARROW_ROWS;
  // A percentage is of all, not of those few; a goal's filter would leave out what else its events reach.
  const apart = earlier.metrics.includes('percentage') || dimension === 'event:goal';
  if (!dimension || isTime(dimension) || !few || apart) return wholePage(earlier);
  return wholePage({ ...earlier, filters: [...earlier.filters, ['is', dimension, values]] });
}

/** Puts each row beside the same row of the earlier period; times are matched by their place. */
function compare(question: Question, earlier: Question, found: Found, before: Found): Answer['results'] {
  const { metrics, dimensions } = question;
  const time = dimensions.findIndex(isTime);
  const shift = new Map(question.buckets.map(({ label }, i) => [label, earlier.buckets[i]?.label]));
  const key = (words: (string | undefined)[]) => JSON.stringify(words);
  const known = new Map(before.rows.map((row) => [key(row.dimensions), row.metrics]));
  return found.rows.map((row) => {
    const words = row.dimensions.map((word, i) => (i === time ? shift.get(word) : word));
    if (words.includes(undefined)) {
      const none = metrics.map(() => null);
      return { ...row, comparison: { dimensions: [], metrics: none, change: none } };
    }
    const then = known.get(key(words)) ?? metrics.map((metric) => (metric === 'visit_duration' ? null : 0));
    const change = metrics.map((metric, i) => changeOf(metric, then[i] ?? null, row.metrics[i] ?? null));
    const comparison: Comparison = { dimensions: words as string[], metrics: then, change };
    return { ...row, comparison };
  });
}

/**
 * Percent from then to now, whole; points for the bounce rate; 100 for a beginning from nothing. As Plausible's
 * dashboard: https://github.com/plausible/analytics/blob/master/lib/plausible/stats/compare.ex
 */
export function changeOf(metric: Metric, then: number | null, now: number | null): number | null {
  if (then === null || now === null) return null;
  if (metric === 'bounce_rate') return then > 0 ? now - then : null;
  if (then === 0) return now > 0 ? 100 : 0;
  return Math.round(((now - then) / then) * 100);
}
