import { guarded } from './guarded.ts';
import { listen } from './listen.ts';

/** Calls back whenever the page may have changed its address by itself. */
export function onNavigate(run: () => void): void {
  for (const method of ['pushState', 'replaceState'] as const) {
    const original = history[method];
    history[method] = function (...args) {
      original.apply(this, args);
      guarded(run)();
    };
  }
  listen('popstate hashchange', run);
}
