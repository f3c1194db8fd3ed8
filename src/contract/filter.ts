import { z } from 'zod';
import { patternFault } from './regex.ts';
import { FRICTION } from './replay.ts';
import { LIMITS } from './wire.ts';
import {
  EVENT_DIMENSIONS,
  FILTER_LIMITS,
  type Filter,
  innerFilters,
  isEvent,
  isText,
  isTime,
  isVisit,
  type Modifiers,
  OPERATORS,
  type Operator,
  oneOf,
  SIGNAL,
  TIME_DIMENSIONS,
  VISIT_DIMENSIONS,
  type VisitDimension,
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
  const filters = readList(value, [], { depth: 0, of: 'rows' }, complain);
  for (const message of tooMuch(filters)) complain([], message);
  return filters;
});

/** What of the limits of a whole list is passed. */
export function tooMuch(filters: Filter[]): string[] {
  const { conditions, valuesInAll } = FILTER_LIMITS;
  const counts = valueCounts(filters);
  const sum = counts.reduce((all, count) => all + count, 0);
  return [
    ...(counts.length > conditions ? [`at most ${conditions} conditions in all`] : []),
    ...(sum > valuesInAll ? [`at most ${valuesInAll} values in all`] : []),
  ];
}

/** How many values each simple filter has, however deep. */
function valueCounts(filters: Filter[]): number[] {
  return filters.flatMap((filter) => {
    const inner = innerFilters(filter);
    if (inner) return valueCounts(inner);
    if (filter[0] === 'has_done' || filter[0] === 'has_not_done') return valueCounts([filter[1]]);
    return [filter[2]?.length ?? 0];
  });
}

/** How deep a filter stands, and in what: a list's, what somebody has done, or a segment's. */
interface Place {
  depth: number;
  of: 'rows' | 'deeds' | 'segment';
}

function readList(value: unknown, path: PropertyKey[], place: Place, complain: Complain): Filter[] {
  if (!Array.isArray(value)) complain(path, 'a list of filters');
  else if (value.length > FILTER_LIMITS.filters) complain(path, `at most ${FILTER_LIMITS.filters} filters`);
  else return value.flatMap((item, i) => readFilter(item, [...path, i], place, complain));
  return [];
}

/** One filter in a list, or an empty list once it has complained. */
function readFilter(value: unknown, path: PropertyKey[], place: Place, complain: Complain): Filter[] {
  const no = (step: PropertyKey[], message: string): Filter[] => {
    complain([...path, ...step], message);
    return [];
  };
  const deeper = { ...place, depth: place.depth + 1 };
  if (place.depth > FILTER_LIMITS.depth) return no([], `filters nested at most ${FILTER_LIMITS.depth} deep`);
  if (!Array.isArray(value)) return no([], 'a filter, such as ["is", "visit:country", ["EE"]]');
  const operator: unknown = value[0];
  if (operator === 'not') {
    if (value.length !== 2) return no([], '["not", filter]');
    return readFilter(value[1], [...path, 1], deeper, complain).map((filter) => ['not', filter]);
  }
  if (operator === 'and' || operator === 'or') {
    if (value.length !== 2) return no([], `["${operator}", [filters]]`);
    if (Array.isArray(value[1]) && value[1].length === 0) return no([1], 'at least one filter');
    return [[operator, readList(value[1], [...path, 1], deeper, complain)]];
  }
  if (operator === 'has_done' || operator === 'has_not_done') {
    if (value.length !== 2) return no([], `["${operator}", filter]`);
    if (place.of === 'deeds') return no([0], `${operator} stands in no other`);
    return readFilter(value[1], [...path, 1], { ...deeper, of: 'deeds' }, complain).map((filter) => [operator, filter]);
  }
  if (!isOperator(operator)) {
    const allowed = [...OPERATORS, 'and', 'or', 'not', ...(place.of === 'deeds' ? [] : ['has_done', 'has_not_done'])];
    return no([0], `an operator: ${allowed.join(', ')}`);
  }
  if (value[1] === 'segment') return readSegment(value, operator, place, no);
  return readSimple(value, operator, path, place, complain);
}

