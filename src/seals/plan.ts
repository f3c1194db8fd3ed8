import { type SQL, sql } from 'drizzle-orm';
import {
  type Filter,
  type FilterDimension,
  filtered,
  isTime,
  isVisit,
  oneOf,
  SIGNAL,
  type SimpleFilter,
  type VisitDimension,
} from '../contract/query.ts';
import { reachesBack } from '../stats/kept.ts';
import { byEvent, isDistinct, type Sum, VISIT_SUMS } from '../stats/metrics.ts';
import type { Question } from '../stats/question.ts';
import { DAY, dateOf, dayStart, isoDate } from '../stats/zone.ts';
import { ALL_EVENTS, ALL_VISITS, codeOf, OF_PARTS } from './dimensions.ts';
import type { Blocks } from './mapping.ts';

/** What sealed days can tell: the other sums need the rows themselves. */
export const SEALED_SUMS = [
  ...(['v_visitors', 'v_visits', 'v_views', 'v_bounces', 'v_seconds'] as const),
  ...(['e_visitors', 'e_visits', 'e_pageviews', 'e_events'] as const),
] satisfies Sum[];
export type SealedSum = (typeof SEALED_SUMS)[number];

/** One sealed day of a range. Dates are wall times of midnight. */
export interface SealedDay {
  date: number;
  /** Of the time dimension. */
  bucket: number;
  /** From which date on its visitors are one together with it: the range's first, or the bucket's. */
  since: number;
}

/** What they are, each as an array of its own. */
export function arraysOf(days: SealedDay[]): { dates: SQL; buckets: SQL; since: SQL } {
  const dates = (all: number[]) => sql`${`{${all.map(isoDate).join()}}`}::date[]`;
  return {
    dates: dates(days.map(({ date }) => date)),
    buckets: sql`${`{${days.map(({ bucket }) => bucket).join()}}`}::int[]`,
    since: dates(days.map(({ since }) => since)),
  };
}

/** How sealed days answer a question. */
export interface Plan {
  /** What they are read by, where that isn't everything together; and its code, of `dimensions.ts`. */
  by: FilterDimension | null;
  code: number;
  /** Whether single events are counted, not visits. */
  events: boolean;
  /** The one value that a filter leaves. */
  only: string | null;
  /** Whether filters are of the dimension that they are read by: each value stands for itself, and some are left. */
  some: boolean;
  days: SealedDay[];
  /** Where rows go on, milliseconds since 1970, maybe amid a day; the range's end when all of it is sealed. */
  split: number;
}

/** How bitmaps answer a question. */
export interface BitmapPlan {
  blocks: Blocks;
  /** What divides: an attribute of visits, or pages. Null for days, and for nothing. */
  by: FilterDimension | null;
  /** Its code, of `dimensions.ts`; null when nothing divides. */
  code: number | null;
  events: boolean;
  /** The days of the range, where they divide. */
  days: SealedDay[];
  /** Where rows go on: a midnight, or the range's end. */
  split: number;
}

/** How slices of days answer a question, a bucket after the other. */
export interface SlicePlan {
  sliced: true;
  events: false;
  days: SealedDay[];
  /** As in `Plan`. */
  split: number;
}

export type AnyPlan = Plan | BitmapPlan | SlicePlan;

/** What bitmaps know of a range: in which blocks, and up to which midnight. */
export type Known = Pick<BitmapPlan, 'blocks' | 'split'>;

/** Bitmaps are read for as many days as they have, or nearly so, however few are asked for. */
const LEAST_DAYS = 7;

/** What bitmaps tell of visits. */
const OF_BITMAPS = SEALED_SUMS.filter((sum) => !sum.startsWith('e_visit'));

/** And of what happened: of pages, and under filters of pages. */
function toldOfEvents(filters: Filter[], divided: string | null): Sum[] {
  if (divided === 'event:page' || !filters.some(isOfPages)) return ['e_visitors'];
  const visits = SEALED_SUMS.filter((sum) => sum in VISIT_SUMS);
  return ['e_visitors', 'e_visits', ...visits, ...(onePage(filters) === null ? [] : ['e_pageviews' as const])];
}

/** The one page that filters leave; null where they say more of pages. */
export function onePage(filters: Filter[]): SimpleFilter | null {
  const [filter, ...more] = filters.filter(isOfPages);
  if (filter?.[0] !== 'is' || filter[1] === 'segment' || more.length > 0) return null;
  return filter[2].length === 1 && filter[3]?.case_sensitive !== false ? (filter as SimpleFilter) : null;
}

