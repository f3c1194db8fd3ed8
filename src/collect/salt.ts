import type { Ledger } from './ledger.ts';

const DAY_MS = 86_400_000;

/**
 * The salt of the day (UTC) that visitors without an id are hashed with. Random, kept by the site's first collector alone,
 * deleted when its second day ends.
 */
export function saltOf(ledger: Ledger, now: number): { salt: string; until: number } {
  const day = Math.floor(now / DAY_MS);
  const known = JSON.parse(ledger.meta('salts') ?? '{}') as Record<string, string>;
  const kept = Object.fromEntries(Object.entries(known).filter(([then]) => Number(then) > day - 2));
  const salt = kept[day] ?? crypto.randomUUID() + crypto.randomUUID();
  if (kept[day] !== salt || Object.keys(kept).length !== Object.keys(known).length) {
    ledger.setMeta('salts', JSON.stringify({ ...kept, [day]: salt }));
  }
  return { salt, until: (day + 1) * DAY_MS };
}
