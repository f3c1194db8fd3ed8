import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { migrateEmbedded } from '../local/migrate.ts';

/**
 * An embedded database that is migrated and holds nothing, made once and kept in a cache folder: to make one takes five seconds of a
 * processor, to begin with a copy less than one, and some forty files of tests begin with one.
 */

const root = join(import.meta.dirname, '..');
const cache = join(root, 'node_modules/.cache');

/** @returns the path of a tar of its folder */
async function archive(): Promise<string> {
  const path = join(cache, `postgres-${madeOf()}.tar`);
  if (existsSync(path)) return path;
  const pg = new PGlite();
  await migrateEmbedded(pg);
  // Whoever begins with it has no log to replay.
  await pg.exec('checkpoint');
  const tar = await pg.dumpDataDir('none');
  await pg.close();
  mkdirSync(cache, { recursive: true });
  // Another process may be at it, too: each sees a whole file or none.
  writeFileSync(`${path}.${process.pid}`, Buffer.from(await tar.arrayBuffer()));
  renameSync(`${path}.${process.pid}`, path);
  return path;
}

/** For a database in memory. */
export async function emptyDatabase(): Promise<Blob> {
  return new Blob([readFileSync(await archive())]);
}

/** Lays it down where a stack looks for its database. */
export async function layDatabase(data: string): Promise<void> {
  const folder = join(data, 'postgres');
  mkdirSync(folder);
  // Where there is no such program, the stack makes one itself.
  const untar = promisify(execFile)('tar', ['-xf', await archive(), '-C', folder]);
  await untar.catch(() => rmSync(folder, { recursive: true }));
}

/** All that such a database is made of. */
function madeOf(): string {
  const hash = createHash('sha256');
  const migrations = readdirSync(join(root, 'drizzle')).filter((name) => name.endsWith('.sql'));
  const files = ['node_modules/@electric-sql/pglite/package.json', 'drizzle/meta/_journal.json'];
  for (const file of [...files, ...migrations.sort().map((name) => `drizzle/${name}`)]) {
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
