import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import type { BrowserContext, CDPSession, Page, Request } from 'playwright-core';
import { build } from '../../local/build.ts';
import { ownDb } from '../../local/db.ts';
import { migrateServer } from '../../local/migrate.ts';
import { large } from '../../local/seed-profiles.ts';
import { seed } from '../../local/seed-site.ts';
import { type Stack, startStack } from '../../local/stack.ts';
import type { SiteJson } from '../../src/contract/api.ts';
import { mapDue } from '../../src/seals/mapping.ts';
import { STEP_VISITS_BY_HAND, sealDue } from '../../src/seals/seal.ts';
import { launch } from '../browser/chromium.ts';
import { benchServer, vacuumSeals } from './database.ts';
import { table } from './drive.ts';

/**
 * `npm run bench:dashboard`: how soon a site's page is there, and how it answers a click, on a site of five million events
 * in a real PostgreSQL, through workerd, in a Chromium whose network is a phone's (Fast 4G, as its own tools have it) and
 * whose processor is four times slower than this one. Over HTTP/1.1, which local workerd speaks: of 165 ms each, with six
 * connections, where a deployment has one for all.
 */

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '5000000' },
    days: { type: 'string', default: '90' },
    runs: { type: 'string', default: '7' },
    clicks: { type: 'string', default: '12' },
    trace: { type: 'boolean', default: false },
  },
});
const DAYS = Number(values.days);
const RUNS = Number(values.runs);
const DOMAIN = 'seed.example';
/** https://github.com/ChromeDevTools/devtools-frontend, `NetworkManager.ts`: Fast 4G. */
const FAST_4G = { offline: false, latency: 165, downloadThroughput: 1_012_500, uploadThroughput: 168_750 };
const SLOWER = 4;
/** Milliseconds at most. */
const GOALS = { shell: 800, numbers: 1_500, click: 200 };
/** Requests of each page. */
const onTheirWay = new WeakMap<Page, Set<Request>>();

/** What one opening of the page took. */
interface Opened {
  shell: number;
  numbers: number;
  shift: number;
  requests: number;
  bytes: number;
}

await build();
const server = await benchServer({ buffers: '1GB' });
if (!server) throw new Error('This needs a PostgreSQL: DATABASE_URL, or one that is installed.');
const data = mkdtempSync(join(tmpdir(), 'footfall-bench-'));
let stack: Stack | undefined;
try {
  await migrateServer(server.url);
  stack = await startStack({ data, port: 0, databaseUrl: server.url });
  const cookie = await filled(stack.url, server.url);
  const browser = await launch();
  const first: Opened[] = [];
  const again: Opened[] = [];
  const heard: number[] = [];
  const answered: number[] = [];
  // The first is to warm up the stack.
  for (let i = 0; i <= RUNS; i += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, baseURL: stack.url });
    await context.addCookies([{ ...cookie, url: stack.url }]);
    const page = await context.newPage();
    const cdp = await slowed(context, page);
    const cold = await opened(page, cdp);
    const warm = await opened(page, cdp);
    if (i > 0) {
      first.push(cold);
      again.push(warm);
    }
    if (i === RUNS) {
      for (let n = 0; n < Number(values.clicks); n += 1) {
        const took = await clicked(page, n);
        heard.push(took.heard);
        answered.push(took.answered);
      }
    }
    await context.close();
  }
  await browser.close();
  const row = (name: string, list: Opened[]) => [
    name,
    ...(['shell', 'numbers'] as const).map((key) =>
      at(
        list.map((one) => one[key]),
        0.5,
      ).toFixed(0),
    ),
    Math.max(...list.map(({ shift }) => shift)).toFixed(3),
    at(
      list.map(({ requests }) => requests),
      0.5,
    ).toFixed(0),
    (
      at(
        list.map(({ bytes }) => bytes),
        0.5,
      ) / 1000
    ).toFixed(1),
  ];
  console.log(
    `\n${new Date().toISOString().slice(0, 10)}, ${server.version}, ${values.events} events, median of ${RUNS}\n`,
  );
  console.log(
    table([
      ['page of the site', 'shell painted, ms', 'all numbers, ms', 'shift', 'requests', 'kB'],
      row('first time', first),
      row('again', again),
      ['at most', String(GOALS.shell), String(GOALS.numbers), '0.000', '', ''],
    ]),
  );
  console.log(
    `\n${table([
      ['a click on a row, ms', 'median', 'p75', 'at most'],
      ['until the page shows it', at(heard, 0.5).toFixed(0), at(heard, 0.75).toFixed(0), String(GOALS.click)],
      ['until all numbers are new', at(answered, 0.5).toFixed(0), at(answered, 0.75).toFixed(0), ''],
    ])}`,
  );
} finally {
  await stack?.close();
  server.stop();
  rmSync(data, { recursive: true, force: true });
}

