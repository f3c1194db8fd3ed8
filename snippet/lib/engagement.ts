/** Milliseconds that somebody is taken to go on reading or watching after the last thing he did. */
const IDLE = 6e4;

let since = 0;
let engaged = 0;
let deepest = 0;
let attentive: boolean | undefined;

/**
 * Milliseconds that this page view was visible, focused and in use, and the deepest point seen in percent; both so far.
 * `afresh` starts at nothing, for the next page view.
 */
export const engagement = (afresh?: unknown): { engaged: number; scroll: number } => {
  const now = Date.now();
  if (attentive) engaged += Math.min(now - since, IDLE);
  if (afresh === 0) engaged = deepest = 0;
  since = now;
  attentive = !document.hidden && document.hasFocus();
  if (attentive) deepest = Math.max(deepest, scrollY + innerHeight);
  return { engaged, scroll: (deepest / document.documentElement.scrollHeight) * 100 };
};
