import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Owner, type TestSite, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { at, settled, signedIn } from './dashboard-visit.ts';

/** How the dashboard behaves under the eye: nothing jumps, nothing sticks out. What axe-core finds is in `scenes.test.ts`. */

let browser: Browser;
let owner: Owner;
let site: TestSite;

beforeAll(async () => {
  browser = await launch();
  owner = await theWorld().owner();
  site = await owner.site();
  const long =
    '/journal/2026/why-we-roast-on-thursdays-and-what-that-means-for-your-cup-of-coffee-in-the-morning/اقرأ-المزيد';
  for (const path of ['/', '/shop', '/shop/thanks', long, `/${'x'.repeat(1500)}`]) {
    await site.send(site.hit({ url: `https://${site.domain}${path}`, referrer: 'https://www.google.com/' }));
  }
  await owner.api(`/api/v1/sites/${site.id}/goals`, { json: { name: 'Saw the thanks', path: '/shop/thanks' } });
});

afterAll(async () => {
  await browser.close();
});

describe('layout', () => {
  test('does not shift while it loads, nor when numbers are asked anew', async () => {
    const { page, context, close } = await signedIn(browser, owner);
    await context.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const shifted = () =>
      page.evaluate(() => (window as unknown as { shifts: number[] }).shifts.reduce((a, b) => a + b, 0));
    await page.goto(at(site));
    await settled(page);
    expect(await shifted()).toBeLessThan(0.02);
    await page.keyboard.press('w');
    await settled(page);
    await page.keyboard.press('d');
    await settled(page);
    expect(await shifted()).toBeLessThan(0.02);
    await page.reload();
    await settled(page);
    expect(await shifted()).toBeLessThan(0.02);
    await close();
  });

  test.each([
    ['a laptop', { width: 1280 }],
    ['a large screen', { width: 1920 }],
  ])('keeps the place of what is on its way, on %s', async (_, { width }) => {
    const { page, close } = await signedIn(browser, owner, { width });
    const answers = Promise.withResolvers<void>();
    const known = Promise.withResolvers<void>();
    await page.route('**/api/v1/sites/**', async (route) => {
      await (route.request().url().endsWith(`/sites/${site.domain}`) ? known : answers).promise;
      await route.continue().catch(() => undefined);
    });
    await page.route('**/api/v1/queries', async (route) => {
      await answers.promise;
      await route.continue().catch(() => undefined);
    });
    const places = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('.grid > *')].map((element) => {
          const { left, top, width, height } = element.getBoundingClientRect();
          return [left, top, width, height].map(Math.round);
        }),
      );
    await page.goto(at(site));
    await page.waitForSelector('.row-bar.waiting');
    const opening = await places();
    known.resolve();
    await page.waitForSelector('.friction-card');
    const waiting = await places();
    answers.resolve();
    await settled(page);
    const there = await places();
    expect(opening).toEqual(there.slice(0, opening.length));
    // How many goals there are nobody knows before.
    const goals = 6;
    expect(waiting.slice(0, goals)).toEqual(there.slice(0, goals));
    const high = (list: number[][]) => list.map(([, , , height]) => height);
    expect(high(waiting).slice(goals + 1)).toEqual(high(there).slice(goals + 1));
    await close();
  });

  test('has its head at one place on all pages of a site, with who is here now', async () => {
    const { page, close } = await signedIn(browser, owner, { width: 1920 });
    const head = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('.site-switch, .site-nav a, .account')].map((element) =>
          Math.round(element.getBoundingClientRect().left),
        ),
      );
    await page.goto(at(site));
    await settled(page);
    const before = await head();
    expect(before).toHaveLength(8);
    for (const rest of ['/visits', '/replays', '/heatmap', '/goals', '/status', '/settings', '/watched', '/live']) {
      await page.goto(at(site, rest));
      await page.locator(rest === '/live' ? '.site-nav' : '.here-now:visible').waitFor();
      expect(await head(), rest).toEqual(before);
    }
    await close();
  });

  test.each([
    ['the overview', ''],
    ['the overview with long filters', `?filters=is:page:/${'y'.repeat(300)}&filters=is:country:EE,FI,SE,LV`],
    ['the visits', '/visits'],
    ['the recordings', '/replays'],
    ['the heat map', '/heatmap?page=/shop'],
    ['the goals', '/goals'],
    ['the live page', '/live'],
    ['the status page', '/status'],
    ['the settings', '/settings'],
  ])('%s fits a phone of 360 pixels, with targets for thumbs', async (_, rest) => {
    const { page, close } = await signedIn(browser, owner, { width: 360, height: 740, touch: true });
    await page.goto(at(site, rest));
    await there(page, rest);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await small(page)).toEqual([]);
    // Nothing hovers there: what only a mouse brings up would lie on the numbers.
    expect(await page.locator('.row-heat:visible').count()).toBe(0);
    await close();
  });

  test('fits 320 to 1920 pixels, whichever way words run', async () => {
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    for (const direction of ['ltr', 'rtl']) {
      for (const width of [320, 640, 860, 1024, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        const over = await page.evaluate((dir) => {
          document.documentElement.dir = dir;
          return document.documentElement.scrollWidth - document.documentElement.clientWidth;
        }, direction);
        expect(over, `${width} pixels, ${direction}`).toBeLessThanOrEqual(0);
        // With a mouse, too, a row is for filtering by it: its links lie beside its middle where it is narrow.
        const row = page.locator('[data-card="pages"] .list-row').first();
        await row.hover();
        if (width < 640) {
          const middle = await row.evaluate((element) => {
            const { left, top, width, height } = element.getBoundingClientRect();
            return document.elementFromPoint(left + width / 2, top + height / 2)?.closest('a, button')?.className;
          });
          expect(middle, `${width} pixels, ${direction}`).toBe('row-main');
        }
      }
    }
    await close();
  });
});

