import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { small } from '../../local/seed-profiles.ts';
import { seed } from '../../local/seed-site.ts';
import type { GoalResult, ReplayJson } from '../../src/contract/api.ts';
import { exact, percent } from '../../src/dashboard/format.ts';
import { type Owner, type TestSite, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { at, numbers, PASSWORD, rows, settled, signedIn } from './dashboard-visit.ts';
import { element, forge, moved, snapshot, state, text } from './replay-visit.ts';

/** What people come with: questions about a shop of two months, answered by hand as they would. */

const DAY = 86_400_000;
const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10);

let browser: Browser;
let owner: Owner;
let site: TestSite;
/** The last Tuesday that is over, on which Google sent nobody. */
let tuesday: string;

beforeAll(async () => {
  browser = await launch();
  owner = await theWorld().owner();
  site = await owner.site({ record: 1 });
  const { world } = owner;
  const today = Math.floor(Date.now() / DAY) * DAY;
  const ago = ((new Date(today).getUTCDay() + 5 - 1) % 7) + 1;
  tuesday = dateOf(today - ago * DAY);
  const run = (query: string, params: unknown[] = []) => world.sql(query, params);
  // Every day like another, but for that one.
  const profile = { ...small(site.domain), visits: 4_000, days: 75, weekend: 1, bursts: [] };
  await seed(run, { id: site.id, timezone: 'UTC' }, profile, Date.now());
  const google = await world.sql(
    `select s.id from session s join term t on t.site_id = s.site_id and t.id = s.source
     where s.site_id = $1 and t.value = 'Google' and s.start >= $2::date and s.start < $2::date + 1`,
    [site.id, tuesday],
  );
  const ids = `{${google.map(({ id }) => id).join()}}`;
  await world.sql('delete from event where site_id = $1 and session_id = any($2::int8[])', [site.id, ids]);
  await world.sql('delete from session where site_id = $1 and id = any($2::int8[])', [site.id, ids]);
  await world.sql('analyze');
});

afterAll(async () => {
  await browser.close();
});

/** What each day has, by the chart's table. */
async function days(page: Page): Promise<number[]> {
  const lines = page.getByRole('table', { name: 'Visitors over time' }).locator('tbody td:nth-child(2)');
  return (await lines.allTextContents()).map((text) => Number(text.replace(/\D/g, '')));
}

const google = (page: Page) => page.locator('[data-card="sources"] .row-main', { hasText: 'Google' });

