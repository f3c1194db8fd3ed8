/**
 * Calendar of a time zone, from the runtime's own zone data. "Wall" is what the zone's clocks and calendars show,
 * as the milliseconds at which UTC's would show the same. Moments are milliseconds since 1970.
 */

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

const QUARTER = 15 * MINUTE;
/** Wall times that are kept of a zone: those of some years' days. */
const MOST_KEPT = 20_000;
const kept = new Map<string, Map<number, number>>();

/**
 * Of whole quarters of an hour, which midnights are, it is kept: to ask for it takes 7 µs, and a series of ninety days asks a thousand times.
 * @returns the wall time of a moment
 */
function wall(zone: string, moment: number): number {
  if (moment % QUARTER !== 0) return shown(zone, moment);
  let times = kept.get(zone);
  if (times === undefined || times.size >= MOST_KEPT) {
    times = new Map();
    kept.set(zone, times);
  }
  const known = times.get(moment);
  if (known !== undefined) return known;
  const time = shown(zone, moment);
  times.set(moment, time);
  return time;
}

function shown(zone: string, moment: number): number {
  let clock = clocks.get(zone);
  if (!clock) {
    const number = 'numeric';
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
      ...{ year: number, month: number, day: number, hour: number, minute: number, second: number },
    });
    clocks.set(zone, clock);
  }
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of clock.formatToParts(moment)) parts[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((moment % 1000) + 1000) % 1000);
}

/** Wall time minus UTC, milliseconds. */
export const offset = (zone: string, moment: number): number => wall(zone, moment) - moment;

/** Midnight at the beginning of the day that the zone's calendar shows, as wall time: a date to reckon with. */
export const dateOf = (zone: string, moment: number): number => Math.floor(wall(zone, moment) / DAY) * DAY;

/**
 * The earliest moment at which the zone's calendar shows this date, or a later one where the date was skipped.
 * Midnight itself may be missing (Beirut, Cairo in spring) or come twice (Havana in autumn).
 * @param date wall time of its midnight
 */
export function dayStart(zone: string, date: number): number {
  const offsets = [offset(zone, date - DAY), offset(zone, date + DAY)];
  const fitting = offsets.map((o) => date - o).filter((moment) => wall(zone, moment) === date);
  if (fitting.length) return Math.min(...fitting);
  return firstMoment(date - 2 * DAY, date + 2 * DAY, (moment) => wall(zone, moment) >= date);
}

/**
 * Where each day begins, from one date to another, both included. Where the clock isn't put forward or back around a
 * midnight, it begins where the calendar says.
 */
export function dayStarts(zone: string, first: number, last: number): { date: number; start: number }[] {
  const days: { date: number; start: number }[] = [];
  let noonBefore = Number.NaN;
  for (let date = first; date <= last; date += DAY) {
    const start = date - noonBefore;
    const noon = offset(zone, (Number.isNaN(start) ? date : start) + DAY / 2);
    days.push({ date, start: noon === noonBefore ? start : dayStart(zone, date) });
    noonBefore = noon;
  }
  return days;
}

/** The first moment from `low` on at which something holds, given that it holds at `high` and for good. */
export function firstMoment(low: number, high: number, holds: (moment: number) => boolean): number {
  let [before, after] = [low, high];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (holds(middle)) after = middle;
    else before = middle;
  }
  return after;
}

/** `2026-11-21` of a wall time. */
export const isoDate = (wallTime: number): string => new Date(wallTime).toISOString().slice(0, 10);

/**
 * `2026-11-21T14:00:00+02:00` of a moment.
 * @param away the offset to write it in
 */
export function isoTime(moment: number, away: number): string {
  const minutes = Math.abs(Math.round(away / 60_000));
  const two = (n: number) => String(n).padStart(2, '0');
  const clock = new Date(moment + away).toISOString().slice(0, 19);
  return `${clock}${away < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** `offset` for moments that ascend: where both ends of a day agree, all of it does, and Intl need not be asked. */
export function ascendingOffset(zone: string): (moment: number) => number {
  let [from, until, away] = [0, 0, 0];
  return (moment) => {
    if (moment >= from && moment < until) return away;
    away = offset(zone, moment);
    from = moment;
    until = offset(zone, moment + DAY) === away ? moment + DAY : moment + 1;
    return away;
  };
}
