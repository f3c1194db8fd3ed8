import { quickHash } from './text.ts';

/**
 * Numbers for page views that came from a client which numbers nothing: the page's hash × 2^32 + something random. Such a
 * client's report of engagement knows its page alone, and finds the latest view of it by the hash.
 */

const PAGES = 2 ** 21;
const VIEWS = 2 ** 32;

/** The number of a view of a page; with `random` 0, what a report of engagement names. */
export function viewNumber(page: string, random: number): number {
  return (quickHash(page) % PAGES) * VIEWS + (random >>> 0);
}

/** Whether both numbers are views of one page. */
export function samePage(one: number, other: number): boolean {
  return Math.floor(one / VIEWS) === Math.floor(other / VIEWS);
}