/** @returns why bitmaps can't answer, where they can't */
export function bitmapPlanOf(question: Question, needs: Sum[]): BitmapPlan | string {
  const { site, range, dimensions, filters, bots, now, bitmaps, engine } = question;
  if (engine === 'rows') return 'it was asked for';
  if (bitmaps === null || bitmaps.upto <= range.from) return 'its days have no bitmaps';
  const { upto, blocks } = bitmaps;
  const split = Math.min(upto, range.to);
  if (dateOf(range.zone, range.from) < blocks.base.known) return 'bitmaps don’t go back that far';
  if (engine === 'any' && split - range.from < LEAST_DAYS * DAY) return 'rows of few days are read as fast';
  if (!isMidnight(range.zone, range.from) || !isMidnight(range.zone, split)) return 'it isn’t of whole days';
  if (bots) return 'bots are in it';
  if (reachesBack(site, range)) return 'single visits of it are no longer kept';
  if (!filters.every((filter) => isOfVisits(filter) || isOfPages(filter))) return 'of a filter on single events';
  const [dimension, ...more] = dimensions;
  if (more.length > 0) return 'of several dimensions at once';
  const events = byEvent(question);
  const divided = dimension === undefined || isTime(dimension) ? null : dimension;
  const told: Sum[] = events ? toldOfEvents(filters, divided) : OF_BITMAPS;
  if (!needs.every((need) => told.includes(need)) || question.metrics.includes('conversion_rate'))
    return 'of a metric of single visits or events';
  if (dimension !== undefined && divided === null && dimension !== 'time:day') return 'bitmaps are of days';
  if (divided !== null && !isVisit(divided) && divided !== 'event:page') return `${divided} has no bitmaps`;
  const code = divided !== null ? codeOf(divided) : dimension === undefined ? null : OF_PARTS.day;
  const named = [...filtered(filters), ...(divided ? [divided] : [])].map((one) => codeOf(one as FilterDimension));
  if (named.some((one) => one === null || blocks.lacks.includes(one)))
    return 'a dimension has too many values for bitmaps';
  const open = Math.min(range.to, now) - split;
  const looksBack = open > 0 && (divided !== null || dimension === undefined) && needs.some(isDistinct);
  if (engine === 'any' && looksBack && split - range.from < LOOKED_BACK * open) return 'too little of it is sealed';
  return { blocks, by: divided, code, events, days: daysOf(question, split), split };
}

/**
 * What bitmaps know of a range, up to a moment in it. Null where they don't go back as far, or aren't asked.
 * @param code of what has to be among it, of `dimensions.ts`
 */
export function knownOf(question: Question, until: number, code: number): Known | null {
  const { site, range, bots, bitmaps, engine } = question;
  if (engine === 'rows' || bots || bitmaps === null || reachesBack(site, range)) return null;
  const { upto, blocks } = bitmaps;
  const split = Math.min(upto, until);
  const whole = isMidnight(range.zone, range.from) && isMidnight(range.zone, split);
  const known =
    split > range.from && dateOf(range.zone, range.from) >= blocks.base.known && !blocks.lacks.includes(code);
  return whole && known ? { blocks, split } : null;
}

/** Whether a filter is of attributes of visits alone. */
const isOfVisits = (filter: Filter): boolean => isAllOf(filter, isVisit);
/** Whether it is of pages alone. */
export const isOfPages = (filter: Filter): boolean => isAllOf(filter, (dimension) => dimension === 'event:page');

/** Whether all that a filter says is of dimensions that fit. */
export function isAllOf(filter: Filter, fits: (dimension: string) => boolean): boolean {
  if (filter[0] === 'not') return isAllOf(filter[1], fits);
  if (filter[0] === 'and' || filter[0] === 'or') return filter[1].every((one) => isAllOf(one, fits));
  return filter[0] !== 'has_done' && filter[0] !== 'has_not_done' && fits(filter[1]);
}

const isMidnight = (zone: string, moment: number): boolean => dayStart(zone, dateOf(zone, moment)) === moment;

/**
 * Of those who are there in the open hours, what they did in the sealed ones is looked up: where these aren't so many times as
 * many, all of it is read as fast.
 */
const LOOKED_BACK = 10;

/** Why gaps don't tell: bitmaps may. */
export const SEVERAL = 'of several dimensions at once';

