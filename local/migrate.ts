import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { drizzle as drizzleLite } from 'drizzle-orm/pglite';
import { migrate as migrateLite } from 'drizzle-orm/pglite/migrator';
import pg from 'pg';

const migrationsFolder = join(import.meta.dirname, '../drizzle');

/** Brings the database a URL names up to date, over a direct connection; what is done already is left alone. */
export async function migrateServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await migrate(drizzle(client), { migrationsFolder });
  } finally {
    await client.end();
  }
}

/** The same for an embedded Postgres, before it is served. */
export async function migrateEmbedded(folder: string): Promise<void> {
  const db = await PGlite.create(folder);
  try {
    await migrateLite(drizzleLite(db), { migrationsFolder });
  } finally {
    await db.close();
  }
}

if (import.meta.main) {
  const url = process.env.DATABASE_URL;
  if (!url) {
    console.error('DATABASE_URL names the database to migrate: postgresql://user:password@host/database');
    process.exit(1);
  }
  await migrateServer(url);
  console.log('The database is up to date.');
}
