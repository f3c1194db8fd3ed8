import type { LiveEvent, LiveMessage, LiveVisitor } from '../contract/api.ts';
import type { Entry, EventEntry, Visit } from './visit.ts';

/** At most one message in so many milliseconds. */
const LIVE_MS = 250;
/** A collector's part is believed for so long. */
const SILENT_MS = 300_000;
/** By what its sockets are told from those of watchers. */
export const FEED = 'feed';
/** Visitors and events that one message tells of at most. */
const TOLD = 50;

/** What one collector knows of who is here. */
export interface LivePart {
  here: number;
  accepted: number;
  visitors: LiveVisitor[];
  events: LiveEvent[];
}

/** What the feed stands on. */
export interface LiveSource {
  ctx: DurableObjectState;
  /** Who is here at this collector, latest first. */
  visits(): Visit[];
  accepted(): number;
}

/**
 * The live feed of a site: WebSockets at its first collector, which hear of every arrival and may sleep with it in
 * between. The site's other collectors tell their part to the first one, while somebody listens.
 */
export class Live {
  readonly #source: LiveSource;
  /** Where this collector's part goes instead of to sockets; answers whether anybody listens there. */
  readonly #relay: ((part: LivePart) => Promise<boolean>) | null;
  /** Latest events, for whoever comes to listen; and those not told of yet. */
  #recent: LiveEvent[] = [];
  #fresh: LiveEvent[] = [];
  /** Parts of the other collectors. */
  readonly #parts = new Map<number, { at: number; part: LivePart }>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** Whether the first collector has listeners, as far as this one knows. */
  #heard = false;

  constructor(source: LiveSource, relay: ((part: LivePart) => Promise<boolean>) | null) {
    this.#source = source;
    this.#relay = relay;
  }

  get #sockets(): WebSocket[] {
    return this.#source.ctx.getWebSockets(FEED);
  }

  get listened(): boolean {
    return this.#sockets.length > 0;
  }

  /** Who may listen is the caller's business. */
  accept(): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    this.#source.ctx.acceptWebSocket(server, [FEED]);
    this.answer(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  /** All there is to know at the moment, the latest events with it. */
  answer(socket: WebSocket): void {
    socket.send(JSON.stringify(this.#message(this.#recent)));
  }

  /** Somebody listens at the first collector: tells it what there is. */
  begin(): void {
    this.#heard = true;
    this.#happened([]);
  }

  /** Entries were taken. */
  arrived(entries: Entry[]): void {
    const events = entries.flatMap((entry) => (entry.type === 'event' && !entry.bot ? [told(entry)] : []));
    this.#happened(events);
  }

  /** Another collector's part. @returns whether anybody listens */
  told(shard: number, part: LivePart): boolean {
    this.#parts.set(shard, { at: Date.now(), part });
    this.#happened(part.events);
    return this.listened;
  }

  #happened(events: LiveEvent[]): void {
    this.#recent = [...this.#recent, ...events].slice(-TOLD);
    if (this.#relay ? !this.#heard : !this.listened) return;
    this.#fresh = [...this.#fresh, ...events].slice(-TOLD);
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const events = this.#fresh;
      this.#fresh = [];
      if (this.#relay) void this.#send(this.#relay, events);
      else this.#broadcast(events);
    }, LIVE_MS);
  }

  #broadcast(events: LiveEvent[]): void {
    const message = JSON.stringify(this.#message(events));
    for (const socket of this.#sockets) socket.send(message);
  }

  async #send(relay: (part: LivePart) => Promise<boolean>, events: LiveEvent[]): Promise<void> {
    try {
      this.#heard = await relay(this.#part(events));
    } catch (error) {
      console.error('live', error);
    }
  }

  #part(events: LiveEvent[]): LivePart {
    const visits = this.#source.visits();
    const here = new Set(visits.map(({ visitor }) => visitor)).size;
    return { here, accepted: this.#source.accepted(), visitors: visits.slice(0, TOLD).map(visitorOf), events };
  }

  #message(events: LiveEvent[]): LiveMessage {
    // One that was silent for so long has nobody left to tell of.
    const others = [...this.#parts.values()].filter(({ at }) => at > Date.now() - SILENT_MS).map(({ part }) => part);
    const parts = [this.#part(events), ...others];
    const sum = (amount: (part: LivePart) => number) => parts.reduce((total, part) => total + amount(part), 0);
    const visitors = parts.flatMap((part) => part.visitors).sort((a, b) => b.last - a.last);
    return {
      here: sum((part) => part.here),
      accepted: sum((part) => part.accepted),
      visitors: visitors.slice(0, TOLD),
      events,
    };
  }
}

function told({ time, visit, name, page }: EventEntry): LiveEvent {
  return { time, visit, name, page };
}

function visitorOf({ id, start, last, views, exit, facts, replay }: Visit): LiveVisitor {
  const { source = null, country = null, browser = null, device = null } = facts;
  return { visit: id, start, last, views, page: exit?.[0] ?? null, source, country, browser, device, recorded: replay };
}
