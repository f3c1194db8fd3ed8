/** A zone's clock and calendar, by Intl's own words. */

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, key: string, locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${zone} ${key}`;
  const known = formats.get(name) ?? new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
  formats.set(name, known);
  return known;
}

const dates = new Map<string, Map<number, string>>();

/** The same few moments are asked for again and again, and Intl takes its time. */
function dateOf(zone: string, time: number): string {
  const known = dates.get(zone) ?? new Map<number, string>();
  dates.set(zone, known);
  const date = known.get(time) ?? format(zone, 'day', 'en-CA', { dateStyle: 'short' }).format(time);
  known.set(time, date);
  return date;
}

/**
 * What a bucket is called that a moment lies in.
 * @param weekStart the first day of a week: 1 is Monday, 7 Sunday
 * @param from the beginning of the range: a week that had begun before is called after it
 */
export function label(zone: string, time: number, unit: string, weekStart = 1, from = -Infinity): string {
  const date = dateOf(zone, time);
  if (unit === 'day') return date;
  if (unit === 'month') return `${date.slice(0, 7)}-01`;
  if (unit === 'week') {
    const names = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
    let day = Date.parse(date);
    while (format('UTC', 'weekday', 'en', { weekday: 'long' }).format(day) !== names[weekStart]) day -= 86_400_000;
    const first = new Date(day).toISOString().slice(0, 10);
    const limit = from === -Infinity ? first : label(zone, from, 'day');
    return first < limit ? limit : first;
  }
  const options = { hour: '2-digit', minute: '2-digit', timeZoneName: 'longOffset' } as const;
  const parts = format(zone, 'clock', 'en-GB', options).formatToParts(time);
  const shown = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  const away = shown.timeZoneName === 'GMT' ? '+00:00' : shown.timeZoneName?.replace('GMT', '');
  return `${date}T${shown.hour}:${unit === 'minute' ? shown.minute : '00'}:00${away}`;
}

/** Every bucket's name from a moment up to another one. */
export function allLabels(zone: string, from: number, to: number, unit: string, weekStart: number): Set<string> {
  const found = new Set<string>();
  const step = unit === 'minute' ? 60_000 : 900_000;
  for (let time = from; time < to; time += step) found.add(label(zone, time, unit, weekStart, from));
  if (from < to) found.add(label(zone, to - 1, unit, weekStart, from));
  return found;
}
