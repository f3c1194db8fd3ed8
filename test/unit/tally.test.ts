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
  expect(new Tally(storage).counts(NOW)).toEqual([{ fate: 'accepted', reason: 'accepted', hour: 5, day: 5 }]);
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
  expect(tally.counts(NOW + 100_000)).toEqual([{ fate: 'accepted', reason: 'accepted', hour: 10_000, day: 10_000 }]);
});
