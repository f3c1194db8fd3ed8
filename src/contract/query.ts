import { z } from 'zod';
import { Dimension, Filters } from './filter.ts';
import { isEvent, isTime, METRICS, PERIODS, QUERY_LIMITS, VISIT_METRICS } from './words.ts';

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

const unique = <T>(items: T[]) => new Set(items).size === items.length;

/** Which part of a site's history: what a goal report and a list of recordings ask with, and a query too. */
export const Scope = z.object({ date_range: DateRange, filters: Filters.default([]) });
export type Scope = z.infer<typeof Scope>;
/** Beside a scope: bots are left out unless somebody asks. */
export const WithBots = z.object({ bots: z.boolean().default(false) }).prefault({});

export const Query = z
  .object({
    ...Scope.shape,
    /** Id or domain. */
    site_id: z.union([z.string().min(1), z.int().positive()], 'the id or the domain of a site'),
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
        /** The same question for as many days before: `comparison` in each row. */
        comparisons: z.object({ mode: z.literal('previous_period') }).nullish(),
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
  })
  .superRefine(({ metrics, dimensions, order_by, include }, ctx) => {
    const no = (path: PropertyKey[], message: string) => ctx.addIssue({ code: 'custom', path, message });
    const byEvent = dimensions.find(isEvent);
    for (const [i, metric] of metrics.entries()) {
      if (byEvent && of(VISIT_METRICS, metric)) {
        const allowed = METRICS.filter((other) => !of(VISIT_METRICS, other)).join(', ');
        no(['metrics', i], `${metric} belongs to whole visits, not to ${byEvent}; allowed here: ${allowed}`);
      }
      if (metric === 'percentage' && dimensions.length === 0) no(['metrics', i], 'percentage needs dimensions');
    }
    if (dimensions.filter(isTime).length > 1) no(['dimensions'], 'one time dimension');
    if (include.time_labels && !dimensions.some(isTime)) {
      no(['include', 'time_labels'], 'time_labels needs a time dimension');
    }
    for (const [i, [by]] of order_by.entries()) {
      if (!of(metrics, by) && !of(dimensions, by)) {
        no(
          ['order_by', i, 0],
          `one of the metrics and dimensions asked for: ${[...metrics, ...dimensions].join(', ')}`,
        );
      }
    }
  });

const of = (list: readonly string[], item: string) => list.includes(item);

/** A query, checked, with every default in place. */
export type Query = z.infer<typeof Query>;
/** A query as one may write it. */
export type QueryInput = z.input<typeof Query>;

/** A query without its site: what an address of the dashboard says. See `printQuery` in `address.ts`. */
export type View = Omit<Query, 'site_id'>;

/** A resolved range: ISO 8601 with the site's offset, both ends included to the second. */
export type ResolvedRange = [from: string, to: string];

interface Row {
  /** In the order of the query's dimensions. Time: `2026-11-21`, or of an hour `2026-11-21T14:00:00+02:00`. */
  dimensions: string[];
  /** In the order of the query's metrics. */
  metrics: (number | null)[];
  /** The same row a period earlier; in a time series the row at the same place. Null where that period had ended. */
  comparison?: Comparison;
}

export interface Comparison {
  /** The row's own, but for a time dimension: the earlier bucket's label. Empty where there is none. */
  dimensions: string[];
  metrics: (number | null)[];
  /** Percent, whole; of the bounce rate the difference in points. Null where it can't be said. */
  change: (number | null)[];
}

/** The answer to `POST /api/v1/query`. A time series (time its only dimension) has a row for every bucket. */
export interface Answer {
  results: Row[];
  meta: {
    time_labels?: string[];
    total_rows?: number;
    comparison_date_range?: ResolvedRange;
    comparison_time_labels?: string[];
  };
  /** The question as understood: names resolved, defaults in place, `time` made precise. */
  query: Omit<Query, 'date_range'> & { date_range: ResolvedRange };
}
