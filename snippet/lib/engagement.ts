import { listen } from './listen.ts';

let since = 0;
let engaged = 0;
let deepest = 0;
let attentive = false;

/** Milliseconds that this page view was visible and focused, and the deepest point seen in percent; both so far. */
export function engagement(): { engaged: number; scroll: number } {
  const now = performance.now();
  if (attentive) engaged += now - since;
  since = now;
  attentive = document.visibilityState === 'visible' && document.hasFocus();
  if (attentive) deepest = Math.max(deepest, scrollY + innerHeight);
  const { scrollHeight } = document.documentElement;
  return { engaged: Math.round(engaged), scroll: Math.min(100, Math.round((deepest / scrollHeight) * 100)) || 0 };
}

/** Starts again at nothing, for the next page view. */
export function resetEngagement(): void {
  engagement();
  engaged = deepest = 0;
  engagement();
}

/** Keeps an eye on focus and scrolling. */
export function watchEngagement(): void {
  listen(['focus', 'blur', 'scroll', 'resize'], engagement);
}
