import { listen } from './listen.ts';

let since = 0;
let engaged = 0;
let deepest = 0;
let attentive = false;

/**
 * Milliseconds that this page view was visible and focused, and the deepest point seen in percent; both so far.
 * `afresh` starts at nothing, for the next page view.
 */
export function engagement(afresh?: boolean): { engaged: number; scroll: number } {
  const now = performance.now();
  if (attentive) engaged += now - since;
  if (afresh) engaged = deepest = 0;
  since = now;
  attentive = !document.hidden && document.hasFocus();
  if (attentive) deepest = Math.max(deepest, scrollY + innerHeight);
  return {
    engaged: engaged | 0,
    scroll: Math.min(100, (deepest / document.documentElement.scrollHeight) * 100 + 0.5) | 0,
  };
}

/** Keeps an eye on focus and scrolling. */
export function watchEngagement(): void {
  listen('focus blur scroll resize', () => engagement());
}
