import type { Hit, RecorderConfig } from '../../src/contract/wire.ts';
import type { Footfall } from '../footfall.d.ts';
import type { Part } from './part.ts';

/** Ids of the visitor and of the visit; none in cookieless mode or where nothing can be stored. */
export type Visit = Pick<Hit, 'visitor' | 'session'>;

/** A hit with its time of birth, which becomes its age when it is sent. */
export type Born = Hit & { age: number };

/** What goes with every hit: who the site says this is, and whether it is the owner's own browser. */
export interface Who {
  user?: string | undefined;
  ignore?: true | undefined;
}

/** What the tracker shares with its parts, and with the scripts that come after it. */
export interface Tracker extends Footfall {
  /** True while nothing may be sent or stored. */
  off?: boolean;
  who: Who;
  /** Starts counting, once. */
  begin(): void;
  /** The visit now; asking counts as activity. Nothing in cookieless mode, or where nothing can be stored. */
  visit(): Visit | undefined;
  /** Runs a part. */
  add(part: Part): void;
  /** What the recorder needs to know, on sites that have it. */
  config?: RecorderConfig;
  /** The recorder's: it hears of every hit, navigations among them, and of a visitor who wants to be left alone. */
  told?(hit: Partial<Hit>): void;
  stop?(): void;
}

/** What a page may have put in the tracker's place before it came. */
interface Stub {
  /** Events that wait for it. */
  q: Parameters<Footfall>[];
  /** Called once it is there, before it counts anything: see `snippet/footfall.js`. */
  ready(): void;
}

declare global {
  interface Window {
    footfall?: Footfall & Partial<Tracker> & Partial<Stub>;
  }
}
