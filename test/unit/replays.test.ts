import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Run, readChunks } from '../../src/replays/chunks.ts';
import { removeRecordings } from '../../src/replays/remove.ts';
import { type Chunk, indexChunks, type Part, saveParts } from '../../src/replays/save.ts';
import { type ObjectStore, objectName, objectStore } from '../../src/replays/store.ts';
import { bucket } from '../bucket.ts';
import { ownPostgres } from '../pglite.ts';

// The statements that keep recordings and read them back, on a Postgres, with bytes in rows and with bytes elsewhere. The bucket
// itself is tested in real workerd: test/worker/replays.test.ts. What falls over in between: test/unit/chunks.test.ts.

let postgres: Awaited<ReturnType<typeof ownPostgres>>;
beforeAll(async () => {
  postgres = await ownPostgres();
}, 60_000);
afterAll(() => postgres.close());

const start = Date.UTC(2026, 10, 21, 9);

function chunk(site_id: number, n: number, more: Partial<Chunk> = {}): Chunk {
  const from = start + n * 10_000;
  const body = crypto.getRandomValues(new Uint8Array(700));
  const rest = { events: 9, bytes: 700, keyframe: n === 0, url: 'https://shop.example/', signals: null, body };
  return { site_id, session_id: 77, visitor: 5, stream: 1, n, from, to: from + 9_500, skew: -250, ...rest, ...more };
}

const summary = (site: number) =>
  postgres.rows<Record<string, unknown>>('select * from replay where site_id = $1 order by session_id', site);

const part = (number: number, chunks: Chunk[]): Part => {
  const [{ site_id, session_id }] = chunks as [Chunk];
  return { site_id, session_id, part: number, chunks };
};

const read = (
  store: ObjectStore,
  one: Chunk,
  count = 1,
  held: (run: Run) => Promise<Uint8Array | null> = async () => null,
) => readChunks(postgres.db, store, { ...one, count }, held);

const behind = (...chunks: Chunk[]) => Buffer.concat(chunks.map(({ body }) => body));

test.each([
  ['in rows', 1, objectStore({})],
  ['elsewhere', 2, bucket().store],
] as const)('chunks %s are kept once, and their summary follows', async (_where, site, store) => {
  const { db, rows } = postgres;
  const signals = {
    clicks: 1,
    errors: 2,
    rage_clicks: 1,
    dead_clicks: 4,
    quick_backs: 1,
    abandoned_forms: 2,
    slow_interactions: 3,
  };
  const chunks = [chunk(site, 0, { signals: { clicks: 3 } }), chunk(site, 1, { signals })];
  const late = chunk(site, 2, { stream: 9, url: 'https://shop.example/käik \0' });
  // Listed before their bytes are written, and once afterwards: told again, or written again, they are what they were.
  expect(await indexChunks(db, chunks)).toEqual([]);
  expect(await summary(site)).toMatchObject([{ chunks: 2, clicks: 4 }]);
  await saveParts(db, store, [part(41, chunks)]);
  await saveParts(db, store, [part(41, chunks)]);
  await saveParts(db, store, [part(42, [late])]);
  expect(await indexChunks(db, [...chunks, late, chunk(site, 3)])).toHaveLength(3);
  await saveParts(db, store, [part(43, [...chunks, chunk(site, 3)])]);

  expect(await rows('select * from replay_chunk where site_id = $1 order by n', site)).toMatchObject([
    { n: 0, from: new Date(start), skew: -250, keyframe: true, signals: { clicks: 3 }, part: 41, at: 0 },
    { n: 1, to: new Date(start + 19_500), keyframe: false, part: 41, at: 700 },
    { n: 2, stream: 9, signals: null, url: 'https://shop.example/käik ', part: 42, at: 0 },
    { n: 3, part: 43, at: 1400 },
  ]);
  expect(await summary(site)).toMatchObject([
    {
      ...{ session_id: 77, visitor: 5, start: new Date(start), last: new Date(start + 39_500), chunks: 4, bytes: 2800 },
      ...signals,
      clicks: 4,
    },
  ]);
  for (const one of [...chunks, late]) expect(await read(store, one)).toEqual(one.body);
  expect(Buffer.from((await read(store, chunks[0] as Chunk, 2)) ?? [])).toEqual(behind(...chunks));
  expect(await read(store, { ...late, n: 3 })).toBeNull();
  expect(await read(store, chunks[0] as Chunk, 3)).toBeNull();

  const remove = (site_id: number) => removeRecordings(db, store, [{ site_id, session_id: 77 }]);
  expect(await remove(site + 100)).toBe(0);
  expect(await remove(site)).toBe(1);
  expect(await summary(site)).toEqual([]);
  expect(await read(store, late)).toBeNull();
  expect(await rows('select 1 from replay_part where site_id = $1', site)).toEqual([]);
  expect(await remove(site)).toBe(0);
});

