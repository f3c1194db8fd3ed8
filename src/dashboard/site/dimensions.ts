import { type Filter, type FilterDimension, propKey, type RowDimension, SIGNAL, unset } from '../../contract/words.ts';
import { country, language } from '../names.ts';
import { dimensions as words } from '../words/dimensions.ts';
import type { overview } from '../words/overview.tsx';

/** In the order of the filter dialog. */
export const FILTERABLE = Object.keys(words.names) as FilterDimension[];

const namesOf = (dimension: string) =>
  words.names[dimension as keyof typeof words.names] as [string, string] | undefined;

export function nameOf(dimension: string): string {
  return namesOf(dimension)?.[0] ?? propKey(dimension) ?? dimension;
}

export function manyOf(dimension: string): string {
  return namesOf(dimension)?.[1] ?? words.valuesOf(propKey(dimension) ?? dimension);
}

/** A stored value as a person says it: `EE` is Estonia. */
export function shownAs(dimension: string, value: string): string {
  if (value === unset(dimension)) return words.unset[value as keyof typeof words.unset];
  if (dimension === 'visit:country') return country(value);
  if (dimension === 'visit:language') return language(value);
  if (dimension === SIGNAL) return words.signals[value as keyof typeof words.signals] ?? value;
  const names = Object.entries(words.values[dimension as keyof typeof words.values] ?? {});
  return names.find(([stored]) => stored === value)?.[1] ?? value;
}

/** Dimensions of few values, whose shown name isn't what is stored: searched here, not by the server. */
export const SMALL = new Set([
  ...(['visit:country', 'visit:language', 'visit:device', 'visit:screen', 'visit:channel'] as const),
  SIGNAL,
] as string[]);

export interface ListTab {
  id: string;
  dimension: RowDimension;
  /** Shown as a map of the world. */
  map?: true;
}

export interface List {
  id: keyof typeof overview.cards;
  /** What it is called is shown, too: its tabs don't say what they are. */
  headed?: true;
  tabs: ListTab[];
}

/** The first three tabs of a list stand in the open, the rest behind "More". */
export const tab = (id: string, dimension: RowDimension): ListTab => ({ id, dimension });

/** What divides one of them further. */
const BELOW: Partial<Record<RowDimension, RowDimension>> = {
  'visit:country': 'visit:region',
  'visit:region': 'visit:city',
  'visit:browser': 'visit:browser_version',
  'visit:os': 'visit:os_version',
};

/** A list that is filtered down to one row says nothing: in its place stands what is below it, a browser's versions say. */
export function deepest(dimension: RowDimension, filters: Filter[]): RowDimension {
  const below = BELOW[dimension];
  const one = filters.some((filter) => filter[0] === 'is' && filter[1] === dimension && filter[2].length === 1);
  return below && one ? deepest(below, filters) : dimension;
}

/** The cards of lists. */
export const LISTS: List[] = [
  {
    id: 'sources',
    tabs: [
      tab('source', 'visit:source'),
      tab('channel', 'visit:channel'),
      tab('campaign', 'visit:utm_campaign'),
      tab('referrer', 'visit:referrer'),
      tab('utm_source', 'visit:utm_source'),
      tab('utm_medium', 'visit:utm_medium'),
      tab('utm_content', 'visit:utm_content'),
      tab('utm_term', 'visit:utm_term'),
    ],
  },
  {
    id: 'pages',
    tabs: [
      tab('page', 'event:page'),
      tab('entry', 'visit:entry_page'),
      tab('exit', 'visit:exit_page'),
      tab('title', 'event:page_title'),
      tab('event', 'event:name'),
      tab('hostname', 'event:hostname'),
    ],
  },
  {
    id: 'places',
    tabs: [
      tab('country', 'visit:country'),
      { ...tab('map', 'visit:country'), map: true },
      tab('region', 'visit:region'),
      tab('city', 'visit:city'),
      tab('language', 'visit:language'),
    ],
  },
  {
    id: 'tech',
    tabs: [
      tab('browser', 'visit:browser'),
      tab('os', 'visit:os'),
      tab('device', 'visit:device'),
      tab('screen', 'visit:screen'),
      tab('browser_version', 'visit:browser_version'),
      tab('os_version', 'visit:os_version'),
    ],
  },
];
