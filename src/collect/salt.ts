import type { Ledger } from './ledger.ts';

const DAY_MS = 86_400_000;

/** By number of their day since 1970, UTC. */
type Salts = Record<string, string>;

/**
 * The salt of the day (UTC) that visitors without an id are hashed with. Random, kept by the site's first collector alone,
 * deleted when its second day ends.
 */
export function saltOf(ledger: Ledger, now: number): { salt: string; until: number } {
  dropSalts(ledger, now);
  const day = Math.floor(now / DAY_MS);
  const kept = saltsIn(ledger);
  const salt = kept[day] ?? crypto.randomUUID() + crypto.randomUUID();
  if (kept[day] !== salt) ledger.setMeta('salts', JSON.stringify({ ...kept, [day]: salt }));
  return { salt, until: (day + 1) * DAY_MS };
}

/**
 * Deletes the salts whose second day has ended.
 * @returns when the next one's does; null when none is left
 */
export function dropSalts(ledger: Ledger, now: number): number | null {
  const known = Object.entries(saltsIn(ledger));
  const kept = known.filter(([day]) => endOf(day) > now);
  if (kept.length < known.length) {
    ledger.setMeta('salts', kept.length ? JSON.stringify(Object.fromEntries(kept)) : null);
  }
  return kept.length ? Math.min(...kept.map(([day]) => endOf(day))) : null;
}

function saltsIn(ledger: Ledger): Salts {
  return JSON.parse(ledger.meta('salts') ?? '{}') as Salts;
}

/** When the second day of a salt ends. */
function endOf(day: string): number {
  return (Number(day) + 2) * DAY_MS;
}
