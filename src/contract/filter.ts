import { z } from 'zod';
import { LIMITS } from './wire.ts';
import {
  EVENT_DIMENSIONS,
  FILTER_LIMITS,
  type Filter,
  isEvent,
  isText,
  isTime,
  isVisit,
  OPERATORS,
  type Operator,
  TIME_DIMENSIONS,
  VISIT_DIMENSIONS,
  type Dimension as Word,
} from './words.ts';

/** Dimensions and filters of a stats query, checked. */

export * from './words.ts';

export type Dimension = Word;
export const Dimension = z.custom<Dimension>(
  (value) => typeof value === 'string' && (isTime(value) || isVisit(value) || isEvent(value)),
  `a dimension: ${[...TIME_DIMENSIONS, ...EVENT_DIMENSIONS, 'event:props:KEY', ...VISIT_DIMENSIONS].join(', ')}`,
);

type Complain = (path: PropertyKey[], message: string) => void;

/** A list of filters, each complaint at its own path. Written by hand: of a union, zod says only that nothing fitted. */
export const Filters = z.custom<Filter[]>().transform((value: unknown, ctx): Filter[] => {
  const complain: Complain = (path, message) => ctx.addIssue({ code: 'custom', path, message, input: value });
  const filters = readList(value, [], 0, complain);
  const { conditions, valuesInAll } = FILTER_LIMITS;
  const counts = valueCounts(filters);
  if (counts.length > conditions) complain([], `at most ${conditions} conditions in all`);
  if (counts.reduce((sum, count) => sum + count, 0) > valuesInAll) complain([], `at most ${valuesInAll} values in all`);
  return filters;
});

/** How many values each simple filter has, however deep. */
function valueCounts(filters: Filter[]): number[] {
  return filters.flatMap((filter) => {
    if (filter[0] === 'and' || filter[0] === 'or') return valueCounts(filter[1]);
    return filter[0] === 'not' ? valueCounts([filter[1]]) : [filter[2].length];
  });
}

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
