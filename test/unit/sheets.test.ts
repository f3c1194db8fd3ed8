import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sheets } from '../../src/collect/sheets.ts';
import { LIMITS } from '../../src/contract/wire.ts';
import { dropSheets, readSheet, saveSheets, unscopedUnused } from '../../src/replays/sheets.ts';
import { objectStore } from '../../src/replays/store.ts';
import { ownPostgres } from '../pglite.ts';
import { ownStorage } from '../sqlite.ts';

// Which style sheets a site has, as its collector knows it and as Postgres does. The way there and back, and the bucket:
// test/worker/sheets.test.ts.

let postgres: Awaited<ReturnType<typeof ownPostgres>>;
beforeAll(async () => {
  postgres = await ownPostgres();
}, 60_000);
afterAll(() => postgres.close());

const body = (...bytes: number[]) => new Uint8Array(bytes);
const stored = (site: number) =>
  postgres.rows<{ hash: string; used: string }>(
    'select hash, used::text from replay_sheet where site_id = $1 order by hash',
    site,
  );

test('a collector asks for what it has not, once, and tells a use once a day', () => {
  const sheets = new Sheets(ownStorage());
  expect(sheets.missing(['a', 'b'], '2026-11-01')).toEqual(['a', 'b']);
  expect(sheets.add('a', body(1, 2, 3), '2026-11-01')).toBe(true);
  expect(sheets.add('a', body(9), '2026-11-01')).toBe(true);
  expect(sheets.missing(['a', 'b'], '2026-11-01')).toEqual(['b']);
  expect(sheets.bytes).toBe(3);
  const first = sheets.untold(1_000);
  expect(first).toEqual([{ hash: 'a', used: '2026-11-01', body: body(1, 2, 3) }]);
  sheets.told(first, []);
  expect([sheets.bytes, sheets.waits]).toEqual([0, false]);
  sheets.missing(['a'], '2026-11-01');
  expect(sheets.waits).toBe(false);
  sheets.missing(['a'], '2026-11-03');
  sheets.missing(['a'], '2026-11-02');
  expect(sheets.untold(1_000)).toEqual([{ hash: 'a', used: '2026-11-03', body: null }]);
});

test('what is used again while it is written is told again', () => {
  const sheets = new Sheets(ownStorage());
  sheets.add('a', body(1), '2026-11-01');
  const first = sheets.untold(1_000);
  sheets.missing(['a'], '2026-11-02');
  sheets.told(first, []);
  expect(sheets.untold(1_000)).toEqual([{ hash: 'a', used: '2026-11-02', body: null }]);
});

test('bytes are told in turns', () => {
  const sheets = new Sheets(ownStorage());
  for (const hash of ['a', 'b', 'c']) sheets.add(hash, new Uint8Array(600), '2026-11-01');
  const turns: string[][] = [];
  for (let some = sheets.untold(1_300); some.length > 0; some = sheets.untold(1_300)) {
    turns.push(some.map(({ hash }) => hash));
    sheets.told(some, []);
  }
  expect(turns).toEqual([['a', 'b'], ['c']]);
});

test('a site has so many, and so much of them', () => {
  const full = new Sheets(ownStorage());
  const large = new Uint8Array(LIMITS.sheetsBytes / 10);
  for (let n = 0; n < 10; n++) expect(full.add(`large${n}`, large, '2026-11-01')).toBe(true);
  expect(full.add('more', body(1), '2026-11-01')).toBe(false);
  expect(full.add('large3', large, '2026-11-01')).toBe(true);
  full.forget('2026-11-02');
  expect(full.add('more', body(1), '2026-11-02')).toBe(true);

  const many = new Sheets(ownStorage());
  for (let n = 0; n < LIMITS.sheets; n++) many.add(`small${n}`, body(1), '2026-11-01');
  expect(many.add('more', body(1), '2026-11-01')).toBe(false);
});

test('stored twice it is stored once; one that Postgres lost has to be sent again', async () => {
  const { db } = postgres;
  const store = objectStore({});
  const save = (hash: string, used: string, bytes: Uint8Array | null) =>
    saveSheets(db, store, 1, [{ hash, used, body: bytes }]);
  expect(await save('a', '2026-11-02', body(1, 2))).toEqual([]);
  expect(await save('a', '2026-11-01', body(1, 2))).toEqual([]);
  expect(await save('a', '2026-11-05', null)).toEqual([]);
  expect(await save('a', '2026-11-04', null)).toEqual([]);
  expect(await stored(1)).toEqual([{ hash: 'a', used: '2026-11-05' }]);
  expect(await readSheet(db, store, 1, 'a')).toEqual(body(1, 2));
  expect(await readSheet(db, store, 2, 'a')).toBeNull();
  expect(await save('lost', '2026-11-05', null)).toEqual(['lost']);

  const sheets = new Sheets(ownStorage());
  sheets.add('lost', body(7), '2026-11-01');
  sheets.told(sheets.untold(1_000), []);
  sheets.missing(['lost'], '2026-11-05');
  const some = sheets.untold(1_000);
  sheets.told(some, await saveSheets(db, store, 1, some));
  expect(sheets.missing(['lost'], '2026-11-05')).toEqual(['lost']);
});

test('what no recording can name any more goes, and nothing else', async () => {
  const { db, rows } = postgres;
  const store = objectStore({});
  const used = async (site: number, ...days: string[]) => {
    await saveSheets(
      db,
      store,
      site,
      days.map((day) => ({ hash: day, used: day, body: body(1) })),
    );
  };
  const recording = (site: number, start: string) =>
    rows(
      `insert into replay (site_id, session_id, visitor, start, last, chunks, bytes, clicks, errors, rage_clicks, dead_clicks)
       values ($1, $2, 1, $3, $3, 1, 1, 0, 0, 0, 0)`,
      site,
      Date.parse(start),
      start,
    );
  const now = Date.UTC(2026, 10, 20, 3);
  await used(11, '2026-11-01', '2026-11-07', '2026-11-08', '2026-11-20');
  await recording(11, '2026-11-10T23:59:00Z');
  await recording(11, '2026-11-15T00:00:00Z');
  await used(12, '2026-11-17', '2026-11-18');
  await used(13, '2026-11-08');
  await recording(13, '2026-11-10T00:00:00Z');
  const due = (await unscopedUnused(db, now)).filter(({ site }) => site > 10);
  expect(due).toEqual([
    { site: 11, before: '2026-11-08' },
    { site: 12, before: '2026-11-18' },
  ]);
  await dropSheets(db, store, { site: 11, before: '2026-11-08', again: (hash) => hash === '2026-11-07' });
  expect((await stored(11)).map(({ hash }) => hash)).toEqual(['2026-11-07', '2026-11-08', '2026-11-20']);
  expect(await stored(12)).toHaveLength(2);
});
