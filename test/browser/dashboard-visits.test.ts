import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SessionJson } from '../../src/contract/api.ts';
import type { Hit } from '../../src/contract/wire.ts';
import { type Owner, type TestSite, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { at, settled, signedIn } from './dashboard-visit.ts';
import { forge, list, only, snapshot } from './replay-visit.ts';

/** From a number to the visits behind it: as many as the number says, and the very ones. */

let browser: Browser;
let owner: Owner;
let site: TestSite;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  owner = await theWorld().owner();
  site = await owner.site({ timezone: 'Europe/Tallinn' });
});

const GOOGLE = { referrer: 'https://www.google.com/' };

/** Four visitors in five visits; two of the visits came from Google, and the first of all bought something. */
async function visits(): Promise<void> {
  const pages = (visitor: number, session: number, paths: string[], more: Partial<Hit> = {}): Hit[] =>
    paths.map((path, i) =>
      site.hit({ visitor, session, url: `https://${site.domain}${path}`, age: (paths.length - i) * 10_000, ...more }),
    );
  await site.send([...pages(1, 1, ['/', '/shop', '/thanks'], GOOGLE), ...pages(2, 2, ['/shop'], GOOGLE)]);
  await site.send([...pages(3, 3, ['/']), ...pages(4, 4, ['/shop', '/cart']), ...pages(4, 5, ['/shop'])]);
  await site.send(site.hit({ name: 'order', visitor: 1, session: 1, url: `https://${site.domain}/thanks` }));
}

const sessions = (search = '') =>
  owner.json<{ results: SessionJson[]; total: number }>(`/api/v1/sites/${site.id}/sessions?${search}`);

/** The visits that the page lists, as `entry page → exit page`. */
async function listed(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.visit-row')].map(
      (row) => row.querySelector('.visit-strong .middle')?.textContent ?? '',
    ),
  );
}

/** What the head of the list says: visits, and who made them. */
async function head(page: Page): Promise<string> {
  return page
    .locator('.visits .card-head')
    .evaluate((element) => [...element.children].map((one) => one.textContent).join(' · '));
}

