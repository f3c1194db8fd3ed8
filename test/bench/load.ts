import { connect, type Socket } from 'node:net';
import { type Guest, guest, pathOf, seeded } from './traffic.ts';

/**
 * The load, in a process of its own, told what to do by a message (`Order`) and answering with one (`Yield`). It speaks HTTP
 * over plain sockets, kept alive, one request at a time on each: it shares two cores with what it measures, and node:http
 * would take the half of one.
 */

/** A server, and where hits go there, one of them a visitor: `/e/KEY`, or the usual product's. */
export interface Target {
  url: string;
  doors: string[];
}

export interface Order {
  /** Connections take turns at them. */
  targets: Target[];
  product: 'footfall' | 'usual';
  connections: number;
  /** Seconds before anything is measured. */
  warmUp: number;
  seconds: number;
  /** Hits a second over all connections; as many as go when absent. */
  rate?: number;
  /** Reports of engagement beside page views and events. */
  engagement: boolean;
  /** Sends again, after a while, what was not answered, as the snippet does; counts nothing as failed. */
  insist: boolean;
  seed: number;
}

export interface Yield {
  /** While it was measured: hits accepted, and milliseconds until each was. */
  hits: number;
  seconds: number;
  p50: number;
  p99: number;
  worst: number;
  /** From beginning to end: page views and events accepted, each once. */
  events: number;
  /** Of those, the ones that carry their own number as a property, with the sum of these: they are known one by one. */
  numbered: number;
  numbers: string;
  engagements: number;
  /** Answers other than 2xx, by status; 0 is none at all. */
  refused: Record<string, number>;
  /** CPU milliseconds of this process while it was measured. */
  cpu: number;
}

/** Told when measuring begins and ends, so that others read their clocks then. */
export type Word =
  | { type: 'begin' }
  | { type: 'end' }
  | { type: 'done'; result: Yield }
  | { type: 'progress'; events: number };

interface Request {
  bytes: string;
  kind: 'event' | 'engagement';
  /** Its number, where it carries it as a property. */
  numbered?: number;
}

/** Visitors that are on the site at once, for each connection. */
const GUESTS = 40;
const RETRY_MS = 500;
const ANSWER_BYTES = 16_384;

async function run(order: Order): Promise<void> {
  const random = seeded(order.seed);
  const begin = performance.now() + order.warmUp * 1000;
  const end = begin + order.seconds * 1000;
  const took: number[] = [];
  const refused: Record<string, number> = {};
  let [events, engagements, numbered, numbers] = [0, 0, 0, 0n];
  let [cpu, sent] = [process.cpuUsage(), 0];
  const started = performance.now();
  setTimeout(() => {
    cpu = process.cpuUsage();
    tell({ type: 'begin' });
  }, order.warmUp * 1000);
  const ended = new Promise<void>((resolve) => {
    setTimeout(
      () => {
        cpu = process.cpuUsage(cpu);
        tell({ type: 'end' });
        resolve();
      },
      order.warmUp * 1000 + order.seconds * 1000,
    );
  });
  const progress = setInterval(() => tell({ type: 'progress', events }), 1000);

  const lane = async (_: unknown, number: number) => {
    const target = order.targets[number % order.targets.length] as Target;
    const { hostname, port } = new URL(target.url);
    const line = new Line(hostname, Number(port));
    const guests = Array.from({ length: GUESTS }, () => guest(random));
    while (performance.now() < end) {
      if (order.rate !== undefined) {
        const due = started + (sent++ / order.rate) * 1000;
        const early = due - performance.now();
        if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
      }
      const at = Math.floor(random() * GUESTS);
      const who = guests[at] as Guest;
      const request = next(order, target, who, random);
      if (who.left <= 0) guests[at] = guest(random);
      const from = performance.now();
      let status = await line.ask(request.bytes);
      while (!isTaken(status)) {
        refused[status] = (refused[status] ?? 0) + 1;
        if (!order.insist) break;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        status = await line.ask(request.bytes);
      }
      const now = performance.now();
      if (!isTaken(status)) continue;
      // Umami's tracker sends back the token of the last answer, which spares looking the visit up.
      if (order.product === 'usual') who.token = line.token();
      if (request.kind === 'event') {
        events += 1;
        if (request.numbered !== undefined) {
          numbered += 1;
          numbers += BigInt(request.numbered);
        }
      } else {
        engagements += 1;
      }
      if (from >= begin && now < end) took.push(now - from);
    }
    line.close();
  };
  await Promise.all([...Array.from({ length: order.connections }).map(lane), ended]);
  clearInterval(progress);
  took.sort((a, b) => a - b);
  const quantile = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  const result: Yield = {
    hits: took.length,
    seconds: order.seconds,
    p50: quantile(0.5),
    p99: quantile(0.99),
    worst: quantile(1),
    events,
    numbered,
    numbers: String(numbers),
    engagements,
    refused,
    cpu: (cpu.user + cpu.system) / 1000,
  };
  tell({ type: 'done', result });
}

