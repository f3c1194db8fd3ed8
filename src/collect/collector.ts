import { DurableObject } from 'cloudflare:workers';
import { sql } from 'drizzle-orm';
import type { Settings } from '../collectors.ts';
import type { StatusJson } from '../contract/api.ts';
import { type Envelope, LIMITS } from '../contract/wire.ts';
import { connect, loggable } from '../db/client.ts';
import { type Bindings, vars } from '../env.ts';
import { chunkStore } from '../replays/store.ts';
import { Buckets } from './buckets.ts';
import { ChunkBuffer } from './chunks.ts';
import type { Enriched } from './enrich.ts';
import { Ledger, type Taken, visitKey } from './ledger.ts';
import { Live } from './live.ts';
import { Names, type SiteNames } from './names.ts';
import { saltOf } from './salt.ts';
import { type Note, Tally } from './tally.ts';
import type { Entry } from './visit.ts';
import { type Outlet, writeOut } from './write-out.ts';

/** What the Worker needs of a site before it can take a hit; `unknown` when the site is deleted or never was. */
export type EdgeSettings = { settings: Settings; salt: string; saltUntil: number } | 'unknown';

/** A collector's part of a site's `StatusJson`; times in milliseconds since 1970. */
export interface CollectorStatus {
  counts: StatusJson['counts'];
  buffered: { events: number; bytes: number; replay_bytes: number; oldest: number | null };
  last_flush: number | null;
  next_flush: number | null;
  last_error: { at: number; message: string } | null;
}

/** Visitors seen within so long are here now. */
const HERE_MS = 300_000;
/** How much waits before it is written without waiting for the mark. */
const FULL = { entries: 5_000, bytes: 1_000_000, chunkBytes: 8_000_000 };
/** How often Postgres is asked for settings that nobody pushed. */
const ASK_MS = 60_000;
/** When to try again, in seconds, while the buffer is full. */
const FULL_RETRY_S = 60;
/** First wait after a failed write, and the longest. */
const RETRY_MS = [1_000, 300_000] as const;

/**
 * One site's (one shard's) book-keeper at the edge: takes hits and chunks durably, knows which visit each belongs to, and
 * writes them to Postgres in guarded batches: on common marks of the clock, when much waits, or when somebody looks.
 * No answer leaves before what it answers is durable.
 */
