import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { betterAuth } from 'better-auth/minimal';
import { eq } from 'drizzle-orm';
import { connect } from '../db/client.ts';
import { auth_account, auth_session, auth_user, auth_verification } from '../db/schema.ts';
import type { Bindings } from '../env.ts';
import { cookieAttributes, cookieName, SESSION_SECONDS, sessionSecret } from './cookie.ts';
import { hashPassword, verifyPassword } from './password.ts';

export type Auth = ReturnType<typeof make>;

const made = new WeakMap<object, Map<boolean, Auth>>();

/**
 * better-auth, for what our own routes ask of it through its server API. Its HTTP endpoints are not mounted: nobody can
 * sign up. Made when somebody first signs in, not when the Worker starts; one for https, one for plain http.
 */
export function authOf(env: Bindings, secure: boolean): Auth {
  const known = made.get(env) ?? new Map<boolean, Auth>();
  made.set(env, known);
  const auth = known.get(secure) ?? make(env, secure);
  known.set(secure, auth);
  return auth;
}

function make(env: Bindings, secure: boolean) {
  const db = connect(env);
  return betterAuth({
    appName: 'Footfall',
    secret: sessionSecret(env),
    // No address is built of it: only cookies are set and read.
    baseURL: secure ? 'https://footfall.invalid' : 'http://footfall.invalid',
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: { user: auth_user, session: auth_session, account: auth_account, verification: auth_verification },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      password: {
        verify: ({ hash, password }) => verifyPassword(hash, password),
        // Asked for only where nobody has the e-mail, so as to take as long as where somebody has. Then the question for
        // their accounts belongs to it: a round trip is easier to measure than a hash.
        async hash(password) {
          await db.select().from(auth_account).where(eq(auth_account.userId, '')).limit(100);
          return hashPassword(password);
        },
      },
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: 86_400 },
    advanced: {
      useSecureCookies: false, // it would put `__Secure-` before our own `__Host-`
      cookies: { session_token: { name: cookieName(secure), attributes: cookieAttributes(secure) } },
      ipAddress: { disableIpTracking: true },
    },
    rateLimit: { enabled: false }, // ours counts in the database: see `attempts.ts`
    logger: { level: 'error' },
    telemetry: { enabled: false },
  });
}
