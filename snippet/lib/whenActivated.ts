import { listen } from './listen.ts';

/** Calls back when a person sees the page: at once, or when a page rendered ahead of time is opened. */
export function whenActivated(run: () => void): void {
  if ((document as { prerendering?: boolean }).prerendering) listen('prerenderingchange', run);
  else run();
}
