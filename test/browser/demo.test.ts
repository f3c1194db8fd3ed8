import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Demo, serveDemo } from '../../local/demo.ts';
import type { GoalJson, GoalResult, ReplayJson } from '../../src/contract/api.ts';
import { type TestSite, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { Front } from './front.ts';

/** The main walk: a person in the demo shop, and what the API says of them afterwards. */

let browser: Browser;
let front: Front;
let site: TestSite;
let demo: Demo;

beforeAll(async () => {
  browser = await launch();
  const owner = await theWorld().owner();
  site = await owner.site({ record: 1 });
  front = await new Front(owner.world.url).open();
  demo = await serveDemo({ host: front.url, key: site.key }, 0);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
  front.close();
});

/** Somebody with a browser of their own, who counts their clicks and waits for each page's recording to begin. */
async function person() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'et-EE' });
  const page = await context.newPage();
  let clicks = 0;
  return {
    page,
    clicks: () => clicks,
    click: async (selector: string) => {
      clicks += 1;
      await page.click(selector);
    },
    arrive: async (act: () => Promise<unknown>, path: string) => {
      const before = front.chunks.length;
      await Promise.all([page.waitForURL(demo.url + path), act()]);
      const begun = () =>
        front.chunks.slice(before).some(({ envelope }) => envelope.n === 0 && envelope.url === demo.url + path);
      expect(await front.until(begun), `no recording of ${path}`).toBe(true);
    },
    leave: () => leave(page),
  };
}

async function leave(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.context().close();
}

/** A page that goes may send again what the next one can't know to have arrived: the number tells. */
const views = () => new Set(front.hits.filter(({ name }) => name === 'pageview').map(({ seq }) => seq)).size;

