import { describe, expect, test } from 'vitest';
import { badges } from '../../src/dashboard/heatmap/badges.ts';
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

describe('counts on a picture', () => {
  const view = { width: 400, height: 300 };
  const said = (way: string, left: number, top: number, width = 100, height = 40) => ({
    ...{ way, text: '12' },
    box: { left, top, width, height },
  });
  const places = (...all: ReturnType<typeof said>[]) => badges(all, view).map(({ way, left, top }) => [way, left, top]);

  test('stand over a corner of what they count, of a low one over a quarter at most', () => {
    expect(places(said('button', 100, 100), said('link', 100, 200, 60, 12))).toEqual([
      ['button', 96, 91],
      ['link', 96, 185],
    ]);
  });

  test('stay within sight as long as what they count is in it', () => {
    expect(places(said('top', 0, 0), said('cut', 300, -30), said('right', 398, 100), said('below', 0, 301))).toEqual([
      ['top', 1, 1],
      ['cut', 296, 1],
      ['right', 373, 91],
    ]);
  });

  test('make room for those that count more, and end where there is none', () => {
    const all = Array.from({ length: 9 }, (_, i) => said(`${i}`, 100 + 5 * i, 100));
    expect(places(...all)).toEqual([
      ['0', 96, 91],
      ['1', 183, 91],
      ['2', 106, 131],
      ['3', 193, 131],
      ['6', 126, 91],
    ]);
    expect(badges(all, { width: 150, height: 300 })).toHaveLength(2);
  });
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
