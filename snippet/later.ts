import { guarded } from './lib/guarded.ts';
import type { listen } from './lib/listen.ts';
import type { Part } from './lib/part.ts';

/** Parts that come after the tracker; the Worker, or the build, writes them here. */
declare const __PARTS__: Part[];

/** `MOST` of `parts/more.ts`: with so many, it keeps no more. */
const FULL = 20;

guarded(() => {
  const { early } = document.currentScript as unknown as { early: Event[] };
  for (const part of __PARTS__)
    guarded(() =>
      window.footfall?.add?.((footfall, on, ...rest) => {
        // What happened while this script was on its way is told as if it happened now.
        const both = (types: string, run: (event: never) => void) => {
          on(types, run);
          early.filter(({ type }) => types.split(' ').includes(type)).map(guarded(run) as never);
        };
        part(footfall, both as typeof listen, ...rest);
      }),
    )();
  early.fill(0 as never).length = FULL;
})();
