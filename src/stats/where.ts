import { type SQL, sql } from 'drizzle-orm';
import {
  type EventDimension,
  type Filter,
  type FilterDimension,
  isVisit,
  propKey,
  unset,
  type VisitDimension,
} from '../contract/query.ts';
import type { TermKind } from '../db/schema.ts';
import { type GoalDefinition, reaches, termIds } from '../goals/match.ts';

/**
 * The allow-list: every dimension that a caller may name, and what it is in SQL. Rows of `session` go by `s`, rows of
 * `event` by `e`. A caller's words come in as bound values only.
 */

interface Term {
  column: SQL;
  kind: TermKind;
}

const VISIT: Record<VisitDimension, Term> = {
  'visit:entry_page': { column: sql`s.entry`, kind: 'path' },
  'visit:exit_page': { column: sql`s.exit`, kind: 'path' },
  'visit:entry_page_hostname': { column: sql`s.hostname`, kind: 'hostname' },
  'visit:source': { column: sql`s.source`, kind: 'source' },
  'visit:channel': { column: sql`s.channel`, kind: 'channel' },
  'visit:referrer': { column: sql`s.referrer`, kind: 'referrer' },
  'visit:utm_source': { column: sql`s.utm_source`, kind: 'utm_source' },
  'visit:utm_medium': { column: sql`s.utm_medium`, kind: 'utm_medium' },
  'visit:utm_campaign': { column: sql`s.utm_campaign`, kind: 'utm_campaign' },
  'visit:utm_content': { column: sql`s.utm_content`, kind: 'utm_content' },
  'visit:utm_term': { column: sql`s.utm_term`, kind: 'utm_term' },
  'visit:country': { column: sql`s.country`, kind: 'country' },
  'visit:region': { column: sql`s.region`, kind: 'region' },
  'visit:city': { column: sql`s.city`, kind: 'city' },
  'visit:browser': { column: sql`s.browser`, kind: 'browser' },
  'visit:browser_version': { column: sql`s.browser_version`, kind: 'browser_version' },
  'visit:os': { column: sql`s.os`, kind: 'os' },
  'visit:os_version': { column: sql`s.os_version`, kind: 'os_version' },
  'visit:device': { column: sql`s.device`, kind: 'device' },
  'visit:screen': { column: sql`s.screen`, kind: 'screen' },
  'visit:language': { column: sql`s.language`, kind: 'language' },
};

const EVENT: Record<Exclude<EventDimension, 'event:goal' | `event:props:${string}`>, Term> = {
  'event:name': { column: sql`e.name`, kind: 'event' },
  'event:page': { column: sql`e.page`, kind: 'path' },
  'event:hostname': { column: sql`e.hostname`, kind: 'hostname' },
};

/** A dimension that is a word of the dictionary; null for goals and properties. */
export function termOf(dimension: FilterDimension): Term | null {
  if (isVisit(dimension)) return VISIT[dimension];
  return dimension in EVENT ? EVENT[dimension as keyof typeof EVENT] : null;
}

/** A property's value as text; null when the event has none. */
export const propOf = (key: string): SQL => sql`(e.props ->> ${key}::text)`;

/** All filters, as a condition that is true or false, never null: so `not` is the opposite. */
export function where(site: number, filters: Filter[], goals: GoalDefinition[]): SQL {
  if (filters.length === 0) return sql`true`;
  return sql.join(
    filters.map((filter) => condition(site, filter, goals)),
    sql` and `,
  );
}

function condition(site: number, filter: Filter, goals: GoalDefinition[]): SQL {
  if (filter[0] === 'not') return sql`not (${condition(site, filter[1], goals)})`;
  if (filter[0] === 'and') return sql`(${where(site, filter[1], goals)})`;
  if (filter[0] === 'or') {
    return sql`(${sql.join(
      filter[1].map((one) => condition(site, one, goals)),
      sql` or `,
    )})`;
  }
  const [operator, dimension, values] = filter;
  if (dimension === 'event:goal')
    return anyGoal(
      site,
      goals.filter(({ name }) => values.includes(name)),
    );
  const term = termOf(dimension);
  const value = term ? sql`value` : propOf(propKey(dimension) ?? '');
  const positive = operator === 'is' || operator === 'contains';
  let fits =
    operator === 'is' || operator === 'is_not'
      ? sql`${value} in (${list(values)})`
      : sql`(${sql.join(
          values.map((part) => sql`strpos(${value}, ${part}) > 0`),
          sql` or `,
        )})`;
  if (term) fits = sql`${term.column} in (${termIds(site, term.kind, fits)})`;
  // The label of what is missing can be asked for, too.
  const missing = (operator === 'is' || operator === 'is_not') && values.includes(unset(dimension));
  const all = missing ? sql`((${fits}) is true or ${term ? term.column : value} is null)` : sql`(${fits}) is true`;
  return positive ? all : sql`not (${all})`;
}

const anyGoal = (site: number, goals: GoalDefinition[]): SQL =>
  goals.length
    ? sql`(${sql.join(
        goals.map((goal) => sql`(${reaches(site, goal)})`),
        sql` or `,
      )})`
    : sql`false`;

const list = (values: string[]): SQL =>
  sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  );
