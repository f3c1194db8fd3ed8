import { LIMITS, VISIT_IDLE_MS } from '../contract/wire.ts';
import type { Enriched } from './enrich.ts';
import { FULL } from './marks.ts';
import { samePage } from './view.ts';
import {
  current,
  type Entry,
  type EventEntry,
  foundIn,
  momentIn,
  openVisit,
  take,
  takesIn,
  type Visit,
  visitKey,
} from './visit.ts';

type Value = string | number | null | ArrayBuffer;

/** What a ledger stands on: as much of a Durable Object's storage as it uses, so that tests can give it any SQLite. */
export interface LedgerStorage {
  sql: {
    exec(
      query: string,
      ...bindings: (Value | Uint8Array)[]
    ): Iterable<Record<string, Value>> & { toArray(): Record<string, Value>[]; one(): Record<string, Value> };
  };
  transactionSync<T>(work: () => T): T;
}

/** Entries of a batch on its way to Postgres: always the same ones until they are written or refused. */
export interface Batch {
  /** Number of the batch, for the guard row. */
  number: number;
  entries: Entry[];
  /** The visits those entries belong to, as of the moment the batch was sealed. */
  visits: Visit[];
}

/** Where the log stands. One row of `meta`: a row written is what an object's storage is paid by. */
interface Book {
  /** Of the batch on its way, or of the next. */
  number: number;
  /** The span of the log that is sealed, null when none is; and which of its entries are the batch. */
  upto: number | null;
  skip: number;
  size: number;
  /** The row of the log that the visits in SQLite have taken in. */
  checkpoint: number;
  /** The latest visit id that was given away by then. */
  lastId: number;
}

/** How a hit ended: stored, or left out on purpose. */
export type Taken = 'accepted' | 'bot' | 'duplicate' | 'no_page_view';

/** A visit that nothing was heard of for so long is forgotten; twice the age that a held-back hit may have. */
export const FORGET_MS = 2 * 86_400_000;
/** A quiet visit leaves memory, and comes back from SQLite when needed. */
const COOL_MS = VISIT_IDLE_MS + 300_000;
/** Visits that one statement writes down: it may have a hundred bound values. */
const ROWS = 25;
/** Row ids: seconds × 2^21 + shard × 2^15 + count. */
const SECOND = 2 ** 21;
const SHARD = 2 ** 15;

/**
 * The durable book of one collector: a log of what was accepted, the visits it adds up to, and the batch being written.
 *
 * One row of the log holds all that one call brought. Visits live in memory; sealing a batch writes the changed ones down
 * (`checkpoint`), so that after a restart they are that checkpoint plus the log behind it. A sealed batch is a span
 * of the log and its visits' checkpoints, all in SQLite: sent again, it is the same batch.
 */
export class Ledger {
  readonly #storage: LedgerStorage;
  readonly #shard: number;
  /** Warm visits by id, and the latest by key. */
  readonly #visits = new Map<number, Visit>();
  readonly #keys = new Map<string, Visit>();
  readonly #dirty = new Set<Visit>();
  #lastId: number;
  #book: Book;
  #waiting: { entries: number; bytes: number };
  /** Taken, but not in the log yet. */
  #taken: Entry[] = [];
  /** Whether the visits of a moment ago were fetched back after a restart. */
  #recalled = false;

