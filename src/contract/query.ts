import { z } from 'zod';
import { Dimension, type Filter, Filters, type Metric } from './filter.ts';
import {
  COMPARISONS,
  filtered,
  GOAL_METRICS,
  isEvent,
  isTime,
  METRICS,
  OF_PAGES,
  oneOf,
  PAGE_METRICS,
  PERIODS,
  propKey,
  QUERY_LIMITS,
  VISIT_METRICS,
} from './words.ts';

/**
 * A question to the numbers and its answer, in the grammar of Plausible's Stats API v2: `POST /api/v1/query`.
 * Pure: the Worker validates with it, the dashboard builds its reports of it, tests ask with it.
 * @see https://plausible.io/docs/stats-api
 */

export * from './filter.ts';

/** Dates, both included, or date-times with their offset, the second of the last one included. */
const Pair = z
  .union([
    z.tuple([z.iso.date(), z.iso.date()]),
    z.tuple([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true })]),
  ])
  .refine(([from, to]) => Date.parse(from) <= Date.parse(to), 'the first before the last')
  .refine(([from, to]) => from >= '1970' && to < '2100', 'a year from 1970 to 2099');

export const DateRange = z.union(
  [z.enum(PERIODS), Pair],
  `${PERIODS.join(', ')}, or two dates or date-times with offset, the first before the last`,
);
export type DateRange = z.infer<typeof DateRange>;

/**
 * With what to compare: `previous_period` is as many days before, `year_over_year` the same dates a year ago, `custom` any
 * `date_range` in dates. `match_day_of_week` moves the other range by up to three days, so that it begins on the same day
 * of the week.
 */
export const Comparisons = z
  .object({
    mode: z.enum(COMPARISONS),
    date_range: z.union([Pair, z.undefined()], 'two dates, the first before the last').exactOptional(),
    match_day_of_week: z.literal(true, 'true, or leave it out').exactOptional(),
  })
  .refine(({ mode, date_range }) => (mode === 'custom') === (date_range !== undefined), {
    error: 'custom needs a date_range, and nothing else has one',
    path: ['date_range'],
  })
  .refine(({ mode, match_day_of_week }) => mode !== 'custom' || !match_day_of_week, {
    error: 'a custom range is taken as it is',
    path: ['match_day_of_week'],
  });
export type Comparisons = z.infer<typeof Comparisons>;

const unique = <T>(items: T[]) => new Set(items).size === items.length;

/** Which part of a site's history: what a goal report and a list of recordings ask with, and a query too. */
export const Scope = z.object({ date_range: DateRange, filters: Filters.default([]) });
export type Scope = z.infer<typeof Scope>;
/** Beside a scope: bots are left out unless somebody asks. */
export const WithBots = z.object({ bots: z.boolean().default(false) }).prefault({});

/** Id or domain. */
const site_id = z.union([z.string().min(1), z.int().positive()], 'the id or the domain of a site');

const question = {
  ...Scope.shape,
  metrics: z
    .array(z.enum(METRICS, `a metric: ${METRICS.join(', ')}`))
    .min(1, 'at least one metric')
    .refine(unique, 'each metric once'),
  dimensions: z
    .array(Dimension)
    .max(QUERY_LIMITS.dimensions, `at most ${QUERY_LIMITS.dimensions} dimensions`)
    .refine(unique, 'each dimension once')
    .default([]),
  /** By default: a time dimension ascending, else the first metric descending. Ties: what was seen first. */
  order_by: z.array(z.tuple([z.union([z.enum(METRICS), Dimension]), z.enum(['asc', 'desc'])])).default([]),
  include: z
    .object({
      /** Every bucket of the range in `meta.time_labels`. */
      time_labels: z.boolean().default(false),
      /** Rows before pagination in `meta.total_rows`. */
      total_rows: z.boolean().default(false),
      /** The same question of another range: `comparison` in each row. */
      comparisons: Comparisons.nullish(),
      /** End `day`, `month`, `year` … with the current hour or day, instead of its last. */
      trim_relative_date_range: z.boolean().default(false),
      /** Count what was recognized as a bot too. */
      bots: z.boolean().default(false),
    })
    .prefault({}),
  pagination: z
    .object({
      limit: z.int().min(1).max(QUERY_LIMITS.rows).default(QUERY_LIMITS.rows),
      offset: z.int().min(0).max(1_000_000_000).default(0),
    })
    .prefault({}),
};

type Asked = z.infer<z.ZodObject<typeof question>>;

