import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CHROME, type TestSite, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { pages } from './front.ts';

// The clients of other products, as they are published, in a real browser, against the doors that we keep for them.

const world = theWorld();
const website = randomUUID();
let browser: Browser;
let site: TestSite;
let script: string;

beforeAll(async () => {
  [browser, script] = await Promise.all([launch(), bundled()]);
  const owner = await world.owner();
  site = await owner.site({ umami_id: website });
  const event = { n: 'engagement', u: `https://${site.domain}/`, d: site.domain, e: 1 };
  const reason = async () => {
    const init = { method: 'POST', headers: { 'user-agent': CHROME }, body: JSON.stringify(event) };
    return (await world.fetch('/api/event', init)).headers.get('x-footfall-reason');
  };
  await vi.waitFor(async () => expect(await reason()).toBe('no_page_view'), { timeout: 15_000 });
});
afterAll(() => browser.close());

/** `@plausible-analytics/tracker`, as an application that uses it ships it. */
async function bundled(): Promise<string> {
  const entry = join(import.meta.dirname, 'plausible-page.ts');
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, rolldownOptions: { input: entry, output: { format: 'iife' } } },
  });
  const [output] = [made].flat() as Rolldown.RolldownOutput[];
  return output?.output[0].code ?? '';
}

interface Row {
  name: string;
  page: string;
  engaged: number;
  scroll: number | null;
  props: Record<string, unknown> | null;
  amount: string | null;
  currency: string | null;
}

async function stored({ id, query }: TestSite = site): Promise<Row[]> {
  await query.call(site, { metrics: ['visits'], date_range: 'day' });
  const rows = await world.sql(
    `select n.value as name, p.value as page, e.engaged, e.scroll, e.props, e.amount, c.value as currency from event e
     join term n on n.id = e.name join term p on p.id = e.page left join term c on c.id = e.currency
     where e.site_id = $1 order by e.time`,
    [id],
  );
  return rows.map((row) => ({
    ...(row as unknown as Row),
    engaged: Number(row.engaged),
    scroll: row.scroll === null || row.scroll === undefined ? null : Number(row.scroll),
    props: JSON.parse(row.props ?? 'null') as Row['props'],
  }));
}

/** Waits until the site has so many events, and tells them. */
async function arrived(count: number): Promise<Row[]> {
  await expect.poll(async () => (await stored()).length, { timeout: 15_000 }).toBe(count);
  return stored();
}

const config = (more: object) => JSON.stringify({ domain: site.domain, endpoint: `${world.url}/api/event`, ...more });

test('Plausible’s published tracker, unchanged: page views, navigation, events, money, engagement', async () => {
  const body = '<p style="height:5000px">Long</p><a href="/notes.pdf" download>Notes</a>';
  const options = { captureOnLocalhost: true, fileDownloads: true, customProperties: { theme: 'dark' } };
  const html = `<!doctype html><title>Shop</title><body>${body}<script>window.CONFIG = ${config(options)};${script}</script>`;
  const served = await pages('', { '/': html, '/cart': html });
  const page = await browser.newPage({ viewport: { width: 1000, height: 500 } });
  const answers: string[] = [];
  page.on('response', (response) => {
    const dropped = response.headers()['x-plausible-dropped'] ?? 0;
    if (response.url().endsWith('/api/event')) answers.push(`${response.status()}, ${dropped} dropped`);
  });
  try {
    await page.goto(`${served.url}/?utm_source=letter`);
    await arrived(1);
    // Half of the page is seen, for a while.
    await page.evaluate(() => window.scrollTo(0, 2000));
    await page.waitForFunction(() => performance.now() > 1500);
    // A new page of the single-page kind reports the engagement with the one before.
    await page.evaluate(() => history.pushState({}, '', '/cart'));
    await arrived(2);
    const status = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const revenue = { amount: '49.90', currency: 'EUR' };
          window.plausible('Purchase', { props: { plan: 'pro' }, revenue, callback: resolve });
        }),
    );
    expect(status).toEqual({ status: 202 });
    await page.click('a');
    const rows = await arrived(4);
    expect(rows).toMatchObject([
      { name: 'pageview', page: '/', props: { theme: 'dark' } },
      { name: 'pageview', page: '/cart' },
      { name: 'Purchase', page: '/cart', props: { theme: 'dark', plan: 'pro' }, amount: '49.9000', currency: 'EUR' },
      { name: 'File Download', props: { theme: 'dark', url: `${served.url}/notes.pdf` } },
    ]);
    await expect.poll(async () => (await stored())[0]?.engaged, { timeout: 15_000 }).toBeGreaterThan(1000);
    expect((await stored())[0]?.scroll).toBeGreaterThan(40);
    expect(new Set(answers)).toEqual(new Set(['202, 0 dropped']));
    const { results } = await site.query({
      metrics: ['visitors', 'visits', 'pageviews', 'events'],
      dimensions: ['visit:source'],
      date_range: 'day',
    });
    expect(results).toEqual([{ dimensions: ['letter'], metrics: [1, 1, 2, 4] }]);
  } finally {
    await page.close();
    served.close();
  }
});

test('what Umami’s tracker does in a page elsewhere: JSON, its own headers, its token', async () => {
  const served = await pages('', { '/': '<!doctype html><title>Shop</title>' });
  const page = await browser.newPage();
  try {
    await page.goto(`${served.url}/`);
    const before = (await stored()).length;
    const first = await send(page, { url: `${served.url}/`, referrer: '' });
    const second = await send(page, { url: `${served.url}/`, name: 'click', data: { where: 'top' } }, first.cache);
    expect(second.sessionId).toBe(first.sessionId);
    const rows = (await arrived(before + 2)).slice(before);
    expect(rows).toMatchObject([{ name: 'pageview' }, { name: 'click', props: { where: 'top' } }]);
  } finally {
    await page.close();
    served.close();
  }
});

interface Reply {
  cache: string;
  sessionId: string;
}

/** As `umami.track` does it: https://github.com/umami-software/umami/blob/master/src/tracker/index.ts */
function send(page: Page, payload: object, cache?: string): Promise<Reply> {
  return page.evaluate(
    async ({ url, website, payload, cache }) => {
      const facts = {
        website,
        screen: '1000x500',
        language: 'en-US',
        title: document.title,
        hostname: location.hostname,
      };
      const response = await fetch(`${url}/api/send`, {
        keepalive: true,
        method: 'POST',
        body: JSON.stringify({ type: 'event', payload: { ...facts, ...payload } }),
        headers: {
          'Content-Type': 'application/json',
          'x-umami-website-id': website,
          'x-umami-hostname': location.hostname,
          ...(cache === undefined ? {} : { 'x-umami-cache': cache }),
        },
        credentials: 'omit',
      });
      return (await response.json()) as { cache: string; sessionId: string };
    },
    { url: world.url, website, payload, cache },
  );
}
