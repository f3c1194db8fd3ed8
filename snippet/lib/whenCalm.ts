import { guarded } from './guarded.ts';
import { listen } from './listen.ts';

/** Calls back once the page has loaded and has nothing better to do. */
export function whenCalm(run: () => void): void {
  // Safari has no requestIdleCallback.
  const idle = () => (window.requestIdleCallback || (setTimeout as never))(guarded(run), { timeout: 1e3 });
  if (document.readyState === 'complete') idle();
  else listen('load', idle);
}
