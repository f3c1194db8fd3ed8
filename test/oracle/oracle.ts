import {
  type Filter,
  filtered,
  isEvent,
  isOfGoal,
  isTime,
  type Metric,
  type Query,
  unset,
  type Value,
} from '../../src/contract/query.ts';
import type { TermKind } from '../../src/db/schema.ts';
import type { GoalDefinition } from '../../src/goals/match.ts';
import { allLabels, label } from './calendar.ts';
import { type Happening, outline, type Segment, type Visit } from './history.ts';

/**
 * The same questions answered by a plain fold over what happened: slow and obvious, and sharing nothing with the SQL but
 * the words. Times are told by Intl alone.
 */

/** A site and what happened there. */
export interface History {
  visits: Visit[];
  goals: GoalDefinition[];
  segments: Segment[];
  /** What pages go by whose events tell no title. */
  titles: Map<string, string>;
  zone: string;
  /** 1 is Monday, 7 Sunday. */
  week_start: number;
}

export interface Asked extends Pick<Query, 'metrics' | 'dimensions' | 'filters'> {
  /** Two dates, or two moments in milliseconds, the second one left out. */
  range: [string, string] | [number, number];
  bots?: boolean;
}

export interface Row {
  dimensions: string[];
  metrics: Value[];
}

interface Place {
  visit: Visit;
  event?: Happening;
  time: number;
}

export function oracle(history: History, asked: Asked): Row[] {
  return new Fold(history, asked).rows();
}

/** The visits, as places in the history, that a row of the answer counts in `visits`. */
export function visitsBehind(history: History, asked: Asked, row: string[]): Visit[] {
  return new Fold(history, asked).visitsOf(row);
}

const VISIT: Metric[] = ['views_per_visit', 'bounce_rate', 'visit_duration'];
/** In range a visit is one that began there; seen in it is one of which any moment lies there, looked for so far back. */
const LONGEST = 7 * 86_400_000;

interface Group {
  dimensions: string[];
  visits: Place[];
  events: Place[];
}

class Fold {
  readonly #history: History;
  readonly #asked: Asked;
  /** Goals that rows are divided by: all, or those that a filter picks. */
  readonly #shown: GoalDefinition[];
  readonly #filters: Filter[];
  readonly #people: Visit[];