/** Fills the site where it is empty, and seals it. @returns its owner's session */
async function filled(url: string, database: string): Promise<{ name: string; value: string }> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const login = { email: 'bench@example.com', password: 'a password for a bench' };
  const post = (path: string, body: object, headers = {}) =>
    fetch(url + path, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  await post('/api/v1/setup', { name: 'Bench', ...login });
  const [line = ''] = (await post('/api/v1/sign-in', login)).headers.getSetCookie();
  const [name = '', value = ''] = line.split(';', 1).join().split('=', 2);
  const cookie = { cookie: `${name}=${value}` };
  const made = await post('/api/v1/sites', { domain: DOMAIN, timezone: 'UTC' }, cookie);
  if (made.ok) {
    const site = (await made.json()) as SiteJson;
    for (const goal of [
      { name: 'Signed up', event: 'signup' },
      { name: 'Bought', event: 'purchase' },
      { name: 'Read the docs', path: '/docs/**' },
    ]) {
      await post(`/api/v1/sites/${site.id}/goals`, goal, cookie);
    }
    const from = performance.now();
    const run = async (text: string, params: unknown[] = []) => (await client.query(text, params)).rows;
    const { events, visits } = await seed(run, site, large(Number(values.events), DAYS), Date.now());
    await client.query('vacuum analyze');
    const scoped = { id: site.id, timezone: 'UTC', week_start: 1, mode: 'persistent', kept: null } as const;
    await sealDue(ownDb(client), scoped, Date.now());
    await mapDue(ownDb(client), scoped, { visits: STEP_VISITS_BY_HAND });
    await vacuumSeals(client);
    const seconds = ((performance.now() - from) / 1000).toFixed(0);
    console.log(`${events} events of ${visits} visits, made and sealed in ${seconds} s`);
  }
  await client.end();
  return { name, value };
}

function follow(page: Page): void {
  const requests = new Set<Request>();
  onTheirWay.set(page, requests);
  page.on('request', (request) => requests.add(request));
  for (const ended of ['requestfinished', 'requestfailed'] as const) {
    page.on(ended as 'requestfinished', (request) => requests.delete(request));
  }
}

async function slowed(context: BrowserContext, page: Page): Promise<CDPSession> {
  follow(page);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', FAST_4G);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.addInitScript(watch);
  return cdp;
}