  constructor(storage: LedgerStorage, shard: number) {
    this.#storage = storage;
    this.#shard = shard;
    storage.sql.exec(`
      create table if not exists meta (key text primary key, value) without rowid;
      create table if not exists log (
        seq integer primary key, at integer not null, entries integer not null, body text not null);
      create table if not exists visit (id integer primary key, key text not null, last integer not null, body text not null);
      drop index if exists visit_key; -- of (key, last), written anew with each visit; a key has few visits
      create index if not exists visit_of_key on visit (key);
    `);
    this.#waiting = this.#count();
    this.#book = this.#opened();
    this.#lastId = this.#book.lastId;
    const behind = storage.sql.exec('select body from log where seq > ? order by seq', this.#book.checkpoint);
    for (const { body } of behind) for (const entry of JSON.parse(body as string) as Entry[]) this.#apply(entry);
  }

  // ── Small facts ──────────────────────────────────────────────────────────────────────────────────────────────────

  meta(key: string): string | null {
    const row = this.#storage.sql.exec('select value from meta where key = ?', key).toArray()[0];
    return row ? String(row.value) : null;
  }

  setMeta(key: string, value: string | number | null): void {
    if (value === null) this.#storage.sql.exec('delete from meta where key = ?', key);
    else this.#storage.sql.exec('insert or replace into meta (key, value) values (?, ?)', key, value);
  }

  #opened(): Book {
    const book = this.meta('book');
    return book ? (JSON.parse(book) as Book) : { number: 1, upto: null, skip: 0, size: 0, checkpoint: 0, lastId: 0 };
  }