/** @returns why it can't be answered so, where it can't */
export function planOf(question: Question, needs: Sum[]): Plan | string {
  const { site, range, dimensions, filters, bots, now, sealed, engine } = question;
  if (engine === 'rows') return 'it was asked for';
  if (sealed === null) return 'none of its days is sealed';
  const split = Math.min(sealed, range.to);
  if (split <= range.from) return 'none of its days is sealed';
  if (!isMidnight(range.zone, range.from) || !(split === sealed || isMidnight(range.zone, split)))
    return 'it isn’t of whole days';
  if (bots) return 'bots are in it';
  if (filtered(filters).includes(SIGNAL)) return `${SIGNAL} isn’t sealed`;
  const unit = dimensions.find(isTime);
  if (unit === 'time:hour' || unit === 'time:minute') return 'days are sealed whole';
  const missing = needs.find((need) => !oneOf(SEALED_SUMS, need));
  if (missing !== undefined || question.metrics.includes('conversion_rate'))
    return 'of a metric of single visits or events';
  const divided = dimensions.filter((dimension) => !isTime(dimension)) as FilterDimension[];
  const [dimension] = divided;
  const pick = filters.length === 1 && filters[0] ? pickOf(filters[0]) : null;
  const some = filters.length > 0 && dimension !== undefined && filters.every((filter) => isOf(dimension, filter));
  const told = some || filters.length === 0 || (pick !== null && dimension === undefined);
  if (divided.length > 1 || !told) return SEVERAL;
  // Everybody with one of several values is in none of them.
  if (some && !pick && question.metrics.includes('percentage')) return 'a percentage of several values';
  const by = dimension ?? pick?.dimension ?? null;
  const events = byEvent(question);
  const code = by ? codeOf(by) : events ? ALL_EVENTS : ALL_VISITS;
  if (code === null) return `${by} isn’t sealed`;
  const days = daysOf(question, split);
  const since = dayStart(range.zone, days.at(-1)?.since ?? 0);
  const looksBack = split < range.to && unit !== 'time:day' && needs.some(isDistinct);
  const either = engine === 'any' && !reachesBack(site, range);
  if (either && looksBack && split - since < LOOKED_BACK * (Math.min(range.to, now) - split))
    return 'too little of it is sealed';
  return { by, code, events, only: pick?.word ?? null, some, days, split };
}

/** @returns null where slices can't answer what gaps can't, for several dimensions at once */
export function slicePlanOf(question: Question, needs: Sum[]): SlicePlan | null {
  const { site, range, dimensions, filters, metrics, sealed, sliced } = question;
  const [unit, ...more] = dimensions;
  if (sealed === null || sliced === null || unit === undefined || !isTime(unit) || more.length > 0) return null;
  // Visitors are one of each day's; a percentage is of all in the range.
  if (metrics.includes('percentage') || (unit !== 'time:day' && needs.some(isDistinct))) return null;
  if (!filters.every(isOfVisits) || reachesBack(site, range) || dateOf(range.zone, range.from) < sliced) return null;
  const split = Math.min(sealed, range.to);
  return { sliced: true, events: false, days: daysOf(question, split), split };
}

/**
 * Whether a filter leaves whole values of a dimension. Of a visit's, what is missing is sealed as one with the word that it is called by: who
 * looks within words could tell them apart.
 */
function isOf(dimension: FilterDimension, filter: Filter): boolean {
  if (filter[0] === 'not') return isOf(dimension, filter[1]);
  if (filter[0] === 'and' || filter[0] === 'or') return filter[1].every((one) => isOf(dimension, one));
  return filter[1] === dimension && (!isVisit(dimension) || filter[0] === 'is' || filter[0] === 'is_not');
}

/** The one value of a visit's that a filter leaves; null for a filter that says more. */
function pickOf(filter: Filter): { dimension: VisitDimension; word: string } | null {
  if (filter[0] !== 'is' || filter[1] === 'segment' || !isVisit(filter[1])) return null;
  const [, dimension, words, modifiers] = filter;
  const [word] = words as string[];
  if (word === undefined || words.length > 1 || modifiers?.case_sensitive === false) return null;
  return { dimension, word };
}

function daysOf({ range, buckets }: Question, split: number): SealedDay[] {
  const { from, zone } = range;
  const days: SealedDay[] = [];
  const starts = buckets.map((bucket) => dateOf(zone, bucket.from));
  const [first, last] = [dateOf(zone, from), dateOf(zone, split - 1)];
  let [bucket, since] = [0, first];
  for (let date = first; date <= last; date += DAY) {
    for (let next = starts[bucket + 1]; next !== undefined && next <= date; next = starts[bucket + 1]) {
      bucket += 1;
      since = date;
    }
    days.push({ date, bucket, since });
  }
  return days;
}
