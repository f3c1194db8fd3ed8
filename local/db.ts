import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { Db } from '../src/db/client.ts';
import * as schema from '../src/db/schema.ts';

/** The Worker's own statements over a connection of one's own, `batch` as one transaction of it. */
export function ownDb(client: pg.Client): Db {
  const batch = async (statements: PromiseLike<unknown>[]) => {
    await client.query('begin');
    try {
      const answers = [];
      for (const statement of statements) answers.push(await statement);
      await client.query('commit');
      return answers;
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  };
  return Object.assign(drizzle(client, { schema }), { batch }) as unknown as Db;
}
