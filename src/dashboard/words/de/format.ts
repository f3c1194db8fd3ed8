import type { Translated } from '../area.ts';
import type * as english from '../format.ts';

export const format: Translated<typeof english.format> = {
  thousand: ' Tsd.',
  million: ' Mio.',
  billion: ' Mrd.',
  points: (n) => `${n} PP`,
  justNow: 'gerade eben',
  minutesAgo: (n) => `vor ${n} Min.`,
  hoursAgo: (n) => `vor ${n} Std.`,
};
