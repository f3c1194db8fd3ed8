import type { SQL } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ChunkBuffer } from '../../src/collect/chunks.ts';
import { Ledger } from '../../src/collect/ledger.ts';
import { HELD } from '../../src/collect/marks.ts';
import { Sheets } from '../../src/collect/sheets.ts';
import { writeOut } from '../../src/collect/write-out.ts';
import { VISIT_IDLE_MS } from '../../src/contract/wire.ts';
import type { Db } from '../../src/db/client.ts';
import { readChunks } from '../../src/replays/chunks.ts';
import { removeRecordings } from '../../src/replays/remove.ts';
import type { Chunk } from '../../src/replays/save.ts';
import { objectName } from '../../src/replays/store.ts';
import { bucket } from '../bucket.ts';
import { ownPostgres } from '../pglite.ts';
import { ownStorage } from '../sqlite.ts';

// From a collector that holds chunks to parts of recordings, on a real SQLite and a real Postgres, with every accident between
// two steps: repeats, restarts, answers that never came, late chunks, deletions.

const start = Date.UTC(2026, 10, 21, 12);
let postgres: Awaited<ReturnType<typeof ownPostgres>>;
let sites = 0;
beforeAll(async () => {
  postgres = await ownPostgres();
}, 60_000);
afterAll(() => postgres.close());

/** Bytes that say which chunk they are. */
function chunk(site_id: number, session_id: number, stream: number, n: number, size = 4 + (n % 5)): Chunk {
  const body = new Uint8Array(size).fill(n);
  body.set([session_id, stream, n]);
  const facts = { events: 1, bytes: size, keyframe: n === 0, url: '/', signals: null, skew: 0 };
  return { site_id, session_id, stream, n, visitor: 7, from: start + n, to: start + n, ...facts, body };
}

/** A collector of a site of its own, the bucket behind it, and a clock. */
function collector() {
  const storage = ownStorage();
  const ledger = new Ledger(storage, 0);
  const site = ++sites;
  const { store, objects } = bucket();
  const it = {
    site,
    objects,
    now: start,
    chunks: new ChunkBuffer(storage),
    restart: () => {
      it.chunks = new ChunkBuffer(storage);
    },
    add: (session: number, stream: number, n: number, size?: number) =>
      it.chunks.add(chunk(site, session, stream, n, size), it.now),
    /** @param fails the step that does, counted from 0: a put or a statement, before it is done or after, its answer lost */
    write: async (fails = Number.POSITIVE_INFINITY, done = false) => {
      let steps = 0;
      const step = async <T>(work: () => Promise<T>): Promise<T> => {
        const now = steps++ === fails;
        const result = now && !done ? undefined : await work();
        if (now) throw new Error('away');
        return result as T;
      };
      const db = new Proxy(postgres.db, {
        get: (of, name) =>
          name === 'execute' ? (statement: SQL) => step(() => of.execute(statement)) : Reflect.get(of, name),
      });
      const put: typeof store.put = (name, body) => step(() => store.put(name, body));
      const outlet = { db: db as Db, store: { ...store, put }, siteId: site, collector: 1 };
      await writeOut(outlet, { ledger, chunks: it.chunks, sheets: new Sheets(storage) }, it.now);
    },
    remove: async (session: number) => {
      await store.drop(it.chunks.forget([session]).map((part) => objectName.part({ site_id: site, ...part })));
      await removeRecordings(postgres.db, store, [{ site_id: site, session_id: session }]);
    },
    read: (session_id: number, stream: number, n: number, count = 1) =>
      readChunks(postgres.db, store, { site_id: site, session_id, stream, n, count }, async (run) =>
        it.chunks.held(run, run.count),
      ),
  };
  return it;
}

const parts = async (site: number) =>
  (
    await postgres.rows<{ session_id: number; part: number }>(
      'select session_id, part from replay_part where site_id = $1',
      site,
    )
  )
    .map(({ session_id, part }) => `${site}/${session_id}/${part}`)
    .sort();

test('a visit is listed and plays while it goes on, and is one object when it is over', async () => {
  const it = collector();
  for (let n = 0; n < 6; n++) {
    it.add(1, 1, n);
    if (n < 3) it.add(1, 2, n);
    it.now += 5_000;
    await it.write();
    expect(await it.read(1, 1, n)).toEqual(chunk(it.site, 1, 1, n).body);
  }
  expect(await postgres.rows('select chunks from replay where site_id = $1', it.site)).toEqual([{ chunks: 9 }]);
  expect(it.objects.size).toBe(0);
  it.now += VISIT_IDLE_MS;
  expect(it.chunks.waits(it.now)).toBe(true);
  await it.write();
  expect([...it.objects.keys()]).toEqual(await parts(it.site));
  expect(it.objects.size).toBe(1);
  expect([it.chunks.bytes, it.chunks.waits(it.now), it.chunks.until]).toEqual([0, false, null]);
  expect(Buffer.from((await it.read(1, 1, 0, 6)) ?? [])).toEqual(
    Buffer.concat(Array.from({ length: 6 }, (_, n) => chunk(it.site, 1, 1, n).body)),
  );
  // What comes late is an object more; what comes again is none.
  it.add(1, 1, 6);
  it.add(1, 1, 2);
  it.now += VISIT_IDLE_MS;
  await it.write();
  expect(it.objects.size).toBe(2);
  expect([...it.objects.values()].reduce((sum, { length }) => sum + length, 0)).toBe(
    Array.from({ length: 7 }, (_, n) => 4 + (n % 5) + (n < 3 ? 4 + (n % 5) : 0)).reduce((a, b) => a + b),
  );
});

