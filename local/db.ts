import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { Db } from '../src/db/client.ts';
import * as schema from '../src/db/schema.ts';

/** The Worker's own statements over a connection of one's own. */
export const ownDb = (client: pg.Client): Db => withBatch(drizzle(client, { schema }), (text) => client.query(text));

/** Another driver's database as the Worker knows its own: with `batch`, as one transaction of the connection that `run` is of. */
export function withBatch(db: object, run: (text: string) => Promise<unknown>): Db {
  const batch = async (statements: PromiseLike<unknown>[]) => {
    await run('begin');
    try {
      const answers = [];
      for (const statement of statements) answers.push(await statement);
      await run('commit');
      return answers;
    } catch (error) {
      await run('rollback');
      throw error;
    }
  };
  return Object.assign(db, { batch }) as unknown as Db;
}