/** What no field knows by itself. */
function fits({ metrics, dimensions, filters, order_by, include }: Asked, ctx: z.RefinementCtx): void {
  const no = (path: PropertyKey[], message: string) => ctx.addIssue({ code: 'custom', path, message });
  const byEvent = dimensions.find(isEvent);
  const named: string[] = [...dimensions, ...filtered(filters)];
  for (const [i, metric] of metrics.entries()) {
    if (byEvent && oneOf(VISIT_METRICS, metric)) {
      const allowed = METRICS.filter((other) => !oneOf(VISIT_METRICS, other)).join(', ');
      no(['metrics', i], `${metric} belongs to whole visits, not to ${byEvent}; allowed here: ${allowed}`);
    }
    if (oneOf(PAGE_METRICS, metric) && !named.some((name) => OF_PAGES.includes(name))) {
      no(['metrics', i], `${metric} needs ${OF_PAGES.join(' or ')}, as a dimension or in a filter`);
    }
    if (oneOf(GOAL_METRICS, metric) && !named.includes('event:goal')) {
      no(['metrics', i], `${metric} needs event:goal, as a dimension or in a filter`);
    }
    if (metric === 'percentage' && dimensions.length === 0) no(['metrics', i], 'percentage needs dimensions');
  }
  if (dimensions.filter(isTime).length > 1) no(['dimensions'], 'one time dimension');
  if (include.time_labels && !dimensions.some(isTime)) {
    no(['include', 'time_labels'], 'time_labels needs a time dimension');
  }
  for (const [i, [by]] of order_by.entries()) {
    if (!oneOf(metrics, by) && !oneOf(dimensions, by)) {
      no(['order_by', i, 0], `one of the metrics and dimensions asked for: ${[...metrics, ...dimensions].join(', ')}`);
    }
  }
}

export const Query = z.object({ ...question, site_id }).superRefine(fits);

/** Several questions of one site. */
export const Queries = z.object({
  site_id,
  queries: z
    .array(z.object(question).superRefine(fits))
    .min(1, 'at least one question')
    .max(QUERY_LIMITS.together, `at most ${QUERY_LIMITS.together} questions`),
});

/**
 * Whether a filter, or a part of it, is on goals or properties: what somebody converts by, and what a conversion rate's
 * whole leaves out.
 */
export const isOfGoal = (filter: Filter): boolean =>
  filtered([filter]).some((dimension) => dimension === 'event:goal' || propKey(dimension) !== null);

/** A query, checked, with every default in place. */
export type Query = z.infer<typeof Query>;
/** A query as one may write it. */
export type QueryInput = z.input<typeof Query>;

/** A query without its site: what an address of the dashboard says. See `printQuery` in `address.ts`. */
export type View = Omit<Query, 'site_id'>;

/** A resolved range: ISO 8601 with the site's offset, both ends included to the second. */
export type ResolvedRange = [from: string, to: string];

/** A sum in one currency, ISO 4217; `value` as decimal text with the currency's own places. */
export interface Money {
  currency: string;
  value: string;
}

/** What stands for a metric: a number, for money a list with each currency once, or nothing that can be said. */
export type Value = number | null | Money[];

interface Row<V> {
  /** In the order of the query's dimensions. Time: `2026-11-21`, or of an hour `2026-11-21T14:00:00+02:00`. */
  dimensions: string[];
  /** In the order of the query's metrics. */
  metrics: V[];
  /** The same row of the other range; in a time series the row at the same place. Nulls where that range had ended. */
  comparison?: Comparison<V>;
}

export interface Comparison<V = Value> {
  /** The row's own, but for a time dimension: the other bucket's label. Empty where there is none. */
  dimensions: string[];
  metrics: V[];
  /** Percent, whole; of the bounce rate the difference in points. Null where it can't be said, as of several currencies. */
  change: (number | null)[];
}

/**
 * What a reader of the numbers should know.
 * - `partial`: the range, or a bucket of it, isn't over, or is cut by the range's ends
 * - `daily_visitors`: without ids in the browser a person counts once a day, not once in the range
 * - `overlapping_rows`: one event may reach several goals: rows don't add up to the whole
 * - `several_currencies`: rows are ordered by one of them, that of most sales
 * - `no_vitals`: nobody's browser has told of web vitals in the range
 * - `not_kept`: it takes single visits, and of a part of the range they are forgotten: that isn't in it
 * - `counted_again`: who came again after single visits of theirs were forgotten may count once more
 */
export interface Warning {
  code:
    | ('partial' | 'daily_visitors' | 'overlapping_rows' | 'several_currencies' | 'no_vitals')
    | ('not_kept' | 'counted_again');
  message: string;
  /** What it is about, where that is one. */
  metric?: Metric;
  /** The date from which single visits are kept, where it is about others. */
  since?: string;
}

export interface Engine {
  answered_by: 'rows' | 'seals' | 'seals and rows';
  /** Why from rows. */
  because?: string;
}

/**
 * The answer to `POST /api/v1/query`. A time series (time its only dimension) has a row for every bucket.
 * @typeParam V narrower for who asks for no money
 */
export interface Answer<V = Value> {
  results: Row<V>[];
  meta: {
    time_labels?: string[];
    total_rows?: number;
    comparison_date_range?: ResolvedRange;
    comparison_time_labels?: string[];
    /** Of the buckets asked for, those that are cut off or not over yet. Told wherever time is a dimension. */
    partial_time_labels?: string[];
    /** Absent where there is nothing to say. */
    warnings?: Warning[];
    /** Which way it was answered: the numbers are the same. Of the range itself, not of the one it is compared with. */
    engine: Engine;
  };
  /** The question as understood: names resolved, defaults in place, `time` made precise. */
  query: Omit<Query, 'date_range'> & { date_range: ResolvedRange };
}
