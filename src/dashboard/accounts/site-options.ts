import { locale } from '../words/language.ts';
import { settings as words } from '../words/settings.tsx';

/** What a site's settings may be, in words. */

export const MODES = ['persistent', 'cookieless'] as const;

const SHARES = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 1];

/** Shares of visits to record, with the one in force. */
export function shares(inForce: number): { value: string; label: string }[] {
  return [...new Set([...SHARES, inForce])]
    .sort((a, b) => a - b)
    .map((share) => ({ value: String(share), label: shareLabel(share) }));
}

function shareLabel(share: number): string {
  if (share === 0) return words.recordNone;
  if (share === 1) return words.recordAll;
  return words.recordShare(`${new Intl.NumberFormat(locale(), { maximumFractionDigits: 2 }).format(share * 100)} %`);
}

/** Days that a week may begin on, by their number in ISO 8601: 1 is Monday. */
export function weekdays(): { value: string; label: string }[] {
  const name = new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: 'UTC' });
  // The first of January 2024 was a Monday.
  return [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: name.format(Date.UTC(2024, 0, day)) }));
}
