import { guarded } from './guarded.ts';

/**
 * Listens on the window, first of all (capturing), so that a page can't keep an event from us, nor we break it.
 * @param types names with a space between
 */
export const listen = <E extends Event>(types: string, run: (event: E) => void): unknown =>
  types.split(' ').map((type) => addEventListener(type, guarded(run) as EventListener, true));
