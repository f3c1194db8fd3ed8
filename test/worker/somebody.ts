import { randomBytes, randomUUID } from 'node:crypto';
import { hashPassword } from '../../src/accounts/password.ts';
import type { World } from '../world.ts';

export const PASSWORD = 'correct horse battery';

/** An address of its own for each test, so that no test is slowed down by another's failed sign-ins. */
export function freshAddress(): string {
  const group = () => randomBytes(2).toString('hex');
  return `2001:db8:${group()}:${group()}::1`;
}

/** An owner with a password, and how to sign in as them. */
export async function somebody(world: World) {
  const owner = await world.owner();
  await world.sql(
    "insert into auth_account (id, account_id, provider_id, user_id, password) values ($1, $2, 'credential', $2, $3)",
    [randomUUID(), owner.id, await hashPassword(PASSWORD)],
  );
  const address = freshAddress();
  const signIn = ({ email = owner.email, password = PASSWORD, from = address, headers = {} } = {}) =>
    world.fetch('/api/v1/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'cf-connecting-ip': from, ...headers },
      body: JSON.stringify({ email, password }),
    });
  return { owner, address, signIn };
}

/** What a browser sends back of the cookies that an answer sets. */
export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** The stable code of a refusal, with its status: `401 not_signed_in`. */
export async function refusal(response: Response): Promise<string> {
  const { code } = (await response.json()) as { code?: string };
  return `${response.status} ${code}`;
}

/** The Worker's app itself; by its address, since the Worker's types and Node's don't live in one program. */
export async function theApp() {
  return (await import(new URL('../../src/app.ts', import.meta.url).href)) as {
    app: {
      routes: { method: string; path: string }[];
      request(url: string, init: RequestInit, env: Record<string, unknown>): Promise<Response>;
    };
  };
}
