import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Comparisons, DateRange } from '../../src/contract/query.ts';
import {
  bucketsOf,
  comparedRange,
  partialLabels,
  type Range,
  resolveRange,
  type Unit,
  unitOf,
  writtenRange,
} from '../../src/stats/range.ts';
import { DAY, dateOf, dayStart, dayStarts, isoDate, offset } from '../../src/stats/zone.ts';

const at = (iso: string) => Date.parse(iso);
const range = (asked: DateRange, zone = 'UTC', now = '2026-11-21T08:00:00Z', more = {}) =>
  resolveRange(asked, { zone, now: at(now), ...more });
const labels = (of: Range, unit: Unit) => bucketsOf(of, unit).map(({ label }) => label);

describe('names, on Saturday 21 November 2026', () => {
  test.each<[DateRange, string, string]>([
    ['day', '2026-11-21T00:00:00+02:00', '2026-11-21T23:59:59+02:00'],
    ['7d', '2026-11-15T00:00:00+02:00', '2026-11-21T23:59:59+02:00'],
    ['28d', '2026-10-25T00:00:00+03:00', '2026-11-21T23:59:59+02:00'],
    ['30d', '2026-10-23T00:00:00+03:00', '2026-11-21T23:59:59+02:00'],
    ['91d', '2026-08-23T00:00:00+03:00', '2026-11-21T23:59:59+02:00'],
    ['month', '2026-11-01T00:00:00+02:00', '2026-11-30T23:59:59+02:00'],
    ['6mo', '2026-06-01T00:00:00+03:00', '2026-11-30T23:59:59+02:00'],
    ['12mo', '2025-12-01T00:00:00+02:00', '2026-11-30T23:59:59+02:00'],
    ['year', '2026-01-01T00:00:00+02:00', '2026-12-31T23:59:59+02:00'],
    [['2026-03-29', '2026-03-29'], '2026-03-29T00:00:00+02:00', '2026-03-29T23:59:59+03:00'],
    [
      ['2026-01-01T12:00:00+02:00', '2026-01-01T15:59:59+02:00'],
      '2026-01-01T12:00:00+02:00',
      '2026-01-01T15:59:59+02:00',
    ],
    [['2026-01-01T10:00:00Z', '2026-01-01T13:59:59Z'], '2026-01-01T12:00:00+02:00', '2026-01-01T15:59:59+02:00'],
  ])('%s', (asked, from, to) => {
    expect(writtenRange(range(asked, 'Europe/Tallinn'))).toEqual([from, to]);
  });

  test('today is the zone’s today', () => {
    expect(writtenRange(range('day', 'Asia/Kathmandu', '2026-11-21T18:14:59Z'))[0]).toBe('2026-11-21T00:00:00+05:45');
    expect(writtenRange(range('day', 'Asia/Kathmandu', '2026-11-21T18:15:00Z'))[0]).toBe('2026-11-22T00:00:00+05:45');
    expect(writtenRange(range('day', 'America/St_Johns', '2026-11-21T03:29:59Z'))[0]).toBe('2026-11-20T00:00:00-03:30');
    expect(writtenRange(range('day', 'Pacific/Kiritimati', '2026-11-21T10:00:00Z'))[0]).toBe(
      '2026-11-22T00:00:00+14:00',
    );
  });

  test('all begins with the first visit, and with today while there is none', () => {
    expect(writtenRange(range('all', 'UTC', '2026-11-21T08:00:00Z', { first: at('2024-02-29T13:00:00Z') }))).toEqual([
      '2024-02-29T00:00:00+00:00',
      '2026-11-21T23:59:59+00:00',
    ]);
    expect(writtenRange(range('all'))[0]).toBe('2026-11-21T00:00:00+00:00');
  });

  test('trimmed, a range ends with the current hour or day', () => {
    const trim = { trim: true };
    const half = '2026-11-21T08:20:00Z';
    expect(writtenRange(range('day', 'Asia/Kathmandu', half, trim))[1]).toBe('2026-11-21T14:59:59+05:45');
    expect(writtenRange(range('month', 'UTC', half, trim))[1]).toBe('2026-11-21T23:59:59+00:00');
    expect(writtenRange(range('year', 'UTC', half, trim))[1]).toBe('2026-11-21T23:59:59+00:00');
    expect(writtenRange(range('7d', 'UTC', half, trim))[1]).toBe('2026-11-21T23:59:59+00:00');
  });
});

