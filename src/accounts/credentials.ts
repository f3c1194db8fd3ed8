import type { Context as HonoContext } from 'hono';
import type { Context } from '../app.ts';
import { Problem } from '../problem.ts';
import { sessionToken } from './cookie.ts';
import { keyHash } from './key-use.ts';

/** What a request shows to prove who sends it. Whether it holds is the database's to say. */
export type Credentials = { by: 'key'; hash: string } | { by: 'session'; token: string };

/**
 * An API key if there is one, else the session's cookie; the cookie only from our own pages, unless nothing can change.
 * @throws Problem `not_signed_in`, `wrong_origin`
 */
export async function credentials(c: HonoContext<Context>): Promise<Credentials> {
  const header = c.req.header('authorization');
  if (header !== undefined) {
    const key = /^Bearer (ff_[\w-]{20,100})$/i.exec(header)?.[1];
    if (!key) throw new Problem('not_signed_in', 'Give the API key as "Authorization: Bearer ff_…".');
    return { by: 'key', hash: await keyHash(key) };
  }
  const token = await sessionToken(c);
  if (!token) throw new Problem('not_signed_in', 'Sign in, or give an API key as "Authorization: Bearer ff_…".');
  // A WebSocket is a GET that any page may open, and no CORS stands before its answers.
  const harmless = ['GET', 'HEAD'].includes(c.req.method) && !c.req.header('upgrade');
  if (!harmless && !fromOwnPage(c.req.raw)) {
    throw new Problem('wrong_origin', 'With a cookie, this works only from the pages of the dashboard itself.');
  }
  return { by: 'session', token };
}

/**
 * For what needs no credentials and gives some: refused when a browser says that another site's page asks.
 * @throws Problem `wrong_origin`
 */
export function refuseOtherPages(request: Request): void {
  const fromBrowser = request.headers.has('origin') || request.headers.has('sec-fetch-site');
  if (fromBrowser && !fromOwnPage(request)) {
    throw new Problem('wrong_origin', 'This works only from the pages of the dashboard itself.');
  }
}

function fromOwnPage(request: Request): boolean {
  const origin = request.headers.get('origin');
  if (origin !== null) return origin === new URL(request.url).origin;
  return request.headers.get('sec-fetch-site') === 'same-origin';
}