export class Collector extends DurableObject<Bindings> {
  readonly #ledger: Ledger;
  readonly #chunks: ChunkBuffer;
  readonly #tally: Tally;
  readonly #live: Live;
  readonly #senders = new Buckets<number>(LIMITS.senderBurst, LIMITS.senderPerSecond);
  readonly #chunkSenders = new Buckets<number>(LIMITS.senderChunkBurst, LIMITS.senderChunksPerSecond);
  readonly #everybody = new Buckets<''>(LIMITS.collectorBurst, LIMITS.collectorPerSecond);
  readonly #siteId: number;
  readonly #collectorId: number;
  #accepted = 0;
  #committing: Promise<void> | null = null;
  #nextCommit: Promise<void> | null = null;
  #writing: Promise<void> | null = null;
  #again: Promise<void> | null = null;
  #failures = 0;
  #alarmAt: number | null = null;
  /** When Postgres was last asked for settings that nobody pushed; and what goes for them while it doesn't answer. */
  #asked: { at: number; answer: Promise<void> } | null = null;
  #provisional: Settings | null = null;

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env);
    const [siteId, shard] = (ctx.id.name ?? '').split(':').map(Number);
    if (siteId === undefined || Number.isNaN(siteId) || shard === undefined)
      throw new Error(`A collector is named <site>:<shard>, not ${ctx.id.name}`);
    this.#siteId = siteId;
    this.#ledger = new Ledger(ctx.storage, shard);
    this.#chunks = new ChunkBuffer(ctx.storage);
    this.#tally = new Tally(ctx.storage);
    this.#live = new Live(ctx, () => ({
      here: this.#ledger.here(Date.now() - HERE_MS),
      accepted: this.#accepted,
    }));
    this.#collectorId = Number(this.#ledger.meta('collector') ?? 0) || this.#name();
    void ctx.blockConcurrencyWhile(async () => {
      this.#alarmAt = await ctx.storage.getAlarm();
    });
  }

  #name(): number {
    const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
    const id = (high >>> 11) * 2 ** 32 + low + 1;
    this.#ledger.setMeta('collector', id);
    return id;
  }

  // ── Settings ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Takes a site's settings from the control plane. */
  configure(settings: Settings): void {
    this.#ledger.setMeta('deleted', null);
    this.#ledger.setMeta('settings', JSON.stringify(settings));
  }

  /** The site's settings and the day's salt, for the Worker to keep a few seconds. */
  async settings(): Promise<EdgeSettings> {
    if (this.#ledger.meta('deleted')) return 'unknown';
    if (!this.#ledger.meta('settings')) await this.#askOnce();
    const pushed = this.#ledger.meta('settings');
    const settings = pushed ? (JSON.parse(pushed) as Settings) : this.#provisional;
    if (!settings) return 'unknown';
    const { salt, until } = saltOf(this.#ledger, Date.now());
    return { settings, salt, saltUntil: until };
  }

  /**
   * A collector that lost its storage (a restored database, another data folder) asks for its site, once a minute. Only
   * a key that this deployment signed gets here.
   */
  #askOnce(): Promise<void> {
    if (!this.#asked || Date.now() - this.#asked.at > ASK_MS) {
      this.#asked = { at: Date.now(), answer: this.#ask() };
    }
    return this.#asked.answer;
  }

  async #ask(): Promise<void> {
    try {
      const { rows } = await connect(this.env).execute<Settings & Record<string, unknown>>(
        sql`select id, domain, shards, mode, record, mask_text, hash, gpc from site where id = ${this.#siteId}`,
      );
      this.#provisional = null;
      if (rows[0]) this.configure(rows[0]);
    } catch (error) {
      console.error('settings', this.#siteId, loggable(error));
      const plain = { mode: 'persistent', record: 0, mask_text: true, hash: false, gpc: true } as const;
      this.#provisional = { id: this.#siteId, domain: '', shards: 1, ...plain };
    }
  }

  /** The site is gone: so is everything held for it. */
  async forget(): Promise<void> {
    await this.#writing?.catch(() => undefined);
    await this.ctx.storage.deleteAlarm();
    this.#ledger.clear();
    this.#chunks.drop(Number.MAX_SAFE_INTEGER);
    this.#ledger.setMeta('deleted', 1);
    this.#live.close('The site was deleted.');
  }

  // ── Names ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Takes from the control plane what sites are called. Kept by the collector of no site. */
  tellNames(all: SiteNames[]): void {
    new Names(this.ctx.storage).tell(all);
  }

  /** What all sites are called. */
  names(): [name: string, site: number][] {
    return new Names(this.ctx.storage).all();
  }

  // ── Taking ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /**
   * Stores hits; resolves when they are durable. One answer a hit, in order: what became of it, or, when the sender or
   * everybody sends too much, in how many seconds to try again.
   */
  async take(hits: Enriched[]): Promise<(Taken | number)[]> {
    const now = Date.now();
    const taken = hits.map((hit) => this.#tooMuch(hit.sender, now) || this.#ledger.take(hit));
    await this.#commit();
    let accepted = 0;
    for (const how of taken) {
      if (how === 'accepted' || how === 'bot') accepted += 1;
      if (typeof how === 'number') this.#tally.add({ fate: 'refused', reason: 'too_many_requests', count: 1 }, now);
      else this.#tally.add({ fate: how === 'accepted' ? how : 'ignored', reason: how, count: 1 }, now);
    }
    if (accepted > 0) this.#arrived(accepted, now);
    return taken;
  }

  #tooMuch(sender: number, now: number): number {
    if (this.#ledger.waiting.bytes + this.#chunks.bytes > LIMITS.bufferBytes) return FULL_RETRY_S;
    return this.#senders.spend(sender, 1, now) || this.#everybody.spend('', 1, now);
  }

  /** Counts what ended before it got here. */
  note(notes: Note[]): void {
    const now = Date.now();
    for (const note of notes) this.#tally.add(note, now);
    this.#tally.save(now);
  }

  /**
   * Stores a replay chunk; resolves when it is durable. A repeat changes nothing.
   * @returns 0, or in how many seconds to try again
   */
  async keep(envelope: Envelope, visitor: number, sender: number, body: Uint8Array): Promise<number> {
    const now = Date.now();
    const full = this.#ledger.waiting.bytes + this.#chunks.bytes > LIMITS.bufferBytes;
    const wait = full ? FULL_RETRY_S : this.#chunkSenders.spend(sender, 1, now);
    if (wait > 0) {
      this.#tally.add({ fate: 'refused', reason: 'too_many_requests', count: 1 }, now);
      return wait;
    }
    const { stream, n, events, keyframe, url, signals = null, sent } = envelope;
    const signs = { error: Boolean(signals?.errors), rage: Boolean(signals?.rage_clicks) };
    const session = this.#ledger.recorded(visitKey(envelope.session ?? 0, visitor), visitor, signs, now);
    // The client's clock may say anything: only the distance to its own `sent` is believed, and only for a day.
    const moment = (clock: number) => now - Math.min(Math.max(Math.round(sent - clock) || 0, 0), 86_400_000);
    const skew = Math.min(Math.max(Math.round(now - sent) || 0, -8.64e15), 8.64e15);
    const [from, to] = [moment(envelope.from), moment(envelope.to)];
    const row = { stream, n, events, keyframe, url, signals, skew, from: Math.min(from, to), to: Math.max(from, to) };
    this.#chunks.add({ ...row, site_id: this.#siteId, session_id: session, visitor, bytes: body.length, body });
    await this.#commit();
    this.#tally.add({ fate: 'accepted', reason: 'replay_chunk', count: 1 }, now);
    this.#arrived(1, now);
    return 0;
  }

  /**
   * Makes durable what was taken. While one write is under way the next calls gather behind it, and share the one that
   * follows; a call that finds none under way waits for nobody. A repeat waits, too: its first may not be durable yet.
   */
  #commit(): Promise<void> {
    if (this.#committing) {
      this.#nextCommit ??= this.#committing.then(() => {
        this.#nextCommit = null;
        return this.#commit();
      });
      return this.#nextCommit;
    }
    const now = Date.now();
    this.#ledger.append(now);
    this.#tally.save(now);
    this.#committing = this.ctx.storage.sync().finally(() => {
      this.#committing = null;
    });
    return this.#committing;
  }

  #arrived(count: number, now: number): void {
    this.#accepted += count;
    this.#live.tell();
    const { entries, bytes } = this.#ledger.waiting;
    const full = entries >= FULL.entries || bytes >= FULL.bytes || this.#chunks.bytes >= FULL.chunkBytes;
    if (full && this.#failures === 0) this.ctx.waitUntil(this.flush().catch(() => undefined));
    else if (this.#alarmAt === null) this.#wakeAt(nextMark(now, vars(this.env).FLUSH_MINUTES));
  }

  // ── Writing out ──────────────────────────────────────────────────────────────────────────────────────────────────

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

  async #write(): Promise<void> {
    if (this.#ledger.waiting.entries === 0 && this.#chunks.bytes === 0) return;
    const db = connect(this.env);
    const outlet: Outlet = { db, store: chunkStore(this.env, db), siteId: this.#siteId, collector: this.#collectorId };
    try {
      await writeOut(outlet, this.#ledger, this.#chunks);
      this.#failures = 0;
      this.#ledger.setMeta('last_flush', Date.now());
    } catch (error) {
      this.#failures += 1;
      this.#ledger.setMeta('last_error', JSON.stringify({ at: Date.now(), message: messageOf(error) }));
      this.#wakeAt(Date.now() + Math.min(RETRY_MS[0] * 2 ** (this.#failures - 1), RETRY_MS[1]));
      throw error;
    }
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = null;
    await this.flush().catch((error: unknown) => console.error('flush', this.ctx.id.name, loggable(error)));
  }

  #wakeAt(time: number): void {
    this.#alarmAt = time;
    void this.ctx.storage.setAlarm(time);
  }

  // ── Asked ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The live feed. Who may listen is the caller's business. */
  override async fetch(request: Request): Promise<Response> {
    return this.#live.accept(request);
  }

  override webSocketMessage(socket: WebSocket): void {
    this.#live.answer(socket);
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
  }

  /** How this collector is, and what became of what it was sent. */
  status(): CollectorStatus {
    const now = Date.now();
    const { entries, bytes } = this.#ledger.waiting;
    const waits = entries > 0 || this.#chunks.bytes > 0;
    return {
      counts: this.#tally.counts(now),
      buffered: { events: entries, bytes, replay_bytes: this.#chunks.bytes, oldest: this.#ledger.oldest() },
      last_flush: Number(this.#ledger.meta('last_flush')) || null,
      next_flush: waits ? this.#alarmAt : null,
      last_error: JSON.parse(this.#ledger.meta('last_error') ?? 'null') as CollectorStatus['last_error'],
    };
  }

  /** Takes an event out of quarantine back into the log, as if it had just been accepted. */
  async release(entry: Entry): Promise<void> {
    this.#ledger.putBack(entry);
    await this.#commit();
    this.#arrived(1, Date.now());
  }
}

/** What an error says, with what was behind it. */
function messageOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (cause instanceof Error ? cause.message : String(cause)).slice(0, 500);
}

/** The next common mark of the clock: every so many minutes of the UTC day, the same for all collectors. */
function nextMark(now: number, minutes: number): number {
  const span = minutes * 60_000;
  return (Math.floor(now / span) + 1) * span;
}
