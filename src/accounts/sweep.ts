import { lt, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { attempt, auth_session } from '../db/schema.ts';

/** Once a day: sessions that have ended, and counts of attempts that have run out. */
export async function sweepAccounts(db: Db): Promise<void> {
  await db.batch([
    db.delete(auth_session).where(lt(auth_session.expiresAt, sql`now()`)),
    db.delete(attempt).where(lt(attempt.until, sql`now()`)),
  ]);
}
