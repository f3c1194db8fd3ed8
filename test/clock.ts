import type { World } from './world.ts';

/** `StackOptions.before`: the Worker, its collectors included, with a clock that `setAhead` moves. */
export const CLOCK = `
import worker from './worker.js';
export * from './worker.js';
const now = Date.now;
let ahead = 0;
Date.now = () => now() + ahead;
export default {
  ...worker,
  fetch(request, env, ctx) {
    const asked = request.headers.get('x-ahead');
    if (asked === null) return worker.fetch(request, env, ctx);
    ahead = Number(asked);
    return new Response();
  },
};
`;

/** Sets the clock of a stack so many milliseconds before that of this machine. */
export async function setAhead(world: Pick<World, 'url'>, ms: number): Promise<void> {
  await fetch(world.url, { headers: { 'x-ahead': String(ms) } });
}
