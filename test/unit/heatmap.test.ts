import { describe, expect, test } from 'vitest';
import { printChoice, readChoice } from '../../src/dashboard/heatmap/choice.ts';
import { depthOf, mostIn, shareAt } from '../../src/dashboard/heatmap/draw.ts';
import { lastSteps } from '../../src/dashboard/heatmap/ways.ts';
import { printView, readView } from '../../src/dashboard/site/view.ts';
import { reached } from '../../src/heatmap/heatmap.ts';

describe('how far down a page was seen', () => {
  const deepest = [
    { depth: 100, visits: 1 },
    { depth: 49, visits: 2 },
    { depth: 0, visits: 1 },
  ];

  test('whoever saw a depth saw all above it', () => {
    expect(reached(deepest)).toEqual({ visits: 4, reached: [4, ...Array(9).fill(3), ...Array(11).fill(1)] });
    expect(reached([])).toEqual({ visits: 0, reached: Array(21).fill(0) });
  });

  test('shares go down in straight lines from depth to depth, and end with the page', () => {
    const { reached: seen } = reached(deepest);
    expect([-5, 0, 2.5, 5, 45, 47.5, 50, 100, 130].map((depth) => shareAt(seen, depth))).toEqual([
      ...[1, 1, 0.875, 0.75, 0.75, 0.5, 0.25, 0.25, 0.25],
    ]);
    expect(shareAt(Array(21).fill(0), 50)).toBe(0);
  });

  test('a line stands where fewer go on; nowhere, where as many see the end', () => {
    const { reached: seen } = reached(deepest);
    expect([0.9, 0.75, 0.5, 0.25].map((share) => depthOf(seen, share))).toEqual([2.5, 45.5, 48, null]);
  });
});

test('what is clicked most is the place with the most clicks, however they scatter over it', () => {
  const points = [
    { x: 10, y: 10, n: 2 },
    { x: 14, y: 3, n: 3 },
    { x: 200, y: 10, n: 4 },
  ];
  expect(mostIn(points, 20)).toBe(5);
  expect(mostIn(points, 5)).toBe(4);
  expect(mostIn([], 20)).toBe(1);
});

test('an address says which map of which page, by which devices', () => {
  expect(readChoice('')).toEqual({ page: null, map: 'clicks', device: 'Desktop' });
  const odd = { page: '/a b/ü,c?&=', map: 'scroll', device: 'Mobile' } as const;
  expect(readChoice(printChoice(odd))).toEqual(odd);
  expect(readChoice('map=rain&device=Watch&page=')).toEqual({ page: '', map: 'clicks', device: 'Desktop' });
  const search = printView({ ...readView('?period=7d'), recordings: printChoice(odd) });
  expect(search).toMatch(/^\?period=7d&map=scroll&device=Mobile&page=\/a/);
  expect(readChoice(readView(search).recordings)).toEqual(odd);
  expect(printView(readView(search))).toBe(search);
});

test('a way to an element is told by its end', () => {
  expect(lastSteps('>html>body>main>ul>li:2>a')).toBe('ul > li 2 > a');
  expect(lastSteps('#shop>fancy-card/>button')).toBe('#shop > fancy-card > button');
  expect(lastSteps('#buy')).toBe('#buy');
});
