import type { DateRange, ResolvedRange, TimeDimension } from '../contract/query.ts';
import { ascendingOffset, DAY, dateOf, dayStart, firstMoment, HOUR, isoDate, isoTime, offset } from './zone.ts';

/**
 * From a range's name to moments, and from a range to its buckets. All calendars are those of the site's zone, and all
 * of it happens here: SQL gets moments only, so that labels and sums can't disagree about a summer time night.
 */

/** From `from` up to, not including, `to`: milliseconds since 1970. */
export interface Range {
  from: number;
  to: number;
  zone: string;
  /** First and last date (wall time of midnight) when it is made of whole days; the last may be yet to come. */
  days: [first: number, last: number] | null;
}

/** One bar of a chart: it ends where the next begins, the last with the range. */
export interface Bucket {
  from: number;
  label: string;
}

export type Unit = 'hour' | 'day' | 'week' | 'month';

interface Clock {
  zone: string;
  now: number;
  /** When the site's first visit began, for `all`; null while there is none. */
  first?: number | null;
  /** See `include.trim_relative_date_range`. */
  trim?: boolean;
}

/** @see PERIODS for what each name means */
export function resolveRange(asked: DateRange, { zone, now, first = null, trim = false }: Clock): Range {
  const today = dateOf(zone, now);
  const whole = (from: number, last: number): Range => ({
    from: dayStart(zone, from),
    to: dayStart(zone, last + DAY),
    zone,
    days: [from, last],
  });
  const named = (from: number, last: number): Range => {
    const range = whole(from, last);
    if (!trim || now >= range.to) return range;
    return { ...range, to: asked === 'day' ? hourAfter(now, (at) => offset(zone, at)) : dayStart(zone, today + DAY) };
  };
  if (Array.isArray(asked)) {
    const [from, to] = [Date.parse(asked[0]), Date.parse(asked[1])];
    if (!asked[0].includes('T')) return whole(from, to);
    return { from, to: Math.floor(to / 1000) * 1000 + 1000, zone, days: null };
  }
  switch (asked) {
    case 'day':
      return named(today, today);
    case '7d':
    case '28d':
    case '30d':
    case '91d':
      return named(today - (Number.parseInt(asked, 10) - 1) * DAY, today);
    case 'month':
      return named(monthStart(today), monthStart(today, 1) - DAY);
    case '6mo':
      return named(monthStart(today, -5), monthStart(today, 1) - DAY);
    case '12mo':
      return named(monthStart(today, -11), monthStart(today, 1) - DAY);
    case 'year':
      return named(yearStart(today), yearStart(today, 1) - DAY);
    case 'all':
      return named(Math.min(first === null ? today : dateOf(zone, first), today), today);
  }
}

/**
 * As long a stretch just before. Of a range that isn't over, only the days up to today count: the first ten days of a
 * month are compared with the ten days before it, as Plausible does; and of a day trimmed to its current hour, the day
 * before up to that hour.
 */
export function previousRange(range: Range, now: number, trimmed: Range = range): Range {
  const { from, to, zone, days } = range;
  if (!days) return { from: from - (to - from), to: from, zone, days: null };
  const today = dateOf(zone, now);
  const last = days[0] <= today ? Math.min(days[1], today) : days[1];
  const first = days[0] - (last - days[0] + DAY);
  const start = dayStart(zone, first);
  const cut = trimmed.to < dayStart(zone, last + DAY) ? Math.min(from, start + trimmed.to - from) : from;
  return { from: start, to: cut, zone, days: [first, days[0] - DAY] };
}

/** As the answer states it: both ends included, to the second. */
export const writtenRange = ({ from, to, zone }: Range): ResolvedRange => [
  isoTime(from, offset(zone, from)),
  isoTime(to - 1000, offset(zone, to - 1000)),
];

/** What `time` means: hours of a day, days up to a hundred, else months; named half years and years in months. */
export function unitOf(dimension: TimeDimension, asked: DateRange, range: Range): Unit {
  if (dimension !== 'time') return dimension.slice('time:'.length) as Unit;
  if (asked === '6mo' || asked === '12mo' || asked === 'year') return 'month';
  const length = range.to - range.from;
  if (length <= DAY + HOUR) return 'hour';
  return length <= 100 * DAY + HOUR ? 'day' : 'month';
}

/** About how many buckets there would be, to refuse too many before making them. */
export const countBuckets = ({ from, to }: Range, unit: Unit): number =>
  Math.ceil((to - from) / { hour: HOUR, day: DAY, week: 7 * DAY, month: 28 * DAY }[unit]);

/**
 * Every bucket of a range, in order. A week begins on Monday and a month on its first; the label of a week that had
 * begun before the range is the range's first day, as in Plausible.
 */
export function bucketsOf(range: Range, unit: Unit): Bucket[] {
  const { from, to, zone } = range;
  const buckets: Bucket[] = [];
  if (unit === 'hour') {
    const away = ascendingOffset(zone);
    for (let at = from; at < to; at = hourAfter(at, away)) {
      buckets.push({ from: at, label: isoTime(at - intoHour(at, away), away(at)) });
    }
    return buckets;
  }
  const firstDate = dateOf(zone, from);
  let date = { day: firstDate, week: weekStart(firstDate), month: monthStart(firstDate) }[unit];
  for (let at = from; at < to; at = dayStart(zone, date)) {
    const label = isoDate(unit === 'week' ? Math.max(date, firstDate) : date);
    // A date that the zone skipped has no moment of its own.
    if (buckets.at(-1)?.from === at) buckets.pop();
    buckets.push({ from: at, label });
    date = { day: date + DAY, week: date + 7 * DAY, month: monthStart(date, 1) }[unit];
  }
  return buckets;
}

type Away = (moment: number) => number;

const intoHour = (moment: number, away: Away) => (((moment + away(moment)) % HOUR) + HOUR) % HOUR;

/** When the next hour begins: at the full hour, or where the clock is put forward or back within this one. */
function hourAfter(moment: number, away: Away): number {
  const here = away(moment);
  const next = moment - intoHour(moment, away) + HOUR;
  return away(next - 1) === here ? next : firstMoment(moment, next - 1, (at) => away(at) !== here);
}

/** First day of a date's month, or of one so many months later. */
function monthStart(date: number, later = 0): number {
  const day = new Date(date);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + later, 1);
}

const yearStart = (date: number, later = 0) => Date.UTC(new Date(date).getUTCFullYear() + later, 0, 1);

/** The Monday on or before a date; 1970 began on a Thursday. */
const weekStart = (date: number) => date - ((((date / DAY + 3) % 7) + 7) % 7) * DAY;
