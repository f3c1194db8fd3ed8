import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Miniflare } from 'miniflare';
import { build } from '../../local/build.ts';
import { startStack } from '../../local/stack.ts';
import { World } from '../world.ts';
import { benchServer } from './database.ts';
import { drive, table } from './drive.ts';
import type { Order, Yield } from './load.ts';
import { onceEach } from './once.ts';
import { cpuOf, cpuOfTree, descendants } from './processes.ts';
import { usualWorker } from './usual-worker.ts';

/**
 * `npm run bench:ingest`: hits a second, how long they take and what they cost, of the built Worker in workerd, against the
 * usual way (`usual.ts`, and `orm/worker.ts` through Umami's ORM) in the same workerd, through the same bridge, into the same
 * PostgreSQL, in the same run.
 */

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    'warm-up': { type: 'string', default: '5' },
    connections: { type: 'string', default: '64' },
    sites: { type: 'string', default: '4' },
    only: { type: 'string' },
    rounds: { type: 'string', default: '1' },
  },
});

interface Measured extends Yield {
  name: string;
  /** CPU milliseconds a hit. */
  workerd: number;
  bridge: number;
  postgres: number;
  /** Whether all that was accepted is in Postgres, once. */
  whole: string;
}

const data = mkdtempSync(join(tmpdir(), 'footfall-ingest-'));
const opened: (() => unknown)[] = [() => rmSync(data, { recursive: true, force: true })];
try {
  await main();
} finally {
  for (const end of opened.reverse()) await end();
}

async function main(): Promise<void> {
  await build();
  const postgres = await benchServer();
  if (postgres) opened.push(() => postgres.stop());
  const stack = await startStack({ data, port: 0, databaseUrl: postgres?.url, bare: true });
  opened.push(() => stack.close());
  const world = new World(stack);
  const measure = measurer(postgres?.pid ?? null);
  const rows: Measured[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    if (values.only !== 'footfall') rows.push(...(await usual(world, measure)));
    if (values.only !== 'usual') rows.push(await footfall(world, stack.worker?.pid ?? 0, measure));
  }
  print(rows, postgres?.version ?? 'PGlite (no PostgreSQL installed)');
}

type Measure = (name: string, worker: number, order: Partial<Order>) => Promise<Omit<Measured, 'whole'>>;

/** Runs a load and reads the clocks of every process when measuring begins and when it ends. */
function measurer(postgres: number | null): Measure {
  return async (name, worker, order) => {
    const clocks = () => [cpuOf(worker), cpuOf(process.pid), postgres ? cpuOfTree(postgres) : 0] as const;
    let [from, to] = [clocks(), clocks()];
    const full: Order = {
      url: '',
      doors: [],
      product: 'footfall',
      connections: Number(values.connections),
      warmUp: Number(values['warm-up']),
      seconds: Number(values.seconds),
      engagement: false,
      insist: false,
      seed: 1,
      ...order,
    };
    const result = await drive(full, ({ type }) => {
      if (type === 'begin') from = clocks();
      if (type === 'end') to = clocks();
    });
    const each = (i: 0 | 1 | 2) => (to[i] - from[i]) / result.hits;
    return { name, ...result, workerd: each(0), bridge: each(1), postgres: each(2) };
  };
}

async function footfall(world: World, worker: number, measure: Measure): Promise<Measured> {
  const owner = await world.owner();
  const sites = await Promise.all(Array.from({ length: Number(values.sites) }, () => owner.site()));
  const measured = await measure('Footfall', worker, { url: world.url, doors: sites.map(({ key }) => `/e/${key}`) });
  // Asking writes out what the collectors still hold.
  await Promise.all(sites.map((site) => site.query({ metrics: ['visits'], date_range: 'day' })));
  const ids = sites.map(({ id }) => id);
  return { ...measured, whole: (await onceEach(world, ids, measured)).says };
}