describe('a person', () => {
  test('finds why Tuesday was low: Google sent nobody', async () => {
    const { page, close } = await signedIn(browser, owner);
    const [from, to] = [8, 0].map((before) => dateOf(Date.now() - before * DAY));
    await page.goto(at(site, `?from=${from}&to=${to}`));
    await settled(page);
    // Today isn't over: it says nothing.
    const over = (await days(page)).slice(0, -1);
    const lowest = Math.min(...over);
    const index = over.indexOf(lowest);
    expect(dateOf(Date.now() - (over.length - index) * DAY)).toBe(tuesday);
    expect((await rows(page, 'sources'))[0]?.[0]).toBe('Google');

    // Into that day, as a click with the keyboard does.
    const line = page.getByRole('slider', { name: /^Visitors over time/ });
    await line.focus();
    await page.keyboard.press('Home');
    for (let i = 0; i < index; i += 1) await page.keyboard.press('ArrowRight');
    expect(await line.getAttribute('aria-valuetext')).toContain(`${exact(lowest)} visitors`);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.search.includes(tuesday));
    await settled(page);
    await expect.poll(() => google(page).count()).toBe(0);

    // And back: of Google alone these days have a hole there.
    await page.goBack();
    await settled(page);
    await google(page).click();
    await page.getByRole('button', { name: 'Remove filter: Source is Google' }).waitFor();
    await settled(page);
    const ofGoogle = await days(page);
    expect(ofGoogle[index]).toBe(0);
    expect(ofGoogle.slice(0, -1).filter((visitors) => visitors === 0)).toHaveLength(1);
    await close();
  });

  test('compares two campaigns: who came, and who bought', async () => {
    await owner.json(`/api/v1/sites/${site.id}/goals`, { json: { name: 'Purchase', event: 'purchase' } });
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    await page.getByRole('tab', { name: 'Campaigns' }).click();
    await expect
      .poll(async () => (await rows(page, 'sources')).map(([name]) => name).sort())
      .toEqual(['fresh-roast', 'harvest']);
    const rates: Record<string, number> = {};
    for (const campaign of ['harvest', 'fresh-roast']) {
      await page.locator('[data-card="sources"] .row-main', { hasText: campaign }).click();
      const chip = page.getByRole('button', { name: `Remove filter: Campaign is ${campaign}` });
      await chip.waitFor();
      await settled(page);
      const filters = [['is', 'visit:utm_campaign', [campaign]]];
      const all = await site.query({ date_range: '30d', metrics: ['visitors'], filters });
      const report = await owner.json<{ results: GoalResult[] }>(`/api/v1/sites/${site.id}/goals/report`, {
        json: { date_range: '30d', filters },
      });
      const [bought] = report.results;
      rates[campaign] = bought?.conversion_rate ?? 0;
      await expect
        .poll(() => numbers(page))
        .toMatchObject({ visitors: exact(all.results[0]?.metrics[0] ?? 0), goal: exact(bought?.events ?? 0) });
      const tile = page.locator('[data-metric="goal"]');
      await expect.poll(() => tile.textContent()).toContain(percent(rates[campaign] ?? 0));
      await chip.click();
      await chip.waitFor({ state: 'detached' });
      await settled(page);
    }
    expect(rates.harvest).toBeGreaterThan(rates['fresh-roast'] ?? 100);
    await close();
  });

  test('makes a goal and sees what it reached last month', async () => {
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    await page.getByRole('link', { name: 'Manage goals' }).click();
    await page.getByRole('button', { name: 'New goal' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Event', { exact: true }).fill('signup');
    await dialog.getByLabel('Name').fill('Joined');
    await dialog.getByRole('button', { name: 'Set goal' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Range of time' }).click();
    await page.getByRole('menuitem', { name: 'Custom range…' }).click();
    const now = new Date();
    const day = (month: number, date: number) =>
      dateOf(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, date));
    const lastMonth = [day(-1, 1), day(0, 0)] as const;
    const [first, last] = lastMonth;
    await dialog.getByLabel('First day').fill(first);
    await dialog.getByLabel('Last day').fill(last);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const report = await owner.json<{ results: GoalResult[] }>(`/api/v1/sites/${site.id}/goals/report`, {
      json: { date_range: lastMonth },
    });
    const joined = report.results.find(({ goal }) => goal.name === 'Joined');
    expect(joined?.events).toBeGreaterThan(10);
    const row = page.getByRole('row', { name: 'Joined' });
    await expect
      .poll(() => row.locator('td').allTextContents())
      .toEqual(expect.arrayContaining([exact(joined?.events ?? 0), percent(joined?.conversion_rate ?? 0)]));
    await close();
  });

  test('goes from those who left at the cart to their recordings, and to nobody else’s', async () => {
    const url = (path: string) => `https://${site.domain}${path}`;
    const visit = async (id: number, paths: string[]) => {
      const who = { visitor: id, session: id };
      await site.send(paths.map((path, i) => site.hit({ ...who, url: url(path), age: (paths.length - i) * 1_000 })));
      const start = Date.now() - 5_000;
      const body = [element('h1', {}, text(`Visit ${id}`))];
      await forge(site, [...snapshot(start, [], body, url('/cart/')), moved(start + 2_000)], 0, id, who);
    };
    await visit(501, ['/', '/cart/']);
    await visit(502, ['/', '/cart/', '/thanks/']);
    const { page, close } = await signedIn(browser, owner);
    // Of a whole day, more is left from other pages than a list has rows.
    await page.goto(at(site, '?period=day&filters=is:page:/cart/'));
    await settled(page);
    await page.getByRole('tab', { name: 'Exit' }).click();
    await settled(page);
    const cart = page.locator('[data-card="pages"] .list-row', { hasText: '/cart/' });
    await cart.hover();
    await cart.getByRole('link', { name: '1 recorded of /cart/' }).click();
    await page.getByText('1 recording', { exact: true }).waitFor();
    expect(decodeURIComponent(page.url())).toContain(
      '/replays?period=day&filters=is:page:/cart/&filters=is:exit_page:/cart/',
    );
    await page.locator('.replay-rows a').first().click();
    await state(page, 'playing', 'paused', 'ended');
    const { results } = await owner.json<{ results: ReplayJson[] }>(`/api/v1/sites/${site.id}/replays`, {
      json: { date_range: 'day', filters: [['is', 'visit:exit_page', ['/cart/']]] },
    });
    expect(page.url()).toContain(`/replays/${results[0]?.session}`);
    await close();
  });

  test('hands the view to a colleague by its link', async () => {
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    await page.keyboard.press('w');
    await google(page).first().click();
    await page.getByRole('tab', { name: 'Entry' }).click();
    await page.locator('[data-metric="bounce_rate"]').click();
    await page.keyboard.press('c');
    await settled(page);
    const seen = async (of: Page) => ({
      numbers: await numbers(of),
      sources: await rows(of, 'sources'),
      entries: await rows(of, 'pages'),
      chart: await of.getByRole('table', { name: 'Bounce rate over time' }).textContent(),
      chips: await of.locator('.chip').allTextContents(),
    });
    const mine = await seen(page);
    expect(mine.chips).toHaveLength(1);

    const colleague = await theWorld().owner();
    await colleague.world.sql('insert into member (site_id, user_id) values ($1, $2)', [site.id, colleague.id]);
    const theirs = await signedIn(browser, colleague);
    await theirs.page.goto(page.url());
    await settled(theirs.page);
    await expect.poll(() => seen(theirs.page)).toEqual(mine);
    await theirs.close();
    await close();
  });
});

describe('by keyboard alone', () => {
  /** Walks to what is to be used, as Tab does. */
  async function tabTo(page: Page, wanted: Locator): Promise<void> {
    await wanted.waitFor();
    for (let i = 0; i < 120; i += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) {
        // Whoever walks there sees where they are.
        expect(await wanted.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe('none');
        return;
      }
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not get to ${wanted}`);
  }

  test('somebody signs in, chooses a range, filters by a page, opens a visit, plays it and leaves', async () => {
    const url = `https://${site.domain}/keys/`;
    const who = { visitor: 601, session: 601 };
    await site.send(site.hit({ ...who, url }));
    const start = Date.now() - 5_000;
    await forge(
      site,
      [...snapshot(start, [], [element('h1', {}, text('Keys'))], url), moved(start + 3_000)],
      0,
      601,
      who,
    );
    // Makes the account.
    await (await signedIn(browser, owner)).close();

    const context = await browser.newContext({ baseURL: owner.world.url, viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const keys = page.keyboard;
    await page.goto(at(site));
    await page.getByRole('heading', { name: 'Sign in to Footfall' }).waitFor();
    await tabTo(page, page.getByLabel('E-mail'));
    await keys.type(owner.email);
    await tabTo(page, page.getByLabel('Password', { exact: true }));
    await keys.type(PASSWORD);
    await keys.press('Enter');
    await settled(page);

    const range = page.getByRole('button', { name: 'Range of time' });
    await tabTo(page, range);
    await keys.press('Enter');
    await page.getByRole('menuitemradio', { name: 'Last 30 days' }).and(page.locator(':focus')).waitFor();
    await keys.press('Home');
    while (!/Today/.test((await page.locator(':focus').textContent()) ?? '')) await keys.press('ArrowDown');
    await keys.press('Enter');
    await expect.poll(() => range.textContent()).toBe('Today');
    await settled(page);

    await keys.press('/');
    await page.getByRole('dialog', { name: 'Pages' }).waitFor();
    await keys.type('/keys');
    const found = page.getByRole('dialog').getByRole('button', { name: '/keys/' });
    await tabTo(page, found);
    await keys.press('Enter');
    await page.getByRole('button', { name: 'Remove filter: Page is /keys/' }).waitFor();
    await settled(page);

    await keys.press('f');
    await page.getByRole('dialog').waitFor();
    await keys.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await keys.press('v');
    await tabTo(page, page.locator('a.visit-row').first());
    await keys.press('Enter');
    await state(page, 'paused');
    await keys.press('k');
    await state(page, 'playing', 'ended');
    await tabTo(page, page.getByRole('button', { name: 'Back', exact: false }).first());
    await keys.press('Enter');
    await page.locator('.visit-row').first().waitFor();
    expect(decodeURIComponent(page.url())).toContain('/visits?period=day&filters=is:page:/keys/');
    await context.close();
  });
});
