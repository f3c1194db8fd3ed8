import { beforeAll, describe, expect, it } from 'vitest';
import { PARTS } from '../../local/build.ts';
import { type Size, sizes } from '../../local/size.ts';

/** Bytes are a promise to every page that carries the tag. The snippet's settings, and the parts that a site wants, come on top. */
describe('sizes', () => {
  let all: Size[];
  beforeAll(async () => {
    all = await sizes();
  });

  it.each(['snippet, core', ...PARTS.map((name) => `snippet, ${name}`), 'recorder', 'dashboard, first load'])(
    '%s keeps to its budget',
    (name) => {
      const { brotli = Number.NaN, budget = Number.NaN } = all.find((size) => size.name === name) ?? {};
      expect(brotli).toBeLessThanOrEqual(budget);
    },
  );

  it('the Worker fits the free plan: 3 MB gzipped', () => {
    expect(all.find(({ name }) => name === 'worker')?.gzip).toBeLessThan(3_000_000);
  });
});
