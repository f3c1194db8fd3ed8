import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { build } from '../../local/build.ts';
import { startStack } from '../../local/stack.ts';
import { VISIT_IDLE_MS } from '../../src/contract/wire.ts';
import { launch } from '../browser/chromium.ts';
import { Front, pages } from '../browser/front.ts';
import { CLOCK, setAhead } from '../clock.ts';
import { type TestSite, World } from '../world.ts';
import { table } from './drive.ts';
import { R2 } from './prices.ts';
import { CSS, SHOP } from './replay-pages.ts';
import { plainRecorder } from './replay-plain.ts';

/**
 * `npm run bench:replay`: what a recording costs on the wire and where it is kept: a visit of two minutes to three pages, with
 * 230 kB of CSS, in Chromium in front of the stack on this machine. The site's first visit, and its tenth, by somebody who was
 * never there; between them come eight that leave after the first page. Beside it, at the same time, the same by our recorder where it
 * can't send style sheets apart (a page without `crypto.subtle`), and by rrweb's own bundle, used as its guide says. What is kept
 * of a visit is counted in the bucket, once all visits are over.
 */

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '120' } } });
const SECONDS = Number(values.seconds);
const VISITS_BETWEEN = 8;

interface Sent {
  sent: number;
  requests: number;
  chunks: number;
}

interface Kept {
  stored: number;
  /** Objects that were put into the bucket; and how many they would be if each chunk were one. */
  puts: number;
  apart: number;
}

type Row = [visit: string, sent: Sent, kept: Kept | null];

await build();
const data = mkdtempSync(join(tmpdir(), 'footfall-bench-'));
const stack = await startStack({ data, port: 0, before: CLOCK });
const browser = await launch();
try {
  const measured = await Promise.all([course(false), course(true), rrwebCourse()]);
  await setAhead(stack, VISIT_IDLE_MS);
  const [apart, within, [plain, packed]] = [await measured[0](), await measured[1](), measured[2]];
  const kB = (bytes: number) => (bytes / 1_000).toFixed(1);
  const lines = (name: string, rows: Row[]) =>
    rows.map(([visit, { sent, requests, chunks }, kept]) => [
      ...[name, visit, kB(sent), kept ? kB(kept.stored) : '', requests, chunks],
      ...(kept ? [kept.apart, kept.puts, `$${(kept.puts * 1e6 * R2.perPut).toFixed(2)}`] : ['', '', '']),
    ]);
  const css = `${kB(Buffer.byteLength(CSS))} kB of CSS, ${kB(gzipSync(CSS).length)} gzipped; ${SECONDS} s a visit`;
  console.log(`\n${new Date().toISOString().slice(0, 10)}: ${css}\n`);
  console.log(
    table([
      [
        '',
        'visit',
        'sent, kB',
        'stored, kB',
        'requests',
        'of them chunks',
        'PUTs, one a chunk',
        'PUTs',
        'of a million',
      ],
      ...lines('sheets apart', apart),
      ...lines('sheets in the picture', within),
      ...lines('rrweb’s bundle', plain),
      ...lines('the same, gzipped', packed),
    ]),
  );
} finally {
  await browser.close();
  await stack.close();
  rmSync(data, { recursive: true, force: true });
}

/**
 * Ten visits to a site of its own. @returns what the first and the tenth cost, to be asked when they are over
 * @param within style sheets stay in the picture
 */
async function course(within: boolean): Promise<() => Promise<Row[]>> {
  const world = new World(stack);
  const site = await (await world.owner()).site({ record: 1 });
  const front = await new Front(world.url).open();
  const served = await pages(`<script defer src="${front.url}/s/${site.key}.js"></script>`, SHOP);
  const pictured = async (page: Page, path: string, go: () => Promise<unknown>) => {
    const had = front.chunks.length;
    await go();
    const there = () =>
      front.chunks.slice(had).some(({ envelope }) => envelope.keyframe && envelope.url === served.url + path);
    if (!(await front.until(there, 30_000))) throw new Error(`${path} was not recorded, ${page.url()}`);
  };
  const visit = async (work: (page: Page) => Promise<void>) => {
    const [requests, chunks] = [front.requests.length, front.chunks.length];
    const before = await sheets(site);
    await visitBy(async (page) => {
      if (within) await page.addInitScript("Object.defineProperty(crypto, 'subtle', { value: undefined })");
      await work(page);
    });
    const ours = front.requests.slice(requests).filter(({ path }) => path.startsWith('/r/'));
    const sent = ours.reduce((sum, { bytes, path }) => sum + bytes + path.length, 0);
    const after = await sheets(site);
    return {
      sent: { sent, requests: ours.length, chunks: front.chunks.length - chunks },
      sheets: { stored: after.bytes - before.bytes, puts: after.count - before.count },
    };
  };
  const long = (page: Page) => shop(page, served.url, (path, go) => pictured(page, path, go));
  try {
    const first = await visit(long);
    for (let n = 0; n < VISITS_BETWEEN; n++)
      await visit((page) => pictured(page, '/', () => page.goto(`${served.url}/`)));
    const tenth = await visit(long);
    return async () => {
      const parts = await recordings(site);
      const row = (name: string, at: number, { sent, sheets: with_ }: typeof first): Row => {
        const { bytes, count } = parts.at(at) ?? { bytes: Number.NaN, count: Number.NaN };
        const apart = sent.chunks + with_.puts;
        return [name, sent, { stored: bytes + with_.stored, puts: count + with_.puts, apart }];
      };
      return [row('first', 0, first), row('tenth', -1, tenth)];
    };
  } finally {
    served.close();
    front.close();
  }
}

