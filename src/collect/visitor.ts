import { sha256 } from '@noble/hashes/sha2.js';

const encoder = new TextEncoder();

/**
 * The visitor of a hit that carries no id (cookieless sites, pixels, servers): a hash of the day's random salt, the site,
 * the address and the user agent. The salt is deleted after two days, and with it any way to join visitors of two days.
 * 1 to 2^53 - 1, like the ids that browsers make. The way to the platform's own SHA-256 costs more than the hash.
 */
export function hashVisitor(salt: string, siteId: number, address: string, userAgent: string): number {
  const bytes = sha256(encoder.encode([salt, siteId, address, userAgent].join('\n')));
  const hash = new DataView(bytes.buffer, bytes.byteOffset);
  return hash.getUint32(0) * 2 ** 21 + (hash.getUint32(4) >>> 11) || 1;
}