describe('the visits behind', () => {
  test('each of the six numbers', async () => {
    await visits();
    await owner.json(`/api/v1/sites/${site.id}/goals`, { json: { name: 'Order', event: 'order' } });
    const { page, close } = await signedIn(browser, owner);
    for (const name of ['Visitors', 'Visits', 'Page views', 'Bounce rate', 'Visit duration']) {
      await page.goto(at(site, '?period=7d&metric=visits'));
      await settled(page);
      await page.getByRole('link', { name: `The visits behind ${name}`, exact: true }).click();
      await expect.poll(() => head(page)).toBe('5 visits · 4 visitors · 8 page views');
      expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(at(site, '/visits?period=7d'));
    }
    await page.goBack();
    await settled(page);
    await page.getByRole('link', { name: 'The visits behind Order' }).click();
    await expect.poll(() => head(page)).toBe('1 visit · 1 visitor · 1 conversion');
    expect(decodeURIComponent(page.url())).toContain('/visits?period=7d&filters=is:goal:Order');
    expect(await listed(page)).toEqual(['/']);
    await close();
  });

  test('a row of a list, as many as the API counts in its cell', async () => {
    await visits();
    const { page, close } = await signedIn(browser, owner);
    for (const [card, name, dimension, value] of [
      ['sources', 'Google', 'visit:source', 'Google'],
      ['pages', '/shop', 'event:page', '/shop'],
      ['places', 'Estonia', 'visit:country', 'EE'],
      ['tech', 'Chrome', 'visit:browser', 'Chrome'],
    ] as const) {
      await page.goto(at(site));
      await settled(page);
      const answer = await site.query({ date_range: '30d', metrics: ['visits', 'visitors'], dimensions: [dimension] });
      const [count, visitors] = answer.results.find((row) => row.dimensions[0] === value)?.metrics ?? [];
      const row = page.locator(`[data-card="${card}"] .list-row`, { hasText: name }).first();
      await row.hover();
      await row.getByText(`${count} visits`).click();
      await expect.poll(() => head(page)).toContain(`${count} visits · ${visitors} visitors`);
      expect(await listed(page)).toHaveLength(count ?? 0);
      await page.getByRole('button', { name: /^Remove filter/ }).waitFor();
    }
    await close();
  });

  test('a row under filters that stay in force', async () => {
    await visits();
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site, '?filters=contains:page:/shop&filters=is:source:Google,Bing'));
    await settled(page);
    await page.locator('[data-card="sources"] .row-main').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/visits/);
    expect(decodeURIComponent(new URL(page.url()).search)).toBe(
      '?filters=contains:page:/shop&filters=is:source:Google',
    );
    await expect.poll(() => head(page)).toBe('2 visits · 2 visitors · 2 page views');
    await close();
  });

  test('all rows of a list, and a goal', async () => {
    await visits();
    await owner.json(`/api/v1/sites/${site.id}/goals`, { json: { name: 'Cart', path: '/cart' } });
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site, '?all=event:page'));
    await page.getByRole('link', { name: '4 visits of /shop' }).click();
    await expect.poll(() => head(page)).toBe('4 visits · 3 visitors · 4 page views');
    await page.goto(at(site));
    await page.getByRole('link', { name: 'who reached Cart: their visits' }).click();
    await expect.poll(() => head(page)).toBe('1 visit · 1 visitor · 1 conversion');
    await close();
  });

  test('a point of the chart and a row, by finger', async () => {
    await visits();
    const { page, close } = await signedIn(browser, owner, { width: 360, height: 740, touch: true });
    await page.goto(at(site, '?period=7d'));
    await settled(page);
    const box = await page.getByRole('slider').boundingBox();
    if (!box) throw new Error('no chart');
    await page.touchscreen.tap(box.x + box.width - 24, box.y + 60);
    await page.locator('.reading a', { hasText: '5 visits' }).tap();
    await expect.poll(() => head(page)).toBe('5 visits · 4 visitors · 8 page views');
    await page.goBack();
    await settled(page);
    await page.locator('[data-card="sources"] .row-visits').first().tap();
    await expect.poll(() => head(page)).toBe('2 visits · 2 visitors · 4 page views');
    expect(new URL(page.url()).search).toBe('?period=7d&filters=is:source:Google');
    await close();
  });

  test('a point of the chart, by mouse and by keyboard', async () => {
    await visits();
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site, '?period=7d'));
    await settled(page);
    const chart = page.getByRole('slider');
    const box = await chart.boundingBox();
    if (!box) throw new Error('no chart');
    await page.mouse.move(box.x + box.width - 24, box.y + 60);
    await page.locator('.reading a', { hasText: '5 visits' }).waitFor();
    await page.mouse.down();
    await page.mouse.up();
    await page.waitForURL(/\/visits\?period=7d&dimensions=time:day&row=\d{4}-\d\d-\d\d$/);
    await expect.poll(() => head(page)).toBe('5 visits · 4 visitors · 8 page views');

    await page.goBack();
    await settled(page);
    await chart.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('v');
    await page.getByText('No visit began then').waitFor();
    await page.getByRole('button', { name: 'Look at the whole range' }).click();
    await expect.poll(() => head(page)).toBe('5 visits · 4 visitors · 8 page views');
    expect(new URL(page.url()).search).toBe('?period=7d');
    await close();
  });
});

