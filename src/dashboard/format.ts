import { format as words } from './words/format.ts';
import { locale } from './words/language.ts';

/** Numbers, dates and names as people write them, in the language that is spoken. */

const known = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** One for each style: making it costs a hundred times what using it does. */
function once<T extends Intl.NumberFormat | Intl.DateTimeFormat, S extends object>(
  make: new (language: string, style: S) => T,
  language: string,
  style: S,
): T {
  const name = make.name + language + JSON.stringify(style);
  const made = (known.get(name) as T | undefined) ?? new make(language, style);
  known.set(name, made);
  return made;
}

const write = (n: number, style: Intl.NumberFormatOptions): string =>
  once(Intl.NumberFormat, locale(), style).format(n);

/** Writes moments in a style. */
export const dates = (style: Intl.DateTimeFormatOptions, language = locale()): Intl.DateTimeFormat =>
  once(Intl.DateTimeFormat, language, style);

const whole = (n: number) => write(n, { maximumFractionDigits: 0 });
const tenths = (n: number) => write(n, { maximumFractionDigits: 1 });
/** 8s, 14m, 1h: of a language's own. */
const unit = (n: number, of: 'second' | 'minute' | 'hour', digits = 1) =>
  words[of](write(n, { minimumIntegerDigits: digits }));

/** 18,204. */
export function exact(n: number): string {
  return whole(n);
}

/** 18,204; from 50,000 on 71.3k, 1.2M: three figures say enough, the exact value is one hover away. */
export function short(n: number): string {
  const size = Math.abs(n);
  if (size < 50_000) return exact(n);
  if (size < 999_500) return `${figures(n / 1e3)}${words.thousand}`;
  if (size < 999_500_000) return `${figures(n / 1e6)}${words.million}`;
  return `${figures(n / 1e9)}${words.billion}`;
}

function figures(n: number): string {
  return Math.abs(n) < 99.95 ? tenths(n) : whole(n);
}

/** Text that keeps its order where words run from the right: 35 %, 20 Nov, not % 35, Nov 20. */
export function isolated(text: string): string {
  return globalThis.document?.dir === 'rtl' ? `\u2068${text}\u2069` : text;
}

/** 1 page, 18,204 pages. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return isolated(`${exact(n)} ${n === 1 ? one : many}`);
}

/** A word, or a sentence, as it begins a line. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Seconds as 8s, 2m 14s, 1h 03m: those that are full, as on a clock; <1s where there is none. */
export function duration(seconds: number): string {
  const s = Math.floor(seconds);
  if (s < 1 && seconds > 0) return isolated(`<${unit(1, 'second')}`);
  if (s < 60) return isolated(unit(s, 'second'));
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return isolated(`${unit(minutes, 'minute')} ${unit(s % 60, 'second', 2)}`);
  return isolated(`${unit(Math.floor(minutes / 60), 'hour')} ${unit(minutes % 60, 'minute', 2)}`);
}

/** Seconds as the clock of a player: 2:14, 1:03:20. A length is written as such (`duration`) anywhere else. */
export function clock(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  const tail = `${String(Math.floor(s / 60) % 60).padStart(s < 3600 ? 1 : 2, '0')}:${String(s % 60).padStart(2, '0')}`;
  return s < 3600 ? tail : `${Math.floor(s / 3600)}:${tail}`;
}

/** 41 %; below ten with a tenth: 4.2 %. */
export function percent(n: number): string {
  return isolated(`${Math.abs(n) < 10 ? tenths(n) : whole(n)} %`);
}

/** Money of a decimal text: €1,204.50; a currency nobody knows keeps its code. */
export function money(amount: string | number, currency: string): string {
  const n = Number(amount);
  try {
    const digits = Math.abs(n) >= 10_000 ? { maximumFractionDigits: 0 } : {};
    return write(n, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...digits });
  } catch {
    return `${tenths(n)} ${currency}`;
  }
}

/** 48 kB, 1.2 MB. */
export function bytes(n: number): string {
  if (n < 1000) return isolated(`${n} B`);
  return isolated(n < 999_500 ? `${whole(n / 1e3)} kB` : `${tenths(n / 1e6)} MB`);
}

/** How a number stands to the one before it. */
export interface Delta {
  /** -1 fell, 0 the same, 1 rose. */
  way: -1 | 0 | 1;
  /** For better or for worse, whichever way it points; null when neither. */
  better: boolean | null;
  /** 12 %, 3 pts. */
  text: string;
}

/**
 * @param points the numbers are percentages: their difference is given in points
 * @param fallIsGood as with a bounce rate
 * @returns null when there was nothing before to compare with
 */
export function delta(now: number, before: number, { points = false, fallIsGood = false } = {}): Delta | null {
  const change = points ? now - before : before === 0 ? Number.NaN : ((now - before) / before) * 100;
  if (!Number.isFinite(change)) return null;
  const size = Math.abs(change);
  const rounded = size < 9.95 ? Math.round(size * 10) / 10 : Math.round(size);
  const way = rounded === 0 ? 0 : change > 0 ? 1 : -1;
  const text = points
    ? words.points(tenths(rounded), rounded === 1)
    : `${rounded >= 1000 ? `> ${whole(999)}` : tenths(rounded)} %`;
  return { way, better: way === 0 ? null : way > 0 !== fallIsGood, text: isolated(text) };
}

const MINUTE = 60_000;

/** Just now, 4 min ago, 3 h ago, yesterday's 14:05 as 20 Nov, 14:05. */
export function ago(time: string | number, now: number = Date.now(), timeZone?: string): string {
  const at = typeof time === 'number' ? time : Date.parse(time);
  const gone = now - at;
  if (gone < MINUTE) return words.justNow;
  if (gone < 60 * MINUTE) return isolated(words.minutesAgo(Math.floor(gone / MINUTE)));
  if (gone < 12 * 60 * MINUTE) return isolated(words.hoursAgo(Math.floor(gone / 60 / MINUTE)));
  return moment(at, timeZone);
}

/** 20 Nov, 14:05, in the given zone. */
export function moment(time: string | number, timeZone?: string): string {
  const zone = timeZone ? { timeZone } : {};
  const style = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', ...zone } as const;
  return isolated(dates(style).format(new Date(time)));
}

/** 40 s, 4 min, 3 h: how long ago something was. */
export function elapsed(time: string | number, now: number): string {
  const seconds = Math.max(0, Math.round((now - new Date(time).getTime()) / 1000));
  if (seconds < 60) return isolated(`${seconds} s`);
  return isolated(seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`);
}

/** 14:05:09, in the given zone. */
export function timeOfDay(time: number, timeZone: string): string {
  return new Date(time).toLocaleTimeString(locale(), { timeZone });
}
