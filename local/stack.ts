import type { ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Miniflare, type MiniflareOptions } from 'miniflare';
import { parse } from 'smol-toml';
import { CannotStart } from './cannot-start.ts';
import { hold } from './hold.ts';
import { migrateServer } from './migrate.ts';
import { type Backend, embedded, type Neon, serveNeon, server } from './neon.ts';

/**
 * The deployment on this machine: the built Worker in workerd with the bindings that `wrangler.toml` names, in front of a
 * Postgres that answers Neon's protocol. Everything is kept under one data folder.
 */

const root = join(import.meta.dirname, '..');

export interface StackOptions {
  /** Where the database, the objects and the secret live. */
  data: string;
  /** The Worker's port on loopback; 0 picks a free one. */
  port: number;
  /** A real Postgres instead of the embedded one. */
  databaseUrl?: string | undefined;
  /** Keep recordings in Postgres, as a deployment without a bucket does. */
  noBucket?: boolean;
  /** For benches: the text of a module to run in the Worker's place, which imports `./worker.js` and stands before it. */
  before?: string;
  /** Hits only, for benches: no dashboard, and none of Miniflare's own Workers in front of ours. `MF-CF-Blob` is `request.cf`. */
  bare?: boolean;
  /** Variables over those of `wrangler.toml`. */
  vars?: Record<string, string>;
}

export interface Stack {
  url: string;
  /** Signs site keys; kept in the data folder. */
  secret: string;
  /** Where Neon's protocol is answered. */
  endpoint: string;
  /** The folder of everything that belongs to this database. */
  home: string;
  /** What answers Neon's protocol: to be stopped and started by tests. */
  neon: Neon;
  /** workerd: to be killed by tests. */
  worker: ChildProcess | undefined;
  miniflare: Miniflare;
  close(): Promise<void>;
}

/** The part of `wrangler.toml` that the local stack follows. */
interface Wrangler {
  main: string;
  compatibility_date: string;
  compatibility_flags: string[];
  assets: { directory: string; binding: string };
  durable_objects: { bindings: { name: string; class_name: string }[] };
  r2_buckets?: { binding: string; bucket_name: string }[];
  vars: Record<string, string>;
}

export async function startStack(options: StackOptions): Promise<Stack> {
  const home = homeOf(options);
  const held = hold(home);
  const opened: (() => unknown)[] = [held.release];
  const close = async () => {
    for (const end of opened.splice(0).reverse()) await end();
  };
  try {
    await mustBeFree(options.port);
    const secret = secretIn(home);
    const backend = await database(options, home);
    opened.push(() => backend.close());
    const neon = await serveNeon(backend);
    opened.push(() => neon.stop());
    const [miniflare, worker] = await withWorker(async () => {
      const starting = new Miniflare(workerOptions(options, home, secret, neon.endpoint));
      opened.push(() => starting.dispose());
      await starting.ready;
      return starting;
    });
    if (worker) held.worker(worker);
    const { origin: url } = options.bare ? await miniflare.unsafeGetDirectURL() : await miniflare.ready;
    return { url, secret, home, endpoint: neon.endpoint, neon, worker, miniflare, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The data folder, or, for a database elsewhere, a part of it: what the objects hold belongs to one database. */
function homeOf({ data, databaseUrl }: StackOptions): string {
  if (!databaseUrl || !URL.canParse(databaseUrl)) return data;
  const { host, pathname } = new URL(databaseUrl);
  return join(
    data,
    `server-${createHash('sha256')
      .update(host + pathname)
      .digest('hex')
      .slice(0, 12)}`,
  );
}

async function mustBeFree(port: number): Promise<void> {
  if (!(await isFree(port))) throw new CannotStart(`Port ${port} is taken: stop what listens there, or set PORT.`);
}

/** Whether a loopback port can be listened on. */
async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

async function database({ databaseUrl }: StackOptions, home: string): Promise<Backend> {
  if (!databaseUrl) return embedded(join(home, 'postgres'));
  await migrateServer(databaseUrl);
  return server(databaseUrl);
}

/** Runs what starts Miniflare, which keeps its child to itself, and sees which workerd that is. */
async function withWorker<T>(work: () => Promise<T>): Promise<[T, ChildProcess | undefined]> {
  const children: ChildProcess[] = [];
  const seen = (message: unknown) => children.push((message as { process: ChildProcess }).process);
  subscribe('child_process', seen);
  try {
    const result = await work();
    return [result, children.find((child) => child.spawnfile?.includes('workerd'))];
  } finally {
    unsubscribe('child_process', seen);
  }
}

function workerOptions(options: StackOptions, home: string, secret: string, endpoint: string): MiniflareOptions {
  const toml = parse(readFileSync(join(root, 'wrangler.toml'), 'utf8')) as unknown as Wrangler;
  const main = join(root, toml.main);
  const buckets = options.noBucket ? [] : (toml.r2_buckets ?? []);
  return {
    host: '127.0.0.1',
    port: options.port,
    name: 'footfall',
    modules: [
      ...(options.before
        ? [{ type: 'ESModule' as const, path: main.replace('worker.js', 'before.js'), contents: options.before }]
        : []),
      { type: 'ESModule', path: main },
    ],
    compatibilityDate: toml.compatibility_date,
    compatibilityFlags: toml.compatibility_flags,
    bindings: {
      ...toml.vars,
      ...options.vars,
      // Neon's driver wants a URL of Neon's shape; who answers is the endpoint's business.
      DATABASE_URL: 'postgresql://footfall:footfall@local.neon.tech/footfall',
      NEON_ENDPOINT: endpoint,
      FOOTFALL_SECRET: secret,
    },
    durableObjects: Object.fromEntries(
      toml.durable_objects.bindings.map(({ name, class_name }) => [name, { className: class_name, useSQLite: true }]),
    ),
    durableObjectsPersist: join(home, 'objects'),
    r2Buckets: Object.fromEntries(buckets.map(({ binding, bucket_name }) => [binding, bucket_name])),
    r2Persist: join(home, 'buckets'),
    ...(options.bare ? { unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }] } : { assets: assetsOf(toml) }),
    cf: { country: 'EE', region: 'Harjumaa', city: 'Tallinn', timezone: 'Europe/Tallinn', asn: 3249 },
  };
}

function assetsOf({ assets }: Wrangler) {
  return {
    directory: join(root, assets.directory),
    binding: assets.binding,
    routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: true },
    assetConfig: { not_found_handling: 'single-page-application' as const },
  };
}

/** Made once, kept with the data that it signs. */
function secretIn(home: string): string {
  const path = join(home, 'secret');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return readFileSync(path, 'utf8');
}
