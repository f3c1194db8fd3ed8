import type { EdgeSite } from '../collect/edge.ts';

/**
 * What Umami's clients get with every answer and send with the next event (`x-umami-cache`): whom this page's visitor was
 * taken for, signed. It holds for the day of its salt, so that nothing joins two days, and for one site.
 */

const DAY_MS = 86_400_000;

export async function signToken(secret: string, site: number, visitor: number, now: number): Promise<string> {
  const until = (Math.floor(now / DAY_MS) + 1) * DAY_MS;
  const claims = `${site}.${visitor}.${until}`;
  return `${claims}.${hex(await mac(secret, claims))}`;
}

/** The visitor of a token that is ours, the site's, and of today; null for any other. */
export async function readToken(secret: string, site: number, token: string, now: number): Promise<number | null> {
  const [, claims, of, visitor, until, given] =
    /^((\d{1,10})\.(\d{1,16})\.(\d{1,16}))\.([\da-f]{64})$/.exec(token) ?? [];
  if (!claims || Number(of) !== site || Number(until) <= now) return null;
  const key = await keyOf(secret);
  const bytes = Uint8Array.from(given?.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return (await crypto.subtle.verify('HMAC', key, bytes, encoder.encode(claims))) ? Number(visitor) : null;
}

/** A visitor's or a visit's name in an answer: a UUID that says nothing, and another one on another day. */
export async function nameless({ salt, settings }: EdgeSite, ...what: (string | number)[]): Promise<string> {
  const text = encoder.encode(['umami', salt, settings.id, ...what].join('\n'));
  const digits = hex(await crypto.subtle.digest('SHA-256', text));
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

const encoder = new TextEncoder();
const keys = new Map<string, Promise<CryptoKey>>();

function keyOf(secret: string): Promise<CryptoKey> {
  let key = keys.get(secret);
  if (!key) {
    const bytes = encoder.encode(`footfall umami token ${secret}`);
    key = crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
    keys.set(secret, key);
  }
  return key;
}

async function mac(secret: string, claims: string): Promise<ArrayBuffer> {
  return crypto.subtle.sign('HMAC', await keyOf(secret), encoder.encode(claims));
}

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
