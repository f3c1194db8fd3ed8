import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { build } from '../../local/build.ts';
import { type SnippetTexts, siteScripts } from '../../src/collect/snippet.ts';
import { EXTRAS, TRACK } from '../../src/contract/wire.ts';
import { launch } from '../browser/chromium.ts';
import { table } from './drive.ts';
import { PAGES } from './recorder-pages.ts';

/**
 * `npm run bench:recorder`: what recording takes of a page, in Chromium. Each page is opened three ways (without the
 * snippet's recorder; with it for visits that are not chosen; recorded; the WebGL page also by the fuller recorder) and used by hand for some seconds. Times are those of
 * the page's main thread, as the browser's own trace has them.
 */

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, runs: { type: 'string', default: '3' } },
});
const SECONDS = Number(values.seconds);
const RUNS = Number(values.runs);

/** What the trace calls the running of scripts. */
const SCRIPTS = new Set(['EvaluateScript', 'FunctionCall', 'RunMicrotasks', 'v8.compile', 'TimerFire']);

const dist = join(import.meta.dirname, '../../dist');

/** How a page is opened, and the share of visits that its site records. */
const WAYS = { without: 0, 'not chosen': 1e-12, recorded: 1, 'with canvas': 1 } as const;
type Way = keyof typeof WAYS;
const waysOf = (html: string) =>
  (Object.keys(WAYS) as Way[]).filter((way) => way !== 'with canvas' || html.includes('<canvas'));
const isRecorded = (way: Way) => WAYS[way] === 1;

interface Measured {
  /** Milliseconds of tasks beyond 50 each; the longest; and of scripts, the page's own included. */
  blocked: number;
  longest: number;
  script: number;
  /** The longest that the recorder had in one go, and its share of the time after the first picture, in percent. */
  ours: number;
  share: number;
  /** Bytes sent, and of scripts fetched. */
  sent: number;
  fetched: number;
}

await build();
const texts = JSON.parse(readFileSync(join(dist, 'snippet.json'), 'utf8')) as SnippetTexts;
const browser = await launch({ args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--enable-webgl'] });
try {
  const rows: (string | number)[][] = [];
  for (const [name, html] of PAGES) {
    const all = new Map<Way, Measured[]>(waysOf(html).map((way) => [way, []]));
    for (let run = 0; run < RUNS; run++) for (const [way, runs] of all) runs.push(await measure(browser, html, way));
    for (const [way, runs] of all) {
      const median = (of: keyof Measured) => runs.map((one) => one[of]).sort((a, b) => a - b)[(RUNS / 2) | 0] as number;
      const ours = isRecorded(way) ? [median('ours').toFixed(1), `${median('share').toFixed(2)} %`] : ['', ''];
      const times = (['blocked', 'longest', 'script'] as const).map((of) => Math.round(median(of)));
      rows.push([name, way, ...times, ...ours, median('sent'), median('fetched')]);
    }
  }
  const head = [
    '',
    '',
    'blocked, ms',
    'longest task',
    'script',
    'ours, longest',
    'ours, share',
    'sent, bytes',
    'scripts, bytes',
  ];
  console.log(table([head, ...rows]));
} finally {
  await browser.close();
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  args: { data?: { url?: string; message?: string } };
}

/** Opens the page, uses it, and reads off the trace what happened on its main thread. */
async function measure(browser: Browser, html: string, way: Way): Promise<Measured> {
  const site = await serve(html, way);
  const context = await browser.newContext({ viewport: { width: 1000, height: 600 } });
  const page = await context.newPage();
  await browser.startTracing(page, {
    categories: ['-*', 'devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata'],
  });
  await page.goto(site.url);
  if (isRecorded(way)) await site.pictured;
  await page.evaluate(() => console.timeStamp('used'));
  const end = Date.now() + SECONDS * 1_000;
  for (let n = 0; Date.now() < end; n++) {
    await page.mouse.move(200 + ((n * 37) % 400), 100 + ((n * 53) % 300), { steps: 5 });
    await page.mouse.wheel(0, n % 8 < 4 ? 120 : -120);
    if (n % 10 === 3) await page.mouse.click(300, 200);
    if (n % 10 === 7) await page.keyboard.press('a');
    await page.waitForTimeout(60);
  }
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  await page.goto('about:blank');
  await context.close();
  const { sent, fetched } = site;
  site.close();
  return { ...read(trace.traceEvents), sent, fetched };
}

/** Times of a page's main thread, from when it was opened; those of ours from the moment on that it is used. */
function read(events: TraceEvent[]): Omit<Measured, 'sent' | 'fetched'> {
  const used = events.find(({ name, args }) => name === 'TimeStamp' && args.data?.message === 'used');
  if (!used) throw new Error('the trace does not say when the page was used');
  const own = events.filter(({ ph, pid, tid }) => ph === 'X' && pid === used.pid && tid === used.tid);
  const tasks = own.filter(({ name }) => name === 'RunTask').map(({ dur = 0 }) => dur / 1_000);
  const last = Math.max(...own.map(({ ts, dur = 0 }) => ts + dur));
  const ours = outermost(own.filter(({ args }) => /\/(recorder|fuller)-/.test(args.data?.url ?? ''))).filter(
    ({ ts }) => ts > used.ts,
  );
  return {
    blocked: sum(tasks.map((ms) => Math.max(0, ms - 50))),
    longest: Math.max(...tasks),
    script: sum(outermost(own.filter(({ name }) => SCRIPTS.has(name))).map(({ dur = 0 }) => dur / 1_000)),
    ours: Math.max(0, ...ours.map(({ dur = 0 }) => dur / 1_000)),
    share: (sum(ours.map(({ dur = 0 }) => dur)) / (last - used.ts)) * 100,
  };
}

/** Without those that lie within another one. */
function outermost(events: TraceEvent[]): TraceEvent[] {
  let end = 0;
  return events
    .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
    .filter(({ ts, dur = 0 }) => {
      const outer = ts >= end;
      if (outer) end = ts + dur;
      return outer;
    });
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** The page, its scripts and a collector that takes everything, on one origin. */
async function serve(html: string, way: Way) {
  let pictured = () => {};
  const site = {
    url: '',
    sent: 0,
    fetched: 0,
    pictured: new Promise<void>((resolve) => {
      pictured = resolve;
    }),
    close: () => server.close(),
  };
  let scripts = { first: '', second: '', name: '' };
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    if (request.method === 'POST') site.sent += body.length;
    if (path.startsWith('/r/') && body.subarray(0, body.indexOf(10)).includes('"keyframe":true')) pictured();
    const script = path === '/s/K.js' ? scripts.first : path.startsWith('/s/') ? scripts.second : '';
    const file = /^\/(recorder|fuller)-/.test(path) ? readFileSync(join(dist, `client${path}`), 'utf8') : script;
    if (file) site.fetched += Buffer.byteLength(file);
    const type = file ? 'text/javascript' : 'text/html';
    response.writeHead(request.method === 'POST' ? 202 : 200, { 'content-type': `${type}; charset=utf-8` });
    response.end(file || (path === '/' ? html.replace('{{TAG}}', '<script defer src="/s/K.js"></script>') : ''));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings = {
    domain: 'shop.example',
    mode: 'persistent',
    hash: false,
    record: WAYS[way],
    track: TRACK,
    extras: { ...EXTRAS, canvas: way === 'with canvas' },
  } as const;
  scripts = await siteScripts(texts, settings, { host: site.url, key: 'K', quiet: false });
  return site;
}
