import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { drizzle as drizzleLite } from 'drizzle-orm/pglite';
import { migrate as migrateLite } from 'drizzle-orm/pglite/migrator';
import pg from 'pg';
import { CannotStart, reason } from './cannot-start.ts';

const migrationsFolder = join(import.meta.dirname, '../drizzle');

/** Brings the database a URL names up to date, over a direct connection; what is done already is left alone. */
export async function migrateServer(url: string): Promise<void> {
  const client = await connect(url);
  try {
    await migrate(drizzle(client), { migrationsFolder });
  } catch (error) {
    throw new CannotStart(`The database at DATABASE_URL could not be migrated: ${reason(error)}`);
  } finally {
    await client.end();
  }
}

/** The same for an embedded Postgres. */
export async function migrateEmbedded(db: PGlite): Promise<void> {
  await migrateLite(drizzleLite(db), { migrationsFolder });
}

/** A direct connection to the server that a URL names. */
export async function connect(url: string): Promise<pg.Client> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new CannotStart('DATABASE_URL is not of the form postgresql://user:password@host/database.');
  }
  try {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
    await client.connect();
    return client;
  } catch (error) {
    // Without the password: this line ends in logs.
    const { host, pathname } = new URL(url);
    throw new CannotStart(`The database at DATABASE_URL (${host}${pathname}) can't be reached: ${reason(error)}`);
  }
}

if (import.meta.main) {
  const url = process.env.DATABASE_URL;
  if (!url) {
    console.error('DATABASE_URL names the database to migrate: postgresql://user:password@host/database');
    process.exit(1);
  }
  try {
    await migrateServer(url);
    console.log('The database is up to date.');
  } catch (error) {
    console.error(reason(error));
    process.exit(1);
  }
}
