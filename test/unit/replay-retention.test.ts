import { afterAll, beforeAll, expect, test } from 'vitest';
import { unscopedExpire } from '../../src/replays/retention.ts';
import { type ChunkKey, chunkStore } from '../../src/replays/store.ts';
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
  for (const [session, days] of [
    [1, 31],
    [2, 30.5],
    [3, 29],
  ]) {
    const start = new Date(NOW - (days ?? 0) * 86_400_000).toISOString();
    await rows(
      `with summary as (
         insert into replay (site_id, session_id, visitor, start, last, chunks, bytes, clicks, errors, rage_clicks, dead_clicks)
         values ($1, $2, 1, $3, $3, 700, 700, 0, 0, 0, 0)
       )
       insert into replay_chunk (site_id, session_id, stream, n, "from", "to", skew, events, bytes, keyframe, url, body)
       select $1, $2, 7, n, $3, $3, 0, 1, 1, true, '/', '\\x1f8b' from generate_series(0, 699) n`,
      id,
      session,
      start,
    );
  }
  const steps: ChunkKey[][] = [];
  const store = {
    ...chunkStore({}, db),
    drop: async (keys: ChunkKey[]) => {
      steps.push(keys);
    },
  };
  const left = () =>
    rows(
      `select session_id::int as session, (select count(*)::int from replay_chunk c where c.session_id = r.session_id) as chunks
       from replay r order by 1`,
    );
  await unscopedExpire(db, store, NOW, 0);
  expect(steps).toEqual([]);
  await unscopedExpire(db, { ...store, drop: () => Promise.reject(new Error('away')) }, NOW).catch(() => undefined);
  expect(await left()).toEqual([1, 2, 3].map((session) => ({ session, chunks: 700 })));
  await unscopedExpire(db, store, NOW);
  expect(steps.map(({ length }) => length)).toEqual([1_000, 400]);
  expect(new Set(steps.flat().map((key) => JSON.stringify(key))).size).toBe(1_400);
  expect(await left()).toEqual([{ session: 3, chunks: 700 }]);
  await rows('update site set record_days = null where id = $1', id);
  await unscopedExpire(db, store, NOW + 1e12);
  expect(await left()).toHaveLength(1);
});
