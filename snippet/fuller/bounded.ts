import type { LinesLeft } from '../../src/contract/wire.ts';
import { guarded } from '../lib/guarded.ts';

/** Lines of one kind within a second. */
const MOST = 20;

/**
 * Lets so many lines through in a second, and as many in a visit as `line` allows; of the others it says how many they were.
 * A line that isn't told isn't even made.
 */
export function bounded<T>(line: () => boolean, tell: (what: T | LinesLeft) => void): (make: () => T) => void {
  let since = 0;
  let told = 0;
  let left = 0;
  let over = false;
  return (make) => {
    const now = performance.now();
    if (over) return;
    if (now - since > 1_000) {
      since = now;
      told = 0;
    }
    if (told++ < MOST) {
      over = !line();
      return tell(over ? { left: 0 } : make());
    }
    if (!left++)
      setTimeout(
        guarded(() => {
          tell({ left });
          left = 0;
        }),
        since + 1_000 - now,
      );
  };
}
