import { execFileSync, type SpawnSyncOptions, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/**
 * `npm run test:postgres`: the Worker tests on a real PostgreSQL, in a database of their own. `DATABASE_URL` names a
 * server; without it one is started for the run, when PostgreSQL is installed.
 */

async function main(): Promise<number> {
  const own = process.env.DATABASE_URL ? undefined : await startServer();
  const server = process.env.DATABASE_URL ?? own?.url;
  if (!server) {
    console.error('Neither DATABASE_URL nor an installed PostgreSQL (/usr/lib/postgresql) to test on.');
    return 1;
  }
  const name = `footfall_test_${randomBytes(4).toString('hex')}`;
  try {
    await ask(server, `create database ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    return await vitest(url.href);
  } finally {
    await ask(server, `drop database if exists ${name} with (force)`).catch(() => undefined);
    own?.stop();
  }
}

/**
 * A server on a free loopback port, its data in a folder that goes with it. PostgreSQL refuses to run as root.
 * @param durable whether a commit waits for the disk, as it does unless told otherwise; tests don't need it
 * @param buffers memory for its own cache of pages
 */
export async function startServer({
  durable = false,
  buffers = '128MB',
} = {}): Promise<{ url: string; stop(): void } | undefined> {
  const bin = globSync('/usr/lib/postgresql/*/bin').sort().at(-1);
  if (!bin || !existsSync(join(bin, 'initdb'))) return undefined;
  const isRoot = process.getuid?.() === 0;
  const folder = mkdtempSync(join(tmpdir(), 'footfall-postgres-'));
  if (isRoot) chownSync(folder, Number(execFileSync('id', ['-u', 'postgres'])), 0);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  const run = (program: string, args: string[]) => {
    const command = [join(bin, program), ...args];
    const [file = '', ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    const options: SpawnSyncOptions = { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] };
    const { status, stderr } = spawnSync(file, rest, options);
    if (status !== 0) throw new Error(`${program}: ${stderr}`);
  };
  const port = await freePort();
  run('initdb', ['-D', data, '-U', 'footfall', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
  const settings = `-p ${port} -k ${folder} -h 127.0.0.1 -c shared_buffers=${buffers}${durable ? '' : ' -F'}`;
  run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start']);
  const stop = () => {
    run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: `postgresql://footfall@127.0.0.1:${port}/postgres`, stop };
}

function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

export async function ask(url: string, query: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(query).finally(() => client.end());
}

/** Runs the Worker tests, or those that the command line names; their exit code. */
function vitest(databaseUrl: string): Promise<number> {
  const args = ['run', '--project', 'worker', ...process.argv.slice(2)];
  const child = spawn('vitest', args, { stdio: 'inherit', env: { ...process.env, DATABASE_URL: databaseUrl } });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

if (import.meta.main) {
  // Ctrl-C goes to the tests too: they end, and what was started is cleared away after them.
  process.on('SIGINT', () => undefined);
  process.exitCode = await main();
}
