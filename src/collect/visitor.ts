/**
 * The visitor of a hit that carries no id (cookieless sites, pixels, servers): a hash of the day's random salt, the site,
 * the address and the user agent. The salt is deleted after two days, and with it any way to join visitors of two days.
 * 1 to 2^53 - 1, like the ids that browsers make.
 */
export async function hashVisitor(salt: string, siteId: number, address: string, userAgent: string): Promise<number> {
  const text = new TextEncoder().encode([salt, siteId, address, userAgent].join('\n'));
  const hash = new DataView(await crypto.subtle.digest('SHA-256', text));
  return hash.getUint32(0) * 2 ** 21 + (hash.getUint32(4) >>> 11) || 1;
}
