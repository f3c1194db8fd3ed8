import { printQuery, readQuery } from '../../contract/phrase.ts';
import type { Comparisons, DateRange } from '../../contract/query.ts';
import {
  type Filter,
  type FilterDimension,
  filtered,
  isEvent,
  isSimple,
  isVisit,
  METRICS,
  type Metric,
  OPERATORS,
  OVERVIEW,
  oneOf,
  PERIODS,
  type Period,
  QUERY_LIMITS,
  SIGNAL,
  TIME_DIMENSIONS,
  type TimeDimension,
} from '../../contract/words.ts';
import { go, place } from '../router.ts';

/** What of a site is looked at, as the address says it. */
export interface View {
  range: DateRange;
  filters: Filter[];
  /** What an address has for filters that can't be understood: nothing is left out for them, and it is said so. */
  unread: string[];
  /** With what it is compared; null with nothing. */
  compare: Comparisons | null;
  /** With the visits of bots. */
  bots: boolean;
  /** What the chart draws. */
  metric: MetricId;
  /** Of the sixth number; the first goal when absent. */
  goal: number | null;
  /** The chosen tab of each card that doesn't show its first. */
  tabs: Record<string, string>;
  /** The dimension of which all rows are shown, in a dialog. */
  all: string | null;
  /** What comes first there; null: the most visitors. */
  order: Order | null;
  /** What a point of the chart stands for; null: what suits the range. */
  unit: TimeDimension | null;
  /** What a list of recordings, or a heat map, alone is asked, as its part of the address: see their `choice.ts`. */
  recordings: string;
  /** One point of the chart alone: only the list of visits looks so closely. */
  bucket: Bucket | null;
}

/** As in a query's `order_by`. */
export type Order = [by: Metric, direction: 'asc' | 'desc'];

/** A bucket of the range, by its label in the answer; in an address as the API's own `dimensions` and `row`. */
export interface Bucket {
  unit: TimeDimension;
  label: string;
}

export const METRIC_IDS = ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration', 'goal'] as const;
export type MetricId = (typeof METRIC_IDS)[number];

const RANGE: Period = '30d';
/** What everything is compared with until somebody says otherwise. */
export const COMPARED: Comparisons = { mode: 'previous_period' };
const CARDS = ['sources', 'pages', 'places', 'tech', 'props'];

/** The view in an address; what can't be understood is left out, for a dashboard always has something to show: of filters it says so. */
export function readView(search: string): View {
  const asked = new URLSearchParams(search);
  const metric = METRIC_IDS.find((id) => id === asked.get('metric')) ?? 'visitors';
  const goal = Number(asked.get('goal'));
  const tabs: Record<string, string> = {};
  for (const card of CARDS) {
    const tab = asked.get(card);
    if (tab) tabs[card] = tab;
  }
  return {
    range: readRange(asked),
    ...readFilters(asked),
    compare: readCompare(asked),
    bots: asked.get('bots') === 'true',
    metric,
    goal: Number.isSafeInteger(goal) && goal > 0 ? goal : null,
    tabs,
    all: asked.get('all'),
    order: readOrder(asked),
    recordings: readRecordings(asked),
    ...readUnit(asked),
  };
}

/** The inverse, with its `?`; empty for the view that everybody begins with. */
export function printView(view: View): string {
  const text = printQuery({
    date_range: view.range,
    filters: view.filters,
    metrics: [...OVERVIEW],
    dimensions: [],
    order_by: [],
    include: {
      time_labels: false,
      total_rows: false,
      trim_relative_date_range: false,
      bots: view.bots,
      comparisons: view.compare,
    },
    pagination: { limit: QUERY_LIMITS.rows, offset: 0 },
  });
  const usual = [`period=${RANGE}`, `compare=${COMPARED.mode}`];
  const pairs = text.split('&').filter((pair) => !usual.includes(pair));
  if (!view.compare) pairs.push('compare=none');
  if (view.metric !== 'visitors') pairs.push(`metric=${view.metric}`);
  if (view.goal !== null) pairs.push(`goal=${view.goal}`);
  for (const card of CARDS) {
    const tab = view.tabs[card];
    if (tab) pairs.push(`${card}=${encodeURIComponent(tab)}`);
  }
  if (view.all) pairs.push(`all=${encodeURIComponent(view.all).replaceAll('%3A', ':')}`);
  if (view.all && view.order) pairs.push(`order_by=${view.order.join(':')}`);
  const unit = view.bucket?.unit ?? view.unit;
  if (unit) pairs.push(`dimensions=${unit}`);
  if (view.bucket) pairs.push(`row=${encodeURIComponent(view.bucket.label).replaceAll('%3A', ':')}`);
  if (view.recordings) pairs.push(view.recordings);
  return pairs.length ? `?${pairs.join('&')}` : '';
}

/** A range alone, as the API reads it from an address. */
export function rangeAsked(range: DateRange): string {
  return typeof range === 'string'
    ? `period=${range}`
    : `from=${encodeURIComponent(range[0])}&to=${encodeURIComponent(range[1])}`;
}

