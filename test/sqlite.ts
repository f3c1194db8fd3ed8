import { DatabaseSync } from 'node:sqlite';
import type { LedgerStorage } from '../src/collect/ledger.ts';

/** A Durable Object's SQLite, over Node's: what a ledger stands on, which survives the ledger. */
export function ownStorage(): LedgerStorage {
  const db = new DatabaseSync(':memory:');
  const prepared = new Map<string, ReturnType<typeof db.prepare>>();
  const exec = (query: string, ...bindings: (string | number | null | Uint8Array)[]) => {
    if (bindings.length === 0 && query.includes(';')) {
      db.exec(query);
      return { toArray: () => [] };
    }
    const statement = prepared.get(query) ?? db.prepare(query);
    prepared.set(query, statement);
    const rows = statement.all(...bindings);
    return { toArray: () => rows, one: () => rows[0], [Symbol.iterator]: () => rows[Symbol.iterator]() };
  };
  const transactionSync = <T>(work: () => T): T => {
    db.exec('begin');
    try {
      const result = work();
      db.exec('commit');
      return result;
    } catch (error) {
      db.exec('rollback');
      throw error;
    }
  };
  return { sql: { exec } as unknown as LedgerStorage['sql'], transactionSync };
}
