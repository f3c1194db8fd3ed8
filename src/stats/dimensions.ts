import { type SQL, sql } from 'drizzle-orm';
import { type Dimension, type FilterDimension, isTime, isVisit, propKey, TITLE, unset } from '../contract/query.ts';
import { type GoalDefinition, termIds } from '../goals/match.ts';
import type { Question } from './question.ts';
import { propOf, termOf } from './where.ts';

/** What divides rows into groups, as columns `d0`, `d1` …: ids of terms, numbers of buckets and goals, texts of properties. */

/** Name of the column of the nth dimension. */
export const dimensionColumn = (n: number): SQL => sql`${sql.identifier(`d${n}`)}`;

/** The dimensions of a row, each with its name and a comma. */
export function selected(question: Question, dimensions: Dimension[], time: SQL): SQL {
  const columns = dimensions.map((dimension, i) => {
    const name = dimensionColumn(i);
    if (isTime(dimension)) return sql`${bucketNumber(question, time)} as ${name}, `;
    if (dimension === 'event:goal') return sql`t.goal as ${name}, `;
    return sql`${termOrText(question.site.id, dimension)} as ${name}, `;
  });
  return sql.join(columns);
}

/** A dimension's value, the missing one together with those that are called what it is called. */
function termOrText(site: number, dimension: FilterDimension): SQL {
  const key = propKey(dimension);
  if (key !== null) return sql`coalesce(${propOf(key)}, ${unset(dimension)})`;
  const term = termOf(dimension);
  if (!term) throw new TypeError(`${dimension} has no column`);
  if (!isVisit(dimension) && dimension !== TITLE) return term.column; // every event has one
  return sql`coalesce(${term.column}, (${termIds(site, term.kind, sql`value = ${unset(dimension)}`)}))`;
}

/** A binary search over the beginnings of the buckets: SQL needs to know nothing of time zones. */
export function bucketNumber({ buckets }: Question, time: SQL): SQL {
  const starts = buckets.map(({ from }) => new Date(from).toISOString());
  return sql`width_bucket(${time}, ${`{${starts.join()}}`}::timestamptz[]) - 1`;
}

/** The goals that divide events: all, or those that a filter picks. Their places in this list are their numbers in SQL. */
export function goalsShown({ goals, filters }: Question): GoalDefinition[] {
  const picked = filters.flatMap((filter) => (filter[0] === 'is' && filter[1] === 'event:goal' ? [filter[2]] : []));
  return goals.filter(({ name }) => picked.every((names) => (names as string[]).includes(name)));
}
