import { describe, expect, test, vi } from 'vitest';
import type { AnnotationJson } from '../../src/contract/api.ts';

vi.stubGlobal('location', { pathname: '/', search: '', href: 'http://localhost/' });
const { annotationWords, inBuckets } = await import('../../src/dashboard/annotations/annotations.ts');

const of = (date: string, time: string | null = null): AnnotationJson => ({
  id: 1,
  date,
  time,
  text: 'Up',
  created: '2026-11-21T00:00:00Z',
});

describe('where an annotation stands on the chart', () => {
  const days = ['2026-11-20', '2026-11-21', '2026-11-22'];
  const threeDays: [string, string] = ['2026-11-20T00:00:00+02:00', '2026-11-22T23:59:59+02:00'];
  const weeks = ['2026-11-16', '2026-11-23'];
  const hours = ['2026-11-20T22:00:00+02:00', '2026-11-20T23:00:00+02:00', '2026-11-21T00:00:00+02:00'];
  const threeHours: [string, string] = ['2026-11-20T22:00:00+02:00', '2026-11-21T00:59:59+02:00'];

  test.each<[string, AnnotationJson, string[], [string, string], number]>([
    ['its day', of('2026-11-21'), days, threeDays, 1],
    ['at its end', of('2026-11-21', '23:59'), days, threeDays, 1],
    ['the first', of('2026-11-20'), days, threeDays, 0],
    ['the last', of('2026-11-22', '23:00'), days, threeDays, 2],
    ['before all', of('2026-11-19', '23:59'), days, threeDays, -1],
    ['after all', of('2026-11-23'), days, threeDays, -1],
    ['its week', of('2026-11-22'), weeks, ['2026-11-18T00:00:00+02:00', '2026-11-25T23:59:59+02:00'], 0],
    [
      'a week’s days out of range',
      of('2026-11-17'),
      weeks,
      ['2026-11-18T00:00:00+02:00', '2026-11-25T23:59:59+02:00'],
      -1,
    ],
    ['its hour', of('2026-11-20', '23:30'), hours, threeHours, 1],
    ['an hour before', of('2026-11-20', '21:59'), hours, threeHours, -1],
    ['an hour after', of('2026-11-21', '01:00'), hours, threeHours, -1],
    ['a day that the range begins amid', of('2026-11-20'), hours, threeHours, 0],
    ['a day that it ends amid', of('2026-11-21'), hours, threeHours, 2],
  ])('%s', (_, one, labels, whole, at) =>
    expect([...inBuckets([one], labels, whole)]).toEqual(at < 0 ? [] : [[at, [one]]]),
  );

  test('several in one', () =>
    expect(inBuckets([of('2026-11-21', '09:00'), of('2026-11-21')], days, threeDays).get(1)).toHaveLength(2));
});

test('in words', () => {
  expect(annotationWords(of('2026-11-21', '14:00'), '2026')).toBe('21 Nov, 14:00: Up');
  expect(annotationWords(of('2025-11-21'), '2026')).toBe('21 Nov 2025: Up');
});
