import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { withBatch } from '../local/db.ts';
import * as schema from '../src/db/schema.ts';
import { emptyDatabase } from './empty-database.ts';

/** A Postgres of one's own in this process, migrated; for statements that need no Worker around them. */
export async function ownPostgres() {
  const pg = await PGlite.create({ loadDataDir: await emptyDatabase() });
  // The same statements over another driver: what `execute` resolves to has `rows`, too.
  const db = withBatch(drizzle(pg, { schema }), (text) => pg.exec(text));
  const rows = async <Row>(text: string, ...params: unknown[]) => (await pg.query<Row>(text, params)).rows;
  return { db, rows, close: () => pg.close() };
}
