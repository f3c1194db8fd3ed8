import type { Translated } from '../area.ts';
import type * as english from '../format.ts';

export const format: Translated<typeof english.format> = {
  thousand: ' Tsd.',
  million: ' Mio.',
  billion: ' Mrd.',
  second: (n) => `${n}\u202fs`,
  minute: (n) => `${n}\u202fmin`,
  hour: (n) => `${n}\u202fh`,
  points: (n) => `${n} PP`,
  justNow: 'gerade eben',
  minutesAgo: (n) => `vor ${n} Min.`,
  hoursAgo: (n) => `vor ${n} Std.`,
};
