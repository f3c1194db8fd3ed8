import type { GapReason } from '../../contract/wire.ts';

/** What the player says of a gap that the recorder made on purpose. */
export const GAPS: Record<GapReason, string> = {
  busy: 'The page changed so much that recording it would have slowed it down. It goes on once the page is calm.',
  too_large: 'The page is too large to record.',
  unsent: 'Too much waited for the server, which did not answer.',
  visit_bytes: 'A recording ends after 10 MB.',
  visit_time: 'A recording ends after an hour.',
};
