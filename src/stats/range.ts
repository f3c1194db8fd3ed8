import type { Comparisons, DateRange, ResolvedRange, TimeDimension } from '../contract/query.ts';
import { ascendingOffset, DAY, dateOf, dayStart, firstMoment, HOUR, isoDate, isoTime, MINUTE, offset } from './zone.ts';

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

export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month';

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
    case 'hour': {
      const to = (Math.floor(now / MINUTE) + 1) * MINUTE;
      return { from: to - HOUR, to, zone, days: null };
    }
    case '24h': {
      const to = hourAfter(now, (at) => offset(zone, at));
      return { from: to - DAY, to, zone, days: null };
    }
    case 'day':
      return named(today, today);
    case 'yesterday':
      return named(today - DAY, today - DAY);
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
 * The range that another is compared with.
 *
 * Of a range that isn't over, only the days up to today count: the first ten days of a month are compared with the ten days
 * before it, or with the same ten of the year before; and of a day trimmed to its current hour, the day before up to that
 * hour. The year before 29 February is 28 February. A custom range is taken as it is.
 * @see https://github.com/plausible/analytics/blob/master/lib/plausible/stats/comparisons.ex
 */
export function comparedRange(range: Range, how: Comparisons, now: number, trimmed: Range = range): Range {
  const { from, to, zone, days } = range;
  if (how.date_range) return resolveRange(how.date_range, { zone, now });
  const yearly = how.mode === 'year_over_year';
  if (!days) {
    const back = yearly ? from - moment(zone, yearBefore(dateOf(zone, from)), from) : to - from;
    const away = how.match_day_of_week ? wholeWeeks(back, to - from) : back;
    return { from: from - away, to: to - away, zone, days: null };
  }
  const today = dateOf(zone, now);
  const last = days[0] <= today ? Math.min(days[1], today) : days[1];
  const length = last - days[0] + DAY;
  let first = yearly ? yearBefore(days[0]) : days[0] - length;
  if (how.match_day_of_week) first = days[0] - wholeWeeks(days[0] - first, length);
  const until = yearly && !how.match_day_of_week ? yearBefore(last) : first + length - DAY;
  const start = dayStart(zone, first);
  const end = dayStart(zone, until + DAY);
  const cut = trimmed.to < dayStart(zone, last + DAY) ? Math.min(end, start + trimmed.to - from) : end;
  return { from: start, to: cut, zone, days: [first, until] };
}

const WEEK = 7 * DAY;

/** The whole weeks nearest to a way back that don't end within the range itself. */
function wholeWeeks(back: number, length: number): number {
  return Math.max(Math.round(back / WEEK), Math.ceil(length / WEEK)) * WEEK;
}

/** The same date of the year before; 28 February for the 29th. */
function yearBefore(date: number): number {
  const day = new Date(date);
  const [year, month] = [day.getUTCFullYear() - 1, day.getUTCMonth()];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(day.getUTCDate(), lastOfMonth));
}

/** The moment of another date at which the clock shows what it shows at `at`. */
const moment = (zone: string, date: number, at: number): number =>
  dayStart(zone, date) + (at - dayStart(zone, dateOf(zone, at)));

/** As the answer states it: both ends included, to the second. */
export const writtenRange = ({ from, to, zone }: Range): ResolvedRange => [
  isoTime(from, offset(zone, from)),
  isoTime(to - 1000, offset(zone, to - 1000)),
];

/** What `time` means: minutes of an hour, hours of a day, days up to a hundred, else months; named half years and years in months. */
export function unitOf(dimension: TimeDimension, asked: DateRange, range: Range): Unit {
  if (dimension !== 'time') return dimension.slice('time:'.length) as Unit;
  if (asked === '6mo' || asked === '12mo' || asked === 'year') return 'month';
  const length = range.to - range.from;
  if (length <= HOUR) return 'minute';
  if (length <= DAY + HOUR) return 'hour';
  return length <= 100 * DAY + HOUR ? 'day' : 'month';
}

/** About how many buckets there would be, to refuse too many before making them. */
export const countBuckets = ({ from, to }: Range, unit: Unit): number =>
  Math.ceil((to - from) / { minute: MINUTE, hour: HOUR, day: DAY, week: WEEK, month: 28 * DAY }[unit]);

/**
 * Every bucket of a range, in order. A month begins on its first, a week on the site's first day of it; the label of a week
 * that had begun before the range is the range's first day, as in Plausible.
 * @param firstDay of the week: 1 is Monday, 7 Sunday
 */
export function bucketsOf(range: Range, unit: Unit, firstDay = 1): Bucket[] {
  const { from, to, zone } = range;
  const buckets: Bucket[] = [];
  if (unit === 'minute' || unit === 'hour') {
    const away = ascendingOffset(zone);
    const next = unit === 'hour' ? hourAfter : (at: number) => (Math.floor(at / MINUTE) + 1) * MINUTE;
    const into = unit === 'hour' ? intoHour : (at: number) => at % MINUTE;
    for (let at = from; at < to; at = next(at, away)) {
      buckets.push({ from: at, label: isoTime(at - into(at, away), away(at)) });
    }
    return buckets;
  }
  const firstDate = dateOf(zone, from);
  let date = { day: firstDate, week: weekStart(firstDate, firstDay), month: monthStart(firstDate) }[unit];
  for (let at = from; at < to; at = dayStart(zone, date)) {
    const label = isoDate(unit === 'week' ? Math.max(date, firstDate) : date);
    // A date that the zone skipped has no moment of its own.
    if (buckets.at(-1)?.from === at) buckets.pop();
    buckets.push({ from: at, label });
    date = { day: date + DAY, week: date + WEEK, month: monthStart(date, 1) }[unit];
  }
  return buckets;
}

/** Labels of the buckets of a range that aren't whole: its ends cut them off, or they aren't over. */
export function partialLabels(range: Range, buckets: Bucket[], unit: Unit, now: number, firstDay = 1): string[] {
  const whole = { ...range, from: range.from - 32 * DAY, to: range.to + 32 * DAY };
  if (unit === 'minute' || unit === 'hour') {
    whole.from = range.from - 2 * HOUR;
    whole.to = range.to + 2 * HOUR;
  }
  const starts = new Set(bucketsOf(whole, unit, firstDay).map(({ from }) => from));
  return buckets.flatMap(({ from, label }, i) => {
    const end = buckets[i + 1]?.from ?? range.to;
    return starts.has(from) && starts.has(end) && end <= now ? [] : [label];
  });
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
export function monthStart(date: number, later = 0): number {
  const day = new Date(date);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + later, 1);
}

const yearStart = (date: number, later = 0) => Date.UTC(new Date(date).getUTCFullYear() + later, 0, 1);

/** The first day of a date's week; 1970 began on a Thursday. */
const weekStart = (date: number, firstDay: number) => date - ((((date / DAY + 4 - firstDay) % 7) + 7) % 7) * DAY;
