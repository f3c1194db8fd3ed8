import { LIMITS } from './wire.ts';

/**
 * The words of a stats query, in those of Plausible's Stats API v2, and nothing that validates: what the dashboard
 * carries to the owner's browser has no schema library in it.
 * @see https://plausible.io/docs/stats-api#dimensions
 * @see https://plausible.io/docs/stats-api#filters
 */

/**
 * Attributes of one event. `event:goal` is a goal's name, `event:props:KEY` a custom property; `event:page_title` is ours, called as
 * Google Analytics 4 and Umami call it.
 */
export const EVENT_DIMENSIONS = [
  'event:name',
  'event:page',
  'event:page_title',
  'event:hostname',
  'event:goal',
] as const;

/** Attributes of a visit, all of them as its first page view found them, but for the exit page. */
export const VISIT_DIMENSIONS = [
  'visit:entry_page',
  'visit:exit_page',
  'visit:entry_page_hostname',
  'visit:source',
  'visit:channel',
  'visit:referrer',
  'visit:utm_source',
  'visit:utm_medium',
  'visit:utm_campaign',
  'visit:utm_content',
  'visit:utm_term',
  'visit:country',
  'visit:region',
  'visit:city',
  'visit:browser',
  'visit:browser_version',
  'visit:os',
  'visit:os_version',
  'visit:device',
  'visit:screen',
  'visit:language',
] as const;

/** An event need not have one: the others but properties it always has. */
export const TITLE = 'event:page_title';

/**
 * `time` picks the bucket that suits the range. Days, weeks and months are those of the site's zone, a week begins on the
 * site's own first day of it. Minutes are for a day at most.
 */
export const TIME_DIMENSIONS = ['time', 'time:minute', 'time:hour', 'time:day', 'time:week', 'time:month'] as const;

/**
 * What the recorder found in a visit, any of `FRICTION`: one may be asked for it, with `is` and `is_not`, but nothing is
 * divided by it.
 */
export const SIGNAL = 'visit:signal';

export type EventDimension = (typeof EVENT_DIMENSIONS)[number] | `event:props:${string}`;
export type VisitDimension = (typeof VISIT_DIMENSIONS)[number];
export type TimeDimension = (typeof TIME_DIMENSIONS)[number];
/** What rows have one of: they can be divided by it, and filtered. */
export type RowDimension = EventDimension | VisitDimension;
export type FilterDimension = RowDimension | typeof SIGNAL;
export type Dimension = RowDimension | TimeDimension;

/** How visits come, as Plausible and Google Analytics 4 tell them apart; what was imported may have others. */
export type Channel =
  | ('Direct' | 'Organic Search' | 'Organic Social' | 'Organic Video' | 'Organic Shopping' | 'Referral' | 'Email')
  | ('Paid Search' | 'Paid Social' | 'Paid Video' | 'Paid Shopping' | 'Paid Other' | 'Display' | 'Cross-network')
  | ('AI Assistants' | 'Affiliates' | 'Audio' | 'SMS' | 'Mobile Push Notifications');
/** What visits are made with, as far as the browser says. */
export type DeviceClass = 'Desktop' | 'Mobile' | 'Tablet' | 'TV';
/** How wide their screens are, as in Plausible: https://plausible.io/docs/devices */
export type ScreenClass = 'Mobile' | 'Tablet' | 'Laptop' | 'Desktop';

export const OPERATORS = ['is', 'is_not', 'contains', 'contains_not', 'matches', 'matches_not'] as const;
export type Operator = (typeof OPERATORS)[number];

/** As Plausible's fourth element of a filter. Case matters unless it says otherwise. */
export interface Modifiers {
  case_sensitive: boolean;
}

/** `[operator, dimension, values]`, which holds when any of the values fits; of an operator with `not`: when none does. */
export type SimpleFilter = [operator: Operator, dimension: FilterDimension, values: string[], modifiers?: Modifiers];

/**
 * A simple filter, or several: `['and' | 'or', filters]`, `['not', filter]`. What has no value goes by its label, see
 * `unset`. The patterns of `matches` are explained in `pattern.ts`.
 *
 * `['has_done', filter]` holds for everything of a visitor who did, within the range, what the filter says of an event:
 * reached a goal, saw a page; `has_not_done` for everybody else. `['is', 'segment', [id]]` stands for a segment's filters.
 * @see https://plausible.io/docs/stats-api#behavioral-filters
 */
