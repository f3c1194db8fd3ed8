import { type Filter, filtered, isEvent, isTime, type Query, unset } from '../../src/contract/query.ts';
import type { TermKind } from '../../src/db/schema.ts';
import type { GoalDefinition } from '../../src/goals/match.ts';
import { type Happening, outline, type Visit } from './history.ts';

/**
 * The same questions answered by a plain fold over what happened: slow and obvious, and sharing nothing with the SQL but
 * the words. Ranges are pairs of dates; times are told by Intl alone.
 */

type Asked = Pick<Query, 'metrics' | 'dimensions' | 'filters'> & { date_range: [string, string] };
type Row = { dimensions: string[]; metrics: (number | null)[] };

interface Place {
  visit: Visit;
  event?: Happening;
  time: number;
}

export function oracle(visits: Visit[], goals: GoalDefinition[], zone: string, asked: Asked): Row[] {
  const { metrics, dimensions, filters, date_range } = asked;
  // A filter that picks goals picks the rows of a breakdown by goal, too.
  const picked = filters.flatMap((filter) => (filter[0] === 'is' && filter[1] === 'event:goal' ? [filter[2]] : []));
  const shown = goals.filter(({ name }) => picked.every((names) => names.includes(name)));
  const inRange = (time: number) => {
    const date = label(zone, time, 'day');
    return date >= date_range[0] && date <= date_range[1];
  };
  const people = visits.filter(({ bot }) => !bot);
  const fits = (place: Place) => filters.every((filter) => holds(filter, place, goals));
  const happened = people.flatMap((visit) =>
    visit.happened.map((event): Place => ({ visit, event, time: event.time })).filter(({ time }) => inRange(time)),
  );
  const began = people
    .map((visit): Place => ({ visit, time: outline(visit).start }))
    .filter(({ time }) => inRange(time));
  const ofEvents = [...dimensions, ...filtered(filters)].some(isEvent);
  const events = happened.filter(fits);
  const fitting = filtered(filters).some(isEvent)
    ? began.filter(({ visit }) => events.some((place) => place.visit === visit))
    : began.filter(fits);

  const groups = new Map<string, { dimensions: string[]; visits: Place[]; events: Place[] }>();
  const group = (words: string[]) => {
    const key = JSON.stringify(words);
    const known = groups.get(key) ?? { dimensions: words, visits: [], events: [] };
    groups.set(key, known);
    return known;
  };
  const needsVisits = metrics.some((metric) => VISIT.includes(metric) || (!ofEvents && EITHER.includes(metric)));
  const needsEvents = metrics.some((metric) => EVENT.includes(metric) || (ofEvents && EITHER.includes(metric)));
  const keys = (place: Place) => product(dimensions.map((dimension) => values(dimension, place, shown, zone)));
  if (needsVisits) for (const place of fitting) for (const key of keys(place)) group(key).visits.push(place);
  if (needsEvents) for (const place of events) for (const key of keys(place)) group(key).events.push(place);
  if (dimensions.length === 0) group([]);
  if (dimensions.length === 1 && dimensions[0] && isTime(dimensions[0])) {
    for (const word of allLabels(zone, date_range, dimensions[0])) group([word]);
  }
  const everybody = new Set((ofEvents ? events : fitting).map(({ visit }) => visit.visitor)).size;

  return [...groups.values()].map(({ dimensions, visits, events }) => {
    const own = visits.map(({ visit }) => visit);
    const visitors = new Set((ofEvents ? events : visits).map(({ visit }) => visit.visitor)).size;
    const numbers: Record<string, number | null> = {
      visitors,
      visits: ofEvents ? new Set(events.map(({ visit }) => visit)).size : own.length,
      pageviews: events.filter(({ event }) => isView(event)).length,
      events: events.length,
      views_per_visit: own.length ? round2(sum(own.map(views)) / own.length) : 0,
      bounce_rate: own.length
        ? Math.round((100 * own.filter((visit) => visit.happened.length === 1).length) / own.length)
        : 0,
      visit_duration: own.length ? Math.round(sum(own.map(length)) / 1000 / own.length) : null,
      percentage: everybody ? round2((100 * visitors) / everybody) : 0,
    };
    return { dimensions, metrics: metrics.map((metric) => numbers[metric] as number | null) };
  });
}

const VISIT = ['views_per_visit', 'bounce_rate', 'visit_duration'];
const EVENT = ['pageviews', 'events'];
const EITHER = ['visitors', 'visits', 'percentage'];

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
const round2 = (number: number) => Math.round(number * 100) / 100;
const isView = (event: Happening | undefined) => (event?.name ?? 'pageview') === 'pageview';
const views = ({ happened }: Visit) => happened.filter(isView).length;
const length = (visit: Visit) => outline(visit).last - outline(visit).start;

function product(lists: string[][]): string[][] {
  return lists.reduce<string[][]>((all, list) => all.flatMap((head) => list.map((word) => [...head, word])), [[]]);
}

function values(dimension: string, place: Place, goals: GoalDefinition[], zone: string): string[] {
  if (isTime(dimension as 'time')) return [label(zone, place.time, dimension.slice(5))];
  if (dimension === 'event:goal') return goals.filter((goal) => reached(goal, place.event)).map(({ name }) => name);
  return [value(dimension, place) ?? unset(dimension)];
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

function holds(filter: Filter, place: Place, goals: GoalDefinition[]): boolean {
  if (filter[0] === 'not') return !holds(filter[1], place, goals);
  if (filter[0] === 'and') return filter[1].every((one) => holds(one, place, goals));
  if (filter[0] === 'or') return filter[1].some((one) => holds(one, place, goals));
  const [operator, dimension, words] = filter;
  if (dimension === 'event:goal') {
    return goals.some((goal) => words.includes(goal.name) && reached(goal, place.event));
  }
  const found = value(dimension, place);
  const is = words.includes(found ?? unset(dimension));
  const contains = found !== undefined && words.some((word) => found.includes(word));
  return { is, is_not: !is, contains, contains_not: !contains }[operator];
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

/** What a clock in the zone says, by Intl's own words. */
function label(zone: string, time: number, unit: string): string {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(time);
  if (unit === 'day') return date;
  if (unit === 'month') return `${date.slice(0, 7)}-01`;
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', timeZoneName: 'longOffset' });
  const shown = Object.fromEntries(parts.formatToParts(time).map(({ type, value }) => [type, value]));
  const away = shown.timeZoneName === 'GMT' ? '+00:00' : shown.timeZoneName?.replace('GMT', '');
  return `${date}T${shown.hour}:00:00${away}`;
}

function allLabels(zone: string, [from, to]: [string, string], dimension: string): Set<string> {
  const found = new Set<string>();
  const quarter = 900_000;
  for (let time = Date.parse(from) - 96 * quarter; time < Date.parse(to) + 192 * quarter; time += quarter) {
    const date = label(zone, time, 'day');
    if (date >= from && date <= to) found.add(label(zone, time, dimension.slice(5)));
  }
  return found;
}
