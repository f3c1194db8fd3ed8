import { sql } from 'drizzle-orm';
import {
  type Answer,
  type Comparison,
  type Dimension,
  isTime,
  type Metric,
  QUERY_LIMITS,
  type Query,
  type Value,
} from '../contract/query.ts';
import { isDividedByZero } from '../db/client.ts';
import { millisecondsOf } from '../db/rows.ts';
import { invalidAt } from '../problem.ts';
import { ALL_VISITS } from '../seals/dimensions.ts';
import { bitmapsOf } from '../seals/mapping.ts';
import { sealedUpto, standing } from '../seals/seal.ts';
import { slicedFrom } from '../seals/slices.ts';
import { breakdown } from './breakdown.ts';
import { definitions } from './definitions.ts';
import { lacksRows, planned } from './grouped.ts';
import { keptFrom, reachesBack } from './kept.ts';
import { nothing } from './metrics.ts';
import type { Engine, Found, Question, Scoped, Sql } from './question.ts';
import {
  bucketsOf,
  comparedRange,
  countBuckets,
  partialLabels,
  type Range,
  resolveRange,
  type Unit,
  unitOf,
  writtenRange,
} from './range.ts';
import { eventsByMonth, firstVisit } from './rows.ts';
import { timeseries } from './timeseries.ts';
import { totals } from './totals.ts';
import { warnings } from './warnings.ts';
import { dayStart } from './zone.ts';

/** How a site stands: how far it is sealed, and about how much there is of it. */
type Stand = Pick<Question, 'sealed' | 'sliced' | 'version' | 'bitmaps' | 'months'>;
/** And up to where nothing changes but with its seals, milliseconds since 1970; null where that can't be said. */
type Standing = Stand & { upto: number | null };

/** A query, and all that its answer depends on but for the visits and events themselves. */
export interface Understood {
  query: Query;
  question: Question;
  /** The same of the range that it is compared with, where it is. */
  earlier: Question | null;
  /** What its time dimension means. */
  unit: Unit | undefined;
  /** What lies before changes with the seals alone; null when the way to answer was chosen. */
  upto: number | null;
}

/**
 * Answers a query of a site.
 * @param now milliseconds since 1970, which names of ranges are reckoned from
 * @param engine `rows` leaves sealed days aside, for doubt and for tests
 * @throws Problem `invalid` for a goal or segment that the site doesn't have, and for more time buckets than one answer holds
 */
export async function answer(db: Sql, site: Scoped, query: Query, now: number, engine?: Engine): Promise<Answer> {
  return answered(db, await understood(db, site, query, now, engine));
}

/** The first half of it: what is asked. @param known how the site stands, where that was looked up @throws Problem as `answer` */
export async function understood(
  db: Sql,
  site: Scoped,
  query: Query,
  now: number,
  engine: Engine = 'any',
  known?: Standing,
): Promise<Understood> {
  const { comparisons } = query.include;
  const [{ question: asked, unit, whole }, { upto, ...stand }] = await Promise.all([
    questionOf(db, site, query, now),
    known ?? standOf(db, site),
  ]);
  const question = { ...asked, ...stand, engine };
  const earlier = comparisons
    ? { ...question, ...over(query, site, comparedRange(whole, comparisons, now, question.range), unit) }
    : null;
  return { query, question, earlier, unit, upto: engine === 'any' ? upto : null };
}

/** The other half: reads for it. */
export async function answered(db: Sql, asked: Understood): Promise<Answer> {
  const { question, earlier } = asked;
  return asSealed(db, question, (stand) =>
    answeredOf(db, { ...asked, question: { ...question, ...stand }, earlier: earlier && { ...earlier, ...stand } }),
  );
}

/** Sealing may come between the look at how far a site is sealed and the answer so often. */
const ATTEMPTS = 3;

/**
 * Asks what takes sealed days as the question knows them to stand. Where they were written anew meanwhile, they have hours that the
 * question counts as open ones: its statement fails then (see `seals/grouped.ts`), and is asked again as they stand now.
 */
export async function asSealed<T>(
  db: Sql,
  { site, sealed, sliced, bitmaps, version, months }: Question,
  ask: (stand: Stand) => Promise<T>,
): Promise<T> {
  let stand: Stand = { sealed, sliced, bitmaps, version, months };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask(stand);
    } catch (error) {
      if (!isDividedByZero(error) || attempt === ATTEMPTS) throw error;
      const { upto: _, ...now } = await standOf(db, site);
      stand = now;
    }
  }
}