test('what is held is bounded: a long visit goes in a few objects, and the largest go when it is much', async () => {
  const it = collector();
  const size = HELD.visitBytes / 8;
  for (let n = 0; n < 20; n++) it.add(1, 1, n, size);
  it.add(2, 1, 0, size);
  await it.write();
  expect(it.objects.size).toBe(2);
  expect(it.chunks.bytes).toBe(5 * size);
  expect(await it.read(1, 1, 19)).toEqual(chunk(it.site, 1, 1, 19, size).body);

  it.now += HELD.ms;
  await it.write();
  expect(it.chunks.bytes).toBe(0);
  expect(it.objects.size).toBe(4);

  const full = collector();
  const visits = Math.ceil(HELD.bytes / HELD.visitBytes) + 2;
  for (let session = 1; session <= visits; session++) full.add(session, 1, 0, HELD.visitBytes - 3 * session);
  await full.write();
  expect(full.chunks.bytes).toBeLessThanOrEqual(HELD.bytes / 2);
  expect(full.chunks.bytes).toBeGreaterThan(HELD.bytes / 2 - HELD.visitBytes);
  expect(full.objects.size).toBeLessThan(visits);
  const largest = [...full.objects.values()].map(({ length }) => length);
  expect(Math.min(...largest)).toBe(HELD.visitBytes - 3 * largest.length);
});

test('chunks that an earlier version holds are told of, and written when their visit is over', async () => {
  const storage = ownStorage();
  storage.sql.exec(`create table if not exists chunk (
    id integer primary key, session integer not null, stream integer not null, n integer not null,
    facts text not null, body blob not null, unique (session, stream, n));`);
  const { body, ...facts } = chunk(1, 1, 1, 0);
  storage.sql.exec(
    'insert into chunk (session, stream, n, facts, body) values (?, ?, ?, ?, ?)',
    ...[1, 1, 0, JSON.stringify(facts), body],
  );
  const chunks = new ChunkBuffer(storage);
  expect(chunks.untold(9).chunks).toEqual([facts]);
  expect(chunks.until).toBe(start + HELD.ms);
  chunks.told(chunks.untold(9).upto, []);
  expect(chunks.parts(start + VISIT_IDLE_MS - 1)).toEqual([]);
  expect(chunks.parts(start + VISIT_IDLE_MS)).toMatchObject([{ session_id: 1, chunks: [{ ...facts, body }] }]);
});

/** What may happen between any two steps. */
const accident = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      session: fc.integer({ min: 1, max: 3 }),
      stream: fc.integer({ min: 1, max: 2 }),
      n: fc.nat(6),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('write' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('fail' as const), step: fc.nat(5), done: fc.boolean(), dies: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(60_000, VISIT_IDLE_MS) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), session: fc.integer({ min: 1, max: 3 }) }) },
);

test('whatever falls over, each chunk is there once and can be read all the time, and nothing of what was deleted', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(accident, { maxLength: 40 }), async (accidents) => {
      const it = collector();
      const there = new Map<string, [session: number, stream: number, n: number]>();
      const allCanBeRead = async () => {
        for (const key of there.values()) expect(await it.read(...key)).toEqual(chunk(it.site, ...key).body);
      };
      for (const step of accidents) {
        if (step.do === 'add') {
          it.add(step.session, step.stream, step.n);
          there.set(`${step.session} ${step.stream} ${step.n}`, [step.session, step.stream, step.n]);
        }
        if (step.do === 'wait') it.now += step.ms;
        if (step.do === 'restart') it.restart();
        if (step.do === 'write') {
          await it.write();
          await allCanBeRead();
        }
        if (step.do === 'fail') {
          await it.write(step.step, step.done).catch(() => undefined);
          if (step.dies) it.restart();
        }
        if (step.do === 'remove') {
          await it.remove(step.session);
          for (const [name, [session]] of there) if (session === step.session) there.delete(name);
        }
      }
      it.now += VISIT_IDLE_MS;
      await it.write();
      await allCanBeRead();
      expect(it.chunks.bytes).toBe(0);
      const rows = await postgres.rows<{ key: string }>(
        `select concat_ws(' ', session_id, stream, n) as key from replay_chunk where site_id = $1 and part > 0`,
        it.site,
      );
      expect(rows.map(({ key }) => key).sort()).toEqual([...there.keys()].sort());
      // The bucket holds what the index says, and no bytes that it doesn't.
      expect([...it.objects.keys()].sort()).toEqual(await parts(it.site));
      const [sum] = await postgres.rows<{ bytes: number }>(
        'select coalesce(sum(bytes), 0)::int as bytes from replay_chunk where site_id = $1',
        it.site,
      );
      expect([...it.objects.values()].reduce((all, { length }) => all + length, 0)).toBe(sum?.bytes);
    }),
    { numRuns: 200 },
  );
}, 240_000);