/** A first visit and another recorded by rrweb's bundle, which knows of no visit before; as sent, and as it would be gzipped. */
async function rrwebCourse(): Promise<[Row[], Row[]]> {
  const plain = await plainRecorder();
  const served = await pages(plain.tag, SHOP);
  const visit = async () => {
    const had = plain.posts.length;
    await visitBy((page) => shop(page, served.url, async (_path, go) => void (await go())));
    const posts = plain.posts.slice(had);
    const row = (size: 'bytes' | 'packed'): Sent => ({
      ...{ sent: posts.reduce((sum, post) => sum + post[size], 0), requests: posts.length, chunks: posts.length },
    });
    return { bytes: row('bytes'), packed: row('packed') };
  };
  try {
    const [first, tenth] = [await visit(), await visit()];
    const rows = (size: 'bytes' | 'packed'): Row[] => [
      ['first', first[size], null],
      ['tenth', tenth[size], null],
    ];
    return [rows('bytes'), rows('packed')];
  } finally {
    served.close();
    plain.close();
  }
}

/** Somebody who was never there. */
async function visitBy(work: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1100, height: 700 } });
  const page = await context.newPage();
  await work(page);
  await page.goto('about:blank');
  await page.waitForTimeout(1_000);
  await context.close();
}

/** Reads, scrolls, points, clicks and types its way through three pages, a third of the time on each. */
async function shop(
  page: Page,
  url: string,
  pictured: (path: string, go: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  for (const path of Object.keys(SHOP)) {
    await pictured(path, () => (path === '/' ? page.goto(url + path) : page.click(`nav a[href="${path}"]`)));
    const end = Date.now() + (SECONDS * 1_000) / Object.keys(SHOP).length;
    for (let n = 0; Date.now() < end; n++) {
      // Points at something, reads, points at something else: a hand rests most of the time.
      await page.mouse.move(120 + ((n * 137) % 800), 120 + ((n * 89) % 450), { steps: 12 });
      if (n % 2 === 1) await page.mouse.wheel(0, n % 12 < 7 ? 300 : -400);
      if (n % 4 === 2) await page.click('#more');
      if (n % 6 === 5) await page.locator('#search').pressSequentially('coffee', { delay: 90 });
      await page.waitForTimeout(1_200);
    }
  }
}

/** What lies in the bucket of a site's style sheets, once everything that is to be written is. */
async function sheets(site: TestSite): Promise<{ bytes: number; count: number }> {
  await written(site);
  const objects = await listed(`${site.id}/sheets/`);
  return { bytes: objects.reduce((sum, { size }) => sum + size, 0), count: objects.length };
}

/** And of each of its recordings, in the order in which they began. */
async function recordings(site: TestSite): Promise<{ bytes: number; count: number }[]> {
  await written(site);
  const objects = (await listed(`${site.id}/`)).filter(({ key }) => !key.includes('/sheets/'));
  const bySession = Map.groupBy(objects, ({ key }) => Number(key.split('/')[1]));
  return [...bySession]
    .sort(([a], [b]) => a - b)
    .map(([, parts]) => ({ bytes: parts.reduce((sum, { size }) => sum + size, 0), count: parts.length }));
}

async function written(site: TestSite): Promise<void> {
  await site.owner.json(`/api/v1/sites/${site.id}/replays`, { json: { date_range: 'day' } });
}

async function listed(prefix: string): Promise<{ key: string; size: number }[]> {
  const bucket = await stack.miniflare.getR2Bucket('REPLAYS');
  const { objects, truncated } = await bucket.list({ prefix });
  if (truncated) throw new Error('more than one page of objects');
  return objects;
}
