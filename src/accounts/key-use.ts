import { eq } from 'drizzle-orm';
import type { Context as HonoContext } from 'hono';
import type { Context } from '../app.ts';
import { connect, loggable } from '../db/client.ts';
import { api_key } from '../db/schema.ts';

/** How exactly `last_used` is known: a key in constant use costs one write in so many milliseconds. */
const USED_MS = 3_600_000;

/** What the table keeps of a key: SHA-256, in hex. The key is 32 random bytes: there is nothing to guess, so no salt. */
export async function keyHash(key: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Notes that a key was used, after the answer, and only when the last note is old. */
export function keyUsed(c: HonoContext<Context>, id: number, last: Date | null): void {
  if (last && Date.now() - last.getTime() < USED_MS) return;
  const noted = connect(c.env).update(api_key).set({ last_used: new Date() }).where(eq(api_key.id, id));
  c.executionCtx.waitUntil(noted.catch((error: unknown) => console.error('last_used', id, loggable(error))));
}
