import { type SQL, sql } from 'drizzle-orm';
import { pathPattern } from '../contract/pattern.ts';
import { PAGEVIEW } from '../contract/wire.ts';
import { type GoalCondition, TERM } from '../db/schema.ts';

/**
 * Which events reach a goal, as SQL over an `event` row named `e`. Names and paths are looked up in the dictionary
 * once a statement; facts are compared by number only.
 */

export interface GoalDefinition {
  name: string;
  event: string | null;
  path: string | null;
  props: GoalCondition[];
}

/** Ids of one kind of term, as a subquery. */
export const termIds = (site: number, kind: keyof typeof TERM, fits: SQL): SQL =>
  sql`select id from term where site_id = ${site} and kind = ${TERM[kind]} and ${fits}`;

/** Id of the name that page views have. */
export const pageviewName = (site: number): SQL => sql`(${termIds(site, 'event', sql`value = ${PAGEVIEW}`)})`;

/** Whether an event reaches the goal: true or false, never null. */
export function reaches(site: number, goal: GoalDefinition): SQL {
  if (goal.path !== null) {
    return sql`(e.name = ${pageviewName(site)} and e.page in (${pagesOf(site, goal.path)})) is true`;
  }
  const name = sql`(e.name = (${termIds(site, 'event', sql`value = ${goal.event}`)})) is true`;
  return sql.join([name, ...goal.props.map(holds)], sql` and `);
}

const pagesOf = (site: number, path: string): SQL =>
  termIds(site, 'path', path.includes('*') ? sql`value ~ ${pathPattern(path)}` : sql`value = ${path}`);

/** A condition on a property; one that is missing is nothing, and `is_not` anything. */
function holds({ key, op, value }: GoalCondition): SQL {
  const found = sql`(e.props ->> ${key}::text)`;
  if (op === 'is') return sql`(${found} = ${value}) is true`;
  if (op === 'is_not') return sql`(${found} = ${value}) is not true`;
  return sql`(strpos(${found}, ${value}) > 0) is true`;
}

/**
 * Joins to each event `e` the goals that it reaches, as rows `t(goal)`, their places in the list. An event's key is its
 * name's id, that of a page view its page's id below zero: one hash join over all events serves all goals.
 */
export function joinGoals(site: number, goals: GoalDefinition[]): SQL {
  const key = sql`(case when e.name = ${pageviewName(site)} then -e.page else e.name end)`;
  return sql`join (${targets(site, goals)}) k on k.key = ${key}
    cross join lateral (select goal from unnest(k.goals) u(goal) where ${targetHolds(goals)}) t`;
}

/** Rows `(key, goals)`: which goals the events of a key may reach. */
function targets(site: number, goals: GoalDefinition[]): SQL {
  const rows = goals.map(({ event, path }, i) => {
    const goal = sql`${i}::int as goal`;
    if (path !== null) return sql`select ${goal}, -id as key from (${pagesOf(site, path)}) p`;
    if (event === PAGEVIEW) return sql`select ${goal}, -id as key from (${termIds(site, 'path', sql`true`)}) p`;
    return sql`select ${goal}, id as key from (${termIds(site, 'event', sql`value = ${event}`)}) n`;
  });
  const all = sql.join([sql`select null::int as goal, null::int as key where false`, ...rows], sql` union all `);
  return sql`select key, array_agg(goal) as goals from (${all}) a group by key`;
}

/** What a hash join can't see: the conditions on properties of those goals that have any. */
function targetHolds(goals: GoalDefinition[]): SQL {
  const conditions = goals.flatMap(({ props }, i) =>
    props.length ? [sql`(goal <> ${i} or (${sql.join(props.map(holds), sql` and `)}))`] : [],
  );
  return conditions.length ? sql.join(conditions, sql` and `) : sql`true`;
}
