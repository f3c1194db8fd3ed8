import { expect, test } from 'vitest';
import { world } from '../../local/world.ts';

test('the map has a shape or a dot for every country that visitors come from', () => {
  const { size, lands, dots } = world();
  const all = { ...lands, ...dots };
  for (const code of ['EE', 'FI', 'US', 'FR', 'NO', 'XK', 'CY', 'SO', 'MT', 'SG', 'LI', 'MU', 'HK'])
    expect(all).toHaveProperty(code);
  expect(Object.keys(all).length).toBeGreaterThan(230);
  expect(Object.keys(all).filter((code) => !/^[A-Z]{2}$/.test(code))).toEqual([]);
  expect(lands).not.toHaveProperty('AQ');
  for (const [x, y] of Object.values(dots)) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(size[0]);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(size[1]);
  }
});
