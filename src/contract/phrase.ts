import type { QueryInput } from './query.ts';
import {
  type Filter,
  type FilterDimension,
  isSegment,
  OPERATORS,
  OVERVIEW,
  oneOf,
  propKey,
  QUERY_LIMITS,
  SIGNAL,
  VISIT_DIMENSIONS,
} from './words.ts';

/** How a query is written as an address and read from one, form only: nothing here knows whether the words are right. */

/** Query string without `?`. Left out: what is as it would be anyway. */
export function printQuery(view: Omit<QueryInput, 'site_id'>): string {
  const { date_range, metrics, dimensions = [], filters = [], order_by = [], include = {}, pagination = {} } = view;
  const { limit = QUERY_LIMITS.rows, offset = 0 } = pagination;
  const pairs: [string, string][] = [];
  if (typeof date_range === 'string') pairs.push(['period', date_range]);
  else pairs.push(['from', date_range[0]], ['to', date_range[1]]);
  for (const filter of filters) pairs.push(['filters', printFilter(filter)]);
  if (include.comparisons) {
    const { mode, date_range: other, match_day_of_week } = include.comparisons;
    if (other) pairs.push(['compare_from', other[0]], ['compare_to', other[1]]);
    else pairs.push(['compare', mode]);
    if (match_day_of_week) pairs.push(['match_day_of_week', 'true']);
  }
  if (metrics.join() !== OVERVIEW.join()) pairs.push(['metrics', metrics.join()]);
  for (const dimension of dimensions) pairs.push(['dimensions', short(dimension)]);
  for (const [by, direction] of order_by) pairs.push(['order_by', `${short(by)}:${direction}`]);
  for (const flag of FLAGS) if (include[flag]) pairs.push([flag, 'true']);
  if (limit !== QUERY_LIMITS.rows) pairs.push(['limit', String(limit)]);
  if (offset) pairs.push(['offset', String(offset)]);
  return pairs.map(([key, value]) => `${key}=${readable(value)}`).join('&');
}

/** What a query string says, with or without `?`, every default in place. @throws SyntaxError for what isn't a filter's form */
export function readQuery(search: string) {
  const asked = new URLSearchParams(search);
  const get = (key: string) => asked.get(key) ?? undefined;
  const number = (key: string) => (asked.has(key) ? Number(asked.get(key) || Number.NaN) : undefined);
  const compare = asked.has('compare_from') ? 'custom' : get('compare');
  const compared = asked.has('compare_from') ? { date_range: [get('compare_from'), get('compare_to')] } : {};
  const matched = asked.get('match_day_of_week') === 'true' ? { match_day_of_week: true } : {};
  return {
    date_range: asked.has('from') ? [get('from'), get('to')] : (get('period') ?? '30d'),
    metrics: get('metrics')?.split(',') ?? [...OVERVIEW],
    dimensions: asked.getAll('dimensions').map(long),
    filters: asked.getAll('filters').map(readFilter),
    order_by: asked.getAll('order_by').map((text) => {
      const colon = text.lastIndexOf(':');
      return [long(text.slice(0, colon)), text.slice(colon + 1)];
    }),
    include: {
      ...Object.fromEntries(FLAGS.map((flag) => [flag, asked.get(flag) === 'true'])),
      ...(compare && compare !== 'none' ? { comparisons: { mode: compare, ...compared, ...matched } } : {}),
    },
    pagination: { limit: number('limit'), offset: number('offset') },
  };
}

const FLAGS = ['time_labels', 'total_rows', 'trim_relative_date_range', 'bots'] as const;

/**
 * One filter: `is:country:EE,FI`, `contains_not:props:plan:free`, `or(is:os:iOS;not(is:device:Desktop))`,
 * `has_done(is:goal:Signup)`, `is:segment:3`; `icontains:page:blog`, with an i, takes no notice of case.
 */
function printFilter(filter: Filter): string {
  if (filter[0] === 'and' || filter[0] === 'or') return `${filter[0]}(${filter[1].map(printFilter).join(';')})`;
  if (filter[0] === 'not' || filter[0] === 'has_done' || filter[0] === 'has_not_done') {
    return `${filter[0]}(${printFilter(filter[1])})`;
  }
  if (isSegment(filter)) return `is:segment:${filter[2].join()}`;
  const [operator, dimension, values, modifiers] = filter;
  const key = propKey(dimension);
  const name = key === null ? short(dimension) : `props:${escaped(key).replaceAll(':', '\\:')}`;
  return `${modifiers?.case_sensitive === false ? 'i' : ''}${operator}:${name}:${values.map(escaped).join()}`;
}

/** The inverse. Checks the form only: `Query` knows the words. @throws SyntaxError when it isn't a filter's form */
function readFilter(text: string): unknown {
  const reader = new Reader(text);
  const filter = reader.filter();
  return reader.done ? filter : refuse(text);
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get done() {
    return this.#at === this.#text.length;
  }

  filter(): unknown {
    const operator = this.#until(':(;)');
    if (this.#take('(')) {
      const inner = [this.filter()];
      while (this.#take(';')) inner.push(this.filter());
      if (!this.#take(')')) refuse(this.#text);
      if (operator === 'and' || operator === 'or') return [operator, inner];
      return inner.length === 1 ? [operator, inner[0]] : refuse(this.#text);
    }
    if (!this.#take(':')) refuse(this.#text);
    let dimension = this.#until(':;)');
    if (!this.#take(':')) refuse(this.#text);
    if (dimension === 'props') {
      dimension = `props:${this.#until(':;)')}`;
      if (!this.#take(':')) refuse(this.#text);
    }
    const values = [this.#until(',;)')];
    while (this.#take(',')) values.push(this.#until(',;)'));
    if (dimension === 'segment') return [operator, dimension, values.map((id) => Number(id || Number.NaN))];
    const folded = operator.startsWith('i') && oneOf(OPERATORS, operator.slice(1));
    return folded
      ? [operator.slice(1), long(dimension), values, { case_sensitive: false }]
      : [operator, long(dimension), values];
  }

  /** Text up to one of the marks or the end, backslashes taken away. */
  #until(marks: string): string {
    let read = '';
    for (; !this.done && !marks.includes(this.#text[this.#at] as string); this.#at++) {
      if (this.#text[this.#at] === '\\') this.#at++;
      read += this.#text[this.#at] ?? '';
    }
    return read;
  }

  #take(mark: string): boolean {
    if (this.#text[this.#at] !== mark) return false;
    this.#at++;
    return true;
  }
}

function refuse(text: string): never {
  throw new SyntaxError(`not a filter: ${text}; write is:country:EE,FI or or(is:os:iOS;not(is:device:Desktop))`);
}

const escaped = (text: string) => text.replace(/[\\,;()]/g, '\\$&');

/** `visit:country` as `country`, `event:props:plan` as `props:plan`; metrics and time as they are. */
const short = (name: string) => name.replace(/^(event|visit):/, '');

const LONG: Record<string, string> = {
  ...Object.fromEntries(VISIT_DIMENSIONS.map((dimension) => [short(dimension), dimension])),
  name: 'event:name',
  page: 'event:page',
  page_title: 'event:page_title',
  hostname: 'event:hostname',
  goal: 'event:goal',
  signal: SIGNAL,
} satisfies Record<string, FilterDimension>;

const long = (name: string): string => (name.startsWith('props:') ? `event:${name}` : (LONG[name] ?? name));

/** Percent-encoded, but for the marks that are harmless in a query string and make it readable. */
const readable = (value: string) =>
  encodeURIComponent(value).replace(/%(3A|2C|2F|3B|40)/g, (code) => decodeURIComponent(code));
