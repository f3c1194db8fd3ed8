import type { listen } from './listen.ts';
import { origin } from './origin.ts';

/** Clicks whose link is told of already: a link is a download or an outbound link, not both. */
type Told = MouseEvent & { footfall?: boolean };

/** Calls back when a link is followed, in this tab or another; true says that this was all there is to tell of it. */
export function onLink(on: typeof listen, run: (link: HTMLAnchorElement) => boolean): void {
  on<Told>('click auxclick', (event) => {
    const link = origin(event).closest<HTMLAnchorElement>('a[href],area[href]');
    if (!link || event.footfall || event.button > 1 || link.closest('[data-footfall-event]')) return;
    event.footfall = run(link);
  });
}
