import type { Hit } from '../../src/contract/wire.ts';
import type { Born, Tracker } from './footfall.ts';
import type { listen } from './listen.ts';

/** A part of the snippet: what it needs of the tracker is handed to it. All but `choice` run after the first page view. */
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