export type Filter =
  | SimpleFilter
  | [operator: 'and', filters: Filter[]]
  | [operator: 'or', filters: Filter[]]
  | [operator: 'not', filter: Filter]
  | [operator: 'has_done', filter: Filter]
  | [operator: 'has_not_done', filter: Filter]
  | SegmentFilter;

export type SegmentFilter = [operator: 'is', what: 'segment', ids: number[]];

export const isSegment = (filter: Filter): filter is SegmentFilter => filter[1] === 'segment';
/** Several filters: those in an `and` or `or`, or the one in a `not`; null for one that stands for itself. */
export function innerFilters(filter: Filter): Filter[] | null {
  if (filter[0] === 'and' || filter[0] === 'or') return filter[1];
  return filter[0] === 'not' ? [filter[1]] : null;
}

export const FILTER_LIMITS = {
  /** Filters at the top, and within one `and` or `or`. */
  filters: 50,
  /** Values in one filter. */
  values: 500,
  /** Levels of `and`, `or`, `not`. */
  depth: 8,
  /** Segments in one filter. */
  segments: 10,
  /** Simple filters, and values, in all. A statement of Postgres takes 65,535 values, and each stands in it a few times. */
  conditions: 200,
  valuesInAll: 2000,
} as const;

const PROPS = 'event:props:';
const events: readonly string[] = EVENT_DIMENSIONS;
const visits: readonly string[] = VISIT_DIMENSIONS;
const times: readonly string[] = TIME_DIMENSIONS;

export const isTime = (dimension: string): dimension is TimeDimension => times.includes(dimension);
export const isVisit = (dimension: string): dimension is VisitDimension => visits.includes(dimension);
export const isEvent = (dimension: string): dimension is EventDimension =>
  events.includes(dimension) || (dimension.startsWith(PROPS) && isPropKey(dimension.slice(PROPS.length)));

/** The key in `event:props:KEY`; null for other dimensions. */
export const propKey = (dimension: string): string | null =>
  dimension.startsWith(PROPS) ? dimension.slice(PROPS.length) : null;

const isPropKey = (key: string) => key.length > 0 && key.length <= LIMITS.propKeyChars && isText(key);

/** Postgres keeps neither NUL nor half a surrogate pair, so nothing stored can equal such a text. */
export const isText = (text: string) => !text.includes('\0') && text.isWellFormed();

/**
 * What stands for a missing value, in answers and in filters, as in Plausible: "Direct / None" where the visit came
 * from, "(none)" for a property, "(not set)" elsewhere.
 */
export function unset(dimension: string): string {
  if (dimension === 'visit:source' || dimension === 'visit:referrer') return 'Direct / None';
  return propKey(dimension) === null ? '(not set)' : '(none)';
}

/**
 * Every dimension that says which rows fit, however deep. What visitors have done otherwise (`has_done`) says it of the
 * visitor, and a segment is known by its filters only once they were looked up.
 */
export function filtered(filters: Filter[]): FilterDimension[] {
  return filters.flatMap((filter) => {
    const inner = innerFilters(filter);
    if (inner) return filtered(inner);
    return isSimple(filter) ? [filter[1]] : [];
  });
}

export function isSimple(filter: Filter): filter is SimpleFilter {
  return (OPERATORS as readonly string[]).includes(filter[0]) && !isSegment(filter);
}

