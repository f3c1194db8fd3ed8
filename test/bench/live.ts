import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { build } from '../../local/build.ts';
import { startStack } from '../../local/stack.ts';
import { launch } from '../browser/chromium.ts';
import { at, signedIn } from '../browser/dashboard-visit.ts';
import { pages } from '../browser/front.ts';
import { list, state } from '../browser/replay-visit.ts';
import { World } from '../world.ts';
import { table } from './drive.ts';

/**
 * `npm run bench:live`: how long after a visitor did something the player shows it that watches the visit as it happens. The
 * real recorder and the real player in two windows of a Chromium, in front of the stack on this machine: one clock for both.
 */

const { values } = parseArgs({ options: { times: { type: 'string', default: '20' } } });
/** Between two things that are done: so that they meet the recorder's second anywhere. */
const BETWEEN_MS = 1_370;

await build();
const data = mkdtempSync(join(tmpdir(), 'footfall-bench-'));
const stack = await startStack({ data, port: 0 });
const browser = await launch();
try {
  const owner = await new World(stack).owner();
  const site = await owner.site({ record: 1 });
  const served = await pages(`<script defer src="${stack.url}/s/${site.key}.js"></script>`, {
    '/': `<!doctype html><title>Live</title>{{TAG}}<p id="said">0</p>`,
  });
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(served.url);
  let session = 0;
  while (!session) session = (await list(site)).results[0]?.session ?? 0;
  const { page: viewer, close } = await signedIn(browser, owner);
  const opened = Date.now();
  await viewer.goto(at(site, `/replays/${session}?t=live`));
  await state(viewer, 'live');
  // Until the recorder has heard that it is watched, it sends every five seconds.
  const first = await delay(visitor, viewer, 1);
  const known = Date.now() - opened;
  const took: number[] = [];
  for (let n = 2; took.length < Number(values.times); n += 1) {
    await visitor.waitForTimeout(BETWEEN_MS);
    took.push(await delay(visitor, viewer, n));
  }
  const sorted = took.toSorted((a, b) => a - b);
  const share = (part: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0);
  console.log(`\n${new Date().toISOString().slice(0, 10)}, ms\n`);
  console.log(
    table([
      ['', 'n', 'least', 'p50', 'p95', 'most', 'goal'],
      ['from what was done to the picture', took.length, share(0), share(0.5), share(0.95), share(1), 2_000],
    ]),
  );
  console.log(`the first one after ${first}, ${known} after the player was asked for`);
  await close();
  served.close();
} finally {
  await browser.close();
  await stack.close();
  rmSync(data, { recursive: true, force: true });
}

/** Milliseconds from a change of the page to the same change in the picture. */
async function delay(visitor: Page, viewer: Page, n: number): Promise<number> {
  const seen = viewer.evaluate(
    (n) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const stage = document.querySelector<HTMLIFrameElement>('.stage')?.contentDocument;
          const picture = stage?.querySelector<HTMLIFrameElement>('.place:not([hidden]) iframe')?.contentDocument;
          if (picture?.querySelector('#said')?.textContent === String(n)) resolve(Date.now());
          else requestAnimationFrame(look);
        };
        look();
      }),
    n,
  );
  const done = await visitor.evaluate((n) => {
    (document.querySelector('#said') as HTMLElement).textContent = String(n);
    return Date.now();
  }, n);
  return (await seen) - done;
}
