import { OF_PARTS } from './dimensions.ts';
import type { SealedSum } from './plan.ts';

/** Numbers of parts of visits, which are told in twos, by the codes of their digits. */
export const NUMBERS = {
  views: OF_PARTS.views,
  events: OF_PARTS.events,
  laterViews: OF_PARTS.laterViews,
  duration: OF_PARTS.duration,
  pageViews: OF_PARTS.pageViews,
};
export type Counted = keyof typeof NUMBERS;

/** Digits that they have in bitmaps, and days. */
export const DIGITS = { day: 8, views: 15, events: 15, laterViews: 15, duration: 31, pageViews: 15 };

/** Which of them a sum adds up. */
export const NUMBERS_OF: Partial<Record<SealedSum, Counted[]>> = {
  v_views: ['views', 'laterViews'],
  v_seconds: ['duration'],
  e_pageviews: ['views'],
  e_events: ['events'],
};
