import type { eventWithTime } from '@rrweb/types';
import type { ReplayChunkJson } from '../../contract/api.ts';
import { Lost, loadChunk } from './chunks.ts';
import { type Facts, facts, type Labels, type Moment } from './facts.ts';
import type { Strip, Timeline } from './timeline.ts';

/** Bytes that may be read just to know the rest of the story. */
const SCAN_BYTES = 30_000_000;

/**
 * A recording's chunks: fetches each once at a time, keeps what they say, and forgets their events, which are large.
 * The browser's own cache has their bytes when they are wanted again.
 */
export class Library {
  readonly #address: (chunk: ReplayChunkJson) => string;
  /** Something new is known, or a chunk is known to be lost. */
  readonly #learned: () => void;
  readonly #over = new AbortController();
  readonly #coming = new Map<string, Promise<eventWithTime[] | null>>();
  readonly #facts = new Map<string, Facts>();
  readonly #labels = new Map<number, Labels>();
  readonly #nameless = new Map<number, Moment[]>();
  readonly #lost = new Map<string, ReplayChunkJson>();
  #scanned = 0;
  #scanning = false;

  constructor(address: (chunk: ReplayChunkJson) => string, learned: () => void) {
    this.#address = address;
    this.#learned = learned;
  }

  close(): void {
    this.#over.abort();
    this.#coming.clear();
  }

  get lost(): ReplayChunkJson[] {
    return [...this.#lost.values()];
  }

  readonly isLost = (chunk: ReplayChunkJson): boolean => this.#lost.has(key(chunk));

  /** What a chunk says; undefined until it has been read once. */
  factsOf(chunk: ReplayChunkJson): Facts | undefined {
    return this.#facts.get(key(chunk));
  }

  /** Asks for a chunk that will be taken soon. */
  prepare(strip: Strip, chunk: ReplayChunkJson): void {
    void this.#fetch(strip, chunk);
  }

  /** A chunk's events, for one who keeps them: nobody else does. Null when it is lost. */
  async take(strip: Strip, chunk: ReplayChunkJson): Promise<eventWithTime[] | null> {
    if (this.isLost(chunk)) return null;
    const events = await this.#fetch(strip, chunk);
    this.#coming.delete(key(chunk));
    return events;
  }

  /** A chunk that came, but is no use. */
  lose(chunk: ReplayChunkJson): void {
    if (this.isLost(chunk) || this.#over.signal.aborted) return;
    this.#lost.set(key(chunk), chunk);
    this.#facts.set(key(chunk), { done: [], moments: [] });
    this.#learned();
  }

  /** Reads what nobody has read yet, one by one and while `calm`, to know the whole story. */
  async scan(line: () => Timeline, calm: () => boolean): Promise<void> {
    if (this.#scanning) return;
    this.#scanning = true;
    for (;;) {
      await quiet();
      const found = line()
        .strips.flatMap((strip) => strip.chunks.map((chunk) => ({ strip, chunk })))
        .find(({ chunk }) => !this.#facts.has(key(chunk)));
      if (!found || this.#over.signal.aborted || this.#scanned + found.chunk.bytes > SCAN_BYTES) break;
      if (!calm()) continue;
      const { strip, chunk } = found;
      const wanted = this.#coming.has(key(chunk));
      this.#scanned += chunk.bytes;
      await this.#fetch(strip, chunk);
      if (!wanted) this.#coming.delete(key(chunk));
    }
    this.#scanning = false;
  }

  #fetch(strip: Strip, chunk: ReplayChunkJson): Promise<eventWithTime[] | null> {
    const under = this.#coming.get(key(chunk));
    if (under) return under;
    const coming = loadChunk(this.#address(chunk), this.#over.signal).then(
      (events) => {
        this.#learn(strip, chunk, events);
        return events;
      },
      (error: unknown) => {
        if (error instanceof Lost) this.lose(chunk);
        return null;
      },
    );
    this.#coming.set(key(chunk), coming);
    return coming;
  }

  #learn(strip: Strip, chunk: ReplayChunkJson, events: eventWithTime[]): void {
    if (this.#facts.has(key(chunk))) return;
    const labels = this.#labels.get(strip.stream) ?? new Map<number, string>();
    this.#labels.set(strip.stream, labels);
    const found = facts(events, strip.skew, labels);
    this.#facts.set(key(chunk), found);
    // What is clicked may stand in a chunk that is read later: the names are filled in then.
    const nameless = [
      ...(this.#nameless.get(strip.stream) ?? []),
      ...found.moments.filter(({ node }) => node !== undefined),
    ];
    for (const moment of nameless) moment.text = labels.get(moment.node ?? 0) ?? '';
    this.#nameless.set(
      strip.stream,
      nameless.filter(({ text }) => !text),
    );
    this.#learned();
  }
}

function key({ stream, n }: ReplayChunkJson): string {
  return `${stream}/${n}`;
}

/** When the browser has nothing better to do. */
function quiet(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: 2_000 });
    else setTimeout(resolve, 100);
  });
}
