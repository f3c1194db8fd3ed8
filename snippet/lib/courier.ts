import type { Envelope } from '../../src/contract/wire.ts';
import { apart } from './apart.ts';
import { gzip } from './gzip.ts';
import { gzipNow } from './gzipNow.ts';
import { listen } from './listen.ts';
import { stringify } from './stringify.ts';

/** Bytes that may be on their way with keepalive at once: browsers allow 64 KiB, and the tracker needs some. */
const KEEPALIVE = 60_000;
/** Bytes kept for a server that does not answer. */
const MEMORY = 4e6;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

export interface Chunk {
  envelope: Omit<Envelope, 'sent'>;
  /** The rrweb events as JSON, then the same gzipped; only one of both is kept. */
  body: string | Uint8Array<ArrayBuffer>;
  /** Sent with keepalive: it gets there even when the page goes. */
  safe?: boolean;
}

export interface Courier {
  /** Takes a chunk to deliver. */
  take(chunk: Chunk): void;
  /** Sends now whatever fits, because the page may be going. */
  leave(): void;
  /** True when more is waiting than should be. */
  full(): boolean;
  /** Forgets what waits. */
  drop(): void;
}

/**
 * Delivers chunks in order: each is kept until it is acknowledged, and tried again ever more slowly.
 * @param sent told the bytes of each that has arrived, and whether somebody watches this visit now
 */
export function courier(url: string, refused: () => void, sent: (bytes: number, watched: boolean) => void): Courier {
  let waiting: Chunk[] = [];
  let busy = false;
  let afloat = 0;
  let wake = () => {};

  const size = () => waiting.reduce((sum, { body }) => sum + body.length, 0);

  /** True when the chunk is settled: acknowledged, or refused for good. */
  const post = async (chunk: Chunk, gzipped: Uint8Array): Promise<boolean> => {
    const head = new TextEncoder().encode(`${stringify({ ...chunk.envelope, sent: Date.now() })}\n`);
    const body = new Uint8Array(head.length + gzipped.length);
    body.set(head);
    body.set(gzipped, head.length);
    const keepalive = afloat + body.length <= KEEPALIVE;
    const weight = keepalive ? body.length : 0;
    afloat += weight;
    chunk.safe = keepalive;
    let status = 0;
    let watched = false;
    try {
      const headers = { 'content-type': 'text/plain' };
      const answer = await fetch(url, { method: 'POST', body, keepalive, credentials: 'omit', headers });
      status = answer.status;
      watched = answer.headers.has('x-footfall-watched');
    } catch {} // no answer is status 0: the chunk is kept and tried again
    afloat -= weight;
    chunk.safe = false;
    if (status < 200 || status === 429 || status > 499) return false;
    waiting = waiting.filter((other) => other !== chunk);
    // Without its first picture the rest can't be played.
    if (status === 403 || status === 410 || (status > 399 && chunk.envelope.keyframe)) refused();
    else sent(gzipped.length, watched);
    return true;
  };

  const deliver = async () => {
    if (busy) return;
    busy = true;
    let wait = FIRST_WAIT_MS;
    for (let chunk = waiting[0]; chunk; chunk = waiting[0]) {
      if (typeof chunk.body === 'string') chunk.body = await gzip(await apart(chunk.body, url));
      if (!chunk.safe && waiting[0] === chunk && (await post(chunk, chunk.body))) {
        wait = FIRST_WAIT_MS;
      } else if (waiting[0] === chunk) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, wait * (0.5 + Math.random() / 2));
        });
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
    }
    busy = false;
  };

  listen('online', () => wake());

  return {
    take(chunk) {
      waiting.push(chunk);
      void deliver();
    },
    leave() {
      for (const chunk of waiting) {
        const gzipped = typeof chunk.body === 'string' ? gzipNow(chunk.body) : chunk.body;
        if (!chunk.safe && afloat + gzipped.length + 2_000 <= KEEPALIVE) void post(chunk, gzipped);
      }
    },
    full: () => size() > MEMORY,
    drop() {
      waiting = [];
    },
  };
}
