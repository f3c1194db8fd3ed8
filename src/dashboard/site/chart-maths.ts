import type { DateRange, ResolvedRange } from '../../contract/query.ts';
import type { TimeDimension } from '../../contract/words.ts';
import { ranges as words } from '../words/ranges.ts';
import { day, dayIn, monthName, plusDays } from './ranges.ts';

/** The chart's sums. Pure: no DOM, `now` is an argument. */

/** Round steps from 0 to at least `most`: at most `lines` of them. */
export function ticks(most: number, lines = 4, whole = true): number[] {
  if (most <= 0) return [0, 1];
  const raw = most / lines;
  const power = 10 ** Math.floor(Math.log10(raw));
  let step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= raw * 0.999) ?? raw;
  if (whole) step = Math.max(1, Number.isInteger(step) ? step : Math.ceil(step));
  const top = Math.ceil(most / step - 1e-9);
  return Array.from({ length: top + 1 }, (_, i) => Math.round(i * step * 1e6) / 1e6);
}

/** Seconds in steps that a clock knows. */
export function clockTicks(most: number, lines = 4): number[] {
  const raw = most / lines;
  const step =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].find((n) => n >= raw) ?? 3600 * Math.ceil(raw / 3600);
  const top = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: top + 1 }, (_, i) => i * step);
}

export interface Point {
  x: number;
  y: number;
}

/** `M x y L x y …`; a missing point breaks the line. */
export function line(points: (Point | null)[]): string {
  let path = '';
  let pen = 'M';
  for (const point of points) {
    if (!point) {
      pen = 'M';
      continue;
    }
    path += `${pen}${round(point.x)} ${round(point.y)}`;
    pen = 'L';
  }
  return path;
}

/** The same in two: what is known for good, and what leads to or from a bucket that isn't whole, for dashes. */
export function lines(points: (Point | null)[], whole: boolean[]): [solid: string, dashed: string] {
  const paths: [string, string] = ['', ''];
  let pen = -1;
  for (const [i, to] of points.entries()) {
    const from = points[i - 1];
    const way = whole[i - 1] && whole[i] ? 0 : 1;
    if (!from || !to) {
      pen = -1;
      continue;
    }
    if (pen !== way) paths[way] += `M${round(from.x)} ${round(from.y)}`;
    paths[way] += `L${round(to.x)} ${round(to.y)}`;
    pen = way;
  }
  return paths;
}

/** The surface between the line and the floor, one piece for each unbroken stretch. */
export function area(points: (Point | null)[], floor: number): string {
  let path = '';
  let stretch: Point[] = [];
  const close = () => {
    const first = stretch[0];
    const last = stretch.at(-1);
    if (first && last && stretch.length > 1)
      path += `${line(stretch)}L${round(last.x)} ${floor}L${round(first.x)} ${floor}Z`;
    stretch = [];
  };
  for (const point of points) {
    if (point) stretch.push(point);
    else close();
  }
  close();
  return path;
}

const round = (n: number) => Math.round(n * 10) / 10;

/**
 * Which buckets have begun: what is yet to come has no number, not even 0.
 * @param labels of the buckets' beginnings, `2026-11-21` or `2026-11-21T14:00:00+02:00`
 */
export function begun(labels: string[], timezone: string, now: number): boolean[] {
  const today = dayIn(timezone, now);
  return labels.map((label) => (label.length > 10 ? Date.parse(label) <= now : label <= today));
}

const DAY = 86_400_000;
/** Of each unit, the shortest and the longest range in which it says something. */
const SUITED: [unit: TimeDimension, from: number, to: number][] = [
  ['time:minute', 0, 1.01 * DAY],
  ['time:hour', DAY / 8, 32 * DAY],
  ['time:day', 2 * DAY, 800 * DAY],
  ['time:week', 14 * DAY, Number.POSITIVE_INFINITY],
  ['time:month', 60 * DAY, Number.POSITIVE_INFINITY],
];

/** Into what a range may be divided. */
export function unitsOf([from, to]: ResolvedRange): TimeDimension[] {
  const length = Date.parse(to) - Date.parse(from);
  return SUITED.filter(([, least, most]) => length >= least && length <= most).map(([unit]) => unit);
}

/** Which labels fit under the axis, evenly apart, the first among them. */
export function labelled(count: number, width: number, each: number): number[] {
  const most = Math.max(2, Math.floor(width / each));
  const step = niceStep(Math.ceil(count / most));
  const chosen: number[] = [];
  for (let i = 0; i < count; i += step) chosen.push(i);
  return chosen;
}

/** The same of minutes: at full quarters of an hour, tens, fives. */
export function labelledMinutes(labels: string[], width: number, each: number): number[] {
  const most = Math.max(2, Math.floor(width / each));
  const atLeast = Math.ceil(labels.length / most);
  const step = [1, 2, 5, 10, 15, 20, 30, 60, 120, 240].find((n) => n >= atLeast) ?? 480;
  const chosen: number[] = [];
  for (const [i, label] of labels.entries()) {
    if ((Number(label.slice(11, 13)) * 60 + Number(label.slice(14, 16))) % step === 0) chosen.push(i);
  }
  return chosen;
}

function niceStep(atLeast: number): number {
  return [1, 2, 3, 4, 6, 7, 12, 14, 24, 28, 48, 56, 91].find((n) => n >= atLeast) ?? atLeast;
}

/** Under the axis: 14:00, 22 Oct, Oct 2026. */
export function axisLabel(label: string, unit: TimeDimension, first: boolean): string {
  if (unit === 'time:minute') return label.slice(11, 16);
  if (unit === 'time:hour') return label.slice(11, 13) === '00' && !first ? day(label) : label.slice(11, 16);
  if (unit === 'time:month') return monthName(label);
  return day(label);
}

/** In the read-out: Thu 22 Oct; Thu 22 Oct, 14:00; week of 19 Oct; October 2026. */
export function bucketName(label: string, unit: TimeDimension, year = ''): string {
  if (unit === 'time:hour' || unit === 'time:minute') return `${day(label, year, true)}, ${label.slice(11, 16)}`;
  if (unit === 'time:week') return words.weekOf(day(label, year));
  if (unit === 'time:month') return monthName(label, 'long');
  return day(label, year, true);
}

/** The range from one bucket to another, both whole, within the range they are of; what dragging over them asks for. */
export function zoomed(
  labels: string[],
  a: number,
  b: number,
  unit: TimeDimension,
  whole: ResolvedRange,
): DateRange | null {
  const from = labels[Math.min(a, b)];
  const last = Math.max(a, b);
  const to = labels[last];
  if (!from || !to) return null;
  if (unit === 'time:minute') return [from, `${to.slice(0, 16)}:59${to.slice(19)}`];
  if (unit === 'time:hour') return [from, `${to.slice(0, 13)}:59:59${to.slice(19)}`];
  const next = labels[last + 1];
  const end = next ? plusDays(next, -1) : whole[1].slice(0, 10);
  // As text: dates written year first are in the order of time.
  return [from, [end, to].sort()[1] ?? to];
}
