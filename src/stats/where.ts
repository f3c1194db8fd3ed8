import { type SQL, sql } from 'drizzle-orm';
import {
  type EventDimension,
  type Filter,
  type FilterDimension,
  isSegment,
  isVisit,
  type Operator,
  propKey,
  SIGNAL,
  type SimpleFilter,
  TITLE,
  unset,
  type VisitDimension,
} from '../contract/query.ts';
import { foldedText, postgresPattern } from '../contract/regex.ts';
import { flagsOf, TERM, type TermKind } from '../db/schema.ts';
import { reaches, termIds } from '../goals/match.ts';
import type { Question } from './question.ts';
import type { Range } from './range.ts';
import { eventsInRange } from './rows.ts';

/**
 * The allow-list: every dimension that a caller may name, and what it is in SQL. Rows of `session` go by `s`, rows of
 * `event` by `e`, and what their pages were first called by `p` where events are divided by titles. A caller's words come in as bound values only.
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
  'event:page_title': { column: sql`coalesce(e.title, p.title)`, kind: 'title' },
  'event:hostname': { column: sql`e.hostname`, kind: 'hostname' },
};

/** A dimension that is a word of the dictionary; null for goals, properties and signals. */
export function termOf(dimension: FilterDimension): Term | null {
  if (isVisit(dimension)) return VISIT[dimension];
  return dimension in EVENT ? EVENT[dimension as keyof typeof EVENT] : null;
}

/** A property's value as text; null when the event has none. */
export const propOf = (key: string): SQL => sql`(e.props ->> ${key}::text)`;

/** What conditions are made of: filters, and what they need to know of the question that they stand in. */
export type Asked = Pick<Question, 'filters' | 'goals' | 'words' | 'bots'> & {
  site: { id: number };
  range: Span;
  deeds?: Span;
  /** What stands for the one dimension that filters are of, where that isn't a row's column. */
  value?: SQL;
};

/** Milliseconds since 1970; `to` not included. */
type Span = Pick<Range, 'from' | 'to'>;

/**
 * All filters, as a condition that is true or false, never null: so `not` is the opposite.
 * @param visitor of the row that it is about, `s.visitor` or `e.visitor`
 */
export function where(asked: Asked, visitor: SQL): SQL {
  return every(asked, asked.filters, visitor);
}

function every(asked: Asked, filters: Filter[], visitor: SQL): SQL {
  if (filters.length === 0) return sql`true`;
  return sql.join(
    filters.map((filter) => condition(asked, filter, visitor)),
    sql` and `,
  );
}

function condition(asked: Asked, filter: Filter, visitor: SQL): SQL {
  if (filter[0] === 'not') return sql`not (${condition(asked, filter[1], visitor)})`;
  if (filter[0] === 'and') return sql`(${every(asked, filter[1], visitor)})`;
  if (filter[0] === 'or') return any(filter[1].map((one) => condition(asked, one, visitor)));
  if (filter[0] === 'has_done') return sql`${visitor} in (${visitorsWho(asked, filter[1])})`;
  if (filter[0] === 'has_not_done') return sql`${visitor} not in (${visitorsWho(asked, filter[1])})`;
  if (isSegment(filter)) throw new TypeError('a segment is looked up before it gets here');
  return simple(asked, filter);
}

/** Visitors with an event in the range that fits. */
function visitorsWho(asked: Asked, filter: Filter): SQL {
  const visitor = sql`e.visitor`;
  const range = asked.deeds ?? asked.range;
  return sql`select ${visitor} from event e where ${eventsInRange({ ...asked, range })} and ${condition(asked, filter, visitor)}`;
}

/** A word of the dictionary, by the number of its kind. */
export interface Word {
  kind: number;
  value: string;
}

/** By which name it stands in `Words`. */
export const wordKey = ({ kind, value }: Word): string => `${kind} ${value}`;

