/**
 * Site keys: 4 bytes of site id and 8 bytes of HMAC-SHA256 over them, base64url, 16 characters. They are public (they
 * stand in every page); the signature only lets the edge refuse a made-up one without waking anything.
 */

const ID_BYTES = 4;
const MAC_BYTES = 8;

/** Keys, not promises of them: one request must not wait for what another began. */
const hmacKeys = new Map<string, CryptoKey>();

async function hmacKey(secret: string): Promise<CryptoKey> {
  const known = hmacKeys.get(secret);
  if (known) return known;
  const bytes = new TextEncoder().encode(`footfall site key ${secret}`);
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  hmacKeys.set(secret, key);
  return key;
}

async function mac(secret: string, id: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', await hmacKey(secret), id)).subarray(0, MAC_BYTES);
}

/** The public key of a site. */
export async function signKey(secret: string, siteId: number): Promise<string> {
  const bytes = new Uint8Array(ID_BYTES + MAC_BYTES);
  new DataView(bytes.buffer).setUint32(0, siteId);
  bytes.set(await mac(secret, bytes.slice(0, ID_BYTES)), ID_BYTES);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

/** Keys that were found good, with whose they are, so that a signature is not reckoned for each hit. */
const good = new Map<string, { secret: string; id: number }>();
const GOOD_MAX = 10_000;

/** The site id of a key that was found good before. */
export function knownKey(secret: string, key: string): number | undefined {
  const known = good.get(key);
  return known?.secret === secret ? known.id : undefined;
}

/** The site id that a key names, or null when this deployment didn't sign it. */
export async function readKey(secret: string, key: string): Promise<number | null> {
  const known = knownKey(secret, key);
  if (known !== undefined) return known;
  if (!/^[\w-]{16}$/.test(key)) return null;
  const bytes = Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  const expected = await mac(secret, bytes.slice(0, ID_BYTES));
  let difference = 0;
  for (let i = 0; i < MAC_BYTES; i++) difference |= (bytes[ID_BYTES + i] ?? 0) ^ (expected[i] ?? 0);
  if (difference !== 0) return null;
  const id = new DataView(bytes.buffer).getUint32(0);
  if (good.size >= GOOD_MAX) good.clear();
  good.set(key, { secret, id });
  return id;
}