/** A Worker that does nothing, for what the runtime takes on this machine, just now; the usual way; and that way with an ORM. */
async function usual(world: World, measure: Measure): Promise<Measured[]> {
  return [
    ...(await inserting(world, 'usual.ts', async (url, worker) => [
      { ...(await measure('An empty Worker', worker, { url, doors: ['/nothing'] })), whole: '' },
      await inserted(world, await measure('One insert a hit', worker, sending(url))),
    ])),
    ...(await inserting(world, 'orm/worker.ts', async (url, worker) => [
      await inserted(world, await measure('One insert a hit, through Umami’s ORM', worker, sending(url))),
    ])),
  ];
}

function sending(url: string): Partial<Order> {
  return { url, doors: ['/api/send'], product: 'usual' };
}

/** Runs a Worker of the usual way, with empty tables. */
async function inserting<T>(
  world: World,
  entry: string,
  work: (url: string, worker: number) => Promise<T>,
): Promise<T> {
  await world.sql('drop schema if exists usual cascade');
  await world.sql('create schema usual');
  const statements = readFileSync(join(import.meta.dirname, 'usual.sql'), 'utf8').split(';\n');
  for (const statement of statements) if (statement.trim()) await world.sql(statement);
  const before = new Set(workerds());
  const miniflare = new Miniflare({
    host: '127.0.0.1',
    port: 0,
    modules: await usualWorker(entry),
    compatibilityDate: '2026-07-15',
    compatibilityFlags: ['nodejs_compat'],
    bindings: {
      DATABASE_URL: 'postgresql://footfall:footfall@local.neon.tech/footfall',
      NEON_ENDPOINT: world.endpoint,
    },
    unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
  });
  try {
    const { origin } = await miniflare.unsafeGetDirectURL();
    return await work(origin, workerds().find((pid) => !before.has(pid)) ?? 0);
  } finally {
    await miniflare.dispose();
  }
}

/** Counts what came of it in Postgres. */
async function inserted(world: World, measured: Omit<Measured, 'whole'>): Promise<Measured> {
  const [there] = await world.sql('select count(*) as rows from usual.website_event');
  const all = there?.rows === String(measured.events);
  return { ...measured, whole: all ? `all ${measured.events}` : `${there?.rows} of ${measured.events}` };
}

function workerds(): number[] {
  return descendants(process.pid).flatMap(({ pid, name }) => (name === 'workerd' ? [pid] : []));
}

function print(rows: Measured[], database: string): void {
  const number = (value: number, digits = 0) => value.toFixed(digits);
  console.log(
    `\n${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${database}, Node ${process.version}`,
  );
  console.log(
    `${values.connections} connections, ${values.sites} sites, ${values.seconds} s after ${values['warm-up']} s of warm-up; times in ms\n`,
  );
  const head = [
    '',
    'hits/s',
    'p50',
    'p99',
    'CPU/hit',
    'workerd',
    'bridge',
    'Postgres',
    'in Postgres',
    'refused',
    'load/hit',
  ];
  const line = (row: Measured) => {
    const { workerd, bridge, postgres, hits, seconds, refused, cpu } = row;
    const costs = [workerd + bridge + postgres, workerd, bridge, postgres].map((cost) => number(cost, 3));
    const no = Object.entries(refused).map(([status, count]) => `${count} × ${status}`);
    return [
      row.name,
      number(hits / seconds),
      number(row.p50, 1),
      number(row.p99, 1),
      ...costs,
      row.whole,
      no.join() || 'none',
      number(cpu / hits, 3),
    ];
  };
  console.log(table([head, ...rows.map(line)]));
  const mean = (of: (row: Measured) => number, rows: Measured[]) =>
    rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  const rate = (row: Measured) => row.hits / row.seconds;
  const cost = (row: Measured) => row.workerd + row.bridge + row.postgres;
  const named = Map.groupBy(rows, ({ name }) => name);
  const ours = named.get('Footfall');
  for (const name of ['One insert a hit', 'One insert a hit, through Umami’s ORM']) {
    const theirs = named.get(name);
    if (!ours || !theirs) continue;
    const [more, less] = [mean(rate, ours) / mean(rate, theirs), mean(cost, theirs) / mean(cost, ours)];
    console.log(
      `\n${name}: Footfall takes ${number(more, 1)} times the hits a second; the CPU of a hit is 1/${number(less, 1)} of that one’s.`,
    );
  }
}