async function answeredOf(db: Sql, { query, question, earlier, unit }: Understood): Promise<Answer> {
  const { include } = query;
  const { site, dimensions, range, buckets, now } = question;
  const alone = unit !== undefined && dimensions.length === 1;
  const compared = earlier && (alone || dimensions.length === 0) ? ask(db, wholePage(earlier)) : null;
  const [found, before] = await Promise.all([ask(db, question), compared]);
  const matched = earlier && !compared ? await ask(db, narrowed(earlier, found)) : before;
  const partial = unit ? partialLabels(range, buckets, unit, now, site.week_start) : [];
  const cut = lacksRows(question) ? buckets.filter(({ from }) => from < keptFrom(site)).map(({ label }) => label) : [];
  const warned = warnings(question, earlier, found, now);
  return {
    results: earlier && matched ? compare(question, earlier, found, matched) : found.rows,
    meta: {
      ...(include.time_labels && { time_labels: buckets.map(({ label }) => label) }),
      ...(found.total !== null && include.total_rows && { total_rows: found.total }),
      ...(earlier && { comparison_date_range: writtenRange(earlier.range) }),
      ...(earlier && include.time_labels && { comparison_time_labels: earlier.buckets.map(({ label }) => label) }),
      ...(unit && { partial_time_labels: [...new Set([...cut, ...partial])] }),
      ...(warned.length && { warnings: warned }),
      engine: engineOf(question),
    },
    query: { ...query, dimensions, order_by: question.order, date_range: writtenRange(range) },
  };
}

/** How far a site is sealed, and how much there is: which way a question is answered best. */
export async function standOf(db: Sql, { id, timezone }: Scoped): Promise<Standing> {
  const { rows } = await db.execute(sql`select ${standing(id)}, ${eventsByMonth} as months`);
  const [row] = rows as {
    upto?: unknown;
    reached?: unknown;
    sliced?: string | null;
    bitmaps?: unknown;
    blocks?: Parameters<typeof bitmapsOf>[1];
    version?: string;
    months?: Question['months'];
  }[];
  const upto = millisecondsOf(row?.upto);
  const sealed = sealedUpto(timezone, { upto, reached: millisecondsOf(row?.reached) });
  return {
    sealed,
    sliced: slicedFrom(row?.sliced),
    bitmaps: bitmapsOf(millisecondsOf(row?.bitmaps), row?.blocks ?? null, timezone),
    months: row?.months ?? {},
    version: row?.version ?? null,
    upto,
  };
}

/** A query with everything looked up; `whole` is its range before it was trimmed. */
export async function questionOf(
  db: Sql,
  site: Scoped,
  query: Query,
  now: number,
): Promise<{ question: Question; unit: Unit | undefined; whole: Range }> {
  const { include } = query;
  const whole = await rangeOf(db, site, query.date_range, now);
  const range = include.trim_relative_date_range
    ? await rangeOf(db, site, query.date_range, now, { trim: true, first: whole.from })
    : whole;
  const asked = query.dimensions.find(isTime);
  const unit = asked && unitOf(asked, query.date_range, whole);
  const precise = <T extends string>(name: T) => (isTime(name) && unit ? (`time:${unit}` as const) : name);
  const dimensions = query.dimensions.map(precise) as Dimension[];
  const question: Question = {
    ...over(query, site, range, unit),
    site,
    dimensions,
    metrics: query.metrics,
    ...(await definitions(db, site, query)),
    order: query.order_by.map(([by, direction]) => [precise(by) as Metric | Dimension, direction]),
    page: query.pagination,
    total: include.total_rows,
    bots: include.bots,
    now,
    sealed: null,
    sliced: null,
    version: null,
    bitmaps: null,
    months: {},
    engine: 'any',
  };
  return { question, unit, whole };
}