/** Only the range, the filters, the bots and the comparison: what other pages of the site understand too. */
export function scopeOf(view: View): View {
  return {
    ...view,
    metric: 'visitors',
    goal: null,
    tabs: {},
    all: null,
    order: null,
    recordings: '',
    unit: null,
    bucket: null,
  };
}

/** The view of one row of a list: its filter beside those in force, but for those that it says more exactly. */
export function narrowed(view: View, dimension: FilterDimension, value: string): View {
  const wider = (filter: Filter) =>
    isSimple(filter) && filter[0] === 'is' && filter[1] === dimension && filter[2].includes(value);
  return { ...view, filters: [...view.filters.filter((filter) => !wider(filter)), ['is', dimension, [value]]] };
}

/** Changes the view, which is to say the address. Another range has other buckets, of another size. */
export function show(view: View, change: Partial<View>, { replace = false } = {}): void {
  const anew = change.range === undefined ? {} : { unit: null, bucket: null };
  go(place().path + printView({ ...view, ...anew, ...change }), { replace });
}

function readRange(asked: URLSearchParams): DateRange {
  return readPair(asked.get('from'), asked.get('to')) ?? readPeriod(asked);
}

function readPair(from: string | null, to: string | null): [string, string] | null {
  return from && to && Date.parse(from) <= Date.parse(to) ? [from, to] : null;
}

function readPeriod(asked: URLSearchParams): Period {
  return PERIODS.find((period) => period === asked.get('period')) ?? RANGE;
}

function readCompare(asked: URLSearchParams): Comparisons | null {
  const other = readPair(asked.get('compare_from'), asked.get('compare_to'));
  if (other) return { mode: 'custom', date_range: other };
  const named = asked.get('compare');
  if (named === 'none') return null;
  const mode = named === 'year_over_year' ? named : COMPARED.mode;
  return asked.get('match_day_of_week') === 'true' ? { mode, match_day_of_week: true } : { mode };
}

function readOrder(asked: URLSearchParams): Order | null {
  const [by = '', direction] = (asked.get('order_by') ?? '').split(':');
  return asked.has('all') && oneOf(METRICS, by) && (direction === 'asc' || direction === 'desc')
    ? [by, direction]
    : null;
}

function readRecordings(asked: URLSearchParams): string {
  const names = ['order', 'with', 'unseen', 'min_duration', 'map', 'device', 'page'];
  const own = names.map((name) => [name, asked.get(name) ?? ''] as const);
  const safe = own.filter(([name, value]) => (name === 'page' ? value !== '' : /^[\w,]+$/.test(value)));
  return safe
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%2[CF]/g, decodeURIComponent)}`)
    .join('&');
}

function readUnit(asked: URLSearchParams): Pick<View, 'unit' | 'bucket'> {
  const unit = TIME_DIMENSIONS.find((dimension) => dimension === asked.get('dimensions')) ?? null;
  const label = asked.get('row');
  return unit && label ? { unit: null, bucket: { unit, label } } : { unit, bucket: null };
}

function readFilters(asked: URLSearchParams): Pick<View, 'filters' | 'unread'> {
  const filters: Filter[] = [];
  const unread: string[] = [];
  for (const text of asked.getAll('filters')) {
    const filter = readFilter(text);
    if (isFilter(filter)) filters.push(filter);
    else unread.push(text);
  }
  return { filters, unread };
}

/** Whatever stands there; null for somebody's typing mistake in the address. */
function readFilter(text: string): unknown {
  try {
    return readQuery(new URLSearchParams({ filters: text }).toString()).filters[0];
  } catch {
    return null;
  }
}

function isFilter(value: unknown): value is Filter {
  if (!Array.isArray(value)) return false;
  const [operator, operand, values] = value as [unknown, unknown, unknown];
  if (operator === 'not' || operator === 'has_done' || operator === 'has_not_done') return isFilter(operand);
  if (operator === 'and' || operator === 'or') return Array.isArray(operand) && operand.every(isFilter);
  if (operator === 'is' && operand === 'segment') return Array.isArray(values) && values.every(Number.isSafeInteger);
  if (!(OPERATORS as readonly unknown[]).includes(operator)) return false;
  return (
    typeof operand === 'string' && (isEvent(operand) || isVisit(operand) || operand === SIGNAL) && Array.isArray(values)
  );
}

/** Whether two filters say the same. */
export function same(a: Filter, b: Filter): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * The filters after a row of a list was clicked: the row alone of its dimension, or, where that was in force already,
 * without it.
 */
export function toggled(filters: Filter[], wanted: Filter): Filter[] {
  const rest = filters.filter((filter) => !same(filter, wanted));
  if (rest.length < filters.length) return rest;
  const dimension = filtered([wanted])[0];
  const others = filters.filter((filter) => !(filter[0] === 'is' && filter[1] === dimension));
  return [...others, wanted];
}
