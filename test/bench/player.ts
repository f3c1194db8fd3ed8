import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { build } from '../../local/build.ts';
import { startStack } from '../../local/stack.ts';
import { VISIT_IDLE_MS } from '../../src/contract/wire.ts';
import { launch } from '../browser/chromium.ts';
import { at, signedIn } from '../browser/dashboard-visit.ts';
import { inReplay } from '../browser/replay-dom.ts';
import { forge, list } from '../browser/replay-visit.ts';
import { CLOCK, setAhead } from '../clock.ts';
import { CHROME, type TestSite, World } from '../world.ts';
import { table } from './drive.ts';
import { HOUR, hour } from './hour.ts';
import { seeded } from './traffic.ts';

/**
 * `npm run bench:player`: the recording of an hour in the real player, in Chromium in front of the stack on this machine: how
 * long until its first picture, and until that of any second of it. Each picture is checked to be the right one. `--held`: its
 * visit still goes on, and its bytes are at the edge.
 */

const { values } = parseArgs({
  options: {
    seeks: { type: 'string', default: '60' },
    opens: { type: 'string', default: '10' },
    held: { type: 'boolean', default: false },
  },
});
/** A sender may send so many chunks at once: as many browsers as that takes. */
const OF_ONE_SENDER = 150;

await build();
const data = mkdtempSync(join(tmpdir(), 'footfall-bench-'));
const stack = await startStack({ data, port: 0, before: CLOCK });
const browser = await launch();
try {
  const owner = await new World(stack).owner();
  const site = await owner.site();
  const { session, chunks, bytes } = await recorded(site);
  const address = at(site, `/replays/${session}`);
  const opened: number[] = [];
  const again: number[] = [];
  for (let i = 0; i < Number(values.opens); i++) {
    const visit = await signedIn(browser, owner);
    await quiet(visit.page);
    opened.push(await firstPicture(visit.page, () => visit.page.goto(address)));
    await visit.page.goto(at(site, '/replays?period=all'));
    await visit.page.waitForSelector('.replay-row');
    again.push(await firstPicture(visit.page, () => visit.page.click('.replay-row')));
    await visit.close();
  }
  const visit = await signedIn(browser, owner);
  await quiet(visit.page);
  await visit.page.goto(address);
  await picture(visit.page);
  const random = seeded(3);
  const far: number[] = [];
  const near: number[] = [];
  const devtools = await visit.context.newCDPSession(visit.page);
  await devtools.send('Performance.enable');
  /** Milliseconds that the page's main thread has worked, whoever else had the machine meanwhile. */
  const worked = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  const work: number[] = [];
  for (let i = 0; i < Number(values.seeks); i++) {
    const second = Math.floor(random() * (HOUR.ms / 1000 - 10));
    const before = await worked();
    far.push(await seek(visit.page, second));
    work.push((await worked()) - before);
    near.push(await shown(visit.page, () => visit.page.keyboard.press('ArrowRight')));
  }
  await visit.close();
  console.log(
    `\n${new Date().toISOString().slice(0, 10)}: an hour in ${chunks} chunks${values.held ? ', held' : ''}, ${(bytes / 1e6).toFixed(1)} MB; ${cpus()[0]?.model}, ${cpus().length} cores; ms\n`,
  );
  console.log(
    table([
      ['', 'n', 'p50', 'p95', 'most', 'goal'],
      row('first picture, by its address, nothing cached', opened, 500),
      row('first picture, from the list', again, 500),
      row('any second', far, 300),
      row('the page’s own work of it', work),
      row('five seconds on', near, 300),
    ]),
  );
} finally {
  await browser.close();
  await stack.close();
  rmSync(data, { recursive: true, force: true });
}

async function recorded(site: TestSite) {
  const start = Date.now() - HOUR.ms;
  let n = 0;
  let waiting: Promise<void>[] = [];
  for (const events of hour(start)) {
    waiting.push(forge(site, events, n, 7, {}, `${CHROME} ${Math.floor(n / OF_ONE_SENDER)}`));
    n += 1;
    if (waiting.length === 20) {
      await Promise.all(waiting);
      waiting = [];
    }
  }
  await Promise.all(waiting);
  if (!values.held) await setAhead(stack, VISIT_IDLE_MS);
  for (let tries = 0; tries < 20; tries++) {
    const [found] = (await list(site)).results;
    if (found) return { session: found.session, chunks: n, bytes: found.bytes };
  }
  throw new Error('nothing was recorded');
}

/** Pictures stand still: what is measured is how they come. */
async function quiet(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript(watch);
}

/** From what asks for the player to its first picture, by the page's own clock: the test's way to the browser isn't in it. */
async function firstPicture(page: Page, ask: () => Promise<unknown>): Promise<number> {
  await page.evaluate("addEventListener('click', (event) => (window.clicked = event.timeStamp), true)");
  await ask();
  await picture(page);
  return page.evaluate('window.pictured - (window.clicked ?? 0)');
}

/** Notes in each page when its picture was first there, and how long another moment's took. */
function watch(): void {
  const look = () => {
    if (document.querySelector('.picture[data-state="paused"]')) Object.assign(window, { pictured: performance.now() });
    else requestAnimationFrame(look);
  };
  look();
  addEventListener('click', () => {
    Object.assign(window, { pictured: undefined });
    look();
  });
  const moved = ({ timeStamp }: Event) => {
    const look = () => {
      const there = document.querySelector('.picture[data-state="paused"]');
      if (there) Object.assign(window, { took: performance.now() - timeStamp });
      else requestAnimationFrame(look);
    };
    // The page says that it opens another picture by its next frame.
    requestAnimationFrame(look);
  };
  addEventListener('pointerup', moved, true);
  addEventListener('keydown', moved, true);
}

async function picture(page: Page): Promise<void> {
  await page.waitForFunction(() => 'pictured' in window && window.pictured);
}

/** A click on the bar; until the picture of that second is there. */
async function seek(page: Page, second: number): Promise<number> {
  const box = await page.locator('.timebar').boundingBox();
  if (!box) throw new Error('there is no bar');
  const x = box.x + (box.width * (second + 0.5)) / (HOUR.ms / 1000);
  return shown(page, () => page.mouse.click(x, box.y + box.height / 2));
}

async function shown(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => Object.assign(window, { took: undefined }));
  await act();
  const took = await page.waitForFunction(() => 'took' in window && window.took);
  const ms = Number(await took.jsonValue());
  const second = Number(await page.getAttribute('.timebar', 'aria-valuenow'));
  const told = Number(await inReplay<string>(page, "document.querySelector('h1').textContent"));
  // What is said is rounded; a change comes some milliseconds into its chunk.
  if (second < told - 1 || second > told + HOUR.chunkMs / 1000 + 1)
    throw new Error(`at ${second} the picture of ${told}`);
  return ms;
}

function row(name: string, times: number[], goal?: number): (string | number)[] {
  const sorted = times.toSorted((a, b) => a - b);
  const share = (part: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0);
  return [name, times.length, share(0.5), share(0.95), share(1), goal ?? ''];
}
