import { expect, test } from 'vitest';
import { places } from '../../src/dashboard/replays/marks.ts';

// Where marks stand on the player's bar.

const of = (...marks: [number, string][]) =>
  places(
    marks.map(([time, kind]) => ({ time, kind })),
    100,
  );

test('an error and the rage click that it met stand side by side, and so do all that follow at once', () => {
  expect(of([0, 'error'], [50, 'rage_click'], [60, 'error'], [99, 'dead_click'])).toEqual([0, 1, 0, 2]);
});

test('what is far enough from the first of them stands in its own place', () => {
  expect(of([0, 'error'], [99, 'rage_click'], [100, 'rage_click'], [120, 'error'])).toEqual([0, 1, 0, 1]);
});

test('what stands above the bar and what stands below it don’t meet; dots go under what they belong to', () => {
  expect(of([0, 'page'], [0, 'note'], [0, 'error'], [10, 'click'], [20, 'failure'], [30, 'event'])).toEqual([
    0, 1, 0, 0, 0, 2,
  ]);
});
