import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Touch } from '../../src/contract/wire.ts';
import { launch } from './chromium.ts';
import { at, signedIn } from './dashboard-visit.ts';
import type { Front } from './front.ts';
import { html, ownStages } from './own-stages.ts';

// From a click on a page to its place in the heat map: nothing is made up in between.

const stages = ownStages();

const SHOP = html(`
  <style>body { margin: 0 } header { position: sticky; top: 0; background: #eee } main { height: 2400px }
    #buy { position: absolute; left: 300px; top: 1500px; width: 200px; height: 60px; border: 0 } li { cursor: pointer }</style>
  <header><ul><li>Coffee</li><li>Tea</li></ul></header>
  <main id="shop"><button id="order-77"><b>Order</b></button> <fancy-card></fancy-card>
    <div data-footfall-block><button id="secret">Nobody’s business</button></div>
    <button id="buy">Buy <i>now</i></button></main>
  <script>
    buy.onclick = () => document.body.append('!');
    const root = document.querySelector('fancy-card').attachShadow({ mode: 'open' });
    root.innerHTML = '<p>Card</p><button id="own">Within</button>';
  </script>`);

/** A chunk that was on its way when the page was left may have been sent once more. */
const envelopes = (front: Front) => [
  ...new Map(front.chunks.map(({ envelope }) => [`${envelope.stream} ${envelope.n}`, envelope])).values(),
];
const touches = (front: Front): Touch[] => envelopes(front).flatMap(({ touches = [] }) => touches);
const clicks = (front: Front) => touches(front).filter(([kind]) => kind === 0);
const recorded = (front: Front) => front.until(() => front.chunks.some(({ envelope }) => envelope.keyframe));

async function clicked() {
  const stage = await stages.set({ '/shop': SHOP }, { record: 1 });
  const { page } = await stage.visitor();
  await page.goto(`${stage.url}/shop`);
  expect(await recorded(stage.front)).toBe(true);
  return { ...stage, page };
}

test('a click is told by its element and its place in it: no text, no id made by a program, nothing of what isn’t recorded', async () => {
  const { front, page } = await clicked();
  await page.click('li:nth-of-type(2)');
  await page.click('#order-77 b', { force: true });
  await page.click('fancy-card button', { position: { x: 1, y: 1 } });
  await page.click('#secret');
  await page.click('#buy i');
  await page.click('#buy', { position: { x: 190, y: 15 } });
  await page.goto('about:blank');
  expect(await front.until(() => clicks(front).length === 6)).toBe(true);
  const told = clicks(front);
  expect(told.map(([, element]) => element)).toEqual([
    '>html>body>header>ul>li:2',
    '#shop>button',
    '#shop>fancy-card/>button',
    '#shop>div',
    '#buy',
    '#buy',
  ]);
  expect(told.at(-1)?.slice(2)).toEqual([950, 250]);
  expect(JSON.stringify(told)).not.toMatch(/77|secret|Buy|Coffee/);
  expect(front.chunks.map(({ envelope }) => envelope.view)).toContainEqual([1000, 600]);
});

test('a page within a page has clicks of its own', async () => {
  const { front, page } = await clicked();
  await page.click('li:nth-of-type(1)');
  await page.evaluate(() => history.pushState({}, '', '/shop/2'));
  await page.click('li:nth-of-type(2)');
  await page.goto('about:blank');
  expect(await front.until(() => clicks(front).length === 2)).toBe(true);
  const pages = envelopes(front).flatMap(({ url, touches: all = [] }) =>
    all.filter(([kind]) => kind === 0).map(([, element]) => [new URL(url).pathname, element.slice(-5)]),
  );
  expect(pages).toEqual([
    ['/shop', 'ul>li'],
    ['/shop/2', '>li:2'],
  ]);
});

const names = (page: Page) =>
  page.$$eval('.heat-elements button', (all) =>
    all.map((one) => [
      one.querySelector('.heat-label')?.textContent,
      one.querySelector('.heat-count')?.firstChild?.textContent,
    ]),
  );

