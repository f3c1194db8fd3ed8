import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { hold } from '../../local/hold.ts';
import type { Hit } from '../../src/contract/wire.ts';
import { Owner, ownStack, type SharedStack, TestSite, World } from '../world.ts';

/** What was answered with 2xx is there once, whatever falls over in between. */

/** The real server that the suite runs on, or the embedded one of the stack. */
const databaseUrl = process.env.DATABASE_URL;

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of cleanUp.splice(0).reverse()) await end();
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'footfall-durable-'));
  cleanUp.push(() => {
    if (!databaseUrl) hold(path).release(); // ends a workerd that a failed test has left
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}

async function stackOn(data: string) {
  const own = await ownStack({ data, databaseUrl });
  cleanUp.push(() => own.close());
  return own;
}

/** The same site, met in a stack that was started again. */
function again({ owner, id, key, domain }: TestSite, world: World): TestSite {
  return new TestSite(new Owner(world, owner.id, owner.email, owner.apiKey), { id, key, domain });
}

const hits = (site: TestSite, count: number) => Array.from({ length: count }, () => site.hit());

/** Visits and page views, which are as many hits here: each hit is a visit of its own. */
async function counts(site: TestSite): Promise<unknown> {
  const { results } = await site.query({ metrics: ['visits', 'pageviews'], date_range: 'day' });
  return results[0]?.metrics;
}

test('a database that is away between accept and flush: 2xx go on, and all lands once', async () => {
  const own = await stackOn(folder());
  const site = await (await own.owner()).site();
  const statuses = async (count: number) =>
    new Set(await Promise.all(hits(site, count).map(async (hit) => (await site.send(hit)).status)));
  expect(await statuses(20)).toEqual(new Set([202]));
  await own.stack.neon.stop();
  expect(await statuses(30)).toEqual(new Set([202]));
  const report = await site.owner.api('/api/v1/query', {
    json: { site_id: site.id, metrics: ['visits'], date_range: 'day' },
  });
  expect(report.status).toBe(503);
  expect(await statuses(10)).toEqual(new Set([202]));
  await own.stack.neon.start();
  expect(await counts(site)).toEqual([60, 60]);
  expect(await counts(site)).toEqual([60, 60]);
});

test('an answer of the database that gets lost: the batch is sent again and counts once', async () => {
  const own = await stackOn(folder());
  const site = await (await own.owner()).site();
  for (let round = 1; round <= 3; round += 1) {
    let lost = 0;
    own.stack.neon.loses = (query) => query.includes('ingest_batch') && ++lost === 1;
    for (const hit of hits(site, 10)) expect((await site.send(hit)).status).toBe(202);
    await counts(site);
    expect(lost).toBeGreaterThan(0);
    expect(await counts(site)).toEqual([round * 10, round * 10]);
  }
});

test('workerd killed amid traffic: what it answered is there, and what it did not can be sent again', async () => {
  const data = folder();
  const own = await ownStack({ data, databaseUrl });
  const site = await (await own.owner()).site();
  const all = hits(site, 300);
  const accepted = await sendUntil(site, all, 120, () => own.stack.worker?.kill('SIGKILL'));
  expect(accepted.length).toBeLessThan(all.length);
  await own.close();
  await allAreThere(again(site, await stackOn(data)), all, accepted);
});

test('the whole process killed amid traffic, embedded database and all: the same', async () => {
  const data = folder();
  const child = fork(join(import.meta.dirname, 'stack-process.ts'), [data, databaseUrl ?? ''], { stdio: 'inherit' });
  cleanUp.push(() => kill(child));
  const [where] = (await once(child, 'message')) as [SharedStack];
  const site = await (await new World(where).owner()).site();
  const early = hits(site, 50);
  expect((await site.send(early)).status).toBe(202);
  expect(await counts(site)).toEqual([50, 50]);
  const late = hits(site, 200);
  const asking = counts(site).catch(() => undefined); // a batch is on its way to the database
  const accepted = await sendUntil(site, late, 80, () => child.kill('SIGKILL'));
  await asking;
  await kill(child);
  // workerd outlived its parent, and went on accepting: starting again ends it.
  await allAreThere(again(site, await stackOn(data)), [...early, ...late], [...early, ...accepted]);
  await expect(fetch(where.url)).rejects.toThrow();
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Sends hits on eight lanes; once `count` are accepted, `strike`. Returns those that were accepted. */
async function sendUntil(site: TestSite, all: Hit[], count: number, strike: () => unknown): Promise<Hit[]> {
  const accepted: Hit[] = [];
  const waiting = [...all];
  const lane = async () => {
    for (let hit = waiting.shift(); hit; hit = waiting.shift()) {
      const status = await site.send(hit).then(
        (response) => response.status,
        () => 0,
      );
      if (status === 202) accepted.push(hit);
      if (accepted.length === count && status === 202) strike();
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  expect(accepted.length).toBeGreaterThanOrEqual(count);
  return accepted;
}

async function allAreThere(site: TestSite, all: Hit[], accepted: Hit[]): Promise<void> {
  await counts(site); // writes out what the objects hold
  const rows = await site.owner.world.sql('select id from session where site_id = $1', [String(site.id)]);
  expect(rows.length).toBeGreaterThanOrEqual(accepted.length);
  // A browser sends again what was not answered; what had arrived all the same is known, and does not count twice.
  for (let i = 0; i < all.length; i += 25) expect((await site.send(all.slice(i, i + 25))).status).toBe(202);
  expect(await counts(site)).toEqual([all.length, all.length]);
}