/** The words that a filter gives whole; none where they are described, or where it isn't of words. */
export function wordsNamed([operator, dimension, values, modifiers]: SimpleFilter): Word[] {
  const term = dimension === TITLE ? null : termOf(dimension);
  const whole = (operator === 'is' || operator === 'is_not') && modifiers?.case_sensitive !== false;
  return term && whole ? values.map((value) => ({ kind: TERM[term.kind], value })) : [];
}

function simple({ site, goals, words, value: own }: Asked, filter: SimpleFilter): SQL {
  const [operator, dimension, values, modifiers] = filter;
  if (dimension === 'event:goal') {
    const reached = goals.filter(({ name }) => values.includes(name));
    return any(reached.map((goal) => sql`(${reaches(site.id, goal)})`));
  }
  if (dimension === SIGNAL) {
    const bits = flagsOf((signal) => values.includes(signal));
    const none = sql`s.flags & ${bits}::smallint = 0`;
    return operator === 'is' ? sql`not (${none})` : sql`(${none})`;
  }
  const folded = modifiers?.case_sensitive === false;
  const term = termOf(dimension);
  const column = own ?? term?.column;
  const value = term ? sql`value` : propOf(propKey(dimension) ?? '');
  let fits = fitting(operator, value, values, folded);
  if (term) {
    const ids = termIds(site.id, term.kind, fits);
    const known = wordsNamed(filter).map((word) => words[wordKey(word)]);
    // A number to compare with costs a third of a set to look in. A word that has none was never told of.
    if (dimension === TITLE) fits = isTitled(site.id, ids);
    else if (known.length > 0 && !known.includes(undefined)) fits = sql`${column} in (${list(known)})`;
    else fits = sql`${column} in (${ids})`;
  }
  // The label of what is missing can be asked for, too.
  const label = unset(dimension);
  const named = values.some((one) => one === label || (folded && one.toLowerCase() === label.toLowerCase()));
  const missing = named && (operator === 'is' || operator === 'is_not');
  const none = dimension === TITLE ? sql`not ${isTitled(site.id)}` : sql`${column ?? value} is null`;
  const all = missing ? sql`((${fits}) is true or ${none})` : sql`(${fits}) is true`;
  const whole = operator.endsWith('_not') ? sql`not (${all})` : all;
  // Where what bears no property doesn't fit, what bears one is looked at alone: there is an index of it.
  const borne = propKey(dimension) !== null && missing === operator.endsWith('_not');
  return borne ? sql`(e.props is not null and ${whole})` : whole;
}

/** Whether an event goes by a title, or by one of these. A set of pages is looked in: to look each event's page up takes five times as long. */
function isTitled(site: number, ids?: SQL): SQL {
  const pages = sql`select page from page_title where site_id = ${site}`;
  if (!ids) return sql`(e.title is not null or e.page in (${pages}))`;
  return sql`(e.title in (${ids}) or (e.title is null and e.page in (${pages} and title in (${ids}))))`;
}

/** Whether a text is, contains or is described by any of the values. */
function fitting(operator: Operator, text: SQL, values: string[], folded: boolean): SQL {
  switch (operator) {
    case 'is':
    case 'is_not':
      if (folded) return any(values.map((value) => sql`${text} ~* ${`^(?:${foldedText(value)})$`}`));
      return sql`${text} in (${list(values)})`;
    case 'contains':
    case 'contains_not':
      if (folded) return any(values.map((value) => sql`${text} ~* ${foldedText(value)}`));
      return any(values.map((value) => sql`strpos(${text}, ${value}) > 0`));
    case 'matches':
    case 'matches_not':
      if (folded) return any(values.map((value) => sql`${text} ~* ${postgresPattern(value, true)}`));
      return any(values.map((value) => sql`${text} ~ ${postgresPattern(value)}`));
  }
}

const any = (conditions: SQL[]): SQL => (conditions.length ? sql`(${sql.join(conditions, sql` or `)})` : sql`false`);

const list = (values: unknown[]): SQL =>
  sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  );
