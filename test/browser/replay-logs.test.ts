import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { type Event, element, forge, moved, only, open, snapshot, state, text } from './replay-visit.ts';

// Console and requests beside a recording.

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const own = (timestamp: number, tag: string, payload: object): Event => ({
  type: 5,
  timestamp,
  data: { tag, payload },
});

test('console and requests are read beside the picture, filtered, and each is a jump', async () => {
  const site = await (await theWorld().owner()).site({ record: 1 });
  const T = Date.now() - 60_000;
  await forge(site, [
    ...snapshot(T, [], [element('p', {}, text('Hello'))]),
    own(T + 1_000, 'console', { level: 'log', text: 'cart is <b>ready</b>' }),
    own(T + 5_000, 'network', {
      at: T + 4_000,
      method: 'GET',
      url: 'https://made.example/stock',
      status: 503,
      ms: 900,
    }),
    own(T + 6_000, 'console', { level: 'warn', text: 'stock is unknown' }),
    own(T + 8_000, 'error', { message: 'no stock' }),
    moved(T + 20_000),
  ]);
  const { session } = await only(site);
  const { page, complaints, close } = await open(browser, site, session);
  await state(page, 'paused');
  await page.click('[role="tab"]:text("Console")');
  const lines = page.locator('.logs .story-title');
  await expect
    .poll(() => lines.allTextContents())
    .toEqual(['cart is <b>ready</b>', 'GET https://made.example/stock', 'stock is unknown', 'Uncaught: no stock']);
  expect(await page.locator('.mark[data-kind="failure"]').count()).toBe(1);
  expect(await page.locator('.mark[data-kind="error"]').count()).toBe(1);

  await page.selectOption('select[aria-label="Kind"]', 'network');
  expect(await lines.allTextContents()).toEqual(['GET https://made.example/stock']);
  expect(await page.textContent('.logs .story-detail')).toBe('503 · 900 ms');
  await page.click('.logs .story-line');
  await page.waitForFunction(() => /[?&]t=4\b/.test(location.search));
  expect(await page.getAttribute('.logs .story-line', 'aria-current')).toBe('step');

  await page.selectOption('select[aria-label="Kind"]', 'all');
  await page.selectOption('select[aria-label="Level"]', 'warn');
  expect(await lines.count()).toBe(3);
  await page.fill('input[aria-label="Text"]', 'UNKNOWN');
  expect(await lines.allTextContents()).toEqual(['stock is unknown']);
  await page.fill('input[aria-label="Text"]', 'nowhere');
  await page.waitForSelector('text=No line is like that.');

  await page.click('[role="tab"]:text("Story")');
  await page.waitForSelector('.story-line[data-kind="error"]');
  expect(complaints).toEqual([]);
  await close();
});

test('a recording without them has no such tab', async () => {
  const site = await (await theWorld().owner()).site({ record: 1 });
  const T = Date.now() - 60_000;
  await forge(site, [...snapshot(T, [], []), own(T + 500, 'error', { message: 'It broke' }), moved(T + 2_000)]);
  const { session } = await only(site);
  const { page, close } = await open(browser, site, session);
  await state(page, 'paused');
  await page.waitForSelector('.story-line[data-kind="error"]');
  expect(await page.locator('[role="tab"]').count()).toBe(0);
  await close();
});
