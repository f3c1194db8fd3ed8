import type { SnippetConfig } from '../../src/contract/wire.ts';
import type { Part } from '../lib/part.ts';

declare const __CONFIG__: SnippetConfig;

/** Events kept for a script that is on its way; `later.ts` knows it. */
const MOST = 20;

/**
 * Fetches the site's other scripts, now that the first page view is on its way. Each finds in its own element what
 * happened meanwhile that it wants to know of.
 */
export const more: Part = (_footfall, on) => {
  for (const [src, types] of __CONFIG__.more) {
    const early: Event[] = [];
    on(types, (event) => early.length < MOST && early.push(event));
    document.head.append(Object.assign(document.createElement('script'), { src, early }));
  }
};
