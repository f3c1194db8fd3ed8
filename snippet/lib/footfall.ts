import type { Hit, RecorderConfig } from '../../src/contract/wire.ts';
import type { Part } from './part.ts';

/** What a page may call: `footfall('signup', { plan: 'pro' }, { amount: '9.90', currency: 'EUR' })`. */
export type Call = [name: string, props?: Hit['props'], revenue?: Hit['revenue']];

/** Ids of the visitor and of the visit; none in cookieless mode or where nothing can be stored. */
export type Visit = Pick<Hit, 'visitor' | 'session'>;

/** A hit with its time of birth, which becomes its age when it is sent. */
export type Born = Hit & { age: number };

/** What a page may do; before the tracker runs it may be the page's own stub, with calls waiting in `q`. */
export interface Footfall {
  /**
   * Sends an event; never throws.
   * @param props at most 30 properties: text, number or boolean
   * @param revenue `amount` as decimal text, `currency` as ISO 4217
   */
  (...call: Call): void;
  /** Says who this is, from now on: the same user is the same visitor on every device. The edge keeps a hash of it. */
  identify(user: string | number): void;
  /** Whether this visitor agrees: `true` begins where the site waits for it, `false` is `optOut`. Remembered. */
  consent(given: boolean): void;
  /** Sends nothing from now on, in this browser. */
  optOut(): void;
  /** Takes `optOut` back. */
  optIn(): void;
  /** Leaves this browser out of all numbers, since it is one of the site's own people; `false` takes it in again. Remembered. */
  ignore(yes?: boolean): void;
  q?: Call[];
}

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
  /** The recorder's: it hears of single-page navigations, and of a visitor who wants to be left alone. */
  navigated?(): void;
  stop?(): void;
}

declare global {
  interface Window {
    footfall?: Footfall & Partial<Tracker>;
  }
}
