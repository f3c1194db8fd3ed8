import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Miniflare, type MiniflareOptions } from 'miniflare';
import { parse } from 'smol-toml';
import { migrateEmbedded, migrateServer } from './migrate.ts';
import { type Backend, embedded, serveNeon, server } from './neon.ts';

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
  /** Variables over those of `wrangler.toml`. */
  vars?: Record<string, string>;
}

export interface Stack {
  url: string;
  /** Signs site keys; kept in the data folder. */
  secret: string;
  /** Where Neon's protocol is answered. */
  endpoint: string;
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
  mkdirSync(options.data, { recursive: true });
  const secret = secretIn(options.data);
  const backend = await database(options);
  const neon = await serveNeon(backend);
  const miniflare = new Miniflare(workerOptions(options, secret, neon.endpoint));
  try {
    const url = (await miniflare.ready).origin;
    return {
      url,
      secret,
      endpoint: neon.endpoint,
      miniflare,
      async close() {
        await miniflare.dispose();
        neon.server.closeAllConnections();
        neon.server.close();
        await backend.close();
      },
    };
  } catch (error) {
    neon.server.close();
    await backend.close();
    throw error;
  }
}

async function database({ data, databaseUrl }: StackOptions): Promise<Backend> {
  if (databaseUrl) {
    await migrateServer(databaseUrl);
    return server(databaseUrl);
  }
  const folder = join(data, 'postgres');
  await migrateEmbedded(folder);
  return embedded(folder);
}

function workerOptions(options: StackOptions, secret: string, endpoint: string): MiniflareOptions {
  const toml = parse(readFileSync(join(root, 'wrangler.toml'), 'utf8')) as unknown as Wrangler;
  const buckets = options.noBucket ? [] : (toml.r2_buckets ?? []);
  return {
    host: '127.0.0.1',
    port: options.port,
    name: 'footfall',
    modules: [{ type: 'ESModule', path: join(root, toml.main) }],
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
    durableObjectsPersist: join(options.data, 'objects'),
    r2Buckets: Object.fromEntries(buckets.map(({ binding, bucket_name }) => [binding, bucket_name])),
    r2Persist: join(options.data, 'buckets'),
    assets: {
      directory: join(root, toml.assets.directory),
      binding: toml.assets.binding,
      routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: true },
      assetConfig: { not_found_handling: 'single-page-application' },
    },
    cf: { country: 'EE', region: 'Harjumaa', city: 'Tallinn', timezone: 'Europe/Tallinn', asn: 3249 },
  };
}

/** Made once, kept with the data that it signs. */
function secretIn(data: string): string {
  const path = join(data, 'secret');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return readFileSync(path, 'utf8');
}
