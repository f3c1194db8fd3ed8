import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Owner, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { at, signedIn } from './dashboard-visit.ts';
import { untilReplay } from './replay-dom.ts';
import { element, forge, list, moved, snapshot, state, text } from './replay-visit.ts';

// The list of recordings, and the ways from it into the player and back.

let browser: Browser;
let owner: Owner;

beforeAll(async () => {
  browser = await launch();
  owner = await theWorld().owner();
});
afterAll(() => browser.close());

test('what is asked of the list stands in its address, and all of it plays, one after the other', async () => {
  const site = await owner.site();
  const start = Date.now() - 90_000;
  const made = [{ errors: 1 }, { rage_clicks: 2, clicks: 9 }, { errors: 3, clicks: 1 }];
  for (const [i, signals] of made.entries()) {
    const from = start + i * 2_000;
    const more = { visitor: 40 + i, session: 50 + i, signals };
    await forge(site, [...snapshot(from, [], [element('h1', {}, text(`No. ${i}`))]), moved(from + 900)], 0, 7, more);
  }
  const { page, complaints, close } = await signedIn(browser, owner);
  await page.goto(at(site, '/replays?period=all'));
  await page.waitForFunction(() => document.querySelectorAll('.replay-row .strip-bad').length === 3);
  await page.click('role=button[name=/^Order/]');
  await page.click('.menu-item:has-text("Most friction")');
  await page.click('.toggle:has-text("Errors")');
  await page.waitForFunction(() => document.querySelectorAll('.replay-row').length === 2);
  expect(new URL(page.url()).search).toBe('?period=all&order=friction&with=errors');
  await page.reload();
  await page.click('a:has-text("Play all")');
  await untilReplay(page, 'h1', 'No. 2');
  await page.waitForSelector('.player-place:has-text("1 of 2")');
  await untilReplay(page, 'h1', 'No. 0');
  await page.waitForSelector('.player-place:has-text("2 of 2")');
  await state(page, 'ended');
  await page.click('button[aria-label="Back"]');
  await page.waitForURL(/order=friction&with=errors$/);
  // Those that were watched say so, here and in the log.
  await page.waitForFunction(() => document.querySelectorAll('.replay-row:not(.unseen)').length === 2);
  await page.click('.toggle:has-text("Unseen")');
  await page.getByText('No recorded visit fits these filters').waitFor();
  await page.click('.toggle:has-text("Unseen")');
  await page.click('.toggle:has-text("Errors")');
  await page.click('.toggle:has-text("Unseen")');
  await page.waitForFunction(() => document.querySelectorAll('.replay-row').length === 1);
  await page.click('.replay-row');
  await untilReplay(page, 'h1', 'No. 1');
  // It is in the queue that it was opened from, though it was seen by now.
  await page.waitForSelector('.player-place:has-text("1 of 1")');
  await page.click('button[aria-label="Back"]');
  await page.click('a:has-text("Who watched what")');
  await page.waitForFunction(() => document.querySelectorAll('.watched tbody tr').length === 3);
  expect(await page.textContent('.watched tbody tr')).toContain('In the dashboard');
  expect(complaints).toEqual([]);
  await close();
});

test('on a phone a recording says where its visitor was, when, how long, and from where he came', async () => {
  const site = await owner.site();
  const ids = { visitor: 60, session: 61 };
  await site.send(site.hit({ ...ids, url: `https://${site.domain}/`, referrer: 'https://www.google.com/' }));
  const start = Date.now() - 300_000;
  await forge(site, [...snapshot(start, [], []), moved(start + 134_900)], 0, 7, { ...ids, signals: { errors: 2 } });
  const { page, close } = await signedIn(browser, owner);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(at(site, '/replays'));
  await page.waitForSelector('.replay-row');
  const row = (await page.locator('.replay-row').innerText()).split(/\n+/);
  expect(row).toEqual(expect.arrayContaining(['2m 14s', '/', 'Google']));
  expect(row.filter((line) => /^\d+ min ago$/.test(line))).toHaveLength(1);
  await close();
});

test('what can’t be opened leaves the ways on: one that is gone, one of a site of somebody else, and one without a network', async () => {
  const site = await owner.site();
  const start = Date.now() - 90_000;
  await forge(site, [...snapshot(start, [], [element('h1', {}, text('Here'))]), moved(start + 900)]);
  const session = (await list(site)).results[0]?.session ?? 0;
  const strange = await (await theWorld().owner()).site();
  const { page, complaints, close } = await signedIn(browser, owner);
  await page.goto(at(site, '/replays/1?period=7d'));
  await page.getByText('This recording is not here').waitFor();
  await page.click('.site-nav a:has-text("Recordings")');
  await page.waitForURL(/\/replays\?period=7d$/);
  await page.goto(at(strange, `/replays/${session}`));
  await page.click('.state a:has-text("sites")');
  await page.waitForSelector('.site-card');

  await page.route(/\/replays\/\d+$/, (route) =>
    route.request().resourceType() === 'fetch' ? route.abort() : route.continue(),
  );
  await page.goto(at(site, `/replays/${session}`));
  await page.getByText('The recording could not be opened').waitFor();
  expect(await page.textContent('.site-name')).toContain(site.domain);
  await page.unroute(/\/replays\/\d+$/);
  await page.click('button:has-text("Try again")');
  await untilReplay(page, 'h1', 'Here');
  expect(complaints.filter((one) => !/ERR_FAILED|404/.test(one))).toEqual([]);
  await close();
});
