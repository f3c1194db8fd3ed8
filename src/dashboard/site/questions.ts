import type { BotsJson, GoalJson, GoalResult, PropertyJson, ReplayJson } from '../../contract/api.ts';
import type { Warning } from '../../contract/query.ts';
import { type Filter, propKey, type RowDimension, unset } from '../../contract/words.ts';
import { api } from '../api.ts';
import { askAhead, type Wanted } from '../data.ts';
import { answerTo, type Question, siteAt, withBots } from './ask.ts';
import { deepest, LISTS, type List, type ListTab } from './dimensions.ts';
import { rangeAsked, readView, type View } from './view.ts';

/**
 * What a site's page asks. All of it follows from the address, so that it can be asked before there is a page: what is asked then and what
 * the page's parts ask has to be the same, and is made here.
 */

/** The metrics of the totals, in the order in which they are asked. */
export const TOTALS = ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration'] as const;

/** What is looked at. */
export const overviewOf = (search: string): View => ({ ...readView(search), bucket: null });

const scopeAsked = ({ range, filters }: View) => ({ date_range: range, filters });
const compared = (view: View) => ({ ...(view.compare ? { comparisons: view.compare } : {}), ...withBots(view) });
/** Of whom a goal's rate is: everybody who fits, not only those who reached one. */
export const withoutGoals = ({ filters }: View): Filter[] => filters.filter(([, of]) => of !== 'event:goal');

export const totalsOf = (view: View): Question => ({
  ...scopeAsked(view),
  metrics: [...TOTALS],
  include: { ...compared(view), trim_relative_date_range: true },
});

/** The line's; of a goal's conversions where these are drawn, which can't be asked before it is known. */
export function seriesOf(view: View, goal?: GoalJson): Question | null {
  const line = { dimensions: [view.unit ?? ('time' as const)], include: compared(view) };
  if (view.metric !== 'goal') return { ...scopeAsked(view), metrics: [...TOTALS], ...line };
  if (!goal) return null;
  const filters: Filter[] = [...withoutGoals(view), ['is', 'event:goal', [goal.name]]];
  return { ...scopeAsked(view), filters, metrics: ['events'], ...line };
}

/** Rows of a list on the page. */
export const ROWS = 7;
/** More than there are. */
const COUNTRIES = 300;

interface Shown {
  tab: ListTab;
  dimension: RowDimension;
}

/** Which list of a card is shown, and what divides it. */
export function shownOf(list: List, view: View): Shown | null {
  const tab = list.tabs.find((one) => one.id === view.tabs[list.id]) ?? list.tabs[0];
  return tab ? { tab, dimension: tab.map ? tab.dimension : deepest(tab.dimension, view.filters) } : null;
}

export const listOf = (view: View, { tab, dimension }: Shown): Question => ({
  date_range: view.range,
  filters: [...view.filters, ...withoutUnset(dimension)],
  metrics: ['visitors', 'percentage'],
  dimensions: [dimension],
  include: { total_rows: true, ...withBots(view) },
  pagination: { limit: tab.map ? COUNTRIES : ROWS },
});

/** Most visits bear no tag, most events no property, and a row that says so would dwarf those that do. */
function withoutUnset(dimension: RowDimension): Filter[] {
  return dimension.startsWith('visit:utm_') || propKey(dimension) !== null
    ? [['is_not', dimension, [unset(dimension)]]]
    : [];
}

/** What reached the goals, beside the same of the range that it is compared with. */
export interface GoalReport {
  results: GoalResult[];
  /** All visitors in range, whom the rates are of. */
  visitors: number;
  warnings?: Warning[];
}

export function reportOf(domain: string, view: View): Wanted<GoalReport> {
  const asked = { date_range: view.range, filters: withoutGoals(view), include: compared(view) };
  return wanted(domain, 'POST', '/goals/report', asked);
}

/** Recordings of what is in sight: the newest, how many there are, and how many have friction of each kind. */
export interface Recordings {
  results: ReplayJson[];
  total: number;
  friction: Partial<Record<string, number>>;
}

/** Rows of the newest recordings. */
const RECORDINGS = 6;

export function recordingsOf(domain: string, view: View): Wanted<Recordings> {
  const include = { bots: view.bots };
  const asked = { ...scopeAsked(view), include, pagination: { limit: RECORDINGS, offset: 0 } };
  return wanted(domain, 'POST', '/replays', asked);
}

/** The site's properties that events have in the range, the most frequent first. */
export interface Properties {
  properties: PropertyJson[];
}

export const propertiesOf = (domain: string, view: View): Wanted<Properties> =>
  wanted(domain, 'GET', `/properties?${rangeAsked(view.range)}`);

/** How much of the range was bots. */
export const botsOf = (domain: string, view: View): Wanted<BotsJson> =>
  wanted(domain, 'GET', `/bots?${rangeAsked(view.range)}`);

/** The site's goals; like `siteAt`. */
export const goalsOf = (domain: string): Wanted<{ goals: GoalJson[] }> => wanted(domain, 'GET', '/goals');

function wanted<T>(domain: string, method: 'GET' | 'POST', path: string, body?: object): Wanted<T> {
  const whole = `/sites/${encodeURIComponent(domain)}${path}`;
  return {
    key: [whole, ...(body ? [JSON.stringify(body)] : [])].join(' '),
    load: (signal) => api<T>(method, whole, body, signal),
  };
}

/** Asks what the page at an address will ask, while there is nothing of it yet. */
export function askForPage(id: string, search: string): void {
  askAhead(siteAt(id));
  const domain = id.toLowerCase();
  // Answers are kept by the site's domain: of a number it isn't known yet.
  if (/^\d+$/.test(id)) return;
  const view = overviewOf(search);
  const lists = LISTS.flatMap((list) => shownOf(list, view) ?? []).map((shown) => listOf(view, shown));
  for (const question of [totalsOf(view), seriesOf(view), ...lists]) {
    if (question) askAhead(answerTo(domain, question));
  }
  // More is asked of the first one's answer. The questions go together at the end of this moment: before all of these.
  const others = [propertiesOf, goalsOf, reportOf, recordingsOf, botsOf];
  queueMicrotask(() => {
    for (const one of others) askAhead(one(domain, view));
  });
}
