/** What a site's settings may be, in words. */

export const MODES = [
  {
    id: 'persistent',
    label: 'Recognize visitors who come back',
    hint: 'A random number is kept in the visitor’s browser. Depending on where you are, you may have to ask first.',
  },
  {
    id: 'cookieless',
    label: 'Without anything kept in the browser',
    hint: 'A visitor is the same for one day, and a new one the next: unique visitors of a month are counted by days.',
  },
] as const;

const SHARES = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 1];

/** Shares of visits to record, with the one in force. */
export function shares(inForce: number): { value: string; label: string }[] {
  return [...new Set([...SHARES, inForce])]
    .sort((a, b) => a - b)
    .map((share) => ({ value: String(share), label: shareLabel(share) }));
}

function shareLabel(share: number): string {
  if (share === 0) return 'No visit';
  if (share === 1) return 'Every visit';
  return `${new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 }).format(share * 100)} % of the visits`;
}

/** Days that a week may begin on, by their number in ISO 8601: 1 is Monday. */
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
  (label, i) => ({ value: String(i + 1), label }),
);
