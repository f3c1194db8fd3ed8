import { beforeAll, describe, expect, it } from 'vitest';
import { type Size, sizes } from '../../local/size.ts';

/** Bytes are a promise to every page that carries the tag. */
describe('sizes', () => {
  let all: Size[];
  beforeAll(async () => {
    all = await sizes();
  });

  it.each([
    ['snippet, core', 1_000],
    ['snippet, as served by default', 1_400],
    ['snippet, what comes later', 1_200],
    ['vitals', 650],
    ['errors', 400],
    ['recorder', 17_500],
    ['recorder, fuller', 21_500],
    ['dashboard, first load', 60_000],
  ])('%s is at most %i bytes', (name, most) => {
    const { brotli = Number.NaN, budget } = all.find((size) => size.name === name) ?? {};
    expect(budget).toBe(most);
    expect(brotli).toBeLessThanOrEqual(most);
  });

  it('the Worker fits the free plan: 3 MB gzipped', () => {
    expect(all.find(({ name }) => name === 'worker')?.gzip).toBeLessThan(3_000_000);
  });
});
