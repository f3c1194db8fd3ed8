import { hash } from 'node:crypto';

/**
 * The visitor of a hit that carries no id (cookieless sites, pixels, servers): a hash of the day's random salt, the site,
 * the address and the user agent. The salt is deleted after two days, and with it any way to join visitors of two days.
 * 1 to 2^53 - 1, like the ids that browsers make. Not by `crypto.subtle`, whose promise costs more than the hash.
 */
export function hashVisitor(salt: string, siteId: number, address: string, userAgent: string): number {
  const digits = hash('sha256', [salt, siteId, address, userAgent].join('\n'), 'hex');
  return Number.parseInt(digits.slice(0, 8), 16) * 2 ** 21 + (Number.parseInt(digits.slice(8, 16), 16) >>> 11) || 1;
}
