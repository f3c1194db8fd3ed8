import { parseArgs } from 'node:util';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { migrateServer } from '../../local/migrate.ts';
import { makePartitions, writeBatch } from '../../src/collect/flush.ts';
import { Ledger } from '../../src/collect/ledger.ts';
import { FULL, nextMark } from '../../src/collect/marks.ts';
import type { Db } from '../../src/db/client.ts';
import * as schema from '../../src/db/schema.ts';
import { ownStorage } from '../sqlite.ts';
import { benchServer } from './database.ts';
import { table } from './drive.ts';
import { hitOf } from './hits.ts';
import { seeded } from './traffic.ts';
import { busyness, poisson, type Step, visit } from './visits.ts';

/**
 * `npm run bench:bytes`: what an event takes in Postgres, its visits, indexes and dictionary included, after a million of
 * them came through a ledger, as the collector keeps it, and its flush statement, on the marks of the clock.
 */

const { values } = parseArgs({
  options: { events: { type: 'string', default: '1000000' }, 'visits-a-day': { type: 'string', default: '60000' } },
});
const EVENTS = Number(values.events);
const VISITS = Number(values['visits-a-day']);
const START = Date.UTC(2026, 10, 2);
const MINUTES = 15;
const SITE = 1;

const server = await benchServer();
if (!server) throw new Error('This needs a PostgreSQL: DATABASE_URL, or one that is installed.');
try {
  await migrateServer(server.url);
  const pool = new pg.Pool({ connectionString: server.url });
  // The same statements over another driver.
  const db = drizzle(pool, { schema }) as unknown as Db;
  const counts = await fill(db, () => pool.query('vacuum'));
  await pool.query('vacuum analyze');
  await report(pool, counts, server.version);
  await pool.end();
} finally {
  server.stop();
}

async function fill(db: Db, vacuum: () => Promise<unknown>): Promise<{ batches: number; seconds: number }> {
  await makePartitions(db, START, START + 27 * 86_400_000);
  const random = seeded(7);
  const ledger = new Ledger(ownStorage(), 0);
  const from = performance.now();
  let [events, batches, vacuumed] = [0, 0, 10_000];
  /** Steps by the mark before which they come. */
  const coming = new Map<number, Step[]>();
  for (let now = START; events < EVENTS; now = nextMark(now, MINUTES)) {
    const mark = nextMark(now, MINUTES);
    const hour = new Date(now).getUTCHours();
    for (let left = poisson((VISITS / 96) * busyness(hour), random); left > 0; left--) {
      for (const step of visit(now + random() * (mark - now), random)) {
        const at = nextMark(step.time, MINUTES);
        coming.set(at, [...(coming.get(at) ?? []), step]);
      }
    }
    const steps = (coming.get(mark) ?? []).sort((a, b) => a.time - b.time);
    coming.delete(mark);
    for (const step of steps) {
      const taken = ledger.take(hitOf(step));
      if (taken === 'accepted' && step.kind !== 'engagement') events += 1;
      // Some few hits come together while a row of the log is made durable.
      if (random() < 0.3) ledger.append(step.time);
      if (ledger.waiting.entries >= FULL.entries || ledger.waiting.bytes >= FULL.bytes)
        batches += await flush(step.time);
    }
    ledger.append(mark);
    batches += await flush(mark);
    // Autovacuum comes whenever a table has grown by a fifth or so; days that pass in a minute don't let it.
    if (events < vacuumed * 1.25) continue;
    await vacuum();
    vacuumed = events;
  }
  return { batches, seconds: (performance.now() - from) / 1000 };

  async function flush(now: number): Promise<number> {
    let written = 0;
    for (let batch = ledger.batch(now); batch; batch = ledger.batch(now)) {
      await writeBatch(db, SITE, 1, batch);
      ledger.written();
      written += 1;
    }
    return written;
  }
}

async function report(pool: pg.Pool, counts: { batches: number; seconds: number }, version: string): Promise<void> {
  const { rows: parts } = await pool.query<{ part: string; relation: string; kind: string; bytes: string }>(`
    select regexp_replace(coalesce(t.relname, c.relname), '_2026\\d\\d', '') as part,
      regexp_replace(c.relname, '_2026\\d\\d', '') as relation, c.relkind as kind, pg_relation_size(c.oid)::text as bytes
    from pg_class c left join pg_index i on i.indexrelid = c.oid left join pg_class t on t.oid = i.indrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'i')
      and regexp_replace(coalesce(t.relname, c.relname), '_2026\\d\\d', '') in ('event', 'session', 'term', 'page_title', 'ingest_batch')
    order by 1, 3 desc, 2`);
  const { rows: numbers } = await pool.query<Record<'events' | 'sessions' | 'terms', string>>(
    'select (select count(*) from event) as events, (select count(*) from session) as sessions, (select count(*) from term) as terms',
  );
  const { events = '0', sessions = '0', terms = '0' } = numbers[0] ?? {};
  const sums = new Map<string, number>();
  for (const { relation, kind, bytes } of parts) {
    const name = `${relation}${kind === 'i' ? ' (index)' : ''}`;
    sums.set(name, (sums.get(name) ?? 0) + Number(bytes));
  }
  const each = (bytes: number) => (bytes / Number(events)).toFixed(1);
  const total = [...sums.values()].reduce((sum, bytes) => sum + bytes, 0);
  console.log(`\n${new Date().toISOString().slice(0, 10)}, ${version}, Node ${process.version}`);
  console.log(
    `${events} events of ${sessions} visits, ${terms} words, ${counts.batches} batches in ${counts.seconds.toFixed(0)} s\n`,
  );
  const rows = [...sums]
    .filter(([, bytes]) => bytes > 0)
    .map(([name, bytes]) => [name, (bytes / 1e6).toFixed(1), each(bytes)]);
  console.log(table([['', 'MB', 'bytes an event'], ...rows, ['all', (total / 1e6).toFixed(1), each(total)]]));
}
