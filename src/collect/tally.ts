import { Buckets } from './buckets.ts';
import type { LedgerStorage } from './ledger.ts';

/** What became of hits: taken; left out on purpose; or refused. */
export type Fate = 'accepted' | 'ignored' | 'refused';

export interface Note {
  fate: Fate;
  reason: string;
  count: number;
}

/** Of one fate and reason: how many in the hour that is running and in the last 24, and when the last one came. */
export interface Counted {
  fate: Fate;
  reason: string;
  hour: number;
  day: number;
  last: number;
}

const HOUR_MS = 3_600_000;
/** Hours that are kept. */
const KEPT = 48;
/**
 * Counts are written down at once where little comes, and every ten seconds where much does: they explain, nothing hangs
 * on them, but a collector that nobody needs is put out of memory within seconds, and on a quiet site that is most of them.
 */
const SAVES = { burst: 30, perSecond: 0.1 };

/** How many hits came to what end, by hour: "why is my hit missing" is answered from here. */
export class Tally {
  readonly #sql: LedgerStorage['sql'];
  /** One of each hour, fate and reason: there are few. */
  #unsaved: { hour: number; last: number; note: Note }[] = [];
  readonly #saves = new Buckets<''>(SAVES.burst, SAVES.perSecond);

  constructor({ sql }: LedgerStorage) {
    this.#sql = sql;
    sql.exec(`create table if not exists tally (
      hour integer not null, fate text not null, reason text not null, count integer not null,
      primary key (hour, fate, reason)) without rowid;`);
    // What was made before it had the column.
    if (sql.exec("select 1 from pragma_table_info('tally') where name = 'last'").toArray().length === 0) {
      sql.exec('alter table tally add column last integer not null default 0');
    }
  }

  add(note: Note, now: number): void {
    const hour = Math.floor(now / HOUR_MS);
    const known = this.#unsaved.find(
      (one) => one.note.reason === note.reason && one.note.fate === note.fate && one.hour === hour,
    );
    if (known) {
      known.note.count += note.count;
      known.last = now;
    } else this.#unsaved.push({ hour, last: now, note: { ...note } });
  }

  /** Writes down what was counted, unless that was done often just now. */
  save(now: number): void {
    if (this.#unsaved.length > 0 && this.#saves.spend('', 1, now) === 0) this.saveAll(now);
  }

  /** Writes down what was counted. */
  saveAll(now: number): void {
    if (this.#unsaved.length === 0) return;
    for (const { hour, last, note } of this.#unsaved) {
      this.#sql.exec(
        `insert into tally (hour, fate, reason, count, last) values (?, ?, ?, ?, ?)
         on conflict (hour, fate, reason) do update set count = count + excluded.count, last = excluded.last`,
        hour,
        note.fate,
        note.reason,
        note.count,
        last,
      );
    }
    this.#unsaved = [];
    this.#sql.exec('delete from tally where hour <= ?', Math.floor(now / HOUR_MS) - KEPT);
  }

  counts(now: number): Counted[] {
    this.saveAll(now);
    const hour = Math.floor(now / HOUR_MS);
    return this.#sql
      .exec(
        `select fate, reason, sum(count) filter (where hour = ?) as hour, sum(count) as day,
           max(max(last, hour * ${HOUR_MS})) as last from tally
         where hour > ? group by fate, reason order by fate, day desc`,
        hour,
        hour - 24,
      )
      .toArray()
      .map((row) => ({
        fate: row.fate as Fate,
        reason: row.reason as string,
        hour: Number(row.hour ?? 0),
        day: Number(row.day),
        last: Number(row.last),
      }));
  }
}
