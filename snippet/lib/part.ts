import type { Hit } from '../../src/contract/wire.ts';
import type { Born, Tracker } from './footfall.ts';
import type { listen } from './listen.ts';

/**
 * A part of the snippet that only those sites get that want it: the Worker puts it into their script. It runs before
 * anything is sent; what it needs of the tracker is handed to it.
 */
export type Part = (
  footfall: Tracker,
  on: typeof listen,
  /** Sends a hit of this page. */
  hit: (more: Partial<Hit>) => void,
  /** What could not be sent yet. */
  late: Born[],
  /** Sends that, and more. */
  send: (...hits: Born[]) => void,
) => void;
