import { expect, test } from 'vitest';
import { compare } from '../fidelity/compare.ts';

test.each([
  ['nothing', [], [], []],
  ['the same', ['a', 'b'], ['a', 'b'], []],
  ['lacking one', ['a', 'b', 'c'], ['a', 'c'], ['- b']],
  ['with one more', ['a', 'c'], ['a', 'b', 'c'], ['+ b']],
  ['another', ['a', ' b', 'c'], ['a', ' x', 'c'], ['- b', '+ x']],
  ['in another order', ['a', 'b', 'c', 'd'], ['a', 'c', 'b', 'd'], ['- b', '+ b']],
  ['nothing in common', ['a'], ['b', 'c'], ['- a', '+ b', '+ c']],
])('%s', (_name, page, replay, differences) => {
  const lines = page.length + replay.length;
  expect(compare(page, replay)).toEqual({ lines, equal: lines - differences.length, differences });
});