describe('the list of visits', () => {
  test('tells of each what it was, newest first, and opens what is recorded', async () => {
    await visits();
    const all = await sessions();
    const first = all.results.find(({ views }) => views === 3);
    await owner.world.sql(
      `insert into replay (site_id, session_id, visitor, start, last, chunks, bytes, clicks, errors, rage_clicks, dead_clicks)
       values ($1, $2, 1, now() - interval '15 seconds', now(), 1, 1, 3, 1, 0, 0)`,
      [site.id, first?.id],
    );
    const { page, complaints, close } = await signedIn(browser, owner);
    await page.goto(at(site, '/visits'));
    await expect.poll(() => listed(page)).toEqual(all.results.map(({ entry_page }) => entry_page));
    const row = page.getByRole('link', { name: /Google/ }).filter({ hasText: '3 pages' });
    expect(await row.innerText()).toMatch(/Estonia/);
    for (const said of ['/thanks', 'Chrome · Linux · Desktop', '15s', `${await share(first?.id)} % of the visit`])
      expect(await row.textContent()).toContain(said);
    expect(await row.locator('.visit-events').textContent()).toBe('1 event');
    expect(complaints).toEqual([]);
    expect(await page.locator('.visit-row.recorded').count()).toBe(1);
    await row.click();
    await page.waitForURL(new RegExp(`/replays/${first?.id}$`));
    await close();
  });

  test('opens the story of what was not recorded, and goes back to where that was asked', async () => {
    await visits();
    const { results } = await sessions();
    const first = results.find(({ views }) => views === 3);
    const { page, complaints, close } = await signedIn(browser, owner);
    await page.goto(at(site, '/visits?dimensions=source&row=Google'));
    const listing = page.url();
    await page.click(`.visit-row[href*="/visits/${first?.id}"]`);
    await page.getByText('This visit was not recorded').waitFor();
    const told = await page
      .locator('.story-line')
      .evaluateAll((lines) =>
        lines.map((line) => [line.getAttribute('data-kind'), line.querySelector('.story-title')?.textContent]),
      );
    const views = told.filter(([kind]) => kind === 'page').map(([, title]) => title);
    expect([views[0], views.at(-1), views.length]).toEqual([first?.entry_page, first?.exit_page, 3]);
    expect(told.filter(([kind]) => kind === 'event')).toHaveLength(1);
    expect(await page.textContent('.visit-story h2')).toMatch(/^Visit of \d+ \w+, \d\d:\d\d$/);
    expect(await page.locator('button.story-line').count()).toBe(0);
    await page.getByRole('button', { name: 'Back' }).click();
    await page.waitForURL(listing);
    await page.goto(at(site, `/visits/${first?.id}`));
    await page.getByText('This visit was not recorded').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.waitForURL(/\/visits$/);
    await page.goto(at(site, '/visits/5'));
    await page.getByText('There is no such visit').waitFor();
    await page.route(/sessions\/\d+$/, (route) => route.abort());
    await page.goto(at(site, `/visits/${results[0]?.id}?period=7d`));
    await page.getByText('No connection').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.waitForURL(/\/visits\?period=7d$/);
    expect(complaints.filter((one) => !/404|ERR_FAILED/.test(one))).toEqual([]);
    await close();
  });

  const share = async (id = 0) => (await sessions()).results.find((one) => one.id === id)?.recording?.share;

  test('plays what is recorded of them, one after the other, and leads on to the visitor’s other visits', async () => {
    await visits();
    const { results } = await sessions('period=7d');
    // The newest one, and the other one of the same visitor.
    const [newest, other] = results.filter(({ visitor }) => visitor === results[0]?.visitor);
    for (const id of [newest?.id, other?.id]) {
      await theWorld().sql(
        `insert into replay (site_id, session_id, visitor, start, last, chunks, bytes, clicks, errors, rage_clicks, dead_clicks)
         select site_id, id, visitor, start, start + duration * interval '1 ms', 0, 1, 0, 0, 0, 0 from session where site_id = $1 and id = $2`,
        [site.id, id],
      );
    }
    const { page, close } = await signedIn(browser, owner);
    const [label] = (await site.query({ date_range: 'day', metrics: ['visits'], dimensions: ['time:day'] })).results[0]
      ?.dimensions ?? [''];
    await page.goto(at(site, `/visits?period=7d&dimensions=time:day&row=${label}`));
    await page.getByRole('link', { name: '2 of 5 recorded' }).waitFor();
    // The list knows by itself what is recorded of it, but not where a point of the chart ends.
    await page.route(/\/api\/v1\/queries/, (route) => route.abort());
    for (const [range, links] of [
      ['?period=7d&bots=true', 2],
      [`?period=7d&bots=true&dimensions=time:day&row=${label}`, 0],
    ] as const) {
      await page.goto(at(site, `/visits${range}`));
      await expect
        .poll(() => head(page))
        .toMatch(/^5 visits · Visitors and page views can’t be read .* · 2 of 5 recorded/);
      expect(await page.locator('.visits .card-aside a').count()).toBe(links);
    }
    await page.unrouteAll();
    await page.goto(at(site, `/visits?period=7d&dimensions=time:day&row=${label}`));
    await page.getByRole('link', { name: 'Play all' }).click();
    await page.waitForURL(`**/replays/${newest?.id}?from=${label}&to=${label}&play=all`);
    await page.getByRole('link', { name: 'Other visits' }).click();
    const others = page.locator('.other-visits');
    await others.getByRole('heading', { name: '1 other visit' }).waitFor();
    expect(await others.locator('.visit-row').getAttribute('href')).toContain(`/replays/${other?.id}`);
    await close();
  });

  test('comes in pages, whose address can be kept', async () => {
    const hits = Array.from({ length: 52 }, (_, i) => site.hit({ url: `https://${site.domain}/${i}` }));
    await site.send(hits.slice(0, 26));
    await site.send(hits.slice(26));
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site, '/visits?period=day'));
    await expect.poll(async () => (await listed(page)).length).toBe(50);
    await page.getByText('1 to 50 of 52').waitFor();
    await page.getByRole('button', { name: 'Older' }).click();
    await page.getByText('51 to 52 of 52').waitFor();
    expect(new URL(page.url()).search).toBe('?period=day&offset=50');
    await page.reload();
    await expect.poll(async () => (await listed(page)).length).toBe(2);
    // A page is a page of this list: the recordings begin at their newest.
    await page.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'Recordings' }).click();
    await page.waitForURL(/replays\?period=day$/);
    await close();
  });

  test('says from when on visits are kept, where the range reaches back further', async () => {
    await visits();
    await owner.world.sql(`update site set kept = now() - interval '1 hour' where id = $1`, [site.id]);
    // Made since: sealed days don't tell of it.
    await owner.json(`/api/v1/sites/${site.id}/goals`, { json: { name: 'Order', event: 'order' } });
    const { page, complaints, close } = await signedIn(browser, owner);
    const told = (within: string) =>
      page.locator(within).getByText(/Nothing from before \d+ \w+ 20\d\d is counted here/);
    // Sealed days would know of all.
    await page.goto(at(site, '?period=7d&filters=contains:page:/'));
    await told('.bots-line').waitFor();
    await told('.goals-card').waitFor();
    await page.goto(at(site, '/visits?period=7d'));
    await told('.visits').waitFor();
    expect(await listed(page)).toHaveLength(5);
    await page.goto(at(site, '/visits?from=2020-01-01&to=2020-01-02'));
    await page.getByText('Visits of then are no longer kept').waitFor();
    await told('.visits').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  test('says why it is empty, and what cannot be', async () => {
    await visits();
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site, '/visits?filters=is:page:/nowhere'));
    await page.getByText('No visit fits these filters').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await expect.poll(async () => (await listed(page)).length).toBe(5);
    await page.goto(at(site, '/visits?from=2020-01-01&to=2020-01-02'));
    await page.getByText('No visits in this range').waitFor();
    await page.getByRole('button', { name: 'Look at all time' }).click();
    await expect.poll(async () => (await listed(page)).length).toBe(5);
    await page.goto(at(site, '/visits?dimensions=time:day&row=1999-01-01'));
    await page.getByText('a time:day of the range, such as').waitFor();
    await page.goto(at(site));
    await settled(page);
    await page.keyboard.press('v');
    await page.waitForURL(/\/visits$/);
    await close();
  });
});

test('a visitor is deleted from one of his visits and from his recording, once the word is typed', async () => {
  await visits();
  const [his] = (await sessions('period=day&filters=is:page:/cart')).results;
  const { page, complaints, close } = await signedIn(browser, owner);
  const go = async () => {
    const button = page.getByRole('button', { name: 'Delete for good' });
    expect(await button.isDisabled()).toBe(true);
    await page.getByLabel('Type delete to go on').fill('delete');
    await button.click();
  };
  await page.goto(at(site, `/visits/${his?.id}?period=7d`));
  await page.getByRole('button', { name: 'Delete this visitor…' }).click();
  await go();
  await page.getByText('2 visits and 0 recordings deleted').waitFor();
  await expect.poll(() => head(page)).toBe('3 visits · 3 visitors · 5 page views');

  await forge(site, snapshot(Date.now(), [], []), 0, 7, { visitor: 3, session: 3 });
  const { session } = await only(site);
  await page.goto(at(site, `/replays/${session}?period=7d`));
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete this visitor…' }).click();
  await go();
  await page.getByText('1 visit and 1 recording deleted').waitFor();
  expect((await list(site)).results).toEqual([]);
  expect((await sessions('period=day')).total).toBe(2);
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
  await close();
});
