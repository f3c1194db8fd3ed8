import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../../local/build.ts';
import { startStack } from '../../local/stack.ts';
import { World } from '../world.ts';
import { benchServer } from './database.ts';
import { drive, table } from './drive.ts';
import { onceEach } from './once.ts';
import { memoryOf } from './processes.ts';

/**
 * `npm run bench:soak`: minutes of traffic in which every object is aborted again and again and the database is away for a
 * while. At the end all that was accepted is in Postgres, once, and workerd is no larger than it was.
 */

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '500' },
    'restart-seconds': { type: 'string', default: '60' },
    'away-seconds': { type: 'string', default: '120' },
  },
});
const SECONDS = Number(values.minutes) * 60;
/** Collectors that the site may have come to; aborting one that isn't there does no harm. */
const SHARDS = 4;

/** Stands before the Worker: it can abort an object, which loses all that it has in memory and whoever waits for it. */
const ABORTER = `
  import worker, { Collector as Plain } from './worker.js';
  export class Collector extends Plain {
    abort() { this.ctx.abort('for the soak'); }
  }
  export default {
    ...worker,
    async fetch(request, env, ctx) {
      const { pathname } = new URL(request.url);
      if (!pathname.startsWith('/abort/')) return worker.fetch(request, env, ctx);
      const object = env.COLLECTOR.get(env.COLLECTOR.idFromName(pathname.slice(7)));
      await object.abort().catch(() => undefined);
      return new Response(null, { status: 204 });
    },
  };`;

const data = mkdtempSync(join(tmpdir(), 'footfall-soak-'));
const opened: (() => unknown)[] = [() => rmSync(data, { recursive: true, force: true })];
try {
  process.exitCode = await main();
} finally {
  for (const end of opened.reverse()) await end();
}

async function main(): Promise<number> {
  await build();
  const postgres = await benchServer();
  if (postgres) opened.push(() => postgres.stop());
  const stack = await startStack({ data, port: 0, databaseUrl: postgres?.url, bare: true, before: ABORTER });
  opened.push(() => stack.close());
  const worker = stack.worker?.pid ?? 0;
  const world = new World(stack);
  const site = await (await world.owner()).site();
  const [memory, counts] = [[] as number[], { aborts: 0, away: 0 }];
  const abort = async () => {
    counts.aborts += 1;
    for (let shard = 0; shard < SHARDS; shard++) {
      // The answer's connection may go with the object.
      await world.fetch(`/abort/${site.id}:${shard}`).catch(() => undefined);
    }
  };
  const timers = [
    setInterval(() => memory.push(memoryOf(worker)), 1_000),
    setInterval(() => void abort(), Number(values['restart-seconds']) * 1000),
    setTimeout(() => void stack.neon.stop(), SECONDS * 400),
    setTimeout(() => void stack.neon.start(), SECONDS * 400 + Number(values['away-seconds']) * 1000),
  ];
  const result = await drive({
    targets: [{ url: world.url, doors: [`/e/${site.key}`] }],
    product: 'footfall',
    connections: 32,
    warmUp: 0,
    seconds: SECONDS,
    rate: Number(values.rate),
    engagement: true,
    insist: true,
    seed: 3,
  });
  for (const timer of timers) clearTimeout(timer);
  await site.query({ metrics: ['visits'], date_range: 'day' });
  const { whole, says } = await onceEach(world, [site.id], result);
  const [visits] = await world.sql('select count(*) as count from session where site_id = $1', [String(site.id)]);
  const { events, numbered, engagements, refused } = result;
  const thirds = [1, 2].map((third) =>
    mean(memory.slice((memory.length * third) / 3, (memory.length * (third + 1)) / 3)),
  );
  const [middle = 0, last = 0] = thirds;
  const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  console.log(
    `\n${new Date().toISOString().slice(0, 10)}, ${postgres?.version ?? 'PGlite'}, Node ${process.version}\n`,
  );
  console.log(
    table([
      ['', ''],
      ['minutes, hits a second', `${values.minutes}, ${values.rate}`],
      ['objects aborted', `${counts.aborts} times`],
      ['database away', `${values['away-seconds']} s`],
      ['page views and events accepted', events],
      ['… in Postgres, and by the count of their visits', says],
      ['… known by their numbers', whole ? `all ${numbered}` : 'NOT THE SAME'],
      ['visits', visits?.count ?? ''],
      ['engagement reports accepted', engagements],
      [
        'not answered with 2xx at first, and sent again',
        Object.entries(refused)
          .map(([status, n]) => `${n} × ${status}`)
          .join(', ') || 'none',
      ],
      [
        'p50, p99, longest wait for an answer',
        `${[result.p50, result.p99, result.worst].map(Math.round).join(', ')} ms`,
      ],
      ['workerd’s memory, mean of the 2nd and of the last third', `${mb(middle)}, ${mb(last)}`],
    ]),
  );
  return whole && last < middle * 1.25 ? 0 : 1;
}

function mean(list: number[]): number {
  return list.reduce((sum, each) => sum + each, 0) / Math.max(1, list.length);
}
