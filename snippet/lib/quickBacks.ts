import { listen } from './listen.ts';

/** A page that is left for the one before within so long was not what was looked for. */
const QUICK_MS = 5_000;

/**
 * Calls back when the visitor went on to another page and came back to this one at once.
 * @returns to be called after a navigation within the page
 */
export function quickBacks(kept: boolean, back: () => void): () => void {
  // Of the pages in this tab: when the one before was left, and its address; the one on show.
  let left = 0;
  let before = '';
  let here = location.href;

  const moved = () => {
    if (location.href === here) return;
    const again = location.href === before && Date.now() - left < QUICK_MS;
    left = Date.now();
    before = again ? '' : here;
    here = location.href;
    if (again) back();
  };

  // Whole pages tell each other by the tab's own storage: the two that were left last, each with the time before it.
  const pages = (): string[] => (kept && sessionStorage.footfall_left?.split(' ')) || [];
  const told = pages();
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const lately = Date.now() - Number(told[told.indexOf(here) - 1]) < QUICK_MS;
  if (navigation?.type === 'back_forward' && lately) setTimeout(back);
  listen('pagehide', () => {
    left = Date.now();
    if (kept) sessionStorage.footfall_left = [left, location.href, ...pages().slice(0, 2)].join(' ');
  });
  listen<PageTransitionEvent>('pageshow', ({ persisted }) => {
    if (persisted && Date.now() - left < QUICK_MS) setTimeout(back);
  });
  return moved;
}
