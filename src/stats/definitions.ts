import { sql } from 'drizzle-orm';
import { type Dimension, type Filter, innerFilters, isSegment, isSimple, tooMuch } from '../contract/query.ts';
import type { GoalDefinition } from '../goals/match.ts';
import { invalidAt } from '../problem.ts';
import type { Scoped, Sql, Words } from './question.ts';
import { type Word, wordKey, wordsNamed } from './where.ts';

/**
 * What a query names and the site defines: goals and shared segments, looked up in one statement, and words of its dictionary in another.
 * What only one person knows is no part of it, so that a question means the same whoever asks it.
 */

interface Definitions {
  /** With each segment's filters in its place. */
  filters: Filter[];
  words: Words;
  /** Every goal that a filter or the goal dimension can mean, by name, as their places are ordered by. */
  goals: GoalDefinition[];
}

interface Named {
  dimensions?: Dimension[];
  filters: Filter[];
}

/** @throws Problem `invalid` for a goal or a segment that the site doesn't have */
export async function definitions(db: Sql, site: Pick<Scoped, 'id'>, named: Named): Promise<Definitions> {
  const known = await defined(db, site, named);
  return { ...known, words: await wordsOf(db, site, known.filters) };
}

async function defined(
  db: Sql,
  site: Pick<Scoped, 'id'>,
  { dimensions = [], filters }: Named,
): Promise<Omit<Definitions, 'words'>> {
  const divided = dimensions.includes('event:goal');
  if (!divided && !filters.some(needsLookUp)) return { filters, goals: [] };
  const { rows } = await db.execute(sql`select
    (select coalesce(json_agg(json_build_object('name', name, 'event', event, 'path', path, 'props', props)
      order by name collate "C"), '[]') from goal where site_id = ${site.id}) as goals,
    (select coalesce(json_agg(json_build_object('id', id, 'filters', filters)), '[]')
      from segment where site_id = ${site.id} and owner is null) as segments`);
  const { goals, segments } = rows[0] as { goals: GoalDefinition[]; segments: { id: number; filters: Filter[] }[] };
  const known = new Map(segments.map((segment) => [segment.id, segment.filters]));
  const whole = filters.map((filter, i) => unfold(filter, ['filters', i], known));
  for (const message of tooMuch(whole)) throw invalidAt(['filters'], `${message}, those of segments among them`);
  const named = whole.flatMap(goalNames);
  const missing = named.find((name) => !goals.some((goal) => goal.name === name));
  if (missing !== undefined) throw invalidAt(['filters'], `no goal of this site is called ${missing}`);
  return { filters: whole, goals: divided ? goals : goals.filter(({ name }) => named.includes(name)) };
}

/** What was looked up for a request, whose questions mostly name the same. A word keeps its id. */
const lookedUp = new WeakMap<Sql, Map<string, Promise<Words>>>();

/** The ids of words that filters name whole. */
async function wordsOf(db: Sql, site: Pick<Scoped, 'id'>, filters: Filter[]): Promise<Words> {
  const named = filters.flatMap(wordsWithin);
  if (named.length === 0) return {};
  const before = lookedUp.get(db) ?? new Map<string, Promise<Words>>();
  lookedUp.set(db, before);
  const key = JSON.stringify([site.id, named]);
  const words = before.get(key) ?? lookUp(db, site, named);
  before.set(key, words);
  return words;
}

async function lookUp(db: Sql, site: Pick<Scoped, 'id'>, named: Word[]): Promise<Words> {
  const pairs = named.map(({ kind, value }) => sql`(${kind}::smallint, ${value})`);
  const { rows } = await db.execute(sql`select kind, value, id from term
    where site_id = ${site.id} and (kind, value) in (${sql.join(pairs, sql`, `)})`);
  return Object.fromEntries(
    (rows as unknown as (Word & { id: number })[]).map((row) => [wordKey(row), Number(row.id)]),
  );
}

function wordsWithin(filter: Filter): Word[] {
  const within = inside(filter);
  if (within.length > 0) return within.flatMap(wordsWithin);
  return isSimple(filter) ? wordsNamed(filter) : [];
}

/** Filters as they stand in a filter, whatever it means by them. */
function inside(filter: Filter): Filter[] {
  return innerFilters(filter) ?? (filter[0] === 'has_done' || filter[0] === 'has_not_done' ? [filter[1]] : []);
}

const needsLookUp = (filter: Filter): boolean =>
  isSegment(filter) || filter[1] === 'event:goal' || inside(filter).some(needsLookUp);

/** A filter with each segment's own filters in its place: any of several segments will do. */
function unfold(filter: Filter, path: PropertyKey[], known: Map<number, Filter[]>): Filter {
  if (filter[0] === 'not') return ['not', unfold(filter[1], [...path, 1], known)];
  if (filter[0] === 'and' || filter[0] === 'or') {
    return [filter[0], filter[1].map((one, i) => unfold(one, [...path, 1, i], known))];
  }
  if (!isSegment(filter)) return filter;
  const meant = filter[2].map((id, i): Filter => {
    const filters = known.get(id);
    if (!filters) throw invalidAt([...path, 2, i], `this site has no shared segment ${id}`);
    return ['and', filters];
  });
  return meant.length === 1 && meant[0] ? meant[0] : ['or', meant];
}

function goalNames(filter: Filter): string[] {
  const within = inside(filter);
  if (within.length > 0) return within.flatMap(goalNames);
  return filter[1] === 'event:goal' ? (filter[2] as string[]) : [];
}