/** In the page: notes when all numbers are there, and what moved. */
function watch(): void {
  const noted = { there: 0, shift: 0 };
  Object.assign(window, { noted });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) noted.shift += (entry as PerformanceEntry & { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
  const whole = () =>
    document.querySelectorAll('[data-metric] .num').length >= 4 &&
    document.querySelector('.chart .now') &&
    document.querySelectorAll('.list-card .list-row .num').length >= 4 * 5 &&
    document.querySelector('.goals-card tbody tr, .goals-card .state') &&
    document.querySelector('.recordings-card :is(.recording, .state)') &&
    document.querySelector('[data-card="props"] .num') &&
    document.querySelector('.bots-line')?.textContent &&
    !document.querySelector('[aria-busy="true"], .row-bar.waiting');
  const look = () => {
    // Seen by somebody once it is painted.
    if (whole()) requestAnimationFrame(() => setTimeout(() => (noted.there ||= performance.now())));
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
}

async function opened(page: Page, cdp: CDPSession): Promise<Opened> {
  let [requests, bytes] = [0, 0];
  const asked = () => {
    requests += 1;
  };
  const came = ({ encodedDataLength }: { encodedDataLength: number }) => {
    bytes += encodedDataLength;
  };
  cdp.on('Network.requestWillBeSent', asked);
  cdp.on('Network.loadingFinished', came);
  const lines: string[] = [];
  const trace = values.trace ? await follows(cdp, lines) : () => undefined;
  await page.goto(`/sites/${DOMAIN}`);
  await page.waitForFunction(() => (window as unknown as { noted: { there: number } }).noted.there > 0);
  await page.waitForLoadState('networkidle');
  cdp.off('Network.requestWillBeSent', asked);
  cdp.off('Network.loadingFinished', came);
  const { shell, there, shift } = await page.evaluate(() => {
    const { noted } = window as unknown as { noted: { there: number; shift: number } };
    const shell = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
    return { ...noted, shell };
  });
  trace();
  if (values.trace) console.log(lines.join('\n'), { shell, there, shift });
  return { shell, numbers: there, shift, requests, bytes };
}

/** Notes of each request when it went, when its answer began and when that had come, in milliseconds after the first. */
async function follows(cdp: CDPSession, lines: string[]): Promise<() => void> {
  const going = new Map<string, { url: string; times: number[] }>();
  let first: number | undefined;
  const sent = (event: { requestId: string; request: { url: string }; timestamp: number }) => {
    first ??= event.timestamp;
    going.set(event.requestId, { url: new URL(event.request.url).pathname, times: [event.timestamp] });
  };
  const began = ({ requestId, timestamp }: { requestId: string; timestamp: number }) =>
    going.get(requestId)?.times.push(timestamp);
  const ended = ({ requestId, timestamp }: { requestId: string; timestamp: number }) => {
    const { url, times } = going.get(requestId) ?? { url: '', times: [] };
    const marks = [...times, timestamp].map((time) => ((time - (first ?? 0)) * 1000).toFixed(0).padStart(6));
    lines.push(`${marks.join('')}  ${url}`);
  };
  cdp.on('Network.requestWillBeSent', sent);
  cdp.on('Network.responseReceived', began);
  cdp.on('Network.loadingFinished', ended);
  return () => {
    cdp.off('Network.requestWillBeSent', sent);
    cdp.off('Network.responseReceived', began);
    cdp.off('Network.loadingFinished', ended);
  };
}

/** Clicks a row of a list, another one each time; and takes the filter back. */
async function clicked(page: Page, n: number): Promise<{ heard: number; answered: number }> {
  const took = await page.evaluate(async (nth) => {
    const cards = ['sources', 'pages', 'places', 'tech'];
    const rows = document.querySelectorAll<HTMLElement>(`[data-card="${cards[nth % 4]}"] .row-main`);
    const row = rows[Math.floor(nth / 4) % rows.length];
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const from = performance.now();
    row?.click();
    await painted();
    while (!document.querySelector('.chip')) await painted();
    const heard = performance.now() - from;
    while (document.querySelector('[aria-busy="true"], .row-bar.waiting')) await painted();
    return { heard, answered: performance.now() - from };
  }, n);
  await page.locator('.chip-x').first().click();
  await page.waitForFunction(() => !document.querySelector('.chip, [aria-busy="true"]'));
  // Postgres and the browser share their cores here: what is still being answered would be in the next click.
  while (onTheirWay.get(page)?.size) await page.waitForTimeout(300);
  return took;
}

/** The value below which such a share of a list is. */
function at(list: number[], share: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
