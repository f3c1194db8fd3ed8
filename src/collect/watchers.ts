import type { ReplayChunkJson, WatchMessage } from '../contract/api.ts';
import type { Chunk } from '../replays/save.ts';
import { joined } from '../replays/store.ts';
import { FEED } from './live.ts';

/** Who watches visits of a collector as they happen: WebSockets by visit, which may sleep with it in between. */
export class Watchers {
  readonly #ctx: DurableObjectState;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
  }

  /** Who may watch is the caller's business. */
  accept(visit: number): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    this.#ctx.acceptWebSocket(server, [tagOf(visit)]);
    this.answer(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Whether a socket is one of these. */
  has(socket: WebSocket): boolean {
    return !this.#ctx.getTags(socket).includes(FEED);
  }

  /** What the clock is: a watcher is so and so far behind it. */
  answer(socket: WebSocket): void {
    socket.send(JSON.stringify({ now: Date.now() } satisfies WatchMessage));
  }

  /**
   * Hands a chunk on as it came, with what its index row will say before it. The platform holds it back until the chunk is
   * durable, as it does with answers.
   * @returns whether anybody watches
   */
  arrived({ stream, n, from, to, skew, events, bytes, keyframe, url, signals, body, session_id }: Chunk): boolean {
    const sockets = this.#ctx.getWebSockets(tagOf(session_id));
    if (sockets.length === 0) return false;
    const row: ReplayChunkJson = { stream, n, from, to, skew, events, bytes, keyframe, url, signals };
    const head = new TextEncoder().encode(`${JSON.stringify(row)}\n`);
    const message = joined([head, body]);
    for (const socket of sockets) socket.send(message);
    return true;
  }
}

const tagOf = (visit: number) => `visit ${visit}`;
