import { expect, test } from 'vitest';
import { Tally } from '../../src/collect/tally.ts';
import { ownStorage } from '../sqlite.ts';

// A collector that nobody needs is put out of memory: what it counted must outlive it.

const NOW = Date.UTC(2026, 10, 21, 12);
const accepted = { fate: 'accepted', reason: 'accepted', count: 1 } as const;

test('where little comes, a count outlives the memory it was made in', () => {
  const storage = ownStorage();
  for (let i = 0; i < 5; i++) {
    const tally = new Tally(storage);
    tally.add(accepted, NOW + i * 1_000);
    tally.save(NOW + i * 1_000);
  }
  expect(new Tally(storage).counts(NOW)).toEqual([
    { fate: 'accepted', reason: 'accepted', hour: 5, day: 5, last: NOW + 4_000 },
  ]);
});

test('where much comes, it is written down every ten seconds, and told whole', () => {
  const storage = ownStorage();
  const tally = new Tally(storage);
  let last = 0;
  let writes = 0;
  for (let i = 0; i < 10_000; i++) {
    tally.add(accepted, NOW + i * 10);
    tally.save(NOW + i * 10);
    const { count } = [...storage.sql.exec('select sum(count) as count from tally')][0] ?? {};
    if (Number(count) !== last) writes += 1;
    last = Number(count);
  }
  expect(writes).toBeLessThanOrEqual(30 + 10);
  expect(tally.counts(NOW + 100_000)).toEqual([
    { fate: 'accepted', reason: 'accepted', hour: 10_000, day: 10_000, last: NOW + 99_990 },
  ]);
});

test('what was counted before times were kept came in its hour', () => {
  const storage = ownStorage();
  const hour = NOW / 3_600_000 - 2;
  storage.sql.exec(`create table tally (hour integer not null, fate text not null, reason text not null,
    count integer not null, primary key (hour, fate, reason)) without rowid;`);
  storage.sql.exec('insert into tally values (?, ?, ?, ?)', hour, 'ignored', 'gpc', 3);
  expect(new Tally(storage).counts(NOW)).toEqual([
    { fate: 'ignored', reason: 'gpc', hour: 0, day: 3, last: hour * 3_600_000 },
  ]);
});
