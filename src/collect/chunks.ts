import { VISIT_IDLE_MS } from '../contract/wire.ts';
import type { Chunk, ChunkRow, Part } from '../replays/save.ts';
import { type ChunkKey, joined } from '../replays/store.ts';
import type { LedgerStorage } from './ledger.ts';
import { HELD } from './marks.ts';

/** Bytes of parts that are read, and written, at once: one part at least. */
const WRITTEN_AT_ONCE = 4_000_000;

/** When a chunk came; of one that an earlier version took, its last moment. */
const TAKEN = "coalesce(facts ->> '$.taken', facts ->> '$.to')";

/** What is held of a visit: bytes, when the first and the last of it came, and what of it is sealed. */
interface Held {
  bytes: number;
  first: number;
  last: number;
  sealed: { part: number; upto: number } | null;
}

/**
 * Chunks that a collector has accepted. Postgres is told of them at the next write, so that their recording is listed; their
 * bytes are held until the visit is over, and played from here meanwhile. Then they are sealed: a part is a span of a visit's
 * chunks, fixed in SQLite under its name before anything is written, so that written again it is the same.
 */
export class ChunkBuffer {
  readonly #sql: LedgerStorage['sql'];
  /** By visit. In memory, too: whoever looks at the dashboard has it asked every few seconds. */
  readonly #visits = new Map<number, Held>();
  #bytes = 0;
  /** The latest id, and the latest that Postgres was told of: up to it, no id is given away again. */
  #last: number;
  #told: number;

  constructor({ sql }: LedgerStorage) {
    this.#sql = sql;
    sql.exec(`
      create table if not exists chunk (
        id integer primary key, session integer not null, stream integer not null, n integer not null,
        facts text not null, body blob not null, unique (session, stream, n));
      create table if not exists told (upto integer not null);
      create table if not exists part (session integer primary key, part integer not null, upto integer not null);
    `);
    this.#told = Number(sql.exec('select coalesce(max(upto), 0) as upto from told').one().upto);
    this.#last = Math.max(this.#told, Number(sql.exec('select coalesce(max(id), 0) as id from chunk').one().id));
    for (const { session } of sql.exec('select distinct session from chunk').toArray()) this.#recount(Number(session));
    for (const { session, part, upto } of sql.exec('select session, part, upto from part').toArray()) {
      const held = this.#visits.get(Number(session));
      if (held) held.sealed = { part: Number(part), upto: Number(upto) };
    }
  }

  /** Bytes that are held. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether Postgres has yet to be told of one, or bytes are to be written by now. */
  waits(now: number): boolean {
    return this.#last > this.#told || this.#sealed().length > 0 || this.#due(now).length > 0;
  }

