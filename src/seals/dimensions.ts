import { type FilterDimension, isVisit, type VisitDimension } from '../contract/query.ts';

/** What days are divided by when they are sealed. The codes stand in the database: they are never given to another. */

/** Everything together. */
export const ALL_VISITS = 0;
export const ALL_EVENTS = 32;

/** Attributes of visits. */
export const OF_VISITS: Record<VisitDimension, number> = {
  'visit:entry_page': 1,
  'visit:exit_page': 2,
  'visit:entry_page_hostname': 3,
  'visit:source': 4,
  'visit:channel': 5,
  'visit:referrer': 6,
  'visit:utm_source': 7,
  'visit:utm_medium': 8,
  'visit:utm_campaign': 9,
  'visit:utm_content': 10,
  'visit:utm_term': 11,
  'visit:country': 12,
  'visit:region': 13,
  'visit:city': 14,
  'visit:browser': 15,
  'visit:browser_version': 16,
  'visit:os': 17,
  'visit:os_version': 18,
  'visit:device': 19,
  'visit:screen': 20,
  'visit:language': 21,
};

/** Attributes of single events. */
export const OF_EVENTS = {
  'event:page': 33,
  'event:name': 34,
  'event:hostname': 35,
} as const;
export type SealedEventDimension = keyof typeof OF_EVENTS;

/** Added to the code of what events are divided by: their visits, where the plain code counts visitors. */
export const VISITS_OF = 32;

/** The code of a dimension; null for one that days aren't divided by. */
export function codeOf(dimension: FilterDimension): number | null {
  if (isVisit(dimension)) return OF_VISITS[dimension];
  return dimension in OF_EVENTS ? OF_EVENTS[dimension as SealedEventDimension] : null;
}

/** The gap of those who were not seen before. */
export const NEVER_BEFORE = 32_767;

/** What else bitmaps say of parts of visits: one for each day, and days, page views … as numbers in twos, a bitmap a digit. */
export const OF_PARTS = {
  /** Days since the block's first. */
  day: 64,
  dayDigit: 65,
  /** Not the first part of a visit: it began on a day before. */
  continued: 66,
  bounce: 67,
  /** Page views, and page views and events, of the part's day. */
  views: 68,
  events: 69,
  /** Page views that the visit had on later days, of its first part. */
  laterViews: 70,
  /** Milliseconds that the visit took, of its first part. */
  duration: 71,
  /** There is one: places of visitors with fewer parts than others of their kind are empty. In slices the first of several flags: see `slices.ts`. */
  any: 72,
  /** Reaches a goal, by the goal's id; and how often, a digit of a number in twos by the id times `GOAL_DIGITS` plus its place. */
  goal: 73,
  goalDigit: 74,
  /** Of a page, where visitors have several parts: who saw it in any of them, a bit a visitor. */
  outline: 75,
  /** At the next lower place of its visitor's stands a part of the same visit. */
  joined: 76,
  /** Page views of a page in a part, by a code for each digit. Of most it is one: the first digit is told where it isn't what the page's own bit is. */
  pageViews: 80,
} as const;

export const GOAL_DIGITS = 16;
