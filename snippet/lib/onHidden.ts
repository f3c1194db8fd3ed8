import { listen } from './listen.ts';

/**
 * Calls back when the page goes out of sight, be it for good, and when it comes back; more than once for one going.
 * Safari does not always tell of a navigation by visibilitychange: https://webkit.org/b/151610
 */
export function onHidden(run: () => void): void {
  listen('visibilitychange pagehide', run);
}
