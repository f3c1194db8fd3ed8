import type { eventWithTime } from '@rrweb/types';
import type { ReplayChunkJson } from '../../contract/api.ts';
import { RUN_CHUNKS } from '../../contract/replay.ts';
import { type Bytes, eventsOf, keyOf, type Load, Lost } from './chunks.ts';
import { type Facts, facts, type Labels, type Moment } from './facts.ts';
import { Sheets } from './sheets.ts';
import type { Strip, Timeline } from './timeline.ts';

/** Bytes that may be read just to know the rest of the story. */
const SCAN_BYTES = 30_000_000;
/** Bytes that come in one answer, unless one chunk alone has more: what is wanted first need not wait for all the rest. */
const RUN_BYTES = 500_000;

/**
 * A recording's chunks: fetches each once at a time, keeps what they say, and forgets their events, which are large.
 * The browser's own cache has their bytes when they are wanted again.
 */
export class Library {
  readonly #load: Load;
  readonly #sheets: Sheets;
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

  constructor(load: Load, learned: () => void) {
    this.#load = load;
    this.#sheets = new Sheets(load.sheet);
    this.#learned = learned;
  }

  get player(): Load['player'] {
    return this.#load.player;
  }

  close(): void {
    this.#over.abort();
    this.#coming.clear();
  }

  get lost(): ReplayChunkJson[] {
    return [...this.#lost.values()];
  }

  readonly isLost = (chunk: ReplayChunkJson): boolean => this.#lost.has(keyOf(chunk));

  /** What a chunk says; undefined until it has been read once. */
  factsOf(chunk: ReplayChunkJson): Facts | undefined {
    return this.#facts.get(keyOf(chunk));
  }

  /** Asks for chunks that will be taken soon, in as few answers as they fit in. */
  prepare(strip: Strip, chunks: ReplayChunkJson[]): void {
    for (const run of runs(chunks.filter((chunk) => !this.#coming.has(keyOf(chunk)) && !this.isLost(chunk))))
      this.#fetch(strip, run);
  }

  /** A chunk's events, for one who keeps them: nobody else does. Null when it is lost. */
  async take(strip: Strip, chunk: ReplayChunkJson): Promise<eventWithTime[] | null> {
    if (this.isLost(chunk)) return null;
    this.prepare(strip, [chunk]);
    const events = await this.#coming.get(keyOf(chunk));
    this.#coming.delete(keyOf(chunk));
    return events ?? null;
  }

  /** A chunk that came, but is no use. */
  lose(chunk: ReplayChunkJson): void {
    if (this.isLost(chunk) || this.#over.signal.aborted) return;
    this.#lost.set(keyOf(chunk), chunk);
    this.#facts.set(keyOf(chunk), { done: [], moments: [], logs: [] });
    this.#learned();
  }

  /** Reads what nobody has read yet, run by run and while `calm`, to know the whole story. */
  async scan(line: () => Timeline, calm: () => boolean): Promise<void> {
    if (this.#scanning) return;
    this.#scanning = true;
    for (;;) {
      await quiet();
      const unread = (chunk: ReplayChunkJson) => !this.#facts.has(keyOf(chunk)) && !this.#coming.has(keyOf(chunk));
      const strip = line().strips.find(({ chunks }) => chunks.some(unread));
      const [run] = runs(strip?.chunks.filter(unread) ?? []);
      const bytes = run?.reduce((sum, chunk) => sum + chunk.bytes, 0) ?? 0;
      if (!strip || !run || this.#over.signal.aborted || this.#scanned + bytes > SCAN_BYTES) break;
      if (!calm()) continue;
      this.#scanned += bytes;
      this.prepare(strip, run);
      await Promise.all(run.map((chunk) => this.#coming.get(keyOf(chunk))));
      for (const chunk of run) this.#coming.delete(keyOf(chunk));
    }
    this.#scanning = false;
  }

  #fetch(strip: Strip, run: ReplayChunkJson[]): void {
    const { signal } = this.#over;
    const bytes = this.#load.chunks(run, signal).catch((error: unknown) => {
      // One that is missing must not take the others along.
      if (error instanceof Lost && run.length > 1) return null;
      throw error;
    });
    const alone = async (chunk: ReplayChunkJson) => (await this.#load.chunks([chunk], signal))[0];
    for (const [i, chunk] of run.entries()) {
      const coming = bytes
        .then(async (all) => eventsOf((all?.[i] ?? (await alone(chunk))) as Bytes))
        .then((events) => this.#sheets.putBack(events, signal))
        .then(
          (events) => {
            this.#learn(strip, chunk, events);
            return events;
          },
          // Whatever is wrong with it: what comes after it is played.
          () => {
            this.lose(chunk);
            return null;
          },
        );
      this.#coming.set(keyOf(chunk), coming);
    }
  }

  #learn(strip: Strip, chunk: ReplayChunkJson, events: eventWithTime[]): void {
    if (this.#facts.has(keyOf(chunk))) return;
    const labels = this.#labels.get(strip.stream) ?? new Map<number, string>();
    this.#labels.set(strip.stream, labels);
    const found = facts(events, strip.skew, labels);
    this.#facts.set(keyOf(chunk), found);
    // What is clicked may stand in a chunk that is read later, as the first one is where its style sheets take longer than
    // the next chunk: the names are filled in then.
    const nameless = [...(this.#nameless.get(strip.stream) ?? []), ...found.moments].filter(
      ({ node, text }) => node !== undefined && !text,
    );
    for (const moment of nameless) moment.text = labels.get(moment.node as number) ?? '';
    this.#nameless.set(strip.stream, nameless);
    this.#learned();
  }
}

/** Chunks by the answers that they come in: numbered one after the other, and not too much at once. */
export function runs(chunks: ReplayChunkJson[]): ReplayChunkJson[][] {
  const all: ReplayChunkJson[][] = [];
  let bytes = 0;
  for (const chunk of chunks) {
    const run = all.at(-1);
    const before = run?.at(-1);
    bytes += chunk.bytes;
    if (run && before && before.n + 1 === chunk.n && run.length < RUN_CHUNKS && bytes <= RUN_BYTES) run.push(chunk);
    else {
      all.push([chunk]);
      bytes = chunk.bytes;
    }
  }
  return all;
}

/** When the browser has nothing better to do. */
function quiet(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: 2_000 });
    else setTimeout(resolve, 100);
  });
}
