import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Miniflare } from 'miniflare';
import { build } from '../../local/build.ts';
import { type Stack, startStack } from '../../local/stack.ts';
import { type TestSite, World } from '../world.ts';
import { benchServer } from './database.ts';
import { drive, table } from './drive.ts';
import type { Order, Target, Yield } from './load.ts';
import { onceEach } from './once.ts';
import { cpuOf, cpuOfTree, descendants } from './processes.ts';
import { usualWorker } from './usual-worker.ts';

/**
 * `npm run bench:ingest`: hits a second, how long they take and what they cost, of the built Worker in workerd, against the
 * usual way (`usual.ts`, and `orm/worker.ts` through Umami's ORM) in the same workerd, through the same bridge, into the same
 * PostgreSQL, in the same run. workerd has one thread for JavaScript, so that all of them run in several, into one database:
 * with one, a core is left over. What is ours has its sites shared out, as a site's objects are in one place only.
 */

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    'warm-up': { type: 'string', default: '5' },
    connections: { type: 'string', default: '64' },
    sites: { type: 'string', default: '4' },
    processes: { type: 'string', default: '2' },
    only: { type: 'string' },
    rounds: { type: 'string', default: '1' },
  },
});

const PROCESSES = Number(values.processes);

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
  const stacks: Stack[] = [];
  // The embedded database is one stack's own.
  for (let i = 0; i < (postgres ? PROCESSES : 1); i++) {
    const stack = await startStack({ data: join(data, String(i)), port: 0, databaseUrl: postgres?.url, bare: true });
    opened.push(() => stack.close());
    stacks.push(stack);
  }
  const measure = measurer(postgres?.pid ?? null);
  const rows: Measured[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    if (values.only !== 'footfall') rows.push(...(await usual(stacks, measure)));
    if (values.only !== 'usual') rows.push(await footfall(stacks, measure));
  }
  print(rows, postgres?.version ?? 'PGlite (no PostgreSQL installed)');
}

type Measure = (name: string, workers: number[], order: Partial<Order>) => Promise<Omit<Measured, 'whole'>>;

/** Runs a load and reads the clocks of every process when measuring begins and when it ends. */
function measurer(postgres: number | null): Measure {
  return async (name, workers, order) => {
    const busy = () => workers.reduce((sum, pid) => sum + cpuOf(pid), 0);
    const clocks = () => [busy(), cpuOf(process.pid), postgres ? cpuOfTree(postgres) : 0] as const;
    let [from, to] = [clocks(), clocks()];
    const full: Order = {
      targets: [],
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

async function footfall(stacks: Stack[], measure: Measure): Promise<Measured> {
  const worlds = stacks.map((stack) => new World(stack));
  const sites: TestSite[] = [];
  const targets: Target[] = [];
  for (const [i, world] of worlds.entries()) {
    const owner = await world.owner();
    const share = Math.ceil((Number(values.sites) - i) / worlds.length);
    const some = await Promise.all(Array.from({ length: share }, () => owner.site()));
    sites.push(...some);
    targets.push({ url: world.url, doors: some.map(({ key }) => `/e/${key}`) });
  }
  const workers = stacks.map(({ worker }) => worker?.pid ?? 0);
  const measured = await measure('Footfall', workers, { targets });
  // Asking writes out what the collectors still hold.
  await Promise.all(sites.map((site) => site.query({ metrics: ['visits'], date_range: 'day' })));
  const ids = sites.map(({ id }) => id);
  return { ...measured, whole: (await onceEach(worlds[0] as World, ids, measured)).says };
}

/** A Worker that does nothing, for what the runtime takes on this machine, just now; the usual way; and that way with an ORM. */
async function usual(stacks: Stack[], measure: Measure): Promise<Measured[]> {
  const world = new World(stacks[0] as Stack);
  const sending = (urls: string[]) => ({
    targets: urls.map((url) => ({ url, doors: ['/api/send'] })),
    product: 'usual' as const,
  });
  const nothing = (urls: string[]) => ({ targets: urls.map((url) => ({ url, doors: ['/nothing'] })) });
  return [
    ...(await inserting(stacks, 'usual.ts', async (urls, workers) => [
      { ...(await measure('An empty Worker', workers, nothing(urls))), whole: '' },
      await inserted(world, await measure('One insert a hit', workers, sending(urls))),
    ])),
    ...(await inserting(stacks, 'orm/worker.ts', async (urls, workers) => [
      await inserted(world, await measure('One insert a hit, through Umami’s ORM', workers, sending(urls))),
    ])),
  ];
}

/** Runs a Worker of the usual way, in a process for each of the stacks, with empty tables. */
async function inserting<T>(
  stacks: Stack[],
  entry: string,
  work: (urls: string[], workers: number[]) => Promise<T>,
): Promise<T> {
  const world = new World(stacks[0] as Stack);
  await world.sql('drop schema if exists usual cascade');
  await world.sql('create schema usual');
  const statements = readFileSync(join(import.meta.dirname, 'usual.sql'), 'utf8').split(';\n');
  for (const statement of statements) if (statement.trim()) await world.sql(statement);
  const before = new Set(workerds());
  const running: Miniflare[] = [];
  try {
    for (const { endpoint } of stacks) {
      running.push(
        new Miniflare({
          host: '127.0.0.1',
          port: 0,
          modules: await usualWorker(entry),
          compatibilityDate: '2026-07-15',
          compatibilityFlags: ['nodejs_compat'],
          bindings: {
            DATABASE_URL: 'postgresql://footfall:footfall@local.neon.tech/footfall',
            NEON_ENDPOINT: endpoint,
          },
          unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
        }),
      );
    }
    const urls = await Promise.all(running.map(async (one) => (await one.unsafeGetDirectURL()).origin));
    return await work(
      urls,
      workerds().filter((pid) => !before.has(pid)),
    );
  } finally {
    for (const one of running) await one.dispose();
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
    `${values.connections} connections, ${values.sites} sites, ${PROCESSES} of workerd, ${values.seconds} s after ${values['warm-up']} s of warm-up; times in ms\n`,
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
