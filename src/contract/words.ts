import { LIMITS } from './wire.ts';

/**
 * The words of a stats query, in those of Plausible's Stats API v2, and nothing that validates: what the dashboard
 * carries to the owner's browser has no schema library in it.
 * @see https://plausible.io/docs/stats-api#dimensions
 * @see https://plausible.io/docs/stats-api#filters
 */

/** Attributes of one event. `event:goal` is a goal's name, `event:props:KEY` a custom property. */
export const EVENT_DIMENSIONS = ['event:name', 'event:page', 'event:hostname', 'event:goal'] as const;

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

/** `time` picks the bucket that suits the range. Days, weeks (from Monday) and months are those of the site's zone. */
export const TIME_DIMENSIONS = ['time', 'time:hour', 'time:day', 'time:week', 'time:month'] as const;

export type EventDimension = (typeof EVENT_DIMENSIONS)[number] | `event:props:${string}`;
export type VisitDimension = (typeof VISIT_DIMENSIONS)[number];
export type TimeDimension = (typeof TIME_DIMENSIONS)[number];
export type FilterDimension = EventDimension | VisitDimension;
export type Dimension = FilterDimension | TimeDimension;

export const OPERATORS = ['is', 'is_not', 'contains', 'contains_not'] as const;
export type Operator = (typeof OPERATORS)[number];

/**
 * `[operator, dimension, values]`, which holds when any of the values fits (for `is_not` and `contains_not`: none), or
 * `['and' | 'or', filters]`, or `['not', filter]`. Case matters. What has no value goes by its label, see `unset`.
 */
export type Filter =
  | [operator: Operator, dimension: FilterDimension, values: string[]]
  | [operator: 'and', filters: Filter[]]
  | [operator: 'or', filters: Filter[]]
  | [operator: 'not', filter: Filter];

export const FILTER_LIMITS = {
  /** Filters at the top, and within one `and` or `or`. */
  filters: 50,
  /** Values in one filter. */
  values: 500,
  /** Levels of `and`, `or`, `not`. */
  depth: 8,
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

/** Every dimension that a filter names, however deep. */
export function filtered(filters: Filter[]): FilterDimension[] {
  return filters.flatMap((filter) => {
    if (filter[0] === 'and' || filter[0] === 'or') return filtered(filter[1]);
    return filter[0] === 'not' ? filtered([filter[1]]) : [filter[1]];
  });
}

/**
 * The metrics; bots are never counted unless `include.bots` says so.
 *
 * - `visitors`: unique visitors: of the visits that began in the range, or, where the question names an event's
 *   dimension, of the events in the range that fit.
 * - `visits`: visits that began in the range; where the question names an event's dimension, those with a fitting event.
 * - `pageviews`: page views whose own time is in the range.
 * - `events`: page views and custom events; under an `event:goal` filter, total conversions.
 * - `views_per_visit`: page views of the visits, divided by the visits; two decimals.
 * - `bounce_rate`: visits with one sign of life only, in percent of all; whole.
 * - `visit_duration`: seconds between first and last sign of life, averaged over visits; whole.
 * - `percentage`: visitors in percent of all who fit the filters; two decimals. Needs `dimensions`.
 *
 * Without a visit to average over, `visit_duration` is null and the other shares are 0, as Plausible answers.
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
  'percentage',
] as const;
export type Metric = (typeof METRICS)[number];

/** They belong to a whole visit, and mean nothing beside one event's attribute: "Mixing … is not allowed", Plausible. */
export const VISIT_METRICS = ['views_per_visit', 'bounce_rate', 'visit_duration'] as const satisfies Metric[];

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
 * Days of the site's zone. `7d`, `28d`, `30d`, `91d` end with today; `6mo` and `12mo` end with this month; `month` and
 * `year` are this one, whole; `all` begins with the first visit.
 * @see https://plausible.io/docs/stats-api#date_range
 */
export const PERIODS = ['day', '7d', '28d', '30d', '91d', 'month', '6mo', '12mo', 'year', 'all'] as const;
export type Period = (typeof PERIODS)[number];

export const QUERY_LIMITS = {
  /** Dimensions at once. */
  dimensions: 3,
  /** Rows of one answer; `pagination.offset` goes on from there. */
  rows: 10_000,
  /** Time buckets of one answer: more than a year of hours. */
  buckets: 10_000,
} as const;
