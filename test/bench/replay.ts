import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { build } from '../../local/build.ts';
import { type Stack, startStack } from '../../local/stack.ts';
import { launch } from '../browser/chromium.ts';
import { Front, pages } from '../browser/front.ts';
import { type TestSite, World } from '../world.ts';
import { table } from './drive.ts';
import { CSS, SHOP } from './replay-pages.ts';

/**
 * `npm run bench:replay`: what a recording costs on the wire and where it is kept: a visit of two minutes to three pages, with
 * 230 kB of CSS, in Chromium in front of the stack on this machine. The site's first visit, and its tenth, by somebody who was
 * never there; between them come eight that leave after the first page. Beside it, at the same time, the same by a recorder that sends
 * style sheets as it finds them, as the plain one does: a page without `crypto.subtle` makes ours one.
 */

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '120' } } });
const SECONDS = Number(values.seconds);
const VISITS_BETWEEN = 8;

interface Cost {
  sent: number;
  stored: number;
  requests: number;
  chunks: number;
}

await build();
const data = mkdtempSync(join(tmpdir(), 'footfall-bench-'));
const stack = await startStack({ data, port: 0 });
const browser = await launch();
try {
  const ways = { 'sheets apart': false, 'as the plain recorder': true };
  const measured = await Promise.all(
    Object.entries(ways).map(async ([name, plain]) => ({ name, costs: await course(stack, browser, plain) })),
  );
  const kB = (bytes: number) => (bytes / 1_000).toFixed(1);
  const rows = measured.flatMap(({ name, costs }) =>
    Object.entries(costs).map(([visit, { sent, stored, requests, chunks }]) => [
      ...[name, visit, kB(sent), kB(stored), requests, chunks],
    ]),
  );
  const css = `${kB(Buffer.byteLength(CSS))} kB of CSS, ${kB(gzipSync(CSS).length)} gzipped; ${SECONDS} s a visit`;
  console.log(`\n${new Date().toISOString().slice(0, 10)}: ${css}\n`);
  console.log(table([['', 'visit', 'sent, kB', 'stored, kB', 'requests', 'of them chunks'], ...rows]));
} finally {
  await browser.close();
  await stack.close();
  rmSync(data, { recursive: true, force: true });
}

/** Ten visits to a site of its own; what the first and the tenth cost. */
async function course(stack: Stack, browser: Browser, plain: boolean): Promise<Record<string, Cost>> {
  const world = new World(stack);
  const site = await (await world.owner()).site({ record: 1 });
  const front = await new Front(world.url).open();
  const served = await pages(`<script defer src="${front.url}/s/${site.key}.js"></script>`, SHOP);
  const visit = async (work: (page: Page) => Promise<void>): Promise<Cost> => {
    const before = await kept(stack, site);
    const [requests, chunks] = [front.requests.length, front.chunks.length];
    const context = await browser.newContext({ viewport: { width: 1100, height: 700 } });
    const page = await context.newPage();
    if (plain) await page.addInitScript("Object.defineProperty(crypto, 'subtle', { value: undefined })");
    await work(page);
    await page.goto('about:blank');
    await page.waitForTimeout(1_000);
    await context.close();
    const ours = front.requests.slice(requests).filter(({ path }) => path.startsWith('/r/'));
    return {
      sent: ours.reduce((sum, { bytes, path }) => sum + bytes + path.length, 0),
      stored: (await kept(stack, site)) - before,
      requests: ours.length,
      chunks: front.chunks.length - chunks,
    };
  };
  const pictured = async (page: Page, path: string, go: () => Promise<unknown>) => {
    const had = front.chunks.length;
    await go();
    const there = () =>
      front.chunks.slice(had).some(({ envelope }) => envelope.keyframe && envelope.url === served.url + path);
    if (!(await front.until(there, 30_000))) throw new Error(`${path} was not recorded, ${page.url()}`);
  };
  const long = (page: Page) => shop(page, served.url, (path, go) => pictured(page, path, go));
  try {
    const first = await visit(long);
    for (let n = 0; n < VISITS_BETWEEN; n++)
      await visit((page) => pictured(page, '/', () => page.goto(`${served.url}/`)));
    return { first, tenth: await visit(long) };
  } finally {
    served.close();
    front.close();
  }
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

/** Bytes in the bucket, of all that is the site's, once everything is written. */
async function kept(stack: Stack, site: TestSite): Promise<number> {
  await site.owner.json(`/api/v1/sites/${site.id}/replays`, { json: { date_range: 'day' } });
  const bucket = await stack.miniflare.getR2Bucket('REPLAYS');
  let bytes = 0;
  for (let cursor: string | undefined; ; ) {
    const page = await bucket.list({ prefix: `${site.id}/`, ...(cursor ? { cursor } : {}) });
    for (const { size } of page.objects) bytes += size;
    if (!page.truncated) return bytes;
    cursor = page.cursor;
  }
}
