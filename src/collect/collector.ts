import { DurableObject } from 'cloudflare:workers';
import { sql } from 'drizzle-orm';
import { collectorOf, type Settings } from '../collectors.ts';
import { BOT_THRESHOLD } from '../contract/bots.ts';
import { NOTHING_EXCLUDED } from '../contract/exclude.ts';
import { type Envelope, EXTRAS, LIMITS, MASKING, RECORDING, TRACK } from '../contract/wire.ts';
import { connect, loggable } from '../db/client.ts';
import { flagsOf } from '../db/schema.ts';
import type { Bindings } from '../env.ts';
import type { Run } from '../replays/chunks.ts';
import { dropSheets } from '../replays/sheets.ts';
import { objectName, objectStore } from '../replays/store.ts';
import { sealSite } from '../seals/due.ts';
import { Buckets } from './buckets.ts';
import { ChunkBuffer } from './chunks.ts';
import type { Enriched } from './enrich.ts';
import { Ledger, type Taken } from './ledger.ts';
import { Live, type LivePart } from './live.ts';
import { Names, type SiteNames } from './names.ts';
import { dropSalts, saltOf } from './salt.ts';
import { Busyness, SHARDS_MAX, type Shards } from './shards.ts';
import { Sheets } from './sheets.ts';
import { type Sought, Spread } from './spread.ts';
import { type Counted, type Note, Tally } from './tally.ts';
import { type Entry, visitKey } from './visit.ts';
import { Watchers } from './watchers.ts';
import { Writer } from './writer.ts';

/** What the Worker needs of a site before it can take a hit; `unknown` when the site is deleted or never was. */
export type EdgeSettings = { settings: Settings; shards: number; salt: string; saltUntil: number } | 'unknown';

/**
 * What became of a hit or a chunk: taken one way or the other; to be tried again in `retry` seconds; or it belongs to
 * another collector, since the site has more of them now, or had fewer when its visit began; or the site is gone.
 */
export type Outcome<How> = How | 'site_deleted' | { retry: number } | { shard: number };

/** A collector's part of a site's `StatusJson`; times in milliseconds since 1970. */
export interface CollectorStatus {
  counts: Counted[];
  buffered: { events: number; bytes: number; replay_bytes: number; oldest: number | null };
  last_flush: number | null;
  next_flush: number | null;
  last_error: { at: number; message: string } | null;
}

/** Visitors seen within so long are here now. */
const HERE_MS = 300_000;
/** How often Postgres is asked for settings that nobody pushed. */
const ASK_MS = 60_000;
/** Every setting, as Postgres calls it. */
const SETTINGS = [
  ...([
    'id',
    'domain',
    'mode',
    'record',
    'masking',
    'recording',
    'extras',
    'hash',
    'gpc',
    'dnt',
    'bot_threshold',
    'bot_rules',
  ] as const),
  ...(['archived', 'exclude', 'consent', 'hash_identify', 'track'] as const),
] satisfies (keyof Settings)[];

/** Whether these are all, and not those of an older version. */
const isWhole = (settings: Partial<Settings> | null): settings is Settings =>
  settings !== null && SETTINGS.every((name) => name in settings);

/** When days are sealed again after that failed: what is too large for one request costs a minute of the database each time. */
const SEAL_RETRY_MS = 3_600_000;

/** When to try again, in seconds, while the site has as many style sheets as it may: some are swept each day. */
const SHEETS_RETRY_S = 86_400;

/** When to try again, in seconds, while the buffer is full. */
const FULL_RETRY_S = 60;

/**
 * One site's (one shard's) book-keeper at the edge: takes hits and chunks durably, knows which visit each belongs to, and
 * has them written to Postgres in guarded batches. No answer leaves before what it answers is durable. The first of a
 * site's collectors (shard 0) also keeps the site's settings, knows how many there are, and speaks for all of them.
 */