  /** When bytes are written though nothing else is; null when none are held. */
  get until(): number | null {
    if (this.#visits.size === 0) return null;
    return [...this.#visits.values()].reduce((least, { first }) => Math.min(least, first), Infinity) + HELD.ms;
  }

  /** A chunk that is held already is left alone. */
  add(chunk: Chunk, now: number): void {
    const { body, ...facts } = chunk;
    const added = this.#sql.exec(
      'insert or ignore into chunk (id, session, stream, n, facts, body) values (?, ?, ?, ?, ?, ?) returning id',
      this.#last + 1,
      chunk.session_id,
      chunk.stream,
      chunk.n,
      JSON.stringify({ ...facts, taken: now }),
      body,
    );
    if (added.toArray().length === 0) return;
    this.#last += 1;
    const held = this.#visits.get(chunk.session_id) ?? { bytes: 0, first: now, last: now, sealed: null };
    this.#hold(chunk.session_id, { ...held, bytes: held.bytes + body.length, last: now });
  }

  /** Bytes of a stream's chunks from a number on, one behind the other; null when one of so many isn't held. */
  held({ session_id, stream, n }: Omit<ChunkKey, 'site_id'>, count: number): Uint8Array | null {
    const bodies = this.#sql
      .exec(
        'select body from chunk where session = ? and stream = ? and n >= ? and n < ? order by n',
        ...[session_id, stream, n, n + count],
      )
      .toArray()
      .map(({ body }) => new Uint8Array(body as ArrayBuffer));
    return bodies.length === count ? joined(bodies) : null;
  }

  // ── What Postgres is told ──

  /** The id of the latest chunk. */
  get last(): number {
    return this.#last;
  }

  /** The oldest that it has yet to be told of. */
  untold(most: number): { upto: number; chunks: ChunkRow[] } {
    const rows = this.#sql
      .exec('select id, facts from chunk where id > ? order by id limit ?', this.#told, most)
      .toArray();
    return { upto: Number(rows.at(-1)?.id ?? 0), chunks: rows.map(({ facts }) => chunkRow(facts)) };
  }

  /** It knows of them up to this one; those that are kept elsewhere by now go. */
  told(upto: number, gone: ChunkKey[]): void {
    for (const { session_id, stream, n } of gone)
      this.#sql.exec('delete from chunk where session = ? and stream = ? and n = ?', session_id, stream, n);
    this.#sql.exec('insert or replace into told (rowid, upto) values (1, ?)', upto);
    this.#told = upto;
    for (const { session_id } of gone) this.#recount(session_id);
  }

  // ── Parts ──

  /** Parts that are sealed, or by now to be, up to so many bytes. */
  parts(now: number): Part[] {
    for (const session of this.#due(now)) this.#seal(session);
    const parts: Part[] = [];
    let size = 0;
    for (const { session, part, upto } of this.#sealed()) {
      const chunks = this.#sql
        .exec('select facts, body from chunk where session = ? and id <= ? order by stream, n', session, upto)
        .toArray()
        .map(({ facts, body }) => ({ ...chunkRow(facts), body: new Uint8Array(body as ArrayBuffer) }));
      const [first] = chunks;
      if (first) parts.push({ site_id: first.site_id, session_id: session, part, chunks });
      for (const { body } of chunks) size += body.length;
      if (size >= WRITTEN_AT_ONCE) break;
    }
    return parts;
  }

  /** They are in the store. */
  written(parts: Part[]): void {
    for (const { session_id: session } of parts) {
      const upto = this.#visits.get(session)?.sealed?.upto ?? 0;
      this.#sql.exec('delete from chunk where session = ? and id <= ?', session, upto);
      this.#sql.exec('delete from part where session = ?', session);
      this.#recount(session, null);
    }
  }

  /**
   * Forgets what is held of visits, all of them without.
   * @returns what of it may be in the store though Postgres knows nothing of it: nobody else can name that
   */
  forget(sessions: Iterable<number> = [...this.#visits.keys()]): Pick<Part, 'session_id' | 'part'>[] {
    const parts: Pick<Part, 'session_id' | 'part'>[] = [];
    for (const session_id of sessions) {
      const sealed = this.#visits.get(session_id)?.sealed;
      if (sealed) parts.push({ session_id, part: sealed.part });
      this.#sql.exec('delete from chunk where session = ?', session_id);
      this.#sql.exec('delete from part where session = ?', session_id);
      this.#hold(session_id, null);
    }
    return parts;
  }

  #sealed(): { session: number; part: number; upto: number }[] {
    return [...this.#visits].flatMap(([session, { sealed }]) => (sealed ? [{ session, ...sealed }] : []));
  }

  /**
   * Visits whose bytes are to be written: over, or held for long, or many; and the largest of all, until what is left is
   * half of what may be held.
   */
  #due(now: number): number[] {
    let excess = this.#bytes > HELD.bytes ? this.#bytes - HELD.bytes / 2 : 0;
    return [...this.#visits]
      .filter(([, { sealed }]) => !sealed)
      .sort(([, a], [, b]) => b.bytes - a.bytes)
      .filter(([, { bytes, first, last }]) => {
        const much = excess > 0 || bytes >= HELD.visitBytes;
        excess -= bytes;
        return much || last <= now - VISIT_IDLE_MS || first <= now - HELD.ms;
      })
      .map(([session]) => session);
  }

  /** Of what Postgres was told of, up to so many bytes and a chunk more. */
  #seal(session: number): void {
    const { upto } = this.#sql
      .exec(
        `select max(id) as upto from (
           select id, sum(length(body)) over (order by id) - length(body) as before from chunk where session = ? and id <= ?)
         where before < ?`,
        ...[session, this.#told, HELD.visitBytes],
      )
      .one();
    const held = this.#visits.get(session);
    if (!held || upto === null) return;
    const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
    held.sealed = { part: random >>> 1 || 1, upto: Number(upto) };
    this.#sql.exec(
      'insert into part (session, part, upto) values (?, ?, ?)',
      ...[session, held.sealed.part, held.sealed.upto],
    );
  }

  /** Looks up what is held of a visit after something of it went. */
  #recount(session: number, sealed = this.#visits.get(session)?.sealed ?? null): void {
    const { bytes, first, last } = this.#sql
      .exec(
        `select sum(length(body)) as bytes, min(${TAKEN}) as first, max(${TAKEN}) as last from chunk where session = ?`,
        session,
      )
      .one();
    const none = bytes === null || bytes === undefined;
    this.#hold(session, none ? null : { bytes: Number(bytes), first: Number(first), last: Number(last), sealed });
  }

  #hold(session: number, held: Held | null): void {
    this.#bytes += (held?.bytes ?? 0) - (this.#visits.get(session)?.bytes ?? 0);
    if (held) this.#visits.set(session, held);
    else this.#visits.delete(session);
  }
}

function chunkRow(facts: unknown): ChunkRow {
  const { taken: _, ...row } = JSON.parse(facts as string) as ChunkRow & { taken?: number };
  return row;
}
