import { LIMITS } from '../contract/wire.ts';
import type { Sheet } from '../replays/sheets.ts';
import type { LedgerStorage } from './ledger.ts';

/**
 * Which style sheets a site has, when each was last asked about, and the bytes of those that wait to be stored. Kept by the
 * site's first collector, so that no recorder's question reaches Postgres. Days are UTC's, `YYYY-MM-DD`.
 */
export class Sheets {
  readonly #sql: LedgerStorage['sql'];
  #bytes: number;
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ sql }: LedgerStorage) {
    this.#sql = sql;
    // `told` is the day that Postgres knows.
    sql.exec(`create table if not exists sheet (
      hash text primary key, bytes integer not null, used text not null, told text not null default '', body blob)`);
    this.#bytes = this.#count();
  }

  /** Bytes that wait. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether Postgres has yet to be told something. */
  get waits(): boolean {
    return this.#sql.exec('select 1 from sheet where told <> used limit 1').toArray().length > 0;
  }

  has(hash: string): boolean {
    return this.#sql.exec('select 1 from sheet where hash = ?', hash).toArray().length > 0;
  }

  /** Those of them that the site hasn't; the others are used today. */
  missing(hashes: string[], today: string): string[] {
    for (const hash of hashes)
      this.#sql.exec('update sheet set used = ? where hash = ? and used < ?', today, hash, today);
    return hashes.filter((hash) => !this.has(hash));
  }

  /** False when the site has as many as it may. One that is there already is left alone. */
  add(hash: string, body: Uint8Array, today: string): boolean {
    if (this.missing([hash], today).length === 0) return true;
    const { count, bytes } = this.#sql
      .exec('select count(*) as count, coalesce(sum(bytes), 0) as bytes from sheet')
      .one();
    if (Number(count) >= LIMITS.sheets || Number(bytes) + body.length > LIMITS.sheetsBytes) return false;
    this.#sql.exec('insert into sheet (hash, bytes, used, body) values (?, ?, ?, ?)', hash, body.length, today, body);
    this.#bytes += body.length;
    return true;
  }

  /** What Postgres has yet to be told, up to so many bytes but at least one. */
  untold(most: number): Sheet[] {
    const sheets: Sheet[] = [];
    let size = 0;
    for (const row of this.#sql.exec('select hash, used, body from sheet where told <> used order by hash')) {
      const body = row.body === null ? null : new Uint8Array(row.body as unknown as ArrayBuffer);
      size += body?.length ?? 0;
      if (sheets.length > 0 && size > most) break;
      sheets.push({ hash: String(row.hash), used: String(row.used), body });
    }
    return sheets;
  }

  /** They are stored; but for those of which the store knows nothing, which have to be sent again. */
  told(sheets: Sheet[], unknown: string[]): void {
    for (const { hash, used } of sheets)
      this.#sql.exec('update sheet set told = ?, body = null where hash = ?', used, hash);
    for (const hash of unknown) this.#sql.exec('delete from sheet where hash = ?', hash);
    this.#bytes = this.#count();
  }

  /** Forgets those that nobody asked about since. */
  forget(before: string): void {
    this.#sql.exec('delete from sheet where used < ?', before);
    this.#bytes = this.#count();
  }

  /** Runs what changes the store alone: one that is written again just while it goes would go, too. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #count(): number {
    return Number(this.#sql.exec('select coalesce(sum(length(body)), 0) as bytes from sheet').one().bytes);
  }
}
