import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { EXTRAS } from '../../src/contract/wire.ts';
import { at, signedIn } from '../browser/dashboard-visit.ts';
import { Front, pages, type RrwebEvent } from '../browser/front.ts';
import { domOf, replayedDom } from '../browser/replay-dom.ts';
import { only, state } from '../browser/replay-visit.ts';
import type { Owner, TestSite } from '../world.ts';
import { type Comparison, compare } from './compare.ts';
import { compareDrawn, type Drawn, drawnInReplay, drawnOn } from './drawn.ts';
import type { Use } from './uses.ts';

/** How the page was at a moment of the visit. */
interface Moment {
  name: string;
  time: number;
  url: string;
  dom: string[];
  drawn: Drawn;
}

export interface Compared extends Comparison {
  moment: string;
  /** Of what canvases show: parts that aren't empty, and those of them that look the same. */
  cells: number;
  same: number;
}

/** How long a page and a picture must be as they are to be looked at: longer than the recorder waits to tell of a change. */
const STILL_MS = 300;
/** A canvas is looked at once a second, and its picture has to be made. */
const CANVAS_MS = 2_500;
/** Of a canvas this much looks as it should, or it counts as one that doesn't. */
const LIKE = 0.97;

/** Records what somebody does on the page, through the real stack, and compares each moment of it in the real player. */
export async function visit(browser: Browser, owner: Owner, use: Use): Promise<Compared[]> {
  const site = await owner.site({ record: 1, extras: { ...EXTRAS, ...use.extras } });
  const moments = await record(browser, site, use);
  const { chunks, session } = await only(site);
  const skew = Math.min(...chunks.map((chunk) => chunk.skew));
  const from = Math.min(...chunks.map((chunk) => chunk.from));
  const { page, close } = await signedIn(browser, owner);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const compared: Compared[] = [];
  for (const { name, time, url, dom, drawn } of moments) {
    await page.goto(at(site, `/replays/${session}?t=${(time + skew - from) / 1000}`));
    await state(page, 'paused');
    const replayed = await still(page, () => replayedDom(page, url));
    const looks = compareDrawn(drawn, await drawnInReplay(page));
    // All canvases are one line, which says how much of them is there.
    const line = (share: number) => (looks.cells ? [`#drawn ${share >= LIKE ? 'all' : share.toFixed(2)}`] : []);
    compared.push({
      moment: name,
      ...looks,
      ...compare([...dom, ...line(1)], [...replayed, ...line(looks.same / looks.cells)]),
    });
  }
  await close();
  return compared;
}

async function record(browser: Browser, site: TestSite, { page: name, steps, extras }: Use): Promise<Moment[]> {
  const front = await new Front(site.owner.world.url).open();
  const served = await pages(`<script defer src="${front.url}/s/${site.key}.js"></script>`, await files(name));
  const context = await browser.newContext({ viewport: { width: 1000, height: 600 }, locale: 'en-US' });
  try {
    const page = await context.newPage();
    const thrown: Error[] = [];
    page.on('pageerror', (error) => thrown.push(error));
    await page.goto(served.url);
    if (!(await front.until(() => front.chunks.some(({ envelope }) => envelope.keyframe))))
      throw new Error(`${name}: no recording began`);
    const moments: Moment[] = [];
    for (const [moment, does] of [['opened', async () => {}] as Use['steps'][number], ...steps]) {
      await does(page);
      if (extras?.canvas) await page.waitForTimeout(CANVAS_MS);
      let dom: string[];
      do {
        if (!(await front.until(() => !resting(front), 60_000))) throw new Error(`${name}: recording did not go on`);
        dom = await still(page, () => domOf(page));
      } while (resting(front));
      // It has been like that for a while: what came last is told by now, and what comes next is later for sure.
      const time = (await page.evaluate(() => Date.now())) - STILL_MS / 3;
      moments.push({ name: moment, dom, drawn: await drawnOn(page), url: page.url(), time });
    }
    if (thrown[0]) throw new Error(`${name}: ${thrown[0].message}`);
    // What the pointer does now is told after all that was before.
    const last = moments.at(-1)?.time ?? 0;
    for (const x of [500, 510]) await page.mouse.move(x, 590);
    if (!(await front.until(() => front.chunks.some(({ envelope }) => envelope.to > last))))
      throw new Error(`${name}: its end did not come`);
    return moments;
  } finally {
    await context.close();
    served.close();
    front.close();
  }
}

/** Whether the recorder leaves the page alone after too much of it; it goes on with a picture of the whole. */
function resting({ chunks }: Front): boolean {
  const events = chunks.flatMap((chunk) => chunk.events);
  const at = (wanted: (event: RrwebEvent) => boolean) =>
    Math.max(0, ...events.filter(wanted).map((event) => event.timestamp));
  return at(({ data }) => data.tag === 'gap') > at(({ type }) => type === 2);
}

/** What `look` sees once it has seen the same twice. */
async function still(page: Page, look: () => Promise<string[]>): Promise<string[]> {
  let before: string[] = [];
  for (let looks = 0; looks < 30; looks++) {
    const now = await look();
    if (looks > 0 && now.join('\n') === before.join('\n')) return now;
    before = now;
    await page.waitForTimeout(STILL_MS);
  }
  return before;
}

/** What the page's server answers: the page, its script and styles, and pieces that it asks for. */
async function files(name: string): Promise<Record<string, string>> {
  const path = join(import.meta.dirname, 'pages', name);
  const pieces = { '/piece': '<p>A <b>piece</b> of the server’s</p>', '/row': '<li>A row of the server’s</li>' };
  if (extname(name) === '.html') return { '/': readFileSync(path, 'utf8'), ...pieces };
  const made = await build({
    configFile: join(import.meta.dirname, 'vite.config.js'),
    configLoader: 'native',
    build: { rolldownOptions: { input: path } },
  });
  const { output } = made as Rolldown.RolldownOutput;
  const script = output.find((part) => part.type === 'chunk')?.code ?? '';
  const styles = output.find((part) => part.type === 'asset' && part.fileName.endsWith('.css'));
  const link = styles ? '<link rel="stylesheet" href="/page.css">' : '';
  const head = `<title>${name}</title>${link}{{TAG}}`;
  const body = '<div id="app"></div><script src="/page.js"></script>';
  return {
    '/': `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`,
    '/page.js': script,
    '/page.css': styles?.type === 'asset' ? String(styles.source) : '',
    ...pieces,
  };
}