/** A range with its buckets. @throws Problem `invalid` for more of them than one answer holds */
function over(query: Query, site: Scoped, range: Range, unit?: Unit): Pick<Question, 'range' | 'buckets'> {
  if (!unit) return { range, buckets: [] };
  const path = ['dimensions', query.dimensions.findIndex(isTime)];
  if (unit === 'minute' && range.to - range.from > QUERY_LIMITS.minutes) {
    throw invalidAt(path, 'minutes are for a day at most; ask for a shorter date_range or for time:hour');
  }
  if (countBuckets(range, unit) > QUERY_LIMITS.buckets) {
    const message = `more than ${QUERY_LIMITS.buckets} times ${unit}; ask for a shorter date_range or a coarser time`;
    throw invalidAt(path, message);
  }
  return { range, buckets: bucketsOf(range, unit, site.week_start) };
}

function engineOf(question: Question): Answer['meta']['engine'] {
  const plan = planned(question);
  if (typeof plan === 'string') return { answered_by: 'rows', because: plan };
  return { answered_by: plan.split < question.range.to ? 'seals and rows' : 'seals' };
}

/** Any way of answering a question may stand here. */
function ask(db: Sql, question: Question): Promise<Found> {
  const { dimensions } = question;
  if (dimensions.length === 0) return totals(db, question);
  return dimensions.length === 1 && dimensions.some(isTime) ? timeseries(db, question) : breakdown(db, question);
}

/** A range in moments. `all` begins with the day of the site's first visit, which is looked up. */
async function rangeOf(
  db: Sql,
  site: Scoped,
  asked: Query['date_range'],
  now: number,
  { trim = false, first = null as number | null } = {},
): Promise<Range> {
  const clock = { zone: site.timezone, now, trim };
  if (asked !== 'all' || first !== null) return resolveRange(asked, { ...clock, first });
  // The days of visits that are forgotten are sealed.
  const sealed = sql`(select min(day)::text from sealed_sum where site_id = ${site.id} and dimension = ${ALL_VISITS})`;
  const { rows } = await db.execute(
    sql`select ${firstVisit(site.id)} as start, ${site.kept ? sealed : sql`null`} as day`,
  );
  const [start, day] = [millisecondsOf(rows[0]?.start), rows[0]?.day];
  const sealedFrom = typeof day === 'string' ? dayStart(site.timezone, Date.parse(day)) : null;
  return resolveRange(asked, { ...clock, first: sealedFrom === null ? start : Math.min(sealedFrom, start ?? now) });
}

/** Everything that a period has, to look rows up in. */
const wholePage = (question: Question): Question => ({
  ...question,
  order: [],
  total: false,
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
  // Shares of all are not of those few; a goal's filter would leave out what else its events reach; and where single visits
  // are forgotten, sealed days answer for all values, and not for some.
  const apart = earlier.metrics.some(isOfAll) || dimension === 'event:goal' || reachesBack(earlier.site, earlier.range);
  if (!dimension || isTime(dimension) || !few || apart) return wholePage(earlier);
  return wholePage({ ...earlier, filters: [...earlier.filters, ['is', dimension, values]] });
}

const isOfAll = (metric: Metric): boolean => metric === 'percentage' || metric === 'conversion_rate';

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
    const then = known.get(key(words)) ?? metrics.map(nothing);
    const change = metrics.map((metric, i) => changeOf(metric, then[i] ?? null, row.metrics[i] ?? null));
    const comparison: Comparison = { dimensions: words as string[], metrics: then, change };
    return { ...row, comparison };
  });
}

/**
 * Percent from then to now, whole; points for the bounce rate; 100 for a beginning from nothing. As Plausible's
 * dashboard: https://github.com/plausible/analytics/blob/master/lib/plausible/stats/compare.ex
 * Of money it can be said while there is one currency.
 */
export function changeOf(metric: Metric, then: Value, now: Value): number | null {
  const [from, to] = amounts(then, now);
  if (from === null || to === null) return null;
  if (metric === 'bounce_rate') return from > 0 ? to - from : null;
  if (from === 0) return to > 0 ? 100 : 0;
  return Math.round(((to - from) / from) * 100);
}

/** Two values as numbers; of money in one currency, a sum that is missing is nothing. */
function amounts(then: Value, now: Value): [number | null, number | null] {
  if (!Array.isArray(then) || !Array.isArray(now)) {
    return [Array.isArray(then) ? null : then, Array.isArray(now) ? null : now];
  }
  const one = new Set([...then, ...now].map(({ currency }) => currency)).size === 1;
  return one ? [Number(then[0]?.value ?? 0), Number(now[0]?.value ?? 0)] : [null, null];
}
