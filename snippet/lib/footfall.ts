import type { Hit, SnippetConfig } from '../../src/contract/wire.ts';

/** What a page may call: `footfall('signup', { plan: 'pro' }, { amount: '9.90', currency: 'EUR' })`. */
export type Call = [name: string, props?: Hit['props'], revenue?: Hit['revenue']];

/** Ids of the visitor and of the visit; none in cookieless mode or where nothing can be stored. */
export type Visit = Pick<Hit, 'visitor' | 'session'>;

/** What the tracker hands to the recorder, which comes as a script of its own. */
export interface Shared {
  config: SnippetConfig;
  /** The visit now; asking counts as activity. */
  visit: () => Visit;
  /** The recorder listens here for single-page navigations. */
  navigated?: () => void;
}

/** `window.footfall`: before the tracker runs it may be the page's own stub, with calls waiting in `q`. */
export interface Footfall {
  (...call: Call): void;
  q?: Call[];
  shared?: Shared;
}

declare global {
  interface Window {
    footfall?: Footfall;
  }
}
