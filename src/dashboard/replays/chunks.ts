import type { eventWithTime } from '@rrweb/types';
import type { ReplayChunkJson } from '../../contract/api.ts';

/** A chunk that won't come: forgotten by the server, or not what it should be. */
export class Lost extends Error {
  /** The server, or the way to it, was away: it may come when it is asked for again. */
  readonly passing: boolean;

  constructor(message: string, { passing = false } = {}) {
    super(message);
    this.passing = passing;
  }
}

const TRIES = 4;

/** Where a recording's bytes come from, and what shows them. */
export interface Load {
  /** rrweb's player is most of ours: chunks come meanwhile. Null when it can't be had. */
  player: Promise<typeof import('./projector.ts') | null>;
  /**
   * The bytes of chunks that are numbered one after the other.
   * @throws Lost when trying again is no use; the signal's reason when aborted
   */
  chunks(run: ReplayChunkJson[], signal: AbortSignal): Promise<Bytes[]>;
  /** A style sheet, gzipped, by its hash; throws likewise. */
  sheet(hash: string, signal: AbortSignal): Promise<Bytes>;
}

/** From the API, chunks all in one answer, one behind the other; a network that stumbles is tried again. */
export function fromNetwork(base: string, sheets: string, headers: Record<string, string> = {}): Load {
  const sheet: Load['sheet'] = async (hash, signal) => {
    const response = await ask(`${sheets}/${hash}`, { headers, signal });
    if (!response.ok) throw new Lost(`${response.status}`, { passing: passing(response) });
    return new Uint8Array(await response.arrayBuffer());
  };
  const chunks: Load['chunks'] = async (run, signal) => {
    const [first] = run as [ReplayChunkJson];
    const more = run.length > 1 ? `?count=${run.length}` : '';
    const response = await ask(`${base}/chunks/${first.stream}/${first.n}${more}`, { headers, signal });
    if (!response.ok) throw new Lost(`${response.status}`, { passing: passing(response) });
    const whole = await response.arrayBuffer();
    let end = 0;
    const parts = run.map(({ bytes }) => {
      end += bytes;
      return new Uint8Array(whole.slice(end - bytes, end));
    });
    if (end !== whole.byteLength) throw new Lost(`${whole.byteLength} bytes, where the index says ${end}`);
    return parts;
  };
  return { chunks, sheet, player: import('./projector.ts').catch(() => null) };
}

export type Bytes = Uint8Array<ArrayBuffer>;

/** Which chunk of a recording. */
export function keyOf({ stream, n }: Pick<ReplayChunkJson, 'stream' | 'n'>): string {
  return `${stream}/${n}`;
}

/** Bytes of a chunk, unpacked: a recorder's own have half of it at most. What a stranger packs may be a thousand times as long. */
const MOST_BYTES = 8_000_000;

/** What is gzipped in them, to be read as text or JSON; that fails where it is too much. */
export function inflated(bytes: Bytes): Response {
  let left = MOST_BYTES;
  const bounded = new TransformStream<Bytes, Bytes>({
    transform(part, controller) {
      left -= part.length;
      if (left < 0) throw new Lost(`more than ${MOST_BYTES} bytes`);
      controller.enqueue(part);
    },
  });
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).pipeThrough(bounded));
}

/**
 * A chunk's events, inflated by the browser's own decoder, off this thread.
 * @throws Lost when it isn't what it should be
 */
export async function eventsOf(bytes: Bytes): Promise<eventWithTime[]> {
  try {
    const events: unknown = await inflated(bytes).json();
    if (Array.isArray(events)) return events.filter(isEvent);
  } catch (error) {
    throw new Lost(String(error));
  }
  throw new Lost('not a list of events');
}

const FULL_SNAPSHOT = 2;
const META = 4;

/** Index of the meta event that opens the first full snapshot; -1 where there is none. */
export function firstSnapshot(events: eventWithTime[]): number {
  const full = events.findIndex((event) => (event.type as number) === FULL_SNAPSHOT);
  return full < 0 ? -1 : events.findLastIndex((event, i) => i < full && (event.type as number) === META);
}

const passing = ({ status }: Response) => status === 429 || status >= 500;

async function ask(address: string, init: RequestInit & { signal: AbortSignal }): Promise<Response> {
  const { signal } = init;
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(address, init);
      if (!passing(response) || attempt === TRIES) return response;
    } catch (error) {
      if (signal.aborted) throw error;
      if (attempt === TRIES) throw new Lost('the network is down', { passing: true });
    }
    await pause(400 * 2 ** attempt, signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    const aborted = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', aborted, { once: true });
  });
}

/** A recording is somebody else's input: what lacks a time or a type never reaches the player. */
function isEvent(value: unknown): value is eventWithTime {
  const event = value as Partial<eventWithTime> | null;
  return (
    typeof event === 'object' &&
    Number.isFinite(event?.timestamp) &&
    Number.isInteger(event?.type) &&
    typeof event?.data === 'object'
  );
}
