import type { Context as HonoContext } from 'hono';
import { getSignedCookie } from 'hono/cookie';
import type { Context } from '../app.ts';
import { type Bindings, vars } from '../env.ts';

/** Seconds a session lasts without a visit to the dashboard. */
export const SESSION_SECONDS = 30 * 86_400;

/** Whether the request came over https; a local stack speaks plain http. */
export function isSecure(request: Request): boolean {
  return request.url.startsWith('https:');
}

/** `__Host-`: the browser takes it over https only, from this very host only, for all of it. */
export function cookieName(secure: boolean): string {
  return secure ? '__Host-footfall' : 'footfall';
}

export function cookieAttributes(secure: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
}

/** Signs sessions, and nothing else. */
export function sessionSecret(env: Bindings): string {
  return `footfall session ${vars(env).FOOTFALL_SECRET}`;
}

/** The session's token, when the cookie bears our signature; a made-up one never gets as far as the database. */
export async function sessionToken(c: HonoContext<Context>): Promise<string | null> {
  const name = cookieName(isSecure(c.req.raw));
  return (await getSignedCookie(c, sessionSecret(c.env), name)) || null;
}