function readSegment(
  value: unknown[],
  operator: Operator,
  place: Place,
  no: (step: PropertyKey[], message: string) => Filter[],
): Filter[] {
  if (place.of !== 'rows') return no([1], 'segments stand in no segment and in no has_done');
  if (operator !== 'is') return no([0], 'segment is filtered with "is"; put a "not" around it');
  if (value.length !== 3) return no([], '["is", "segment", [ids]]');
  const ids = Ids.safeParse(value[2]);
  return ids.success ? [['is', 'segment', ids.data]] : no([2], `1 to ${FILTER_LIMITS.segments} ids of segments`);
}

function readSimple(
  value: unknown[],
  operator: Operator,
  path: PropertyKey[],
  place: Place,
  complain: Complain,
): Filter[] {
  const no = (step: PropertyKey[], message: string): Filter[] => {
    complain([...path, ...step], message);
    return [];
  };
  if (value.length !== 3 && value.length !== 4) return no([], '[operator, dimension, [values]]');
  const dimension: unknown = value[1];
  if (typeof dimension === 'string' && isTime(dimension)) return no([1], 'time is filtered with date_range');
  const allowed = [
    ...EVENT_DIMENSIONS,
    'event:props:KEY',
    ...(place.of === 'deeds' ? [] : [...VISIT_DIMENSIONS, SIGNAL]),
  ];
  const ofVisit = (word: string): word is VisitDimension | typeof SIGNAL => isVisit(word) || word === SIGNAL;
  if (typeof dimension !== 'string' || !(isEvent(dimension) || (ofVisit(dimension) && place.of !== 'deeds'))) {
    return no([1], `a dimension: ${allowed.join(', ')}`);
  }
  if (dimension === SIGNAL) {
    if (operator !== 'is' && operator !== 'is_not') return no([0], `${SIGNAL} is filtered with "is" or "is_not"`);
    if (value.length === 4) return no([3], 'signals have their case');
    const signals = FoundSignals.safeParse(value[2]);
    return signals.success ? [[operator, dimension, signals.data]] : no([2], `signals: ${FRICTION.join(', ')}`);
  }
  if (dimension === 'event:goal' && operator !== 'is') return no([0], 'event:goal is filtered with "is"');
  const modifiers = value.length === 4 ? Modify.safeParse(value[3]) : null;
  if (modifiers && (!modifiers.success || dimension === 'event:goal')) {
    return no([3], dimension === 'event:goal' ? 'the names of goals have their case' : '{ "case_sensitive": false }');
  }
  const values = Values.safeParse(value[2]);
  if (!values.success) {
    for (const issue of values.error.issues) complain([...path, 2, ...issue.path], issue.message);
    return [];
  }
  const faults = operator.startsWith('matches') ? values.data.map(patternFault) : [];
  for (const [i, fault] of faults.entries()) if (fault) complain([...path, 2, i], `a pattern: ${fault}`);
  // What changes nothing is left out, so that a filter is written in one way only.
  const folded = modifiers?.success && modifiers.data.case_sensitive === false;
  return [folded ? [operator, dimension, values.data, modifiers.data] : [operator, dimension, values.data]];
}

const isOperator = (value: unknown): value is Operator => typeof value === 'string' && oneOf(OPERATORS, value);

const Modify: z.ZodType<Modifiers> = z.strictObject({ case_sensitive: z.boolean() });

const FoundSignals = z.array(z.enum(FRICTION)).min(1).max(FRICTION.length);

const Ids = z.array(z.int().positive().max(2_147_483_647)).min(1).max(FILTER_LIMITS.segments);

/** What a segment keeps: any filters but segments, one level less deep, for they come to stand under an `and`. */
export const SegmentFilters = z.custom<Filter[]>().transform((value: unknown, ctx): Filter[] => {
  const complain: Complain = (path, message) => ctx.addIssue({ code: 'custom', path, message, input: value });
  const filters = readList(value, [], { depth: 1, of: 'segment' }, complain);
  if (Array.isArray(value) && value.length === 0) complain([], 'at least one filter');
  for (const message of tooMuch(filters)) complain([], message);
  return filters;
});

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
