import { afterAll, beforeAll, expect, test } from 'vitest';
import { unscopedExpire } from '../../src/replays/retention.ts';
import { objectStore } from '../../src/replays/store.ts';
import { ownPostgres } from '../pglite.ts';

// Which recordings go by their age, in steps. Down to the bucket: test/worker/replay-retention.test.ts.

let postgres: Awaited<ReturnType<typeof ownPostgres>>;
beforeAll(async () => {
  postgres = await ownPostgres();
}, 60_000);
afterAll(() => postgres.close());

const NOW = Date.UTC(2026, 10, 21, 9);

test('more than fits in one step goes in several, and what is cut off goes with the next run', async () => {
  const { db, rows } = postgres;
  const [site] = await rows<{ id: number }>(
    "insert into site (domain, record_days) values ('a.example', 30) returning id",
  );
  const id = site?.id ?? 0;
  const record = (first: number, last: number, days: number) =>
    rows(
      `with recording as (
         select n as session_id, $4::timestamptz as start from generate_series($2::int, $3::int) n
       ), summary as (
         insert into replay (site_id, session_id, visitor, start, last, chunks, bytes, clicks, errors, rage_clicks, dead_clicks)
         select $1::int, session_id, 1, start, start, 3, 3, 0, 0, 0, 0 from recording
       ), parts as (
         insert into replay_part (site_id, session_id, part, bytes)
         select $1::int, session_id, part, 1 from recording, (values (11), (22)) parts (part)
       )
       insert into replay_chunk (site_id, session_id, stream, n, "from", "to", skew, events, bytes, keyframe, url, part, at)
       select $1::int, session_id, 7, n, start, start, 0, 1, 1, true, '/', part, 0
       from recording, (values (0, 11), (1, 22), (2, 0), (3, null)) chunks (n, part)`,
      id,
      first,
      last,
      new Date(NOW - days * 86_400_000).toISOString(),
    );
  await record(1, 120, 31);
  await record(121, 150, 30.5);
  await record(151, 152, 29);
  const steps: string[][] = [];
  const store = {
    ...objectStore({}),
    drop: async (names: string[]) => {
      steps.push(names);
    },
  };
  const left = async () =>
    Promise.all(
      ['replay', 'replay_part', 'replay_chunk'].map(
        async (table) => (await rows(`select 1 from ${table} where site_id = $1`, id)).length,
      ),
    );
  await unscopedExpire(db, store, NOW, 0);
  expect(steps).toEqual([]);
  await unscopedExpire(db, { ...store, drop: () => Promise.reject(new Error('away')) }, NOW).catch(() => undefined);
  expect(await left()).toEqual([152, 304, 608]);
  await unscopedExpire(db, store, NOW);
  // Two parts, and a chunk that lies alone; one that waits in its collector has no object.
  expect(steps.map(({ length }) => length)).toEqual([300, 150]);
  expect(new Set(steps.flat()).size).toBe(450);
  expect(steps.flat().filter((name) => name.startsWith(`${id}/1/`))).toEqual([
    `${id}/1/11`,
    `${id}/1/22`,
    `${id}/1/7/2`,
  ]);
  expect(await left()).toEqual([2, 4, 8]);
  await rows('update site set record_days = null where id = $1', id);
  await unscopedExpire(db, store, NOW + 1e12);
  expect(await left()).toEqual([2, 4, 8]);
});
