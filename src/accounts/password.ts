import { scrypt, timingSafeEqual } from 'node:crypto';

/**
 * Passwords as scrypt hashes by the platform's own native code; the cost stands in each hash, so that it can be raised.
 *
 * Measured in workerd: 2^13 blocks of 1 KiB cost 12 ms of CPU and 8 MB, as much time as the 100,000 rounds of PBKDF2 that
 * the platform allows at most (11 ms, and no memory: a graphics card's delight); 2^14 cost 26 ms. A Worker of the free
 * plan may use about 10. Passwords have ten characters or more, and guessing is slowed down before it gets here.
 */
const COST = { ln: 13, r: 8, p: 1 } as const;
const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** `$scrypt$ln=13,r=8,p=1$<salt>$<hash>`, both base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const { ln, r, p } = COST;
  const hash = await derive(password, salt, ln, r, p);
  return `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(hash)}`;
}

/** Whether the hash is this password's; false, too, for a hash that is none. */
export async function verifyPassword(hash: string, password: string): Promise<boolean> {
  const match = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/=]+)\$([\w+/=]+)$/.exec(hash);
  if (!match) return false;
  const [, ln, r, p, salt = '', expected = ''] = match;
  const actual = await derive(password, bytes(salt), Number(ln), Number(r), Number(p));
  const wanted = bytes(expected);
  return actual.length === wanted.length && timingSafeEqual(actual, wanted);
}

function derive(password: string, salt: Uint8Array, ln: number, r: number, p: number): Promise<Uint8Array> {
  const N = 2 ** ln;
  return new Promise((resolve, reject) => {
    // One way to write each character: what one keyboard composes, another sends in two parts.
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

const base64 = (data: Uint8Array) => btoa(String.fromCharCode(...data));
const bytes = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
