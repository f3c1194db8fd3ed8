import { type SQL, sql } from 'drizzle-orm';
import { type Filter, type FilterDimension, isVisit, type SimpleFilter, unset } from '../contract/query.ts';
import type { Question } from '../stats/question.ts';
import { where, wordKey, wordsNamed } from '../stats/where.ts';
import { isAllOf } from './plan.ts';
import { list } from './span.ts';
import { LABELLED, labelled } from './values.ts';

/** Filters as ANDs, ORs and NOTs of bits. */

/** What filters are put together of. */
interface Bits {
  /** Where anything is. */
  whole: SQL;
  /** Where a value is that fits. @param filter says what it is, and not what it isn't */
  having: (filter: SimpleFilter) => SQL;
}

/** Where all filters fit; those that say what something isn't may have ones beyond `whole`. */
export function bitsOf(filters: Filter[], { whole, having }: Bits): SQL {
  const every = (all: Filter[]): SQL => (all.length ? sql`(${sql.join(all.map(one), sql` & `)})` : whole);
  return every(filters);

  function one(filter: Filter): SQL {
    if (filter[0] === 'not') return sql`(~ ${one(filter[1])})`;
    if (filter[0] === 'and') return every(filter[1]);
    if (filter[0] === 'or') return sql`(${sql.join(filter[1].map(one), sql` | `)})`;
    const simple = filter as SimpleFilter;
    const [operator, ...rest] = simple;
    // Bits of all other values are many: those of the values themselves, turned round, are the same.
    return operator.endsWith('_not')
      ? sql`(~ ${having([operator.slice(0, -'_not'.length), ...rest] as SimpleFilter)})`
      : having(simple);
  }
}

/** The numbers of a filter's words, where these are whole and all known: what is missing, or described, is looked for among all values. */
export function idsNamed({ words }: Question, filter: SimpleFilter): number[] | null {
  const dimension = filter[1] as FilterDimension;
  const ids = wordsNamed(filter).map((word) => words[wordKey(word)]);
  const whole = ids.length > 0 && !(isVisit(dimension) && filter[2].includes(unset(dimension)));
  return whole && ids.every((id) => id !== undefined) ? ids : null;
}

/** Whether a value, as bitmaps and slices have it, fits a filter. */
export function fitting(question: Question, filter: SimpleFilter, value: SQL): SQL {
  const ids = idsNamed(question, filter);
  if (ids) return sql`${value} in (${list(ids.map((id) => sql`${id}`))})`;
  return fittingAll(question, filter[1] as FilterDimension, [filter], value);
}

/**
 * Whether a value of a dimension may fit all filters that are of that alone: a list has no other. What is missing stands together with what is called so,
 * of which some may.
 */
export function maybeFitting(question: Question, dimension: FilterDimension, value: SQL): SQL {
  const filters = question.filters.filter((filter) => isAllOf(filter, (one) => one === dimension));
  const fits = fittingAll(question, dimension, filters, value);
  return isVisit(dimension) && filters.length > 0 ? sql`(${value} = 0 or ${fits})` : fits;
}

function fittingAll(question: Question, dimension: FilterDimension, filters: Filter[], value: SQL): SQL {
  const label = sql`(${labelled(question.site.id, dimension)})`;
  const term = sql`case ${value} when 0 then null when ${LABELLED} then ${label} else ${value} end`;
  return where({ ...question, filters, value: isVisit(dimension) ? term : value }, sql`null`);
}