test('the counts stand at the elements that were clicked, dead clicks and depths beside', async () => {
  const { site, page, front } = await clicked();
  for (let i = 0; i < 3; i++) {
    await page.click('#buy');
    await page.waitForTimeout(400);
  }
  await page.click('li:nth-of-type(2)');
  expect(await front.until(() => touches(front).some(([kind]) => kind === 1))).toBe(true);
  await page.goto('about:blank');
  expect(await front.until(() => clicks(front).length === 4)).toBe(true);

  const visit = await signedIn(stages.browser, site.owner, { width: 1280, height: 900 });
  const dashboard = visit.page;
  await dashboard.goto(at(site, '/heatmap?period=day&page=/shop'));
  await dashboard.waitForSelector('.heat-scroll[data-state="shown"]');
  await dashboard.waitForSelector('.heat-badge');
  expect(await names(dashboard)).toEqual([
    ['Buy now', '3'],
    ['Tea', '1'],
  ]);
  // The one far down is brought into sight, and outlined.
  await dashboard.click('.heat-elements li:first-child button');
  await dashboard.waitForFunction(() => (document.querySelector('.heat-scroll')?.scrollTop ?? 0) > 300);
  const off = await dashboard.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    const stage = document.querySelector<HTMLIFrameElement>('.heat-view iframe');
    const inner = stage?.contentDocument?.querySelector('iframe');
    const button = inner?.contentDocument?.querySelector('#buy')?.getBoundingClientRect();
    const [outer, view] = [
      inner?.getBoundingClientRect(),
      document.querySelector('.heat-view')?.getBoundingClientRect(),
    ];
    const [badge, frame] = ['[data-element="#buy"]', '.heat-chosen'].map((one) =>
      document.querySelector(one)?.getBoundingClientRect(),
    );
    if (!button || !outer || !view || !badge || !frame || !inner) return null;
    const scale = outer.width / inner.clientWidth;
    const near = (pixels: number) => Math.round(pixels) || 0;
    const [left, top] = [view.left + outer.left + button.left * scale, view.top + outer.top + button.top * scale];
    // Drawn there, in the hottest colour.
    const canvas = document.querySelector<HTMLCanvasElement>('.heat-view canvas');
    const [x, y] = [left - view.left + (button.width * scale) / 2, top - view.top + (button.height * scale) / 2];
    const [red = 0, , blue = 0, alpha = 0] = canvas?.getContext('2d')?.getImageData(x, y, 1, 1).data ?? [];
    return {
      badge: [near(badge.left + 4 - left), near(badge.top + 9 - top)],
      frame: [near(frame.left - left), near(frame.top - top), near(frame.width - button.width * scale)],
      hot: red > 180 && blue < 120 && alpha > 150,
      sight: top > view.top && top < view.bottom,
    };
  });
  expect(off).toEqual({ badge: [0, 0], frame: [0, 0, 0], hot: true, sight: true });

  await dashboard.click('[data-tab="dead_clicks"]');
  await dashboard.waitForFunction(() => document.querySelectorAll('.heat-elements button').length === 1);
  expect(await names(dashboard)).toEqual([['Tea', '1']]);
  expect(await dashboard.textContent('[data-tab="Desktop"]')).toBe('Desktop · 1');
  await dashboard.click('[data-tab="scroll"]');
  await dashboard.waitForSelector('.heat-depths');
  // How far down is told by visits that weren't recorded, too.
  expect(await dashboard.textContent('[data-tab="Desktop"]')).toBe('Desktop');
  await dashboard.waitForSelector('.heat-fold');
  expect(new URL(dashboard.url()).search).toBe('?period=day&map=scroll&page=/shop');
  await dashboard.click('[data-tab="Mobile"]');
  await dashboard.waitForSelector('text=No recorded visit by phone');
  await dashboard.click('text=1 visit by desktop');
  await dashboard.waitForSelector('.heat-scroll[data-state="shown"]');
  await dashboard.goto(at(site, '/heatmap?period=day'));
  await dashboard.click('.heat-pages a');
  await dashboard.waitForSelector('.heat-scroll[data-state="shown"]');
  expect(visit.complaints).toEqual([]);

  // Without the picture the list says it all; one that did not come is asked for again, one that is gone is not.
  await dashboard.route(/\/chunks\//, (route) => route.fulfill({ status: 404 }));
  await dashboard.reload();
  await dashboard.getByText('This picture is deleted').waitFor();
  expect(await dashboard.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  await dashboard.unrouteAll();
  await dashboard.route(/\/chunks\//, (route) => route.fulfill({ status: 503 }));
  await dashboard.reload();
  await dashboard.getByText('The picture has not come').waitFor();
  await dashboard.unrouteAll();
  await dashboard.getByRole('button', { name: 'Try again' }).click();
  await dashboard.waitForSelector('.heat-scroll[data-state="shown"]');
  await visit.close();
});

test('a recorded page is as light as it was, however dark it is where it is looked at', async () => {
  const { site, page, front } = await clicked();
  await page.click('#buy');
  await page.goto('about:blank');
  expect(await front.until(() => clicks(front).length === 1)).toBe(true);
  const dark = await launch({ args: ['--blink-settings=preferredColorScheme=0'] });
  const { page: dashboard } = await signedIn(dark, site.owner, { colorScheme: null });
  await dashboard.goto(at(site, '/heatmap?period=day&page=/shop'));
  await dashboard.waitForSelector('.heat-scroll[data-state="shown"]');
  const preferred = await dashboard.evaluate(() => {
    const stage = document.querySelector<HTMLIFrameElement>('.heat-view iframe')?.contentDocument;
    const windows = [window, stage?.defaultView, stage?.querySelector('iframe')?.contentWindow];
    return windows.map((one) => one?.matchMedia('(prefers-color-scheme: dark)').matches);
  });
  expect(preferred).toEqual([true, false, false]);
  await dark.close();
});
