import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShareJson } from '../../src/contract/api.ts';
import { moment } from '../../src/dashboard/format.ts';
import { type Owner, type TestSite, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { at, signedIn } from './dashboard-visit.ts';
import { untilReplay } from './replay-dom.ts';
import { element, forge, list, moved, open, snapshot, state, text } from './replay-visit.ts';

// Recordings made up chunk by chunk, as any stranger can post them: long silences, several tabs, parts that never came.

let browser: Browser;
let owner: Owner;

beforeAll(async () => {
  browser = await launch();
  owner = await theWorld().owner();
});
afterAll(() => browser.close());

/** Twenty seconds of nothing between two movements. */
async function quietVisit(): Promise<{ site: TestSite; session: number }> {
  const site = await owner.site();
  const start = Date.now() - 200_000;
  await forge(site, [...snapshot(start, [], [element('h1', {}, text('Quiet'))]), moved(start + 800)]);
  await forge(site, [moved(start + 20_800), moved(start + 21_500)], 1);
  return { site, session: (await list(site)).results[0]?.session ?? 0 };
}

test('time in which nothing happens is skipped, with a word about it', async () => {
  const { site, session } = await quietVisit();
  const begun = Date.now();
  const { page, close } = await open(browser, site, session, { calm: false, skip: true });
  await page.locator('.note', { hasText: /Skipped 1[78]s/ }).waitFor();
  expect(await page.locator('.timebar-idle').count()).toBe(1);
  await state(page, 'ended');
  expect(Date.now() - begun).toBeLessThan(15_000);
  await close();
});

test('eight times as fast takes an eighth of the time, and nothing is skipped when that is off', async () => {
  const { site, session } = await quietVisit();
  const { page, close } = await open(browser, site, session, { calm: false, skip: false, speed: 8 });
  await state(page, 'playing');
  const begun = Date.now();
  await state(page, 'ended');
  const took = Date.now() - begun;
  expect(took).toBeGreaterThan(1_500);
  expect(took).toBeLessThan(6_000);
  expect(await page.locator('.note:has-text("Skipped")').count()).toBe(0);
  expect(await page.textContent('.controls-now')).toBe('0:21');
  await close();
});

test('a visit that goes on is followed', async () => {
  const site = await owner.site();
  const start = Date.now() - 2_000;
  await forge(site, [...snapshot(start, [], [element('h1', {}, text('First'))]), moved(start + 400)]);
  const session = (await list(site)).results[0]?.session ?? 0;
  const { page, close } = await open(browser, site, session, { calm: false });
  await untilReplay(page, 'h1', 'First');
  // At its end there is nothing to see but what comes.
  await state(page, 'live');
  await page.waitForSelector('.control.live.on');
  const next = snapshot(start + 1_000, [], [element('h1', {}, text('Second'))], 'https://made.example/next');
  await forge(site, [...next, moved(start + 1_300)], 0, 8);
  await untilReplay(page, 'h1', 'Second');
  await close();
});

test('two tabs at once: the picture follows the visitor, and each tab can be had alone', async () => {
  const site = await owner.site();
  const start = Date.now() - 200_000;
  const page_ = (name: string, from: number) => snapshot(start + from, [], [element('h1', {}, text(name))]);
  await forge(site, [...page_('One', 0), moved(start + 900), moved(start + 4_000)], 0, 1);
  await forge(site, [...page_('Two', 1_000), moved(start + 2_000)], 0, 2);
  const session = (await list(site)).results[0]?.session ?? 0;
  const { page, close } = await open(browser, site, session, { t: 1.5 });
  await untilReplay(page, 'h1', 'Two');
  await page.keyboard.press('End');
  await untilReplay(page, 'h1', 'One');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.click('role=button[name=/^Tab shown/]');
  await page.click('.menu-item:has-text("Tab 2")');
  await untilReplay(page, 'h1', 'Two');
  await close();
});

test('a recording without any whole page says so, and still tells its story', async () => {
  const site = await owner.site();
  const hit = site.hit({ visitor: 11, session: 12 });
  await site.send(hit);
  const start = Date.now() - 100_000;
  await forge(site, [moved(start), moved(start + 900)], 3);
  const { page, complaints, close } = await open(browser, site, (await list(site)).results[0]?.session ?? 0);
  await page.waitForSelector('.overlay-title');
  expect(await page.textContent('.overlay-title')).toContain('picture');
  await page.waitForSelector('.story-line[data-kind="page"]');
  expect(complaints).toEqual([]);
  await close();
});

test('what a recording lacks is said over the picture and on the timeline, and why', async () => {
  const site = await owner.site();
  const start = Date.now() - 200_000;
  const page_ = (name: string, from: number) => snapshot(start + from, [], [element('h1', {}, text(name))]);
  const gap = (at: number, reason: string) => ({
    type: 5,
    timestamp: start + at,
    data: { tag: 'gap', payload: { reason } },
  });
  await forge(site, [...page_('One', 0), moved(start + 800), gap(2_000, 'busy')], 0, 1);
  await forge(site, page_('Two', 12_000), 0, 2);
  await forge(site, [moved(start + 20_000), gap(22_000, 'visit_time')], 2, 2);
  const session = (await list(site)).results[0]?.session ?? 0;
  const { page, close } = await open(browser, site, session, { t: 5 });
  const overlay = page.locator('.overlay.cut');
  await overlay.getByText('Not recorded for 10s').waitFor();
  await overlay.getByText('It goes on once the page is calm.').waitFor();
  expect(await page.getAttribute('.timebar', 'aria-valuetext')).toMatch(
    /^0:05 of 0:22\. Not recorded for 10s\. The page/,
  );
  // The last one is known once all has been read.
  await page.locator('.timebar-cut[data-why="visit_time"]').waitFor({ state: 'attached' });
  const cuts = page.locator('.timebar-cut');
  expect(await cuts.evaluateAll((all) => all.map((one) => one.getAttribute('data-why')))).toEqual([
    ...['busy', 'lost', 'visit_time'],
  ]);
  await cuts.nth(1).hover();
  await page.locator('.timebar-tip', { hasText: 'of this recording never arrived' }).waitFor();
  await page.keyboard.press('Home');
  await state(page, 'paused');
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.keyboard.press('k');
  await page.getByText(/^Skipped \d+s without a recording\. The page/).waitFor();
  await untilReplay(page, 'h1', 'Two');
  await page.locator('.note.bad', { hasText: '7s of this recording never arrived' }).waitFor();
  await page.locator('.overlay.end').getByText('A recording ends after an hour.').waitFor();
  expect(await page.textContent('.overlay-title')).toBe('The recording ends here');
  await close();
});

test('N and P go through the queue that the address names, and deleting asks first', async () => {
  const site = await owner.site();
  const now = Date.now();
  for (const [i, path] of ['/a', '/b', '/a'].entries()) {
    const ids = { visitor: 20 + i, session: 30 + i };
    await site.send(site.hit({ ...ids, url: `https://${site.domain}${path}` }));
    await forge(
      site,
      [...snapshot(now - 9_000 + i * 1_000, [], [element('h1', {}, text(`${i}`))]), moved(now)],
      0,
      7,
      ids,
    );
  }
  const [third, second, first] = (await list(site)).results.map(({ session }) => session);
  const { page, complaints, close } = await signedIn(browser, owner);
  await page.goto(at(site, '/replays?filters=is:entry_page:/a'));
  await page.click(`.replay-row[href*="/replays/${third}"]`);
  await page.waitForSelector('.player-place:has-text("1 of 2")');
  await untilReplay(page, 'h1', '2');
  await page.keyboard.press('n');
  await untilReplay(page, 'h1', '0');
  expect(new URL(page.url()).pathname).toContain(`/replays/${first}`);
  expect(page.url()).toContain('filters=is:entry_page:/a');
  await page.keyboard.press('p');
  await untilReplay(page, 'h1', '2');
  await page.click('role=button[name=/^More/]');
  await page.click('.menu-item:has-text("Delete")');
  await page.click('dialog .button.danger');
  await page.waitForSelector(`.replay-row[href*="/replays/${first}"]`);
  await page.waitForFunction(() => document.querySelectorAll('.replay-row').length === 1);
  expect((await list(site)).results.map(({ session }) => session)).toEqual([second, first]);
  expect(complaints).toEqual([]);
  await close();
});

test('a shared link opens this recording for a stranger, and nothing else; taken back, it opens nothing', async () => {
  const site = await owner.site({ timezone: 'Asia/Tokyo' });
  const start = Date.now() - 90_000;
  await forge(site, [...snapshot(start, [], [element('h1', {}, text('Shared'))]), moved(start + 900)]);
  const session = (await list(site)).results[0]?.session ?? 0;
  const { page, complaints, close } = await open(browser, site, session);
  await untilReplay(page, 'h1', 'Shared');
  await page.click('role=button[name=/^More/]');
  await page.click('.menu-item:has-text("Share with")');
  await page.fill('dialog input[name="name"]', 'The designers');
  await page.click('dialog button[type="submit"]');
  const link = (await page.textContent('dialog pre'))?.trim() ?? '';
  expect(link).toMatch(/\/shared#fs_[\w-]{43}$/);

  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const stranger = await context.newPage();
  const asked: string[] = [];
  stranger.on('request', (request) => asked.push(request.url()));
  await stranger.goto(link);
  await untilReplay(stranger, 'h1', 'Shared');
  // By the site's clock, as all that is said of the visit.
  const made = await owner.json<{ shares: ShareJson[] }>(`/api/v1/sites/${site.id}/replays/${session}/shares`);
  const until = moment(made.shares[0]?.expires ?? '', 'Asia/Tokyo');
  expect(await stranger.textContent('.player-place')).toBe(`Shared until ${until}`);
  expect(await page.textContent('dialog .shares')).toContain(`until ${until}`);
  for (const none of ['[aria-label="Back"]', '[aria-label="Next visit"]', 'a'])
    expect(await stranger.locator(`.player ${none}`).count()).toBe(0);
  await stranger.keyboard.press('End');
  await state(stranger, 'paused');
  expect(stranger.url()).toMatch(/#fs_/);
  const api = new Set(asked.map((url) => new URL(url).pathname).filter((path) => path.startsWith('/api/')));
  expect([...api].filter((path) => path !== '/api/v1/shared' && !path.startsWith('/api/v1/shared/chunks/7/'))).toEqual(
    [],
  );
  // What opens it is told to nobody but in the header that asks for it.
  expect(asked.filter((url) => url.includes('fs_') && !url.includes('#'))).toEqual([]);

  await page.click('dialog .button.danger:has-text("Take back")');
  await page.waitForFunction(() => !document.querySelector('dialog .shares'));
  await stranger.reload();
  await stranger.getByText('This link opens nothing').waitFor();
  expect(await stranger.textContent('.brand')).toContain('Footfall');
  await context.close();
  expect(complaints).toEqual([]);
  await close();
});

test('what is noted at a moment stands in the story and on the bar, until it is deleted; a stranger sees none of it', async () => {
  const site = await owner.site();
  const start = Date.now() - 90_000;
  await forge(site, [...snapshot(start, [], [element('h1', {}, text('Noted'))]), moved(start + 9_000)]);
  const session = (await list(site)).results[0]?.session ?? 0;
  const { page, complaints, close } = await open(browser, site, session);
  await untilReplay(page, 'h1', 'Noted');
  await page.keyboard.press('ArrowRight');
  await state(page, 'paused');
  await page.keyboard.press('m');
  await page.getByText('A note at 0:05').waitFor();
  await page.keyboard.type('<img src=x onerror=alert(1)> hesitates');
  await page.click('dialog button[type="submit"]');
  const line = page.locator('.story-line[data-kind="note"]');
  await line.waitFor();
  expect(await line.innerText()).toMatch(/0:05[\s\S]*<img src=x onerror=alert\(1\)> hesitates[\s\S]*Owner/);
  expect(await page.locator('.mark[data-kind="note"]').count()).toBe(1);
  await page.keyboard.press('Home');
  await state(page, 'paused');
  await line.click();
  await page.waitForURL(/t=5/);
  await page.click('.story-delete');
  await line.waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
  await close();
});
