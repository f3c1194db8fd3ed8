import { describe, expect, test, vi } from 'vitest';
import {
  ago,
  bytes,
  clock,
  delta,
  duration,
  exact,
  moment,
  money,
  percent,
  plural,
  short,
} from '../../src/dashboard/format.ts';

describe('numbers for people', () => {
  test.each([
    [0, '0'],
    [988, '988'],
    [18_204, '18,204'],
    [49_999, '49,999'],
    [50_000, '50k'],
    [71_304, '71.3k'],
    [99_960, '100k'],
    [204_499, '204k'],
    [999_499, '999k'],
    [999_500, '1M'],
    [1_240_000, '1.2M'],
    [999_499_999, '999M'],
    [1_240_000_000, '1.2B'],
  ])('%d is %s', (n, text) => expect(short(n)).toBe(text));

  test('exact', () => expect(exact(1_240_001)).toBe('1,240,001'));

  test.each([
    [0, '0s'],
    [0.04, '<1s'],
    [0.9, '<1s'],
    [8.4, '8s'],
    [59.6, '59s'],
    [134.9, '2m 14s'],
    [3599.7, '59m 59s'],
    [3780, '1h 03m'],
  ])('%d seconds are %s', (n, text) => expect(duration(n)).toBe(text));

  test.each([
    [0, '0:00'],
    [134.9, '2:14'],
    [3800, '1:03:20'],
  ])('%d seconds on a clock are %s', (n, text) => expect(clock(n)).toBe(text));

  test.each([
    [0, '0 %'],
    [4.21, '4.2 %'],
    [41.4, '41 %'],
    [100, '100 %'],
  ])('%d percent are %s', (n, text) => expect(percent(n)).toBe(text));

  test.each([
    ['9.90', 'EUR', '€9.90'],
    ['1204.5', 'EUR', '€1,204.50'],
    ['12000', 'USD', '$12,000'],
    ['5', 'nonsense', '5 nonsense'],
  ])('%s %s is %s', (amount, currency, text) => expect(money(amount, currency)).toBe(text));

  test.each([
    [12, '12 B'],
    [48_400, '48 kB'],
    [1_240_000, '1.2 MB'],
  ])('%d bytes are %s', (n, text) => expect(bytes(n)).toBe(text));
});

describe('deltas', () => {
  test('a rise is better', () => expect(delta(112, 100)).toEqual({ way: 1, better: true, text: '12 %' }));
  test('a fall is worse', () => expect(delta(96, 100)).toEqual({ way: -1, better: false, text: '4 %' }));
  test('a bounce rate that falls is better, in points', () =>
    expect(delta(41, 44, { points: true, fallIsGood: true })).toEqual({ way: -1, better: true, text: '3 pts' }));
  test('one point is one', () => expect(delta(41, 40, { points: true })?.text).toBe('1 pt'));
  test('no change is neither', () => expect(delta(100.01, 100)).toEqual({ way: 0, better: null, text: '0 %' }));
  test('nothing before: no delta', () => expect(delta(5, 0)).toBeNull());
  test('a leap is bounded', () => expect(delta(5000, 1)?.text).toBe('> 999 %'));
});

describe('moments', () => {
  test.each([
    [30_000, 'just now'],
    [4 * 60_000, '4 min ago'],
    [3 * 3_600_000, '3 h ago'],
  ])('%d ms ago', (gone, text) => expect(ago(1e12 - gone, 1e12)).toBe(text));
  test('long ago is a date in the zone', () => expect(ago(0, 1e12, 'Asia/Kolkata')).toBe('1 Jan, 05:30'));
});

test('what is written of figures and words keeps its order where words run from the right', () => {
  vi.stubGlobal('document', { dir: 'rtl' });
  try {
    const written = [
      percent(35),
      duration(134),
      moment('2026-11-20T14:05:00Z', 'UTC'),
      plural(2, 'page'),
      bytes(48_000),
    ];
    expect(written).toEqual(
      ['35 %', '2m 14s', '20 Nov, 14:05', '2 pages', '48 kB'].map((text) => `\u2068${text}\u2069`),
    );
  } finally {
    vi.unstubAllGlobals();
  }
});
