import { eq } from 'drizzle-orm';
import { Hono, type Context as HonoContext } from 'hono';
import { deleteCookie } from 'hono/cookie';
import type { Context } from '../app.ts';
import { type Me, SignInInput } from '../contract/api.ts';
import { connect } from '../db/client.ts';
import { auth_session, auth_user } from '../db/schema.ts';
import { input } from '../input.ts';
import { Problem } from '../problem.ts';
import { addressOf, braked, signInTry } from './attempts.ts';
import type { Auth } from './auth.ts';
import { cookieAttributes, cookieName, isSecure, sessionToken } from './cookie.ts';
import { credentials, refuseOtherPages } from './credentials.ts';
import { asker } from './guard.ts';

/** Signing in and out, and who one is. */
export const session = new Hono<Context>();

session.post('/sign-in', async (c) => {
  refuseOtherPages(c.req.raw);
  const { email, password } = await input(c.req.raw, SignInInput);
  const trying = await signInTry(c.env, email, addressOf(c.req.raw));
  const me = await braked(c.env, trying, () => signIn(c, email, password));
  return c.json(me);
});

/** Ends the session in the database first: a cookie that somebody copied is worth nothing afterwards. */
session.post('/sign-out', async (c) => {
  refuseOtherPages(c.req.raw);
  const token = await sessionToken(c);
  if (token) await connect(c.env).delete(auth_session).where(eq(auth_session.token, token));
  const secure = isSecure(c.req.raw);
  deleteCookie(c, cookieName(secure), cookieAttributes(secure));
  return c.body(null, 204);
});

session.get('/me', async (c) => {
  const given = await credentials(c);
  return c.json(given.by === 'session' ? await meBySession(c) : await meByKey(c));
});

/**
 * Signs in and sets the cookie on the answer. Wrong password and unknown e-mail are one answer, after the same work.
 * @throws Problem `bad_credentials`
 */
export async function signIn(c: HonoContext<Context>, email: string, password: string): Promise<Me> {
  const auth = await authFor(c);
  const { response, headers } = await auth.api
    .signInEmail({ body: { email, password }, headers: new Headers(), returnHeaders: true })
    .catch((error: unknown) => {
      if ((error as { statusCode?: number }).statusCode !== 401) throw error;
      throw new Problem('bad_credentials', 'E-mail and password do not match.');
    });
  setCookies(c, headers);
  const { id, name } = response.user;
  return { id, name, email: response.user.email };
}

/** Asked once for each visit to the dashboard; so this is where a session in use is made to last. */
async function meBySession(c: HonoContext<Context>): Promise<Me> {
  const auth = await authFor(c);
  const cookie = new Headers({ cookie: c.req.header('cookie') ?? '' });
  const { response, headers } = await auth.api
    .getSession({ headers: cookie, returnHeaders: true })
    .catch(async (error: unknown) => {
      // It hides what went wrong. Where that is the database, another question says so.
      await asker(c, 'read');
      throw error;
    });
  setCookies(c, headers);
  if (!response) throw new Problem('not_signed_in', 'Your session has ended. Sign in again.');
  const { id, name, email } = response.user;
  return { id, name, email };
}

async function meByKey(c: HonoContext<Context>): Promise<Me> {
  const { user } = await asker(c, 'read');
  const [me] = await connect(c.env)
    .select({ id: auth_user.id, name: auth_user.name, email: auth_user.email })
    .from(auth_user)
    .where(eq(auth_user.id, user));
  if (!me) throw new Problem('not_signed_in', 'The owner of this key is gone.');
  return me;
}

/** Loaded when somebody first signs in: no visitor's hit waits for it. */
async function authFor(c: HonoContext<Context>): Promise<Auth> {
  const { authOf } = await import('./auth.ts');
  return authOf(c.env, isSecure(c.req.raw));
}

/** Our own cookie only: better-auth keeps nothing else in the browser. */
function setCookies(c: HonoContext<Context>, headers: Headers): void {
  const own = `${cookieName(isSecure(c.req.raw))}=`;
  for (const cookie of headers.getSetCookie()) {
    if (cookie.startsWith(own)) c.header('set-cookie', cookie, { append: true });
  }
}
