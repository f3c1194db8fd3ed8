import type { SQL } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ChunkBuffer } from '../../src/collect/chunks.ts';
import type { Enriched } from '../../src/collect/enrich.ts';
import { Ledger } from '../../src/collect/ledger.ts';
import { Sheets } from '../../src/collect/sheets.ts';
import { writeOut } from '../../src/collect/write-out.ts';
import { VISIT_IDLE_MS } from '../../src/contract/wire.ts';
import type { Db } from '../../src/db/client.ts';
import { objectStore } from '../../src/replays/store.ts';
import { ownPostgres } from '../pglite.ts';
import { ownStorage } from '../sqlite.ts';

const now = Date.UTC(2026, 10, 21, 12);
let postgres: Awaited<ReturnType<typeof ownPostgres>>;
beforeAll(async () => {
  postgres = await ownPostgres();
}, 60_000);
afterAll(() => postgres.close());

function view(seq: number): Enriched {
  const page = { name: 'pageview', page: '/', hostname: 'shop.example', bot: false, rules: 0, facts: {} };
  return { kind: 'pageview', visitor: 7, sender: 1, client: 70, seq, time: now + seq, ...page };
}

test('what comes while a batch is written waits for the next flush', async () => {
  const storage = ownStorage();
  const ledger = new Ledger(storage, 0);
  const chunks = new ChunkBuffer(storage);
  const waiting = { ledger, chunks, sheets: new Sheets(storage) };
  let [seq, statements] = [0, 0];
  const come = () => {
    ledger.take(view(++seq));
    ledger.append(now);
    const facts = { session_id: 1, stream: 1, n: seq, visitor: 7, site_id: 1, events: 1, keyframe: true, url: '/' };
    chunks.add({ ...facts, signals: null, skew: 0, from: now, to: now, bytes: 2, body: new Uint8Array([1, 2]) }, now);
  };
  /** The database, with a visitor who does something during each statement. */
  const busy = new Proxy(postgres.db, {
    get: (db, name) =>
      name === 'execute'
        ? (statement: SQL) => {
            statements += 1;
            come();
            return db.execute(statement);
          }
        : Reflect.get(db, name),
  });
  const outlet = { db: busy as Db, store: objectStore({}), siteId: 1, collector: 1 };
  for (let i = 0; i < 10; i += 1) come();
  await writeOut(outlet, waiting, now);
  const [{ n = 0 } = {}] = await postgres.rows<{ n: number }>('select count(*)::int as n from event');
  // Those of the statement that makes a month's partition are there when the batch is made.
  expect(n).toBeGreaterThanOrEqual(10);
  expect(n + ledger.waiting.entries).toBe(10 + statements);
  expect(ledger.waiting.entries).toBeGreaterThan(0);
  expect(chunks.waits(now)).toBe(true);

  await writeOut({ ...outlet, db: postgres.db }, waiting, now + VISIT_IDLE_MS);
  expect(await postgres.rows('select 1 from event')).toHaveLength(seq);
  expect([ledger.waiting.entries, chunks.bytes]).toEqual([0, 0]);
});
