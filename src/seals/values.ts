import { type SQL, sql } from 'drizzle-orm';
import { type FilterDimension, isVisit, unset } from '../contract/query.ts';
import { termIds } from '../goals/match.ts';
import { termOf } from '../stats/where.ts';

/** What values are called that stand in seals. */

/** Beside 0, what is missing and what is called so: the latter alone. Who looks within words can tell them apart. */
export const LABELLED = -1;

/** The word that a dimension's missing values are called by, where something is called so: a subquery. */
export function labelled(site: number, dimension: FilterDimension, word = unset(dimension)): SQL {
  const of = termOf(dimension);
  return of ? termIds(site, of.kind, sql`value = ${word}`) : sql`null::int`;
}

/** A value as a term. What is missing, of visits 0, is called as what is named so, where there is such a word. */
export const named = (site: number, dimension: FilterDimension, value: SQL): SQL =>
  isVisit(dimension) ? sql`coalesce(nullif(${value}, 0), (${labelled(site, dimension)}))` : value;

/** And back again: how a group of terms stands in seals. */
export const valueNamed = (site: number, dimension: FilterDimension, term: SQL): SQL =>
  isVisit(dimension) ? sql`coalesce(nullif(${term}, (${labelled(site, dimension)})), 0)` : term;

/** The ids of goals, as an array: each at its place. */
export const idsOf = (goals: { id: number }[]): SQL => sql`${`{${goals.map(({ id }) => id).join()}}`}::int[]`;