test('a run is read in as few pieces as it lies in: alone as it once was, in parts, or where it waits', async () => {
  const { db, rows } = postgres;
  const { store, objects, asked } = bucket();
  const all = Array.from({ length: 9 }, (_, n) => chunk(6, n));
  const other = chunk(6, 0, { stream: 2 });
  await indexChunks(db, all);
  await rows('update replay_chunk set part = 0 where site_id = 6 and n < 3');
  for (const one of all.slice(0, 2)) objects.set(objectName.chunk(one), one.body);
  await rows(`update replay_chunk set body = decode($1, 'hex') where site_id = 6 and n = 2`, all[2]?.body.toHex());
  await saveParts(db, store, [part(8, all.slice(3, 5)), part(9, [...all.slice(5, 7), other])]);
  const waits: number[][] = [];
  const held = async ({ n, count }: Run) => {
    waits.push([n, count]);
    return new Uint8Array(behind(...all.slice(n, n + count)));
  };
  expect(Buffer.from((await read(store, all[0] as Chunk, 9, held)) ?? [])).toEqual(behind(...all));
  expect(waits).toEqual([[7, 2]]);
  expect(asked).toEqual(['6/77/1/0', '6/77/1/1', '6/77/8 0+1400', '6/77/9 0+1400']);
  expect(await read(store, other)).toEqual(other.body);
});

test('what is written while somebody asks for it is found where it went', async () => {
  const { db } = postgres;
  const { store } = bucket();
  const one = chunk(8, 0);
  await indexChunks(db, [one]);
  const written = async () => {
    await saveParts(db, store, [part(3, [one])]);
    return null;
  };
  expect(await read(store, one, 1, written)).toEqual(one.body);
  expect(await read(bucket().store, one)).toBeNull();
});

test('large chunks come back whole from a row', async () => {
  const body = new Uint8Array(1_000_000).map((_, i) => (i * 7) % 251);
  const chunks = Array.from({ length: 6 }, (_, n) => chunk(3, n, { body, bytes: body.length }));
  const store = objectStore({});
  await saveParts(postgres.db, store, [part(1, chunks.slice(0, 3)), { ...part(2, chunks.slice(3)) }]);
  expect(await summary(3)).toMatchObject([{ chunks: 6, bytes: 6_000_000 }]);
  expect(await read(store, chunks[5] as Chunk)).toEqual(body);
});

test('recordings of one flush keep apart', async () => {
  await indexChunks(postgres.db, [
    chunk(4, 0),
    chunk(4, 0, { session_id: 78, visitor: 6 }),
    chunk(5, 0, { visitor: 7 }),
  ]);
  expect(await summary(4)).toMatchObject([
    { session_id: 77, visitor: 5, chunks: 1 },
    { session_id: 78, visitor: 6, chunks: 1 },
  ]);
  expect(await summary(5)).toMatchObject([{ visitor: 7, chunks: 1 }]);
});

test('counts that no column holds don’t keep a recording out', async () => {
  const most = 2_147_483_647;
  await indexChunks(postgres.db, [
    chunk(77, 0, { signals: { clicks: most, errors: most } }),
    chunk(77, 1, { signals: { clicks: most, rage_clicks: 1 } }),
  ]);
  const rows = await postgres.rows('select chunks, clicks, errors, rage_clicks from replay where site_id = 77');
  expect(rows).toEqual([{ chunks: 2, clicks: most, errors: most, rage_clicks: 1 }]);
});
