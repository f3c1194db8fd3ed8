import type { DateRange } from '../../contract/query.ts';
import { dates, isolated } from '../format.ts';
import { ranges as words } from '../words/ranges.ts';

/** Ranges of time as people name them. Pure: `now` is an argument. */

const DAY_MS = 86_400_000;

/** `2026-11-21`, the day it is in a zone. */
export function dayIn(timezone: string, now: number): string {
  // Swedish dates are written year first.
  return dates({ timeZone: timezone, dateStyle: 'short' }, 'sv').format(now);
}

/** Days after a date, by the calendar. */
export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The days of a range, up to today; of one that has no first day, today. */
export function daysOf(range: DateRange, timezone: string, now: number): [from: string, to: string] {
  if (typeof range !== 'string') return [range[0].slice(0, 10), range[1].slice(0, 10)];
  const today = dayIn(timezone, now);
  const [, count, unit] = /^(\d+)(d|mo)$/.exec(range) ?? [];
  if (unit === 'd') return [plusDays(today, 1 - Number(count)), today];
  if (range === 'month' || unit === 'mo') return [monthStart(today, 1 - Number(count ?? 1)), today];
  if (range === 'year') return [`${today.slice(0, 4)}-01-01`, today];
  if (range === 'yesterday') return [plusDays(today, -1), plusDays(today, -1)];
  return [range === '24h' ? plusDays(today, -1) : today, today];
}

/** The first day of a date's month, or of one so many months later. */
function monthStart(date: string, months: number): string {
  const [year = 0, month = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months)).toISOString().slice(0, 10);
}

/** What the range's button says: Last 30 days; 10 – 14 Nov; Fri 20 Nov; 21 Nov, 14:00 – 17:59. */
export function rangeName(range: DateRange, timezone: string, now: number): string {
  if (typeof range === 'string') return words.periods[range];
  const [from, to] = range;
  const today = dayIn(timezone, now);
  const year = today.slice(0, 4);
  if (from.length === 10 && from === to) {
    if (from === today) return words.periods.day;
    if (from === plusDays(today, -1)) return words.periods.yesterday;
    return day(from, year, true);
  }
  const sameDay = from.slice(0, 10) === to.slice(0, 10);
  if (sameDay) return `${day(from, year)}, ${from.slice(11, 16)} – ${to.slice(11, 16)}`;
  if (from.length > 10) return `${day(from, year)} ${from.slice(11, 16)} – ${day(to, year)} ${to.slice(11, 16)}`;
  const start = from.slice(0, 7) === to.slice(0, 7) ? words.ofMonth(Number(from.slice(8, 10))) : day(from, year);
  return `${start} – ${day(to, year)}`;
}

/** 22 Oct; with its year when that isn't `year`; `weekday` as Thu 22 Oct. */
export function day(date: string, year = '', weekday = false): string {
  const at = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  const style: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', timeZone: 'UTC' };
  if (weekday) style.weekday = 'short';
  if (year && date.slice(0, 4) !== year) style.year = 'numeric';
  // Thu 22 Oct: English does without the comma; after a German point it stays.
  return isolated(
    dates(style)
      .format(at)
      .replace(/(?<!\.),/, ''),
  );
}

export function monthName(date: string, style: 'short' | 'long' = 'short'): string {
  const at = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  return dates({ month: style, year: 'numeric', timeZone: 'UTC' }).format(at);
}
