import { connect, loggable } from '../db/client.ts';
import { type Bindings, vars } from '../env.ts';
import { objectStore } from '../replays/store.ts';
import { FULL, HELD, nextMark } from './marks.ts';
import { type Waiting, writeOut } from './write-out.ts';

/** First wait after a failed write, and the longest. */
const RETRY_MS = [1_000, 300_000] as const;

/** Decides when a collector writes to Postgres, and does: on common marks of the clock, when much waits, when asked. */
export class Writer {
  readonly #ctx: DurableObjectState;
  readonly #env: Bindings;
  readonly #siteId: number;
  readonly #waiting: Waiting;
  /** A random id of this collector's own, see `schema.ingest_batch`. */
  readonly #collector: number;
  #writing: Promise<void> | null = null;
  #again: Promise<void> | null = null;
  #failures = 0;
  #alarmAt: number | null = null;

  constructor(ctx: DurableObjectState, env: Bindings, siteId: number, waiting: Waiting) {
    this.#ctx = ctx;
    this.#env = env;
    this.#siteId = siteId;
    this.#waiting = waiting;
    this.#collector = Number(waiting.ledger.meta('collector') ?? 0) || this.#name();
    void ctx.blockConcurrencyWhile(async () => {
      this.#alarmAt = await ctx.storage.getAlarm();
    });
  }

  #name(): number {
    const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
    const id = (high >>> 11) * 2 ** 32 + low + 1;
    this.#waiting.ledger.setMeta('collector', id);
    return id;
  }

  /** When Postgres is written to unless somebody asks before; null when nothing waits. */
  get next(): number | null {
    const { ledger, chunks, sheets } = this.#waiting;
    return ledger.waiting.entries > 0 || chunks.bytes > 0 || sheets.waits ? this.#alarmAt : null;
  }

  /** Something came to wait. */
  arrived(now: number): void {
    const { ledger, chunks, sheets } = this.#waiting;
    const { entries, bytes } = ledger.waiting;
    const full =
      entries >= FULL.entries || bytes >= FULL.bytes || sheets.bytes >= FULL.sheetBytes || chunks.bytes > HELD.bytes;
    if (this.#failures > 0) return; // it is tried again anyway
    this.wakeBy(this.#markAfter(now));
    if (full && !this.#writing) this.#ctx.waitUntil(this.flush().catch(() => undefined));
  }

  /**
   * Writes to Postgres all that waits at the moment of the call. Calls while one write is under way share the next.
   * @throws when Postgres can't be reached; what waits stays, and is tried again
   */
  flush(): Promise<void> {
    if (!this.#writing) {
      this.#writing = this.#write().finally(() => {
        this.#writing = null;
      });
      return this.#writing;
    }
    this.#again ??= this.#writing
      .catch(() => undefined)
      .then(() => {
        this.#again = null;
        return this.flush();
      });
    return this.#again;
  }

  /** The mark has come. */
  async alarm(): Promise<void> {
    this.#alarmAt = null;
    await this.flush().catch((error: unknown) => console.error('flush', this.#ctx.id.name, loggable(error)));
  }

  /** Lets a write that is under way end, and plans no other. */
  async stop(): Promise<void> {
    await this.#writing?.catch(() => undefined);
    await this.#ctx.storage.deleteAlarm();
    this.#alarmAt = null;
  }

  /** Runs what must not meet a write that is under way. */
  async alone<T>(work: () => T): Promise<T> {
    while (this.#writing) await this.#writing.catch(() => undefined);
    return work();
  }

  async #write(): Promise<void> {
    const { ledger, chunks, sheets } = this.#waiting;
    const now = Date.now();
    const waits = ledger.waiting.entries > 0 || sheets.waits || chunks.waits(now);
    const outlet = {
      db: connect(this.#env),
      store: objectStore(this.#env),
      siteId: this.#siteId,
      collector: this.#collector,
    };
    try {
      if (waits) {
        await writeOut(outlet, this.#waiting, now);
        this.#failures = 0;
        ledger.setMeta('last_flush', Date.now());
      }
      if (chunks.until !== null) this.wakeBy(this.#markAfter(chunks.until));
    } catch (error) {
      this.#failures += 1;
      this.#waiting.ledger.setMeta('last_error', JSON.stringify({ at: Date.now(), message: messageOf(error) }));
      this.#wakeAt(Date.now() + Math.min(RETRY_MS[0] * 2 ** (this.#failures - 1), RETRY_MS[1]));
      throw error;
    }
  }

  #markAfter(time: number): number {
    return nextMark(time, vars(this.#env).FLUSH_MINUTES);
  }

  /** Has the alarm go off then, or before. */
  wakeBy(time: number): void {
    if (this.#alarmAt === null || this.#alarmAt > time) this.#wakeAt(time);
  }

  #wakeAt(time: number): void {
    this.#alarmAt = time;
    void this.#ctx.storage.setAlarm(time);
  }
}

/** What an error says, with what was behind it. */
function messageOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (cause instanceof Error ? cause.message : String(cause)).slice(0, 500);
}
