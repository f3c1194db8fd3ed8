import { guarded } from './guarded.ts';

/**
 * Listens on the window, first of all (capturing), so that a page can't keep an event from us, nor we break it.
 * @param types names with a space between
 */
export function listen<E extends Event>(types: string, run: (event: E) => void): void {
  for (const type of types.split(' ')) addEventListener(type, guarded(run) as EventListener, true);
}
