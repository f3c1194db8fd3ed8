import pg from 'pg';
import { startServer } from '../postgres.ts';
import { parentOf } from './processes.ts';

/**
 * A PostgreSQL for a bench: `DATABASE_URL`, else one of its own where PostgreSQL is installed, with the settings that it comes
 * with (a commit waits for the disk, as an object's does), else none: PGlite.
 */
export async function benchServer(more: { buffers?: string } = {}): Promise<{
  url: string;
  version: string;
  pid: number | null;
  stop(): void;
} | null> {
  const given = process.env.DATABASE_URL;
  const own = given ? undefined : await startServer({ durable: true, ...more });
  const url = given ?? own?.url;
  if (!url) return null;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ version: string; pid: number }>(
    "select 'PostgreSQL ' || current_setting('server_version') as version, pg_backend_pid() as pid",
  );
  const { version = '', pid = 0 } = rows[0] ?? {};
  // One that was started here runs here: its CPU can be read.
  const postmaster = own ? parentOf(pid) : null;
  await client.end();
  return { url, version, pid: postmaster, stop: () => own?.stop() };
}

/** After sealing: until Postgres has looked for itself it takes new tables for small ones. */
export const vacuumSeals = (client: pg.Client): Promise<unknown> =>
  client.query(
    'vacuum analyze sealed_sum, sealed_visitor, sealed_goal, sealed_slice, sealed_block, sealed_segment, sealed_place, sealed_bitmap',
  );
