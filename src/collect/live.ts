import type { LiveMessage } from '../contract/api.ts';

/** At most one message in so many milliseconds. */
const LIVE_MS = 250;

/** The live feed of one collector: WebSockets that hear of every arrival, and may sleep with it in between. */
export class Live {
  readonly #ctx: DurableObjectState;
  readonly #now: () => LiveMessage;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(ctx: DurableObjectState, now: () => LiveMessage) {
    this.#ctx = ctx;
    this.#now = now;
  }

  /** Who may listen is the caller's business. */
  accept(request: Request): Response {
    if (request.headers.get('upgrade') !== 'websocket') return new Response('Expected a WebSocket', { status: 426 });
    const { 0: client, 1: server } = new WebSocketPair();
    this.#ctx.acceptWebSocket(server);
    this.answer(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  answer(socket: WebSocket): void {
    socket.send(JSON.stringify(this.#now()));
  }

  /** Something arrived. */
  tell(): void {
    if (this.#timer !== null || this.#ctx.getWebSockets().length === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const message = JSON.stringify(this.#now());
      for (const socket of this.#ctx.getWebSockets()) socket.send(message);
    }, LIVE_MS);
  }

  close(reason: string): void {
    for (const socket of this.#ctx.getWebSockets()) socket.close(1000, reason);
  }
}