export class Collector extends DurableObject<Bindings> {
  readonly #siteId: number;
  readonly #shard: number;
  readonly #ledger: Ledger;
  readonly #chunks: ChunkBuffer;
  readonly #sheets: Sheets;
  readonly #tally: Tally;
  readonly #writer: Writer;
  readonly #live: Live;
  readonly #watchers: Watchers;
  readonly #senders = new Buckets<number>(LIMITS.senderBurst, LIMITS.senderPerSecond);
  readonly #chunkSenders = new Buckets<number>(LIMITS.senderChunkBurst, LIMITS.senderChunksPerSecond);
  readonly #everybody = new Buckets<''>(LIMITS.collectorBurst, LIMITS.collectorPerSecond);
  readonly #busyness = new Busyness();
  readonly #spread: Spread;
  #accepted = 0;
  #sealing = false;
  #deleted: boolean;
  /** When Postgres was last asked for settings that nobody pushed; and what goes for them while it doesn't answer. */
  #asked: { at: number; answer: Promise<void> } | null = null;
  #provisional: Settings | null = null;

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env);
    const [siteId, shard] = (ctx.id.name ?? '').split(':').map(Number);
    if (siteId === undefined || Number.isNaN(siteId) || shard === undefined)
      throw new Error(`A collector is named <site>:<shard>, not ${ctx.id.name}`);
    this.#siteId = siteId;
    this.#shard = shard;
    this.#ledger = new Ledger(ctx.storage, shard);
    this.#deleted = this.#ledger.meta('deleted') !== null;
    this.#chunks = new ChunkBuffer(ctx.storage);
    this.#sheets = new Sheets(ctx.storage);
    this.#tally = new Tally(ctx.storage);
    this.#writer = new Writer(ctx, env, siteId, { ledger: this.#ledger, chunks: this.#chunks, sheets: this.#sheets });
    this.#spread = new Spread(this.#ledger, shard, (other) => collectorOf(env, siteId, other));
    const source = { ctx, visits: () => this.#ledger.here(Date.now() - HERE_MS), accepted: () => this.#accepted };
    this.#live = new Live(source, shard === 0 ? null : (part) => this.#first.hear(shard, part));
    this.#watchers = new Watchers(ctx);
  }

  /** The site's first collector. */
  get #first(): DurableObjectStub<Collector> {
    return collectorOf(this.env, this.#siteId, 0);
  }

  // ── Settings ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Takes a site's settings from the control plane. */
  configure(settings: Settings): void {
    this.#deleted = false;
    this.#ledger.setMeta('deleted', null);
    this.#ledger.setMeta('settings', JSON.stringify(settings));
  }

  /** The site's settings and the day's salt, for the Worker to keep a few seconds. */
  async settings(): Promise<EdgeSettings> {
    if (this.#deleted) return 'unknown';
    if (!isWhole(this.#pushed())) await this.#askOnce();
    const pushed = this.#pushed();
    const settings = isWhole(pushed) ? pushed : this.#provisional && { ...this.#provisional, ...pushed };
    if (!settings) return 'unknown';
    const { salt, until } = saltOf(this.#ledger, Date.now());
    this.#keepSaltsNoLonger();
    return { settings, shards: this.#spread.count, salt, saltUntil: until };
  }

  #pushed(): Partial<Settings> | null {
    return JSON.parse(this.#ledger.meta('settings') ?? 'null') as Partial<Settings> | null;
  }

  /** Salts go by the clock, whether or not anybody comes. */
  #keepSaltsNoLonger(): void {
    const due = dropSalts(this.#ledger, Date.now());
    if (due !== null) this.#writer.wakeBy(due);
  }

  /**
   * A collector that lost its storage (a restored database, another data folder), or was told its settings by a version
   * that didn't have all of them, asks for its site, once a minute. Only a key that this deployment signed gets here.
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
        sql`select ${sql.join(
          SETTINGS.map((name) => sql.identifier(name)),
          sql`, `,
        )} from site where id = ${this.#siteId}`,
      );
      this.#provisional = null;
      if (rows[0]) this.configure(rows[0]);
    } catch (error) {
      console.error('settings', this.#siteId, loggable(error));
      const plain = {
        mode: 'persistent',
        record: 0,
        masking: { ...MASKING, text: 'all' },
        recording: RECORDING,
        extras: EXTRAS,
        hash: false,
        gpc: true,
        dnt: true,
        archived: false,
      } as const;
      const judging = { bot_threshold: BOT_THRESHOLD, bot_rules: {}, exclude: NOTHING_EXCLUDED };
      const snippet = { consent: true, hash_identify: true, track: { ...TRACK, titles: false } };
      this.#provisional = { id: this.#siteId, domain: '', ...plain, ...judging, ...snippet };
    }
  }

  /** The site is gone: so is everything held for it. */
  async forget(): Promise<void> {
    this.#deleted = true;
    await this.#writer.stop();
    this.#ledger.clear();
    this.#chunks.forget();
    this.#sheets.forget('9999-12-31');
    this.#ledger.setMeta('salts', null);
    this.#ledger.setMeta('deleted', 1);
    for (const socket of this.ctx.getWebSockets()) socket.close(1000, 'The site was deleted.');
    if (this.#shard === 0) await Promise.all(this.#spread.others.map((other) => other.forget()));
  }

  // ── Names ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Takes from the control plane what sites are called. Kept by the collector of no site. */
  tellNames(all: SiteNames[]): void {
    new Names(this.ctx.storage).tell(all);
  }

  /** What all sites are called. */
  names(): Map<string, number> {
    return new Names(this.ctx.storage).all();
  }

  // ── Taking ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /**
   * Stores hits; resolves when they are durable. One answer a hit, in order.
   * @param text `Enriched[]` as JSON: so many small objects cost less so than as the platform copies them
   */
  async take(text: string): Promise<Outcome<Taken>[]> {
    const now = Date.now();
    const hits = JSON.parse(text) as Enriched[];
    const homes = this.#spread.alone ? [] : await this.#spread.homes(hits.map(soughtBy), now);
    const before = this.#ledger.pending.length;
    const taken = hits.map(
      (hit, i) => this.#gone ?? homes[i] ?? this.#tooMuch(hit.sender, now) ?? this.#ledger.take(hit),
    );
    const entries = this.#ledger.pending.slice(before);
    let accepted = 0;
    for (const [i, how] of taken.entries()) {
      if (how === 'accepted' || how === 'bot') accepted += 1;
      const note = noteOf(how, hits[i]?.kind);
      if (note) this.#tally.add(note, now);
    }
    this.#append(now);
    if (accepted > 0) this.#arrived(accepted, entries, now);
    return taken;
  }

  /** An isolate believes for some seconds that the site is there. */
  get #gone(): 'site_deleted' | null {
    return this.#deleted ? 'site_deleted' : null;
  }

  #tooMuch(sender: number, now: number): { retry: number } | null {
    const retry = this.#full || this.#senders.spend(sender, 1, now) || this.#everybody.spend('', 1, now);
    return retry > 0 ? { retry } : null;
  }

  get #full(): number {
    return this.#ledger.waiting.bytes + this.#chunks.bytes + this.#sheets.bytes > LIMITS.bufferBytes ? FULL_RETRY_S : 0;
  }

  /** Counts what ended before it got here. */
  note(notes: Note[]): void {
    const now = Date.now();
    for (const note of notes) this.#tally.add(note, now);
    this.#tally.save(now);
  }

  /** Stores a replay chunk; resolves when it is durable. A repeat changes nothing. Says also whether its visit is watched. */
  async keep(
    envelope: Envelope & { page: string },
    visitor: number,
    sender: number,
    body: Uint8Array,
  ): Promise<Outcome<'accepted' | 'watched'>> {
    const now = Date.now();
    const key = visitKey(envelope.session ?? 0, visitor);
    const [home] = await this.#spread.homes([{ key, visitor, time: now }], now);
    if (this.#gone) return this.#gone;
    if (home) return home;
    const retry = this.#full || this.#chunkSenders.spend(sender, 1, now);
    if (retry > 0) {
      this.#tally.add({ fate: 'refused', reason: 'too_many_requests', count: 1 }, now);
      return { retry };
    }
    const { stream, n, events, keyframe, url, signals = null, sent, page, touches } = envelope;
    const [width, height] = envelope.view ?? [];
    const found = flagsOf((signal) => signals?.[signal]);
    const session = this.#ledger.recorded(key, visitor, found, now);
    // The client's clock may say anything: only the distance to its own `sent` is believed, and only for a day.
    const moment = (clock: number) => now - Math.min(Math.max(Math.round(sent - clock) || 0, 0), 86_400_000);
    const skew = Math.min(Math.max(Math.round(now - sent) || 0, -8.64e15), 8.64e15);
    const [from, to] = [moment(envelope.from), moment(envelope.to)];
    const shown = { page, ...(width && height && { width, height }), ...(touches && { touches }) };
    const told = { stream, n, events, keyframe, url, signals, skew, ...shown };
    const row = { ...told, from: Math.min(from, to), to: Math.max(from, to) };
    const chunk = { ...row, site_id: this.#siteId, session_id: session, visitor, bytes: body.length, body };
    this.#chunks.add(chunk, now);
    this.#tally.add({ fate: 'accepted', reason: 'replay_chunk', count: 1 }, now);
    this.#append(now);
    this.#arrived(1, [], now);
    return this.#watchers.arrived(chunk) ? 'watched' : 'accepted';
  }

  /** Bytes of chunks of a visit's stream that wait here, one behind the other; null when one of them doesn't. */
  heldChunks({ session_id, stream, n, count }: Omit<Run, 'site_id'>): Uint8Array | null {
    return this.#chunks.held({ session_id, stream, n }, count);
  }

  /** Forgets what waits of recordings of visits that were opened here. */
  async forgetRecordings(sessions: number[]): Promise<void> {
    await this.#forgetChunks(() => sessions);
  }

  /**
   * Forgets a visitor's visits, and what waits of them and of their recordings.
   * @throws when Postgres can't be reached: what waits has to be there, for his visits to be deleted
   */
  async forgetVisitor(visitor: number): Promise<void> {
    await this.flush();
    await this.#forgetChunks(() => this.#ledger.forget(visitor));
  }

  async #forgetChunks(visits: () => number[]): Promise<void> {
    const parts = await this.#writer.alone(() => this.#chunks.forget(visits()));
    await objectStore(this.env).drop(parts.map((part) => objectName.part({ site_id: this.#siteId, ...part })));
  }

  /** The same for all of the site's collectors; the first one's business. */
  async forgetVisitorAll(visitor: number): Promise<void> {
    await Promise.all([this.forgetVisitor(visitor), ...this.#spread.others.map((one) => one.forgetVisitor(visitor))]);
  }

  /** Which of these style sheets the site has not; the first one's business. */
  missingSheets(hashes: string[], sender: number): Outcome<string[]> {
    const now = Date.now();
    const retry = this.#chunkSenders.spend(sender, 1, now);
    return this.#gone ?? (retry > 0 ? { retry } : this.#sheets.missing(hashes, dayOf(now)));
  }

  /** Stores a style sheet, gzipped, by the hash that it was found to have. */
  keepSheet(hash: string, sender: number, body: Uint8Array): Outcome<'accepted'> {
    const now = Date.now();
    if (this.#gone) return this.#gone;
    const retry = this.#full || this.#chunkSenders.spend(sender, 1, now);
    if (retry > 0) return { retry };
    if (!this.#sheets.add(hash, body, dayOf(now))) return { retry: SHEETS_RETRY_S };
    this.#writer.arrived(now);
    return 'accepted';
  }

  /** Forgets style sheets that weren't used since a day, `YYYY-MM-DD`: no recording names them any more. */
  async sweepSheets(before: string): Promise<void> {
    const db = connect(this.env);
    this.#sheets.forget(before);
    const dropped = { site: this.#siteId, before, again: (hash: string) => this.#sheets.has(hash) };
    await this.#sheets.inTurn(() => dropSheets(db, objectStore(this.env), dropped));
  }

  /**
   * Writes down what was taken, as one row. The platform holds every answer of this object back until it is durable (its
   * output gate), a repeat's too; waiting for that here as well was measured to cost three quarters of the throughput.
   */
  #append(now: number): void {
    this.#ledger.append(now);
    this.#tally.save(now);
  }

  #arrived(count: number, entries: Entry[], now: number): void {
    this.#accepted += count;
    this.#live.arrived(entries);
    this.#writer.arrived(now);
    if (this.#busyness.arrived(count, now)) this.ctx.waitUntil(this.#askForMore());
  }

  // ── Shards ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Which of these visits were opened here. */
  knows(sought: Sought[]): boolean[] {
    return this.#spread.knows(sought);
  }

  /** Takes part in a new spread of the site's visitors. */
  spread(shards: Shards): void {
    this.#spread.become(shards);
  }

  /** Raises the number of the site's collectors; the first one's business. @returns how many there are */
  async raise(to: number): Promise<number> {
    if ((await this.#spread.raise(to)) && this.#live.listened) await this.#listen();
    return this.#spread.count;
  }

  async #askForMore(): Promise<void> {
    const to = Math.min(this.#spread.count * 2, SHARDS_MAX);
    await (this.#shard === 0 ? this.raise(to) : this.#first.raise(to)).catch((error: unknown) =>
      console.error('raise', this.ctx.id.name, loggable(error)),
    );
  }

  // ── Writing out ──────────────────────────────────────────────────────────────────────────────────────────────────

  /** Writes to Postgres all that waits here. @throws when Postgres can't be reached; it is tried again */
  flush(): Promise<void> {
    return this.#writer.flush();
  }

  /** The same for all of the site's collectors; the first one's business. */
  async flushAll(): Promise<void> {
    await Promise.all([this.flush(), ...this.#spread.others.map((other) => other.flush())]);
    this.ctx.waitUntil(this.#seal());
  }

  override async alarm(): Promise<void> {
    this.#tally.saveAll(Date.now());
    await this.#writer.alarm();
    this.#keepSaltsNoLonger();
    await this.#seal();
  }

  /** Postgres is awake, and a day may have closed since the last time. The first collector's business. */
  async #seal(): Promise<void> {
    const now = Date.now();
    if (this.#shard !== 0 || this.#deleted || this.#sealing || now < Number(this.#ledger.meta('seal_due'))) return;
    this.#sealing = true;
    try {
      this.#ledger.setMeta('seal_due', await sealSite(connect(this.env), this.#siteId, now));
    } catch (error) {
      console.error('seal', this.#siteId, loggable(error));
      this.#ledger.setMeta('seal_due', now + SEAL_RETRY_MS);
    } finally {
      this.#sealing = false;
    }
  }

  // ── Asked ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** A WebSocket: of one visit as it happens, or the live feed, which is the first one's business. Who may listen is the caller's. */
  override async fetch(request: Request): Promise<Response> {
    const visit = new URL(request.url).searchParams.get('visit');
    if (visit) return this.#watchers.accept(Number(visit));
    const response = this.#live.accept();
    await this.#listen();
    return response;
  }

  /** Asks the other collectors to tell what happens. */
  async #listen(): Promise<void> {
    await Promise.all(this.#spread.others.map((other) => other.tellFirst()));
  }

  /** Somebody listens at the first collector. */
  tellFirst(): void {
    this.#live.begin();
  }

  /** What another collector tells. @returns whether anybody listens */
  hear(shard: number, part: LivePart): boolean {
    return this.#live.told(shard, part);
  }

  override async webSocketMessage(socket: WebSocket): Promise<void> {
    if (this.#watchers.has(socket)) return this.#watchers.answer(socket);
    this.#live.answer(socket);
    await this.#listen();
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
  }

  /** How this collector is, and what became of what it was sent. */
  status(): CollectorStatus {
    const now = Date.now();
    const { entries, bytes } = this.#ledger.waiting;
    return {
      counts: this.#tally.counts(now),
      buffered: {
        events: entries,
        bytes,
        replay_bytes: this.#chunks.bytes + this.#sheets.bytes,
        oldest: this.#ledger.oldest(),
      },
      last_flush: Number(this.#ledger.meta('last_flush')) || null,
      next_flush: this.#writer.next,
      last_error: JSON.parse(this.#ledger.meta('last_error') ?? 'null') as CollectorStatus['last_error'],
    };
  }

  /** The same of all of the site's collectors; the first one's business. */
  statusAll(): Promise<CollectorStatus[]> {
    return Promise.all([this.status(), ...this.#spread.others.map((other) => other.status())]);
  }

  /** Takes an event out of quarantine back into the log, as if it had just been accepted. */
  release(entry: Entry): void {
    this.#ledger.putBack(entry);
    const now = Date.now();
    this.#append(now);
    this.#arrived(1, [], now);
  }
}

/** Who a hit's visit is asked for by. */
const soughtBy = ({ client, visitor, time }: Enriched): Sought => ({ key: visitKey(client, visitor), visitor, time });

/** Of UTC, `YYYY-MM-DD`. */
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** How a hit's end is counted; null for one that another collector will count. */
function noteOf(how: Outcome<Taken>, kind: Enriched['kind'] | undefined): Note | null {
  if (how === 'site_deleted') return null;
  if (how === 'accepted') return { fate: 'accepted', reason: kind === 'engagement' ? kind : how, count: 1 };
  if (typeof how === 'string') return { fate: 'ignored', reason: how, count: 1 };
  return 'retry' in how ? { fate: 'refused', reason: 'too_many_requests', count: 1 } : null;
}