describe('for everybody', () => {
  test('focus is seen, and returns to where a dialog was opened from', async () => {
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    const filter = page.getByRole('button', { name: '+ Filter' });
    await filter.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await filter.evaluate((button) => button === document.activeElement)).toBe(true);
    const outline = await filter.evaluate((button) => getComputedStyle(button).outlineStyle);
    expect(outline).toBe('solid');
    await close();
  });

  test('a dialog’s head and foot stay within reach, however long it is', async () => {
    const { page, close } = await signedIn(browser, owner, { height: 500 });
    await page.goto(at(site));
    await settled(page);
    await page.keyboard.press('f');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Value', { exact: true }).fill('/shop');
    await dialog.getByRole('button', { name: '+ Or another one' }).click();
    for (const down of [0, 10_000]) {
      await dialog.evaluate((element, top) => element.scrollTo({ top }), down);
      for (const name of ['Close', 'Apply']) {
        const { top = -1, bottom = 0 } = await dialog.getByRole('button', { name }).evaluate((button) => {
          const { top, bottom } = button.getBoundingClientRect();
          const at = document.elementFromPoint(button.getBoundingClientRect().left + 4, (top + bottom) / 2);
          return at && button.contains(at) ? { top, bottom } : {};
        });
        expect(top, `${name}, ${down}`).toBeGreaterThanOrEqual(0);
        expect(bottom, `${name}, ${down}`).toBeLessThanOrEqual(500);
      }
    }
    await close();
  });

  test('a menu is walked with arrow keys and closed with Esc', async () => {
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    const range = page.getByRole('button', { name: 'Range of time' });
    await range.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemradio', { name: 'Last 30 days' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect.poll(() => range.textContent()).toBe('Last 7 days');
    await range.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
    await close();
  });
});

/** Waits until a page of the site shows what it is about. */
async function there(page: Page, rest: string): Promise<void> {
  if (rest.startsWith('?')) {
    await page.getByText('Nobody fits').first().waitFor();
    return;
  }
  const told = {
    '/visits': '5 visits',
    '/replays': 'No recordings in this range',
    '/heatmap?page=/shop': 'No recordings of this page',
    '/goals': 'Saw the thanks',
    '/live': 'in the last five minutes',
    '/status': 'Page views and events',
    '/settings': 'visits were bots’',
  }[rest];
  if (told) await page.getByText(told).first().waitFor();
  else await settled(page);
}

/** Buttons, links and fields that are shown and smaller than a thumb: links within a sentence aside. */
function small(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        '.button, .tile, .tile-visits, .row-main, .row-visits, .menu-item, .chip button, .add-filter, .site-nav a, .account, .tabs button, .card-aside > a',
      ),
    ]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 40 || box.width < 40))
      .map(({ element, box }) => `${element.className} ${element.textContent} ${box.width} × ${box.height}`),
  );
}