  /** Writes the book down, in the transaction of what it tells of: it holds for this object once that is through. */
  #turn(work: () => Partial<Book>): void {
    let turned = this.#book;
    this.#storage.transactionSync(() => {
      turned = { ...this.#book, ...work() };
      this.setMeta('book', JSON.stringify(turned));
    });
    this.#book = turned;
  }

  /** Whether a batch is on its way. */
  get sealed(): boolean {
    return this.#book.upto !== null;
  }

  /** Forgets everything but its own meta. */
  clear(): void {
    this.#turn(() => {
      this.#storage.sql.exec('delete from log');
      this.#storage.sql.exec('delete from visit');
      return { upto: null, checkpoint: 0 };
    });
    this.#visits.clear();
    this.#keys.clear();
    this.#dirty.clear();
    this.#taken = [];
    this.#waiting = this.#count();
  }

  /**
   * Forgets a visitor's visits, with what waits of them; what comes of one later opens another. Not while a batch is sealed: that
   * is what it is.
   * @returns their ids
   */
  forget(visitor: number): number[] {
    if (this.sealed) throw new Error('a batch is on its way');
    const { sql } = this.#storage;
    const kept = sql.exec("select id from visit where body ->> '$.visitor' = ?", visitor).toArray();
    // What a visit in memory says of itself is newer.
    const ids = new Set(kept.map(({ id }) => Number(id)).filter((id) => !this.#visits.has(id)));
    for (const visit of this.#visits.values()) {
      if (visit.visitor !== visitor) continue;
      ids.add(visit.id);
      this.#visits.delete(visit.id);
      this.#dirty.delete(visit);
      if (this.#keys.get(visit.key) === visit) this.#keys.delete(visit.key);
    }
    const others = (entries: Entry[]) => entries.filter(({ visit }) => !ids.has(visit));
    this.#taken = others(this.#taken);
    this.#turn(() => {
      sql.exec('delete from visit where id in (select value from json_each(?))', JSON.stringify([...ids]));
      for (const { seq, body } of sql.exec('select seq, body from log').toArray()) {
        const left = others(JSON.parse(body as string) as Entry[]);
        // Its row stays, empty: what is written next lies behind the checkpoint.
        sql.exec(
          'update log set entries = ?, body = ? where seq = ?',
          left.length,
          JSON.stringify(left),
          seq as number,
        );
      }
      if (this.#count().entries > 0) return {};
      sql.exec('delete from log');
      return { checkpoint: 0 };
    });
    this.#waiting = this.#count();
    return [...ids];
  }

  // ── Taking ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Drops a repeat, and finds or opens the hit's visit. What is new is written by `append`. */
  take(hit: Enriched): Taken {
    const key = visitKey(hit.client, hit.visitor);
    const visit = this.#find(key, hit.time);
    if (hit.kind === 'engagement') {
      const { adds, scroll = 0, time } = hit;
      const page = visit?.pages.findLast(([seq]) => (adds ? samePage(seq, hit.of ?? 0) : seq === hit.of));
      if (!visit || !page) return 'no_page_view';
      const engaged = (hit.engaged ?? 0) + (adds ? page[2] : 0);
      const named =
        hit.user !== undefined && hit.user !== visit.visitor
          ? { visitor: hit.user, ...this.#renaming(visit, hit.user) }
          : undefined;
      if (engaged <= page[2] && scroll <= page[3] && !named) return 'duplicate';
      this.#log({ type: 'engagement', visit: visit.id, viewed: page[1], time, engaged, scroll, ...named });
      return visit.bot ? 'bot' : 'accepted';
    }
    if (hit.seq !== null && visit?.seen.includes(hit.seq)) return 'duplicate';
    const { name, page, title, hostname, props, amount, currency } = hit;
    const time = momentIn(visit, hit.time);
    // One visit has one visitor and one verdict: its first event's, until the site says who it is.
    const visitor = hit.user ?? visit?.visitor ?? hit.visitor;
    const bot = visit && visit.events > 0 ? visit.bot : hit.bot;
    const entry: EventEntry = {
      type: 'event',
      visit: visit?.id ?? this.#newId(hit.time),
      key,
      seq: hit.seq ?? this.#ownNumber(visit),
      time,
      visitor,
      ...this.#renaming(visit, visitor),
      view: hit.kind === 'pageview',
      name,
      page,
      hostname,
      bot,
    };
    if (title) entry.title = title;
    if (hit.rules) entry.rules = hit.rules;
    if (hit.quiet) entry.quiet = hit.quiet;
    if (!visit || time < visit.factsTime) entry.facts = hit.facts;
    if (props) entry.props = props;
    if (amount !== undefined && currency !== undefined) Object.assign(entry, { amount, currency });
    this.#log(entry);
    return bot ? 'bot' : 'accepted';
  }

  /** Events of a visit that was in a batch are written under the name that it had. */
  #renaming(visit: Visit | null, visitor: number): { renames?: true } {
    const written = visit !== null && visit.events > 0 && visit.id <= this.#book.lastId;
    return written && visitor !== visit.visitor ? { renames: true } : {};
  }

  /** An entry that was taken before, and written off: it goes into the next batch. Its visit counts it already. */
  putBack(entry: Entry): void {
    this.#taken.push(entry);
  }

  /** Taken, but not in the log yet. */
  get pending(): Entry[] {
    return this.#taken;
  }

  /** Whether a visit of this key, going on at that time, was opened here. */
  knows(key: string, time: number): boolean {
    return this.#find(key, time) !== null;
  }

  /**
   * The visit that a recording belongs to, opened when nothing else was heard of it yet.
   * @param signals what was found in it, as bits of `SESSION_FLAG`
   */
  recorded(key: string, visitor: number, signals: number, now: number): number {
    const known = this.#find(key, now);
    if (known?.replay && (signals & ~foundIn(known)) === 0) return known.id;
    const visit = known?.id ?? this.#newId(now);
    const entry: Entry = { type: 'recorded', visit, key, visitor, time: now, signals };
    this.#log(entry);
    return visit;
  }

  #log(entry: Entry): void {
    this.#apply(entry);
    this.#taken.push(entry);
  }

  /**
   * Writes what was taken since the last time as one row, whoever brought it.
   * @returns false when there was nothing
   */
  append(now: number): boolean {
    const entries = this.#taken;
    if (entries.length === 0) return false;
    this.#taken = [];
    const body = JSON.stringify(entries);
    this.#storage.sql.exec('insert into log (at, entries, body) values (?, ?, ?)', now, entries.length, body);
    this.#waiting.entries += entries.length;
    this.#waiting.bytes += body.length;
    return true;
  }

  /** A number for an event that came without one. */
  #ownNumber(visit: Visit | null): number {
    let number = visit?.events ?? 0;
    while (visit?.seen.includes(number)) number += 1;
    return number;
  }

  #newId(time: number): number {
    const least = Math.floor(time / 1000) * SECOND + this.#shard * SHARD;
    this.#lastId = Math.max(this.#lastId + 1, least);
    // Another shard's span begins where this one's ends: go on in the next second.
    if (shardOfVisit(this.#lastId) !== this.#shard) {
      this.#lastId = (Math.floor(this.#lastId / SECOND) + 1) * SECOND + this.#shard * SHARD;
    }
    return this.#lastId;
  }

  // ── Visits ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The visit that what comes at that time is of, if it is known already. */
  #find(key: string, time: number): Visit | null {
    const visit = this.#keys.get(key) ?? this.#thaw(key);
    return visit && takesIn(visit, time) ? visit : null;
  }

  #thaw(key: string): Visit | null {
    const row = this.#storage.sql
      .exec('select body from visit where key = ? order by last desc limit 1', key)
      .toArray()[0];
    return row ? this.#warm(JSON.parse(row.body as string) as Visit) : null;
  }

  #warm(visit: Visit): Visit {
    visit.factsTime ??= Infinity; // JSON has no infinity: a visit without an event yet
    this.#visits.set(visit.id, visit);
    this.#keys.set(visit.key, visit);
    return visit;
  }

  #apply(entry: Entry): void {
    const visit = this.#visits.get(entry.visit) ?? this.#thawId(entry.visit) ?? this.#open(entry);
    if (!visit) return;
    take(visit, entry);
    this.#dirty.add(visit);
  }

  #open(entry: Entry): Visit | null {
    if (entry.type === 'engagement') return null;
    this.#lastId = Math.max(this.#lastId, entry.visit);
    return this.#warm(openVisit(entry.visit, entry.key, entry.visitor, entry.time));
  }

  #thawId(id: number): Visit | null {
    if (id > this.#book.lastId) return null; // opened after the checkpoint: not in SQLite yet
    const row = this.#storage.sql.exec('select body from visit where id = ?', id).toArray()[0];
    return row ? this.#warm(JSON.parse(row.body as string) as Visit) : null;
  }

  /** Visits heard of since then, bots aside, the latest first. */
  here(since: number): Visit[] {
    if (!this.#recalled) {
      this.#recalled = true;
      // After a restart the log brings back only what waits; who is here may have been written already.
      const ids = this.#storage.sql.exec('select id from visit where last >= ?', since).toArray();
      for (const { id } of ids) if (!this.#visits.has(Number(id))) this.#thawId(Number(id));
    }
    const here = [...this.#visits.values()].filter(({ last, events, bot }) => last >= since && events > 0 && !bot);
    return here.sort((a, b) => b.last - a.last);
  }

  // ── Batches ──────────────────────────────────────────────────────────────────────────────────────────────────────

  /** What waits to be written. */
  get waiting(): { readonly entries: number; readonly bytes: number } {
    return this.#waiting;
  }

  /** When the oldest of it was taken, milliseconds since 1970. */
  oldest(): number | null {
    const at = this.#storage.sql.exec('select min(at) as at from log').one().at;
    return at === null || at === undefined ? null : Number(at);
  }

  #count(): { entries: number; bytes: number } {
    const row = this.#storage.sql
      .exec('select coalesce(sum(entries), 0) as entries, coalesce(sum(length(body)), 0) as bytes from log')
      .one();
    return { entries: Number(row.entries), bytes: Number(row.bytes) };
  }

  /** The batch that is on its way, or the next one; null when nothing waits. */
  batch(now: number): Batch | null {
    if (!this.sealed && !this.#seal(now)) return null;
    const { number, upto, skip, size } = this.#book;
    const span = this.#storage.sql
      .exec('select body from log where seq <= ? order by seq', upto)
      .toArray()
      .flatMap(({ body }) => JSON.parse(body as string) as Entry[]);
    const entries = span.slice(skip, skip + size);
    const ids = [...new Set(entries.map((entry) => entry.visit))];
    const visits = this.#storage.sql
      .exec('select body from visit where id in (select value from json_each(?))', JSON.stringify(ids))
      .toArray()
      .map(({ body }) => JSON.parse(body as string) as Visit);
    const known = new Map(visits.map((visit) => [visit.id, visit]));
    return { number, entries: entries.flatMap((entry) => current(entry, known.get(entry.visit)) ?? []), visits };
  }

  /**
   * The batch is in Postgres: its rows go, or, after a refusal, the rest of it is next.
   * @returns how many entries it held
   */
  written(): number {
    const { size: held } = this.#book;
    this.#turn(() => {
      const { number, upto, skip, size } = this.#book;
      const done = skip + size;
      const total = Number(
        this.#storage.sql.exec('select coalesce(sum(entries), 0) as n from log where seq <= ?', upto).one().n,
      );
      if (done < total) return { number: number + 1, skip: done, size: Math.min(total - done, size * 2) };
      this.#storage.sql.exec('delete from log where seq <= ?', upto);
      // An empty log counts from 1 again; what is written next lies behind the checkpoint, not before it.
      const checkpoint = this.#count().entries === 0 ? 0 : this.#book.checkpoint;
      return { number: number + 1, upto: null, checkpoint };
    });
    this.#waiting = this.#count();
    return held;
  }

  /**
   * Postgres refuses what is in the batch. Halves it until the entry that is refused stands alone.
   * @returns that entry, to be quarantined before `written` is called; null while there is something to halve
   */
  refused(): Entry | null {
    const { size } = this.#book;
    if (size > 1) {
      this.#turn(() => ({ size: Math.ceil(size / 2) }));
      return null;
    }
    return this.batch(0)?.entries[0] ?? null;
  }

  /** Fixes what the next batch is, and writes the visits down as they are now. */
  #seal(now: number): boolean {
    this.append(now); // the checkpoint has it: the log must not come after
    let [upto, entries, bytes] = [0, 0, 0];
    for (const row of this.#storage.sql.exec('select seq, entries, length(body) as bytes from log order by seq')) {
      // Full: the row of the log that makes it so is its last.
      if (entries >= FULL.entries || bytes >= FULL.bytes) break;
      upto = Number(row.seq);
      entries += Number(row.entries);
      bytes += Number(row.bytes);
    }
    if (entries === 0) return false;
    this.#turn(() => ({ ...this.#checkpoint(now), upto, skip: 0, size: entries }));
    return true;
  }

  #checkpoint(now: number): Pick<Book, 'checkpoint' | 'lastId'> {
    const { sql } = this.#storage;
    const changed = [...this.#dirty];
    for (let from = 0; from < changed.length; from += ROWS) {
      const some = changed.slice(from, from + ROWS);
      sql.exec(
        `insert into visit (id, key, last, body) values ${some.map(() => '(?, ?, ?, ?)')}
         on conflict (id) do update set last = excluded.last, body = excluded.body`,
        ...some.flatMap((visit) => [visit.id, visit.key, visit.last, JSON.stringify(visit)]),
      );
    }
    this.#dirty.clear();
    const checkpoint = Number(sql.exec('select coalesce(max(seq), 0) as seq from log').one().seq);
    // Ids tell when a visit began: of those in question few are left, and no index on `last` has to be paid for.
    // What still waits to be written (Postgres was away for days) needs its visit: that was heard of since, or a late hit's age before.
    const old = Math.min(now - FORGET_MS, (this.oldest() ?? now) - LIMITS.ageMs);
    sql.exec('delete from visit where id < ? and last < ?', Math.floor(old / 1000) * SECOND, old);
    for (const [id, visit] of this.#visits) {
      if (visit.last >= now - COOL_MS) continue;
      this.#visits.delete(id);
      if (this.#keys.get(visit.key) === visit) this.#keys.delete(visit.key);
    }
    return { checkpoint, lastId: this.#lastId };
  }
}

/** Which of a site's collectors made a visit's id. */
export function shardOfVisit(id: number): number {
  return Math.floor(id / SHARD) % (SECOND / SHARD);
}
