import { readdirSync, readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '../../src/db/client.ts';
import * as schema from '../../src/db/schema.ts';
import { type Chunk, removeReplay, saveChunks } from '../../src/replays/save.ts';
import { type ChunkStore, chunkStore } from '../../src/replays/store.ts';

// The statements of `saveChunks` on a Postgres, with bytes in rows and with bytes elsewhere.
// The bucket itself is tested in real workerd: test/worker/replays.test.ts.

const pg = new PGlite();
const db = drizzle(pg, { schema }) as unknown as Db;
const kept = new Map<number, Uint8Array>();
const elsewhere: ChunkStore = {
  ...chunkStore({}, db),
  async put({ n }, body) {
    kept.set(n, body);
    return null;
  },
  get: async ({ n }) => kept.get(n) ?? null,
  remove: async () => kept.clear(),
};

beforeAll(async () => {
  for (const file of readdirSync('drizzle')
    .filter((name) => name.endsWith('.sql'))
    .sort())
    await pg.exec(readFileSync(`drizzle/${file}`, 'utf8'));
}, 60_000);
afterAll(() => pg.close());

const start = Date.UTC(2026, 10, 21, 9);

function chunk(site_id: number, n: number, more: Partial<Chunk> = {}): Chunk {
  const from = start + n * 10_000;
  const body = crypto.getRandomValues(new Uint8Array(700));
  const rest = { events: 9, bytes: 700, keyframe: n === 0, url: 'https://shop.example/', signals: null, body };
  return { site_id, session_id: 77, visitor: 5, stream: 1, n, from, to: from + 9_500, skew: -250, ...rest, ...more };
}

const summary = async (site: number) =>
  (await pg.query('select * from replay where site_id = $1', [site])).rows as Record<string, unknown>[];

test.each([
  ['in rows', 1, chunkStore({}, db)],
  ['elsewhere', 2, elsewhere],
] as const)('chunks %s are kept once, and their summary follows', async (_where, site, store) => {
  const chunks = [
    chunk(site, 0, { signals: { clicks: 3 } }),
    chunk(site, 1, {
      signals: {
        clicks: 1,
        errors: 2,
        rage_clicks: 1,
        dead_clicks: 4,
        quick_backs: 1,
        abandoned_forms: 2,
        slow_interactions: 3,
      },
    }),
  ];
  await saveChunks(db, store, chunks);
  await saveChunks(db, store, [...chunks, ...chunks]);
  const late = chunk(site, 2, { stream: 9, url: 'https://shop.example/käik \0' });
  await saveChunks(db, store, [late]);

  const rows = (await pg.query('select * from replay_chunk where site_id = $1 order by n', [site])).rows;
  expect(rows).toMatchObject([
    { n: 0, from: new Date(start), skew: -250, keyframe: true, signals: { clicks: 3 } },
    { n: 1, to: new Date(start + 19_500), keyframe: false },
    { n: 2, stream: 9, signals: null, url: 'https://shop.example/käik ' },
  ]);
  expect(await summary(site)).toMatchObject([
    {
      ...{ session_id: 77, visitor: 5, start: new Date(start), last: new Date(start + 29_500), chunks: 3, bytes: 2100 },
      ...{ clicks: 4, errors: 2, rage_clicks: 1, dead_clicks: 4 },
      ...{ quick_backs: 1, abandoned_forms: 2, slow_interactions: 3 },
    },
  ]);
  for (const one of [...chunks, late]) expect(await store.get(one)).toEqual(one.body);
  expect(await store.get({ ...late, n: 3 })).toBeNull();

  expect(await removeReplay(db, store, site + 100, 77)).toBe(false);
  expect(await removeReplay(db, store, site, 77)).toBe(true);
  expect(await summary(site)).toEqual([]);
  expect(await store.get(late)).toBeNull();
  expect(await removeReplay(db, store, site, 77)).toBe(false);
});

test('many large chunks go in several statements and come back whole', async () => {
  const body = new Uint8Array(1_000_000).map((_, i) => (i * 7) % 251);
  const chunks = Array.from({ length: 6 }, (_, n) => chunk(3, n, { body, bytes: body.length }));
  const store = chunkStore({}, db);
  await saveChunks(db, store, chunks);
  expect(await summary(3)).toMatchObject([{ chunks: 6, bytes: 6_000_000 }]);
  expect(await store.get({ site_id: 3, session_id: 77, stream: 1, n: 5 })).toEqual(body);
});

test('recordings of one flush keep apart', async () => {
  const store = chunkStore({}, db);
  await saveChunks(db, store, [chunk(4, 0), chunk(4, 0, { session_id: 78, visitor: 6 }), chunk(5, 0, { visitor: 7 })]);
  expect(await summary(4)).toMatchObject([
    { session_id: 77, visitor: 5, chunks: 1 },
    { session_id: 78, visitor: 6, chunks: 1 },
  ]);
  expect(await summary(5)).toMatchObject([{ visitor: 7, chunks: 1 }]);
});

test('counts that no column holds don’t keep a recording out', async () => {
  const most = 2_147_483_647;
  await saveChunks(db, chunkStore({}, db), [
    chunk(77, 0, { signals: { clicks: most, errors: most } }),
    chunk(77, 1, { signals: { clicks: most, rage_clicks: 1 } }),
  ]);
  const { rows } = await pg.query('select chunks, clicks, errors, rage_clicks from replay where site_id = 77');
  expect(rows).toEqual([{ chunks: 2, clicks: most, errors: most, rage_clicks: 1 }]);
});
