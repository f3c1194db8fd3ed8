import { randomBytes } from 'node:crypto';
import { hashPassword } from '../src/accounts/password.ts';
import { reason } from './cannot-start.ts';
import { connect } from './migrate.ts';

/** Runs one statement with its values. */
type Ask = (statement: string, values: unknown[]) => Promise<unknown[]>;

/**
 * Gives somebody a new password and ends their sessions. Whoever may write the database may do so: no e-mail is sent.
 * @returns false when nobody has that e-mail
 */
export async function resetPassword(ask: Ask, email: string, password: string): Promise<boolean> {
  const rows = await ask(
    `with who as (select id from auth_user where email = $1),
          ended as (delete from auth_session where user_id in (select id from who))
     update auth_account set password = $2, updated_at = now()
     where provider_id = 'credential' and user_id in (select id from who)
     returning id`,
    [email.toLowerCase(), await hashPassword(password)],
  );
  return rows.length > 0;
}

async function main(): Promise<void> {
  const [email] = process.argv.slice(2);
  const { DATABASE_URL: url } = process.env;
  if (!email || !url) throw new Error('DATABASE_URL=postgresql://… npm run password -- somebody@example.com');
  const client = await connect(url);
  try {
    const password = randomBytes(15).toString('base64url');
    const done = await resetPassword(async (text, values) => (await client.query(text, values)).rows, email, password);
    if (!done) throw new Error(`Nobody signs in with ${email} here.`);
    console.log(`New password of ${email}: ${password}`);
  } finally {
    await client.end();
  }
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(reason(error));
    process.exitCode = 1;
  });
}