const isTaken = (status: number): boolean => status >= 200 && status < 300;

function tell(word: Word): void {
  process.send?.(word);
}

/** The visitor's next page view or event, or what he read of the page before. */
function next(order: Order, { doors }: Target, who: Guest, random: () => number): Request {
  const door = doors[who.visitor % doors.length] ?? '';
  const engaged = order.engagement && who.made > 0 && random() < 0.4;
  const event = !engaged && who.made > 0 && random() < 0.05;
  const last = who.load * 2 ** 20 + who.made;
  if (!engaged) who.made += 1;
  const seq = who.load * 2 ** 20 + who.made;
  if (!engaged && !event) {
    who.path = pathOf(random);
    who.left -= 1;
  }
  const url = `https://shop.example${who.path}`;
  const { visitor, session, width, language, referrer } = who;
  let hit: object;
  let more = '';
  if (order.product === 'usual') {
    const [website, title] = ['6e2f0c0e-32b5-4d5f-9d3f-1c1f4b0d7a11', `Shop: ${who.path}`];
    const payload = {
      website,
      hostname: 'shop.example',
      screen: `${width}x900`,
      language,
      title,
      url: who.path,
      referrer,
    };
    hit = { type: 'event', payload: event ? { ...payload, name: 'add to cart' } : payload };
    if (who.token) more = `x-umami-cache: ${who.token}\r\n`;
  } else if (engaged) {
    hit = {
      name: 'engagement',
      url,
      visitor,
      session,
      of: last,
      engaged: Math.ceil(random() * 60_000),
      scroll: Math.ceil(random() * 100),
    };
  } else {
    const common = { url, visitor, session, seq, width, language };
    hit = event
      ? { name: 'add to cart', ...common, props: { size: 'm', number: seq } }
      : { name: 'pageview', ...common, referrer };
  }
  const body = JSON.stringify(hit);
  who.head ??= headOf(who);
  const bytes = `POST ${door} ${who.head}${more}content-length: ${body.length}\r\n\r\n${body}`;
  return { bytes, kind: engaged ? 'engagement' : 'event', ...(event && { numbered: seq }) };
}

/** What a visitor's browser and the platform say of him with each request, and after its door. */
const headOf = ({ language, agent, address, cf }: Guest): string =>
  `HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/plain;charset=UTF-8\r\naccept: */*\r\naccept-language: ${language}\r\naccept-encoding: gzip, br\r\norigin: https://shop.example\r\nsec-fetch-site: cross-site\r\nsec-fetch-mode: cors\r\nuser-agent: ${agent}\r\ncf-connecting-ip: ${address}\r\nmf-cf-blob: ${cf}\r\n`;

/** One connection, kept alive; made anew when it broke. */
class Line {
  readonly #host: string;
  readonly #port: number;
  #socket: Socket | null = null;
  #answer: ((status: number) => void) | null = null;
  #text = '';

  constructor(host: string, port: number) {
    this.#host = host;
    this.#port = port;
  }

  /** @returns the status, 0 when there was no answer */
  ask(bytes: string): Promise<number> {
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#text = '';
      this.#socket ??= this.#open();
      // All of it is ASCII: its length is that of the text, and nothing has to be encoded.
      this.#socket.write(bytes, 'latin1');
    });
  }

  /** The token in the last answer. */
  token(): string | undefined {
    return /"cache":"([^"]+)"/.exec(this.#text)?.[1];
  }

  close(): void {
    this.#socket?.destroy();
  }

  #open(): Socket {
    const socket = connect({
      host: this.#host,
      port: this.#port,
      noDelay: true,
      // Past Node's streams, into one piece of memory: a fifth of what a request costs here.
      onread: { buffer: Buffer.allocUnsafe(ANSWER_BYTES), callback: (count, buffer) => this.#read(count, buffer) },
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#end(0);
    });
    return socket;
  }

  #read(count: number, buffer: Uint8Array): boolean {
    this.#text += (buffer as Buffer).toString('latin1', 0, count);
    const head = this.#text.indexOf('\r\n\r\n');
    if (head < 0) return true;
    const status = Number(this.#text.slice(9, 12));
    const length = status === 204 ? '0' : /\r\ncontent-length: (\d+)/i.exec(this.#text)?.[1];
    const whole =
      length === undefined ? this.#text.endsWith('\r\n0\r\n\r\n') : this.#text.length >= head + 4 + Number(length);
    if (whole) this.#end(status);
    return true;
  }

  #end(status: number): void {
    const answer = this.#answer;
    this.#answer = null;
    answer?.(status);
  }
}

process.once('message', (order: Order) => {
  void run(order).then(() => process.disconnect?.());
});