describe('the nights when clocks change', () => {
  test.each<[string, string, number]>([
    ['Europe/Tallinn', '2026-03-29', 23],
    ['Europe/Tallinn', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['America/St_Johns', '2026-03-08', 23],
    ['America/St_Johns', '2026-11-01', 25],
    ['America/Havana', '2026-03-08', 23],
    ['America/Havana', '2026-11-01', 25],
    ['Africa/Cairo', '2026-04-24', 23],
    ['Asia/Beirut', '2026-03-29', 23],
    ['Asia/Kathmandu', '2026-03-29', 24],
    // Half an hour is put forward or back: a day of 23.5 or 24.5 hours, in 24 or 25 clock hours.
    ['Australia/Lord_Howe', '2026-10-04', 24],
    ['Australia/Lord_Howe', '2026-04-05', 25],
  ])('%s on %s has %i hours', (zone, day, hours) => {
    const found = bucketsOf(range([day, day], zone), 'hour');
    expect(new Set(found.map(({ label }) => label)).size).toBe(found.length);
    expect(found.length).toBe(hours);
  });

  test('each hour has a label of its own', () => {
    const tallinn = labels(range(['2026-10-25', '2026-10-25'], 'Europe/Tallinn'), 'hour');
    expect(tallinn.slice(2, 6)).toEqual([
      '2026-10-25T02:00:00+03:00',
      '2026-10-25T03:00:00+03:00',
      '2026-10-25T03:00:00+02:00',
      '2026-10-25T04:00:00+02:00',
    ]);
    const lordHowe = labels(range(['2026-10-04', '2026-10-04'], 'Australia/Lord_Howe'), 'hour');
    expect(lordHowe.slice(0, 4)).toEqual([
      '2026-10-04T00:00:00+10:30',
      '2026-10-04T01:00:00+10:30',
      '2026-10-04T02:00:00+11:00',
      '2026-10-04T03:00:00+11:00',
    ]);
  });

  test('a day whose midnight is missing begins an hour late, one that has two at the first', () => {
    expect(new Date(dayStart('Africa/Cairo', at('2026-04-24'))).toISOString()).toBe('2026-04-23T22:00:00.000Z');
    expect(new Date(dayStart('America/Havana', at('2026-11-01'))).toISOString()).toBe('2026-11-01T04:00:00.000Z');
  });

  test.each([
    ...[
      'Europe/Tallinn',
      'Africa/Cairo',
      'America/Havana',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Kathmandu',
    ],
    ...['Pacific/Apia', 'Pacific/Kiritimati', 'America/St_Johns', 'Asia/Beirut', 'UTC'],
  ])('all beginnings of days in %s are those of each', (zone) => {
    for (const [from, to] of [
      ['2011-12-20', '2012-01-10'],
      ['2024-01-01', '2026-12-31'],
    ] as const) {
      for (const { date, start } of dayStarts(zone, at(from), at(to))) expect(start).toBe(dayStart(zone, date));
    }
  });

  test('a date that a zone skipped has no bucket', () => {
    expect(labels(range(['2011-12-28', '2012-01-01'], 'Pacific/Apia'), 'day')).toEqual([
      '2011-12-28',
      '2011-12-29',
      '2011-12-31',
      '2012-01-01',
    ]);
  });
});

describe('buckets', () => {
  test('of hours in a zone off by a quarter', () => {
    const hours = bucketsOf(range('day', 'Asia/Kathmandu'), 'hour');
    expect(hours[0]).toEqual({ from: at('2026-11-20T18:15:00Z'), label: '2026-11-21T00:00:00+05:45' });
    expect(hours).toHaveLength(24);
  });

  test('of weeks, the first cut at the range’s first day', () => {
    expect(labels(range(['2026-11-04', '2026-11-21']), 'week')).toEqual(['2026-11-04', '2026-11-09', '2026-11-16']);
    expect(labels(range(['2026-11-02', '2026-11-08']), 'week')).toEqual(['2026-11-02']);
  });

  test('of weeks that begin on the site’s own day', () => {
    const weeks = (firstDay: number) => bucketsOf(range(['2026-11-04', '2026-11-21']), 'week', firstDay);
    expect(weeks(7).map(({ label }) => label)).toEqual(['2026-11-04', '2026-11-08', '2026-11-15']);
    expect(weeks(6).map(({ label }) => label)).toEqual(['2026-11-04', '2026-11-07', '2026-11-14', '2026-11-21']);
  });

  test('of minutes, the last of them running', () => {
    const hour = range('hour', 'Asia/Kathmandu', '2026-11-21T08:20:30Z');
    const minutes = labels(hour, 'minute');
    expect(minutes).toHaveLength(60);
    expect([minutes[0], minutes[59]]).toEqual(['2026-11-21T13:06:00+05:45', '2026-11-21T14:05:00+05:45']);
    expect(partialLabels(hour, bucketsOf(hour, 'minute'), 'minute', at('2026-11-21T08:20:30Z'))).toEqual([
      '2026-11-21T14:05:00+05:45',
    ]);
  });

  test('say which of them are not whole', () => {
    const now = at('2026-11-21T08:20:00Z');
    const partial = (asked: DateRange, unit: Unit, zone = 'UTC', firstDay = 1) => {
      const whole = range(asked, zone);
      return partialLabels(whole, bucketsOf(whole, unit, firstDay), unit, now, firstDay);
    };
    expect(partial('7d', 'day')).toEqual(['2026-11-21']);
    expect(partial(['2026-11-04', '2026-11-18'], 'week')).toEqual(['2026-11-04', '2026-11-16']);
    expect(partial(['2026-11-01', '2026-11-14'], 'week', 'UTC', 7)).toEqual([]);
    expect(partial(['2026-09-10', '2026-10-31'], 'month', 'Europe/Tallinn')).toEqual(['2026-09-01']);
    expect(partial(['2026-10-25', '2026-10-25'], 'hour', 'Europe/Tallinn')).toEqual([]);
    expect(partial(['2026-11-20T10:30:00Z', '2026-11-20T12:59:59Z'], 'hour')).toEqual(['2026-11-20T10:00:00+00:00']);
  });

  test('of months', () => {
    expect(labels(range('6mo'), 'month')).toEqual(
      [6, 7, 8, 9, 10, 11].map((m) => `2026-${String(m).padStart(2, '0')}-01`),
    );
    expect(labels(range(['2026-01-31', '2026-03-01']), 'month')).toEqual(['2026-01-01', '2026-02-01', '2026-03-01']);
  });

  test.each<[DateRange, Unit]>([
    ['day', 'hour'],
    ['7d', 'day'],
    ['91d', 'day'],
    ['6mo', 'month'],
    ['year', 'month'],
    [['2026-10-25', '2026-10-25'], 'hour'],
    [['2026-10-25', '2026-10-26'], 'day'],
    [['2020-01-01', '2026-01-01'], 'month'],
  ])('time of %s is by the %s', (asked, unit) => {
    expect(unitOf('time', asked, range(asked, 'Europe/Tallinn'))).toBe(unit);
  });

  const zones = Intl.supportedValuesOf('timeZone');
  const anyDay = fc.integer({ min: at('2012-01-01') / DAY, max: at('2036-01-01') / DAY });

  test('cover any range of any zone without gap, and a day’s moments carry its date', () => {
    const property = fc.property(
      fc.constantFrom(...zones),
      anyDay,
      fc.nat(400),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (zone, first, more, share) => {
        const asked: DateRange = [isoDate(first * DAY), isoDate((first + more) * DAY)];
        const whole = range(asked, zone);
        for (const unit of ['day', 'week', 'month'] as const) {
          const found = bucketsOf(whole, unit);
          expect(found[0]?.from).toBe(whole.from);
          expect(found.every(({ from }, i) => i === 0 || from > (found[i - 1]?.from ?? 0))).toBe(true);
          expect(found.every(({ from }) => from < whole.to)).toBe(true);
        }
        const moment = Math.floor(whole.from + share * (whole.to - whole.from - 1));
        const day = bucketsOf(whole, 'day').findLast(({ from }) => from <= moment);
        expect(day?.label).toBe(isoDate(dateOf(zone, moment)));
        const hours = bucketsOf(range([asked[0], asked[0]], zone), 'hour');
        expect(new Set(hours.map(({ label }) => label)).size).toBe(hours.length);
        for (const { from, label } of hours) {
          const into = (from + offset(zone, from)) % 3_600_000;
          expect(Date.parse(label)).toBe(from - into);
        }
      },
    );
    fc.assert(property, { numRuns: 150 });
  });
});

describe('the previous period', () => {
  const previous = (asked: DateRange, zone = 'UTC', now = '2026-11-21T08:00:00Z') =>
    writtenRange(comparedRange(range(asked, zone, now), { mode: 'previous_period' }, at(now)));

  test.each<[DateRange, string, string]>([
    ['day', '2026-11-20T00:00:00+00:00', '2026-11-20T23:59:59+00:00'],
    ['7d', '2026-11-08T00:00:00+00:00', '2026-11-14T23:59:59+00:00'],
    ['month', '2026-10-11T00:00:00+00:00', '2026-10-31T23:59:59+00:00'],
    [['2026-01-01', '2026-01-31'], '2025-12-01T00:00:00+00:00', '2025-12-31T23:59:59+00:00'],
    [['2026-01-01T12:00:00Z', '2026-01-01T15:59:59Z'], '2026-01-01T08:00:00+00:00', '2026-01-01T11:59:59+00:00'],
  ])('of %s', (asked, from, to) => {
    expect(previous(asked)).toEqual([from, to]);
  });

  test('of a day trimmed to its hour is as much of the day before', () => {
    const now = '2026-11-21T08:20:00Z';
    const trimmed = range('day', 'Europe/Tallinn', now, { trim: true });
    const whole = range('day', 'Europe/Tallinn', now);
    expect(writtenRange(comparedRange(whole, { mode: 'previous_period' }, at(now), trimmed))).toEqual([
      '2026-11-20T00:00:00+02:00',
      '2026-11-20T10:59:59+02:00',
    ]);
  });

  test('reckons in days, not in hours', () => {
    expect(previous(['2026-03-29', '2026-03-29'], 'Europe/Tallinn')).toEqual([
      '2026-03-28T00:00:00+02:00',
      '2026-03-28T23:59:59+02:00',
    ]);
  });
});

describe('a year before', () => {
  const yearEarlier = (asked: DateRange, how: Omit<Comparisons, 'mode'> = {}, now = '2026-11-21T08:00:00Z') =>
    writtenRange(comparedRange(range(asked, 'UTC', now), { mode: 'year_over_year', ...how }, at(now))).map((end) =>
      end.slice(0, 10),
    );

  test.each<[DateRange, string, string]>([
    ['day', '2025-11-21', '2025-11-21'],
    ['month', '2025-11-01', '2025-11-21'],
    [['2028-02-28', '2028-02-29'], '2027-02-28', '2027-02-28'],
    [['2027-02-01', '2027-02-28'], '2026-02-01', '2026-02-28'],
    ['24h', '2025-11-20', '2025-11-21'],
  ])('of %s', (asked, from, to) => {
    expect(yearEarlier(asked)).toEqual([from, to]);
  });

  test('begins on the same day of the week where that is asked for', () => {
    // A Saturday; 21 November 2025 was a Friday.
    expect(yearEarlier('day', { match_day_of_week: true })).toEqual(['2025-11-22', '2025-11-22']);
    expect(yearEarlier(['2026-11-02', '2026-11-15'], { match_day_of_week: true })).toEqual([
      '2025-11-03',
      '2025-11-16',
    ]);
  });

  test('so does a period before, without reaching into the range', () => {
    const how = { mode: 'previous_period', match_day_of_week: true } as const;
    const previous = (asked: DateRange) =>
      writtenRange(comparedRange(range(asked), how, at('2026-11-21T08:00:00Z'))).map((end) => end.slice(0, 10));
    expect(previous('day')).toEqual(['2026-11-14', '2026-11-14']);
    expect(previous(['2026-11-02', '2026-11-11'])).toEqual(['2026-10-19', '2026-10-28']);
    expect(previous(['2026-11-02', '2026-11-15'])).toEqual(['2026-10-19', '2026-11-01']);
  });

  test('or any other range', () => {
    const how = { mode: 'custom', date_range: ['2024-01-01', '2024-01-31'] } as const;
    expect(comparedRange(range('7d'), { ...how, date_range: [...how.date_range] }, 0).days).toEqual([
      at('2024-01-01'),
      at('2024-01-31'),
    ]);
  });
});

describe('ranges that end with the running minute or hour', () => {
  test.each<[DateRange, string, string]>([
    ['hour', '2026-11-21T07:21:00+00:00', '2026-11-21T08:20:59+00:00'],
    ['24h', '2026-11-20T09:00:00+00:00', '2026-11-21T08:59:59+00:00'],
    ['yesterday', '2026-11-20T00:00:00+00:00', '2026-11-20T23:59:59+00:00'],
  ])('%s', (asked, from, to) => {
    expect(writtenRange(range(asked, 'UTC', '2026-11-21T08:20:30Z'))).toEqual([from, to]);
  });
});
