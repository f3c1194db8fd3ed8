/**
 * What a site keeps of an address it leaves out: a hash keyed with the deployment's secret, so that who reads it can't try
 * all addresses. Of IPv6 the network counts (64 bits): browsers change the rest by the hour.
 */
export async function hashAddress(secret: string, siteId: number, address: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
  const text = `excluded address\n${siteId}\n${network(address)}`;
  const hash = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)));
  return btoa(String.fromCharCode(...hash.subarray(0, 12)))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

/** An IPv4 address as it is, the first four groups of an IPv6 one. @example network('2001:db8::1') // '2001:db8:0:0' */
export function network(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const gap = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(gap).fill('0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
