import { z } from 'zod';
import { LIMITS } from './wire.ts';

/**
 * Dimensions and filters of a stats query, in the words of Plausible's Stats API v2.
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
const isText = (text: string) => !text.includes('\0') && text.isWellFormed();

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

export const Dimension = z.custom<Dimension>(
  (value) => typeof value === 'string' && (isTime(value) || isVisit(value) || isEvent(value)),
  `a dimension: ${[...TIME_DIMENSIONS, ...EVENT_DIMENSIONS, 'event:props:KEY', ...VISIT_DIMENSIONS].join(', ')}`,
);

type Complain = (path: PropertyKey[], message: string) => void;

/** A list of filters, each complaint at its own path. Written by hand: of a union, zod says only that nothing fitted. */
export const Filters = z.custom<Filter[]>().transform((value: unknown, ctx): Filter[] => {
  const complain: Complain = (path, message) => ctx.addIssue({ code: 'custom', path, message, input: value });
  return readList(value, [], 0, complain);
});

function readList(value: unknown, path: PropertyKey[], depth: number, complain: Complain): Filter[] {
  if (!Array.isArray(value)) complain(path, 'a list of filters');
  else if (value.length > FILTER_LIMITS.filters) complain(path, `at most ${FILTER_LIMITS.filters} filters`);
  else return value.flatMap((item, i) => readFilter(item, [...path, i], depth, complain));
  return [];
}

/** One filter in a list, or an empty list once it has complained. */
function readFilter(value: unknown, path: PropertyKey[], depth: number, complain: Complain): Filter[] {
  const no = (step: PropertyKey[], message: string): Filter[] => {
    complain([...path, ...step], message);
    return [];
  };
  if (depth > FILTER_LIMITS.depth) return no([], `filters nested at most ${FILTER_LIMITS.depth} deep`);
  if (!Array.isArray(value)) return no([], 'a filter, such as ["is", "visit:country", ["EE"]]');
  const operator: unknown = value[0];
  if (operator === 'not') {
    if (value.length !== 2) return no([], '["not", filter]');
    return readFilter(value[1], [...path, 1], depth + 1, complain).map((filter) => ['not', filter]);
  }
  if (operator === 'and' || operator === 'or') {
    if (value.length !== 2) return no([], `["${operator}", [filters]]`);
    if (Array.isArray(value[1]) && value[1].length === 0) return no([1], 'at least one filter');
    return [[operator, readList(value[1], [...path, 1], depth + 1, complain)]];
  }
  if (!isOperator(operator)) return no([0], `an operator: ${[...OPERATORS, 'and', 'or', 'not'].join(', ')}`);
  if (value.length !== 3) return no([], '[operator, dimension, [values]]');
  const dimension: unknown = value[1];
  if (typeof dimension === 'string' && isTime(dimension)) return no([1], 'time is filtered with date_range');
  if (typeof dimension !== 'string' || !(isEvent(dimension) || isVisit(dimension))) {
    return no([1], `a dimension: ${[...EVENT_DIMENSIONS, 'event:props:KEY', ...VISIT_DIMENSIONS].join(', ')}`);
  }
  if (dimension === 'event:goal' && operator !== 'is') return no([0], 'event:goal is filtered with "is"');
  const values = Values.safeParse(value[2]);
  if (values.success) return [[operator, dimension, values.data]];
  for (const issue of values.error.issues) complain([...path, 2, ...issue.path], issue.message);
  return [];
}

const isOperator = (value: unknown): value is Operator => (OPERATORS as readonly unknown[]).includes(value);

const Values = z
  .array(
    z
      .union([z.string(), z.number()], 'a text')
      .transform(String)
      .pipe(z.string().max(LIMITS.propValueChars).refine(isText, 'text without NUL and lone surrogates')),
    'a list of values',
  )
  .min(1, 'at least one value')
  .max(FILTER_LIMITS.values, `at most ${FILTER_LIMITS.values} values`);