/**
 * The metrics; bots are never counted unless `include.bots` says so. Each is defined, with its source, in
 * `docs/metrics.md`.
 *
 * - `visitors`: unique visitors: of the visits that began in the range, or, where the question names an event's
 *   dimension, of the events in the range that fit.
 * - `visits`: visits that began in the range; where the question names an event's dimension, those with a fitting event.
 * - `pageviews`: page views whose own time is in the range.
 * - `events`: page views and custom events; under an `event:goal` filter, total conversions.
 * - `views_per_visit`: page views of the visits, divided by the visits; two decimals.
 * - `bounce_rate`: visits with one sign of life only, in percent of all; whole.
 * - `visit_duration`: seconds between first and last sign of life, averaged over visits; whole.
 * - `time_on_page`: seconds that the pages were visible, focused and in use, per visit that has any; whole. Needs a page.
 * - `scroll_depth`: the deepest point seen of the pages, percent, averaged over visits; whole. Needs a page.
 * - `percentage`: visitors in percent of all who fit the filters; two decimals. Needs `dimensions`.
 * - `conversion_rate`: visitors in percent of all who fit the filters on anything but goals and properties; two
 *   decimals. Needs a goal.
 * - `group_conversion_rate`: the same, of all those in the row's own group. Needs a goal.
 * - `total_revenue`, `average_revenue`: of the events that fit and carry money, per currency, as decimal text.
 * - `lcp`, `inp`, `cls`, `fcp`, `ttfb`: web vitals where the site collects them, 75th percentile; milliseconds, but `cls`.
 *
 * Without a visit to average over, `visit_duration` is null and the other shares are 0, as Plausible answers; without a
 * page's report `time_on_page` and `scroll_depth` are null, and web vitals without a measurement.
 * @see https://plausible.io/docs/stats-api#metrics
 */
export const METRICS = [
  'visitors',
  'visits',
  'pageviews',
  'events',
  'views_per_visit',
  'bounce_rate',
  'visit_duration',
  'time_on_page',
  'scroll_depth',
  'percentage',
  'conversion_rate',
  'group_conversion_rate',
  'total_revenue',
  'average_revenue',
  'lcp',
  'inp',
  'cls',
  'fcp',
  'ttfb',
] as const;
export type Metric = (typeof METRICS)[number];

/** They belong to a whole visit, and mean nothing beside one event's attribute: "Mixing … is not allowed", Plausible. */
export const VISIT_METRICS = ['views_per_visit', 'bounce_rate', 'visit_duration'] as const satisfies Metric[];
/** They are told of single pages: Plausible asks for `event:page` with them, too. */
export const PAGE_METRICS = ['time_on_page', 'scroll_depth'] as const satisfies Metric[];
/** What they are told by. */
export const OF_PAGES: readonly string[] = ['event:page', TITLE];
/** They need somebody to convert: `event:goal` as a dimension or in a filter. */
export const GOAL_METRICS = ['conversion_rate', 'group_conversion_rate'] as const satisfies Metric[];
/** Answered with a list of sums, one a currency: see `Money`. */
export const REVENUE_METRICS = ['total_revenue', 'average_revenue'] as const satisfies Metric[];
/** https://web.dev/articles/vitals */
export const VITALS = ['lcp', 'inp', 'cls', 'fcp', 'ttfb'] as const satisfies Metric[];

/** Whether a word is one of a list of words. */
export const oneOf = <T extends string>(list: readonly T[], word: string): word is T =>
  (list as readonly string[]).includes(word);

/** What the head of the dashboard shows, and what a query's address asks for when it names nothing. */
export const OVERVIEW = [
  'visitors',
  'visits',
  'pageviews',
  'views_per_visit',
  'bounce_rate',
  'visit_duration',
] as const;

/**
 * `hour` and `24h` end with the running minute and hour; the others are days of the site's zone. `7d`, `28d`, `30d`,
 * `91d` end with today; `6mo` and `12mo` end with this month; `month` and `year` are this one, whole; `all` begins with
 * the first visit.
 * @see https://plausible.io/docs/stats-api#date_range
 */
export const PERIODS = [
  'hour',
  '24h',
  'day',
  'yesterday',
  '7d',
  '28d',
  '30d',
  '91d',
  'month',
  '6mo',
  '12mo',
  'year',
  'all',
] as const;
export type Period = (typeof PERIODS)[number];

/** With what a range is compared: as long a stretch just before, the same dates a year ago, or any other range. */
export const COMPARISONS = ['previous_period', 'year_over_year', 'custom'] as const;

export const QUERY_LIMITS = {
  /** Dimensions at once. */
  dimensions: 3,
  /** Rows of one answer; `pagination.offset` goes on from there. */
  rows: 10_000,
  /** Time buckets of one answer: more than a year of hours. */
  buckets: 10_000,
  /** Milliseconds of a range that is counted by the minute. */
  minutes: 25 * 3_600_000,
  /** Milliseconds after which a question is cut off, with the advice to ask for less. */
  statementMs: 30_000,
  /** Questions in one request: it may ask some fifty times of others, on the platform's free plan. */
  together: 12,
} as const;
