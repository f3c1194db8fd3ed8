import { sql } from 'drizzle-orm';
import { Hono } from 'hono';
import type { Context } from '../app.ts';
import { type Me, type Setup, SetupInput } from '../contract/api.ts';
import { connect, type Db } from '../db/client.ts';
import { auth_user } from '../db/schema.ts';
import { input } from '../input.ts';
import { Problem } from '../problem.ts';
import { addressOf, begin, setupTry } from './attempts.ts';
import { refuseOtherPages } from './credentials.ts';
import { hashPassword } from './password.ts';
import { signIn } from './session.ts';

/** The first owner of a fresh deployment. */
export const setup = new Hono<Context>();

/** Deployments that have their owner. It stays so: whoever asks again wakes no database. */
const done = new WeakSet<object>();

setup.get('/setup', async (c) => {
  return c.json({ needed: await isNeeded(c.env) } satisfies Setup);
});

setup.post('/setup', async (c) => {
  refuseOtherPages(c.req.raw);
  if (!(await isNeeded(c.env))) throw tooLate();
  const { name, email, password } = await input(c.req.raw, SetupInput);
  const db = connect(c.env);
  await begin(db, await setupTry(c.env, addressOf(c.req.raw)));
  const me = await createOwner(db, { name, email: email.toLowerCase(), hash: await hashPassword(password) });
  done.add(c.env);
  if (!me) throw tooLate();
  await signIn(c, email, password);
  return c.json(me, 201);
});

async function isNeeded(env: Context['Bindings']): Promise<boolean> {
  if (done.has(env)) return false;
  const [anybody] = await connect(env).select({ id: auth_user.id }).from(auth_user).limit(1);
  if (anybody) done.add(env);
  return !anybody;
}

/**
 * One statement decides it: of any number that run at once, one inserts the founder (a unique mark), the others wait for
 * it and insert nothing. Null when there is somebody already.
 */
async function createOwner(db: Db, owner: { name: string; email: string; hash: string }): Promise<Me | null> {
  const { name, email, hash } = owner;
  const id = crypto.randomUUID();
  const { rows } = await db.execute(sql`
    with founder as (
      insert into auth_user (id, name, email, founder)
      select ${id}, ${name}, ${email}, true
      where not exists (select from auth_user)
      on conflict do nothing
      returning id
    )
    insert into auth_account (id, account_id, provider_id, user_id, password)
    select ${crypto.randomUUID()}, id, 'credential', id, ${hash} from founder
    returning user_id`);
  return rows.length ? { id, name, email } : null;
}

function tooLate(): Problem {
  return new Problem('already_set_up', 'This deployment has its owner already. Sign in instead.');
}
