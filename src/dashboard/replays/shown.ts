import type { ReplayChunkJson } from '../../contract/api.ts';
import type { Size } from './projector.ts';
import type { Span, Timeline } from './timeline.ts';

/** What the player's parts show; a new object with each change. Times: milliseconds since 1970, server clock. */
export interface Shown {
  /** `empty`: nothing of this visit can be shown. `failed`: what shows it did not come. */
  phase: 'opening' | 'ready' | 'empty' | 'failed';
  time: number;
  /** Somebody pressed play, whether or not there is something to play yet. */
  playing: boolean;
  /** A moment was asked for whose picture isn't there yet. */
  opening: boolean;
  /** The picture waits for a chunk, and for long enough to say so. */
  waiting: boolean;
  /** At the end of what there is. */
  ended: boolean;
  /** What is shown is what happens, as soon as it is known. */
  following: boolean;
  speed: number;
  skip: boolean;
  line: Timeline;
  idle: Span[];
  /** Grows when `factsOf` knows more. */
  known: number;
  /** Chunks that did not come. */
  lost: ReplayChunkJson[];
  /** Of the page on show; null when its picture is lost. */
  size: Size | null;
  /** Jumps over inactivity so far, and how long the last one was, in milliseconds. */
  jumps: number;
  jumped: number;
}

/** In one word, for styles and tests. */
export function stateOf({ phase, opening, waiting, ended, playing, following }: Shown): string {
  if (phase !== 'ready') return phase;
  if (opening || waiting) return opening ? 'opening' : 'waiting';
  if (ended) return 'ended';
  if (following) return 'live';
  return playing ? 'playing' : 'paused';
}
