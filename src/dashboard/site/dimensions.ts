import type { Friction } from '../../contract/replay.ts';
import { type Filter, type FilterDimension, propKey, type RowDimension, SIGNAL } from '../../contract/words.ts';
import { country, language } from '../names.ts';

/** What each dimension is called: for one of it, for many. */
const NAMES: Record<string, [one: string, many: string]> = {
  'event:page': ['Page', 'pages'],
  'visit:entry_page': ['Entry page', 'entry pages'],
  'visit:exit_page': ['Exit page', 'exit pages'],
  'event:hostname': ['Hostname', 'hostnames'],
  'visit:entry_page_hostname': ['Entry hostname', 'entry hostnames'],
  'event:name': ['Event', 'events'],
  'event:goal': ['Goal', 'goals'],
  'visit:source': ['Source', 'sources'],
  'visit:channel': ['Channel', 'channels'],
  'visit:referrer': ['Referrer', 'referrers'],
  'visit:utm_source': ['UTM source', 'UTM sources'],
  'visit:utm_medium': ['UTM medium', 'UTM mediums'],
  'visit:utm_campaign': ['Campaign', 'campaigns'],
  'visit:utm_content': ['UTM content', 'UTM contents'],
  'visit:utm_term': ['UTM term', 'UTM terms'],
  'visit:country': ['Country', 'countries'],
  'visit:region': ['Region', 'regions'],
  'visit:city': ['City', 'cities'],
  'visit:browser': ['Browser', 'browsers'],
  'visit:browser_version': ['Browser version', 'browser versions'],
  'visit:os': ['System', 'systems'],
  'visit:os_version': ['System version', 'system versions'],
  'visit:device': ['Device', 'devices'],
  'visit:screen': ['Screen', 'screens'],
  'visit:language': ['Language', 'languages'],
  [SIGNAL]: ['Signal', 'signals'],
};

/** What the recorder finds, as a person says it. */
export const SIGNALS: Record<Friction, string> = {
  errors: 'Errors',
  rage_clicks: 'Rage clicks',
  dead_clicks: 'Dead clicks',
  quick_backs: 'Quick backs',
  abandoned_forms: 'Abandoned forms',
  slow_interactions: 'Slow interactions',
};

/** In the order of the filter dialog. */
export const FILTERABLE = Object.keys(NAMES) as FilterDimension[];

export function nameOf(dimension: string): string {
  return NAMES[dimension]?.[0] ?? propKey(dimension) ?? dimension;
}

export function manyOf(dimension: string): string {
  return NAMES[dimension]?.[1] ?? `values of ${propKey(dimension) ?? dimension}`;
}

/** A stored value as a person says it: `EE` is Estonia. */
export function shownAs(dimension: string, value: string): string {
  if (dimension === 'visit:country') return country(value);
  if (dimension === 'visit:language') return language(value);
  if (dimension === SIGNAL) return SIGNALS[value as Friction] ?? value;
  return value;
}

/** Dimensions of few values, whose shown name isn't what is stored: searched here, not by the server. */
export const SMALL = new Set([
  ...(['visit:country', 'visit:language', 'visit:device', 'visit:screen', 'visit:channel'] as const),
  SIGNAL,
] as string[]);

interface ListTab {
  id: string;
  label: string;
  dimension: RowDimension;
  /** Shown as a map of the world. */
  map?: true;
}

export interface List {
  id: string;
  label: string;
  /** The label is shown, too: its tabs don't say what they are. */
  headed?: true;
  tabs: ListTab[];
}

/** The first three tabs of a list stand in the open, the rest behind "More". */
export const tab = (id: string, label: string, dimension: RowDimension): ListTab => ({ id, label, dimension });

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
    label: 'Where visitors came from',
    tabs: [
      tab('source', 'Sources', 'visit:source'),
      tab('channel', 'Channels', 'visit:channel'),
      tab('campaign', 'Campaigns', 'visit:utm_campaign'),
      tab('referrer', 'Referrers', 'visit:referrer'),
      tab('utm_source', 'UTM sources', 'visit:utm_source'),
      tab('utm_medium', 'UTM mediums', 'visit:utm_medium'),
      tab('utm_content', 'UTM contents', 'visit:utm_content'),
      tab('utm_term', 'UTM terms', 'visit:utm_term'),
    ],
  },
  {
    id: 'pages',
    label: 'What visitors saw',
    tabs: [
      tab('page', 'Pages', 'event:page'),
      tab('entry', 'Entry', 'visit:entry_page'),
      tab('exit', 'Exit', 'visit:exit_page'),
      tab('event', 'Events', 'event:name'),
      tab('hostname', 'Hostnames', 'event:hostname'),
    ],
  },
  {
    id: 'places',
    label: 'Where visitors are',
    tabs: [
      tab('country', 'Countries', 'visit:country'),
      { ...tab('map', 'Map', 'visit:country'), map: true },
      tab('region', 'Regions', 'visit:region'),
      tab('city', 'Cities', 'visit:city'),
      tab('language', 'Languages', 'visit:language'),
    ],
  },
  {
    id: 'tech',
    label: 'What visitors use',
    tabs: [
      tab('browser', 'Browsers', 'visit:browser'),
      tab('os', 'Systems', 'visit:os'),
      tab('device', 'Devices', 'visit:device'),
      tab('screen', 'Screens', 'visit:screen'),
      tab('browser_version', 'Browser versions', 'visit:browser_version'),
      tab('os_version', 'System versions', 'visit:os_version'),
    ],
  },
];
