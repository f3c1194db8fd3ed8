import { describe, expect, test } from 'vitest';
import {
  area,
  axisLabel,
  begun,
  bucketName,
  clockTicks,
  labelled,
  labelledMinutes,
  line,
  lines,
  ticks,
  unitsOf,
  zoomed,
} from '../../src/dashboard/site/chart-maths.ts';

const NOW = Date.parse('2026-11-21T15:20:00Z');

describe('ticks', () => {
  test.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [766, [0, 200, 400, 600, 800]],
    [1000, [0, 250, 500, 750, 1000]],
    [18_204, [0, 5000, 10_000, 15_000, 20_000]],
  ])('up to %d', (most, steps) => expect(ticks(most)).toEqual(steps));

  test('reach the largest number, in few whole steps', () => {
    for (let most = 1; most < 5000; most += 7) {
      const steps = ticks(most);
      expect(steps.at(-1)).toBeGreaterThanOrEqual(most);
      expect(steps.length).toBeLessThanOrEqual(6);
      expect(steps.every(Number.isInteger)).toBe(true);
    }
  });

  test('of seconds are a clock’s', () => {
    expect(clockTicks(134)).toEqual([0, 60, 120, 180]);
    expect(clockTicks(0)).toEqual([0, 1]);
  });
});

describe('lines', () => {
  const at = (x: number, y: number) => ({ x, y });
  test('a missing point breaks the line', () =>
    expect(line([at(0, 1), at(1, 2), null, at(3, 4), at(4, 5)])).toBe('M0 1L1 2M3 4L4 5'));
  test('dashes lead to and from what isn’t whole', () => {
    const points = [at(0, 1), at(1, 2), at(2, 3), at(3, 4), null];
    expect(lines(points, [true, true, true, true, false])).toEqual(['M0 1L1 2L2 3L3 4', '']);
    expect(lines(points, [true, true, true, false, false])).toEqual(['M0 1L1 2L2 3', 'M2 3L3 4']);
    expect(lines(points, [false, true, true, false, false])).toEqual(['M1 2L2 3', 'M0 1L1 2M2 3L3 4']);
    expect(lines([at(0, 1), null, at(2, 3)], [true, true, true])).toEqual(['', '']);
  });
  test('the surface reaches the floor on each side of a gap', () =>
    expect(area([at(0, 1), at(1, 2), null, at(3, 4), at(4, 5)], 9)).toBe('M0 1L1 2L1 9L0 9ZM3 4L4 5L4 9L3 9Z'));
  test('a lone point has no surface', () => expect(area([at(0, 1)], 9)).toBe(''));
});

describe('what has begun', () => {
  const days = ['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'];
  test('is all up to today', () => expect(begun(days, 'Europe/Tallinn', NOW)).toEqual([true, true, true, false]));
  test('and today is the zone’s', () =>
    expect(begun(days, 'Pacific/Kiritimati', NOW)).toEqual([true, true, true, true]));
  test('of hours, up to this one', () => {
    const hours = ['2026-11-21T16:00:00+02:00', '2026-11-21T17:00:00+02:00', '2026-11-21T18:00:00+02:00'];
    expect(begun(hours, 'Europe/Tallinn', NOW)).toEqual([true, true, false]);
  });
});

describe('labels', () => {
  test('are as many as fit, evenly apart', () => {
    expect(labelled(30, 1000, 92)).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27]);
    expect(labelled(30, 270, 92)).toEqual([0, 24]);
    expect(labelled(30, 270, 60)).toEqual([0, 12, 24]);
    expect(labelled(1, 300, 92)).toEqual([0]);
  });
  test('of minutes stand at round ones', () => {
    const hour = Array.from(
      { length: 60 },
      (_, i) => `2026-11-21T1${i < 37 ? 4 : 5}:${String((i + 23) % 60).padStart(2, '0')}:00+02:00`,
    );
    const shown = (width: number) => labelledMinutes(hour, width, 92).map((i) => hour[i]?.slice(11, 16));
    expect(shown(1100)).toEqual(['14:30', '14:40', '14:50', '15:00', '15:10', '15:20']);
    expect(shown(250)).toEqual(['14:30', '15:00']);
  });
  test('under the axis', () => {
    expect(axisLabel('2026-11-21T14:05:00+02:00', 'time:minute', false)).toBe('14:05');
    expect(axisLabel('2026-11-21T14:00:00+02:00', 'time:hour', false)).toBe('14:00');
    expect(axisLabel('2026-11-21T00:00:00+02:00', 'time:hour', false)).toBe('21 Nov');
    expect(axisLabel('2026-10-22', 'time:day', true)).toBe('22 Oct');
    expect(axisLabel('2026-10-01', 'time:month', true)).toBe('Oct 2026');
  });
  test('in the read-out', () => {
    expect(bucketName('2026-11-21T14:00:00+02:00', 'time:hour', '2026')).toBe('Sat 21 Nov, 14:00');
    expect(bucketName('2025-11-10', 'time:day', '2026')).toBe('Mon 10 Nov 2025');
    expect(bucketName('2026-11-16', 'time:week', '2026')).toBe('week of 16 Nov');
    expect(bucketName('2026-10-01', 'time:month', '2026')).toBe('October 2026');
  });
});

test('a range is divided into what says something', () => {
  const days = (n: number) =>
    unitsOf(['2026-01-01T00:00:00Z', new Date(Date.UTC(2026, 0, 1 + n) - 1000).toISOString()]);
  expect(days(1)).toEqual(['time:minute', 'time:hour']);
  expect(days(7)).toEqual(['time:hour', 'time:day']);
  expect(days(30)).toEqual(['time:hour', 'time:day', 'time:week']);
  expect(days(365)).toEqual(['time:day', 'time:week', 'time:month']);
});

describe('dragging over buckets', () => {
  const whole: [string, string] = ['2026-10-23T00:00:00+03:00', '2026-11-21T23:59:59+02:00'];
  test('days, either way round', () => {
    const days = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'];
    expect(zoomed(days, 1, 2, 'time:day', whole)).toEqual(['2026-11-19', '2026-11-20']);
    expect(zoomed(days, 3, 1, 'time:day', whole)).toEqual(['2026-11-19', '2026-11-21']);
  });
  test('minutes, to the last second', () => {
    const minutes = ['2026-11-21T10:58:00+02:00', '2026-11-21T10:59:00+02:00', '2026-11-21T11:00:00+02:00'];
    expect(zoomed(minutes, 2, 1, 'time:minute', whole)).toEqual([
      '2026-11-21T10:59:00+02:00',
      '2026-11-21T11:00:59+02:00',
    ]);
  });
  test('hours, to the last second', () => {
    const hours = ['2026-11-21T10:00:00+02:00', '2026-11-21T11:00:00+02:00', '2026-11-21T12:00:00+02:00'];
    expect(zoomed(hours, 0, 1, 'time:hour', whole)).toEqual(['2026-11-21T10:00:00+02:00', '2026-11-21T11:59:59+02:00']);
  });
  test('weeks and months end with their last day', () => {
    const weeks = ['2026-11-02', '2026-11-09', '2026-11-16'];
    expect(zoomed(weeks, 0, 1, 'time:week', whole)).toEqual(['2026-11-02', '2026-11-15']);
    expect(zoomed(weeks, 2, 2, 'time:week', whole)).toEqual(['2026-11-16', '2026-11-21']);
  });
});