  constructor(history: History, asked: Asked) {
    this.#history = history;
    this.#asked = asked;
    this.#people = history.visits.filter(({ bot }) => asked.bots || !bot);
    this.#filters = asked.filters.map((filter) => this.#unfold(filter));
    const picked = this.#filters.flatMap((filter) =>
      filter[0] === 'is' && filter[1] === 'event:goal' ? [filter[2] as string[]] : [],
    );
    this.#shown = history.goals.filter(({ name }) => picked.every((names) => names.includes(name)));
  }

  rows(): Row[] {
    const { metrics, dimensions } = this.#asked;
    const groups = this.#groups(this.#filters);
    const ofEvents = this.#ofEvents(this.#filters);
    const everybody = this.#visitors(this.#groups(this.#filters, []).get('[]'));
    const free = this.#filters.filter((filter) => !isOfGoal(filter));
    const couldConvert = this.#seen(free, []);
    const kept = dimensions.filter((dimension) => dimension !== 'event:goal' && !dimension.startsWith('event:props:'));
    const ownCouldConvert = metrics.includes('group_conversion_rate') ? this.#seen(free, kept) : new Map();
    const needsVisits = metrics.some((metric) => VISIT.includes(metric) || (!ofEvents && isEither(metric)));
    const eventful = (group: Group) =>
      metrics.some((metric) => {
        if (metric === 'total_revenue' || metric === 'average_revenue') return group.events.some(isSale);
        if (isVital(metric)) return group.events.some(({ event }) => event?.name === 'Web Vitals');
        if (metric === 'time_on_page' || metric === 'scroll_depth')
          return group.events.some(({ event }) => isView(event));
        return !VISIT.includes(metric) && (ofEvents || !isEither(metric)) && group.events.length > 0;
      });
    if (dimensions.length === 0) group(groups, []);
    const [only] = dimensions;
    const series = dimensions.length === 1 && only !== undefined && isTime(only);
    if (series) for (const word of this.#buckets(only)) group(groups, [word]);
    const known = [...groups.values()].filter(
      (one) => series || dimensions.length === 0 || (needsVisits && one.visits.length > 0) || eventful(one),
    );

    return known.map((one) => {
      const { dimensions: words, visits, events } = one;
      const own = visits.map(({ visit }) => visit);
      const visitors = this.#visitors(one);
      const key = JSON.stringify(words.filter((_, i) => kept.includes(dimensions[i] as never)));
      const numbers = (metric: Metric): Value => {
        switch (metric) {
          case 'visitors':
            return visitors;
          case 'visits':
            return ofEvents ? new Set(events.map(({ visit }) => visit)).size : own.length;
          case 'pageviews':
            return events.filter(({ event }) => isView(event)).length;
          case 'events':
            return events.length;
          case 'views_per_visit':
            return ratio(sum(own.map(views)), own.length, 2) ?? 0;
          case 'bounce_rate':
            return ratio(100 * own.filter(({ happened }) => happened.length === 1).length, own.length, 0) ?? 0;
          case 'visit_duration':
            return ratio(sum(own.map(length)), 1000 * own.length, 0);
          case 'time_on_page':
            return timeOnPage(events);
          case 'scroll_depth':
            return scrollDepth(events);
          case 'percentage':
            return ratio(100 * visitors, everybody, 2) ?? 0;
          case 'conversion_rate':
            return ratio(100 * visitors, couldConvert.get('[]')?.size ?? 0, 2) ?? 0;
          case 'group_conversion_rate':
            return ratio(100 * visitors, ownCouldConvert.get(key)?.size ?? 0, 2) ?? 0;
          case 'total_revenue':
            return revenue(events, false);
          case 'average_revenue':
            return revenue(events, true);
          default:
            return percentile(events, metric);
        }
      };
      return { dimensions: words, metrics: metrics.map(numbers) };
    });
  }

  visitsOf(row: string[]): Visit[] {
    const found = this.#groups(this.#filters).get(JSON.stringify(row));
    const places = this.#ofEvents(this.#filters) ? found?.events : found?.visits;
    return [...new Set(places?.map(({ visit }) => visit))];
  }

  #ofEvents(filters: Filter[], dimensions: string[] = this.#asked.dimensions): boolean {
    return [...dimensions, ...filtered(filters)].some(isEvent);
  }

  #visitors(one: Group | undefined): number {
    const places = this.#ofEvents(this.#filters) ? one?.events : one?.visits;
    return new Set(places?.map(({ visit }) => visit.visitor)).size;
  }

  #inRange(time: number): boolean {
    const { range } = this.#asked;
    if (typeof range[0] === 'number') return time >= range[0] && time < (range[1] as number);
    const date = label(this.#history.zone, time, 'day');
    return date >= range[0] && date <= (range[1] as string);
  }

  /** Events in the range that fit. */
  #events(filters: Filter[]): Place[] {
    return this.#people
      .flatMap((visit) => visit.happened.map((event): Place => ({ visit, event, time: event.time })))
      .filter((place) => this.#inRange(place.time) && filters.every((filter) => this.#holds(filter, place)));
  }

  #groups(filters: Filter[], dimensions: string[] = this.#asked.dimensions): Map<string, Group> {
    const groups = new Map<string, Group>();
    const events = this.#events(filters);
    const began = this.#people
      .map((visit): Place => ({ visit, time: outline(visit).start }))
      .filter(({ time }) => this.#inRange(time));
    const fitting = filtered(filters).some(isEvent)
      ? began.filter(({ visit }) => events.some((place) => place.visit === visit))
      : began.filter((place) => filters.every((filter) => this.#holds(filter, place)));
    for (const place of fitting) for (const key of this.#keys(place, dimensions)) group(groups, key).visits.push(place);
    for (const place of events) for (const key of this.#keys(place, dimensions)) group(groups, key).events.push(place);
    return groups;
  }

  /** Visitors by group, of all who were there in the range. */
  #seen(filters: Filter[], dimensions: string[]): Map<string, Set<number>> {
    const found = new Map<string, Set<number>>();
    const add = (place: Place) => {
      for (const words of this.#keys(place, dimensions)) {
        const key = JSON.stringify(words);
        found.set(key, (found.get(key) ?? new Set()).add(place.visit.visitor));
      }
    };
    if (this.#ofEvents(filters, dimensions) || dimensions.some((dimension) => isTime(dimension))) {
      this.#events(filters).forEach(add);
      return found;
    }
    const [from, to] = this.#moments();
    for (const visit of this.#people) {
      const { start, last } = outline(visit);
      const place = { visit, time: start };
      if (last < from || start >= to || start < from - LONGEST) continue;
      if (filters.every((filter) => this.#holds(filter, place))) add(place);
    }
    return found;
  }

  /** The range in moments, to the quarter of an hour: dates begin at no other. */
  #moments(): [number, number] {
    const { range } = this.#asked;
    if (typeof range[0] === 'number') return range as [number, number];
    const quarter = 900_000;
    let from = Date.parse(range[0]) - 96 * quarter;
    while (!this.#inRange(from)) from += quarter;
    let to = Date.parse(range[1] as string) + 192 * quarter;
    while (!this.#inRange(to - 1)) to -= quarter;
    return [from, to];
  }

  #buckets(dimension: string): Set<string> {
    const [from, to] = this.#moments();
    const { zone, week_start } = this.#history;
    return allLabels(zone, from, to, dimension.slice(5), week_start);
  }

  #keys(place: Place, dimensions: string[]): string[][] {
    return product(dimensions.map((dimension) => this.#values(dimension, place)));
  }

  #values(dimension: string, place: Place): string[] {
    if (isTime(dimension)) {
      const { zone, week_start } = this.#history;
      return [label(zone, place.time, dimension.slice(5), week_start, this.#moments()[0])];
    }
    if (dimension === 'event:goal') {
      return this.#shown.filter((goal) => reached(goal, place.event)).map(({ name }) => name);
    }
    return [this.#value(dimension, place) ?? unset(dimension)];
  }

  #value(dimension: string, place: Place): string | undefined {
    if (dimension !== 'event:page_title') return value(dimension, place);
    return place.event?.title ?? this.#history.titles.get(place.event?.page ?? '');
  }

  /** Segments as what they stand for. */
  #unfold(filter: Filter): Filter {
    if (filter[0] === 'and') return ['and', filter[1].map((one) => this.#unfold(one))];
    if (filter[0] === 'or') return ['or', filter[1].map((one) => this.#unfold(one))];
    if (filter[0] === 'not') return ['not', this.#unfold(filter[1])];
    if (filter[0] !== 'is' || filter[1] !== 'segment') return filter;
    return ['or', filter[2].map((n): Filter => ['and', this.#history.segments[n - 1] ?? []])];
  }

  #holds(filter: Filter, place: Place): boolean {
    if (filter[0] === 'not') return !this.#holds(filter[1], place);
    if (filter[0] === 'and') return filter[1].every((one) => this.#holds(one, place));
    if (filter[0] === 'or') return filter[1].some((one) => this.#holds(one, place));
    if (filter[0] === 'has_done' || filter[0] === 'has_not_done') {
      const deeds = this.#events([filter[1]]);
      return deeds.some(({ visit }) => visit.visitor === place.visit.visitor) === (filter[0] === 'has_done');
    }
    const [operator, dimension, words, modifiers] = filter as [string, string, string[], { case_sensitive: boolean }?];
    if (dimension === 'event:goal') {
      return this.#history.goals.some((goal) => words.includes(goal.name) && reached(goal, place.event));
    }
    if (dimension === 'visit:signal') {
      const found = place.visit.signals?.some((signal) => words.includes(signal)) ?? false;
      return found === (operator === 'is');
    }
    const folded = modifiers?.case_sensitive === false;
    const fold = (text: string) => (folded ? text.toLowerCase() : text);
    const found = this.#value(dimension, place);
    const fits = {
      is: () => words.some((word) => fold(word) === fold(found ?? unset(dimension))),
      contains: () => found !== undefined && words.some((word) => fold(found).includes(fold(word))),
      matches: () => found !== undefined && words.some((word) => new RegExp(word, folded ? 'sui' : 'su').test(found)),
    }[operator.replace('_not', '') as 'is' | 'contains' | 'matches']();
    return operator.endsWith('_not') ? !fits : fits;
  }
}

function group(groups: Map<string, Group>, words: string[]): Group {
  const key = JSON.stringify(words);
  const known = groups.get(key) ?? { dimensions: words, visits: [], events: [] };
  groups.set(key, known);
  return known;
}

const isEither = (metric: Metric) => ['visitors', 'visits', 'percentage'].includes(metric) || isRate(metric);
const isRate = (metric: Metric) => metric === 'conversion_rate' || metric === 'group_conversion_rate';
const isVital = (metric: Metric) => ['lcp', 'inp', 'cls', 'fcp', 'ttfb'].includes(metric);
const isSale = ({ event }: Place) => event?.revenue !== undefined;
const isView = (event: Happening | undefined) => (event?.name ?? 'pageview') === 'pageview';
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
const views = ({ happened }: Visit) => happened.filter(isView).length;
const length = (visit: Visit) => outline(visit).last - outline(visit).start;

/** A quotient of whole numbers, half away from zero, exactly; null of nothing. */
function ratio(above: number, below: number, places: number): number | null {
  if (below === 0) return null;
  const scale = 10n ** BigInt(places);
  const [a, b] = [BigInt(above) * scale, BigInt(below)];
  return Number((2n * a + b) / (2n * b)) / Number(scale);
}

/** Engaged seconds per visit that has any. */
function timeOnPage(events: Place[]): number | null {
  const read = events.filter(({ event }) => isView(event) && (event?.engaged ?? 0) > 0);
  return ratio(
    sum(read.map(({ event }) => event?.engaged ?? 0)),
    1000 * new Set(read.map(({ visit }) => visit)).size,
    0,
  );
}

/** The deepest point of each visit, averaged. */
function scrollDepth(events: Place[]): number | null {
  const deepest = new Map<Visit, number>();
  for (const { visit, event } of events) {
    if (isView(event) && event?.scroll !== undefined) {
      deepest.set(visit, Math.max(deepest.get(visit) ?? 0, event.scroll));
    }
  }
  return ratio(sum([...deepest.values()]), deepest.size, 0);
}

/** Per currency; amounts have two places here. */
function revenue(events: Place[], average: boolean): Value {
  const cents = new Map<string, number[]>();
  for (const { event } of events.filter(isSale)) {
    const { amount = '0', currency = '' } = event?.revenue ?? {};
    cents.set(currency, [...(cents.get(currency) ?? []), Math.round(Number(amount) * 100)]);
  }
  return [...cents.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, each]) => {
      const all = BigInt(sum(each));
      const n = BigInt(each.length);
      // To four places, half away from zero.
      const scaled = average ? (2n * all * 100n + n) / (2n * n) : all * 100n;
      const digits = String(scaled).padStart(5, '0');
      const fraction = digits.slice(-4).replace(/0{1,2}$/, '');
      return { currency, value: `${digits.slice(0, -4)}.${fraction}` };
    });
}

/** The smallest measurement that three quarters are not above. */
function percentile(events: Place[], vital: string): number | null {
  const told = events
    .filter(({ event }) => event?.name === 'Web Vitals')
    .map(({ event }) => event?.props?.[vital])
    .filter((value) => typeof value === 'number')
    .sort((a, b) => a - b);
  return told[Math.ceil(0.75 * told.length) - 1] ?? null;
}

function product(lists: string[][]): string[][] {
  return lists.reduce<string[][]>((all, list) => all.flatMap((head) => list.map((word) => [...head, word])), [[]]);
}

function value(dimension: string, { visit, event }: Place): string | undefined {
  const [scope, name = '', key = ''] = dimension.split(':');
  if (scope === 'event') {
    if (name === 'name') return event?.name ?? 'pageview';
    if (name === 'page') return event?.page;
    if (name === 'hostname') return event?.hostname ?? 'shop.example';
    const prop = event?.props?.[key];
    return prop === undefined ? undefined : String(prop);
  }
  if (name === 'entry_page') return outline(visit).entry;
  if (name === 'exit_page') return outline(visit).exit;
  return visit.facts?.[(name === 'entry_page_hostname' ? 'hostname' : name) as TermKind];
}

function reached(goal: GoalDefinition, event: Happening | undefined): boolean {
  if (!event) return false;
  if (goal.path !== null) return isView(event) && matches(goal.path, event.page);
  if ((event.name ?? 'pageview') !== goal.event) return false;
  return goal.props.every(({ key, op, value }) => {
    const found = event.props?.[key];
    if (op === 'contains') return found !== undefined && String(found).includes(value);
    return (String(found) === value && found !== undefined) === (op === 'is');
  });
}

/** A path against a pattern, by trying: `*` eats anything but a slash, `**` anything. */
export function matches(pattern: string, path: string): boolean {
  if (pattern === '') return path === '';
  if (!pattern.startsWith('*'))
    return path[0] === pattern[0] && path !== '' && matches(pattern.slice(1), path.slice(1));
  const any = pattern.startsWith('**');
  const rest = pattern.slice(any ? 2 : 1);
  for (let eaten = 0; eaten <= path.length; eaten++) {
    if (matches(rest, path.slice(eaten))) return true;
    if (!any && path[eaten] === '/') return false;
  }
  return false;
}