test('what a person did in the shop is what the API tells, exactly', { timeout: 120_000 }, async () => {
  const { page, click, clicks, arrive } = await person();
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));

  await arrive(() => page.goto(`${demo.url}/`, { referer: 'https://www.google.com/' }), '/');
  await click('#search');
  await page.keyboard.type('zqsought');
  await front.until(() => front.hits.some(({ name }) => name === 'search'));
  await page.fill('#search', '');
  await click('[data-open=tasting]');
  await page.fill('#tasting-name', 'zqtaster');
  await click('#tasting [value=book]');
  await page.fill('#letter-email', 'zqletter@example.com');
  await click('#newsletter button');

  await arrive(() => click('h3 a[href="/coffee/night-ferry/"]'), '/coffee/night-ferry/');
  await page.fill('[name=bags]', '2');
  await click('#add-to-cart');
  await click('#check-stock');
  await click('#save-for-later');
  const marked = () => front.chunks.some(({ envelope }) => envelope.signals?.dead_clicks);
  expect(await front.until(marked), 'the dead click').toBe(true);

  await arrive(() => click('.basket'), '/cart/');
  await click('[data-step="1"]');
  expect(await page.textContent('#total')).toBe('€34.50');
  await arrive(() => click('#to-checkout'), '/checkout/');
  for (const [field, text] of [
    ['name', 'zqname'],
    ['email', 'zqmail@example.com'],
    ['address', 'zqstreet 1'],
    ['password', 'zqpassword'],
    ['card', '4242 zqcard 4242'],
    ['expiry', 'zq/30'],
    ['cvc', 'zq1'],
    ['note', 'zqnote'],
  ] as const) {
    await click(`#${field}`);
    await page.keyboard.type(text);
  }
  await arrive(() => click('#pay'), '/thanks/');
  await arrive(() => click('main a[href="/app/"]'), '/app/');
  await click('[data-view="pour-over"]');
  await page.waitForURL(`${demo.url}/app/pour-over`);
  expect(await front.until(() => views() === 7)).toBe(true); // before the address has settled it is no view
  await click('[data-view=""]');
  await page.waitForURL(`${demo.url}/app/`);
  await front.until(() => views() === 8);
  await page.goto('about:blank');

  const other = await person();
  await other.arrive(() => other.page.goto(`${demo.url}/coffee/lighthouse/`), '/coffee/lighthouse/');
  await other.leave();
  await front.until(() => front.hits.filter(({ name }) => name === 'engagement').length === 9);

  const totals = await site.query({
    metrics: ['visitors', 'visits', 'pageviews', 'views_per_visit', 'bounce_rate'],
    date_range: 'day',
  });
  expect(totals.results[0]?.metrics).toEqual([2, 2, 9, 4.5, 50]);

  expect(await table('event:page', 'pageviews')).toEqual({
    '/': 1,
    '/app/': 2,
    '/app/pour-over': 1,
    '/cart/': 1,
    '/checkout/': 1,
    '/coffee/lighthouse/': 1,
    '/coffee/night-ferry/': 1,
    '/thanks/': 1,
  });
  expect(await table('event:name', 'events')).toEqual({
    pageview: 9,
    search: 1,
    tasting: 1,
    signup: 2,
    'add-to-cart': 1,
    'Form: Submission': 4,
    purchase: 1,
  });
  expect(await table('visit:source', 'visits')).toEqual({ Google: 1, 'Direct / None': 1 });
  expect(await table('visit:entry_page', 'visits')).toEqual({ '/': 1, '/coffee/lighthouse/': 1 });
  expect(await table('visit:exit_page', 'visits')).toEqual({ '/app/': 1, '/coffee/lighthouse/': 1 });
  expect(await table('visit:device', 'visits')).toEqual({ Desktop: 2 });

  const { owner } = site;
  for (const goal of [
    { name: 'Purchase', event: 'purchase', props: [{ key: 'product', op: 'is', value: 'night-ferry' }] },
    { name: 'Account', event: 'signup', props: [{ key: 'plan', op: 'is', value: 'account' }] },
    { name: 'Brew guide', path: '/app/**' },
  ]) {
    await owner.json<GoalJson>(`/api/v1/sites/${site.id}/goals`, { json: goal });
  }
  const report = await owner.json<{ results: GoalResult[]; visitors: number }>(
    `/api/v1/sites/${site.id}/goals/report`,
    { json: { date_range: 'day' } },
  );
  expect(report.visitors).toBe(2);
  const reached = Object.fromEntries(
    report.results.map(({ goal, visitors, events, conversion_rate, revenue }) => [
      goal.name,
      { visitors, events, conversion_rate, revenue },
    ]),
  );
  expect(reached).toEqual({
    Purchase: {
      visitors: 1,
      events: 1,
      conversion_rate: 50,
      revenue: [{ currency: 'EUR', total: '34.50', average: '34.50' }],
    },
    Account: { visitors: 1, events: 1, conversion_rate: 50, revenue: [] },
    'Brew guide': { visitors: 1, events: 3, conversion_rate: 50, revenue: [] },
  });

  const replays = await owner.json<{ results: ReplayJson[]; total: number }>(`/api/v1/sites/${site.id}/replays`, {
    json: { date_range: 'day' },
  });
  expect(replays.total).toBe(2);
  const walk = replays.results.find(({ visit }) => visit?.views === 8);
  expect(walk).toMatchObject({ clicks: clicks(), errors: 1, rage_clicks: 0, dead_clicks: 1, visit: { bounce: false } });
  expect(replays.results.find((replay) => replay !== walk)).toMatchObject({ clicks: 0, visit: { bounce: true } });

  expect(front.refusals).toEqual([]);
  expect(errors.map(({ message }) => message)).toEqual(['The stock service does not answer']);
  expect(front.bodies.join('\n').match(/zq\w*/g), 'typed text that left the browser').toBeNull();
});

/** A metric by the values of a dimension. */
async function table(dimension: string, metric: string): Promise<Record<string, number | null>> {
  const { results } = await site.query({ metrics: [metric], dimensions: [dimension], date_range: 'day' });
  return Object.fromEntries(results.map(({ dimensions, metrics }) => [dimensions[0] ?? '', metrics[0] ?? null]));
}
