import type { Chunk } from '../replays/save.ts';
import type { LedgerStorage } from './ledger.ts';

/** Chunks that a collector has accepted and not yet handed to the store. */
export class ChunkBuffer {
  readonly #sql: LedgerStorage['sql'];
  #bytes: number;

  constructor({ sql }: LedgerStorage) {
    this.#sql = sql;
    sql.exec(`create table if not exists chunk (
      id integer primary key, session integer not null, stream integer not null, n integer not null,
      facts text not null, body blob not null, unique (session, stream, n))`);
    this.#bytes = this.#count();
  }

  /** Bytes that wait. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A chunk that waits already is left alone. */
  add(chunk: Chunk): void {
    const { body, ...facts } = chunk;
    this.#sql.exec(
      'insert or ignore into chunk (session, stream, n, facts, body) values (?, ?, ?, ?, ?)',
      chunk.session_id,
      chunk.stream,
      chunk.n,
      JSON.stringify(facts),
      body,
    );
    this.#bytes += body.length;
  }

  /** The oldest ones, up to so many bytes but at least one. */
  oldest(bytes: number): { upto: number; chunks: Chunk[] } {
    const chunks: Chunk[] = [];
    let [upto, size] = [0, 0];
    for (const row of this.#sql.exec('select id, facts, body from chunk order by id')) {
      const body = new Uint8Array(row.body as ArrayBuffer);
      size += body.length;
      if (chunks.length > 0 && size > bytes) break;
      upto = Number(row.id);
      chunks.push({ ...(JSON.parse(row.facts as string) as Omit<Chunk, 'body'>), body });
    }
    return { upto, chunks };
  }

  /** They are in the store. */
  drop(upto: number): void {
    this.#sql.exec('delete from chunk where id <= ?', upto);
    this.#bytes = this.#count();
  }

  #count(): number {
    return Number(this.#sql.exec('select coalesce(sum(length(body)), 0) as bytes from chunk').one().bytes);
  }
}
