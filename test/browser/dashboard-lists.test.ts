import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Owner, type TestSite, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { at, rows, settled, signedIn } from './dashboard-visit.ts';

/** Lists: in any order, taken along, and what is below a row. */

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

/** `/many` is seen often by one, `/few` once by each of two; and somebody made up an address. */
async function visits(): Promise<void> {
  const view = (visitor: number, path: string, age: number) =>
    site.hit({ visitor, session: visitor, url: `https://${site.domain}${path}`, title: `Seen ${path.slice(1)}`, age });
  await site.send([
    view(1, '/many', 50_000),
    view(1, '/many', 40_000),
    view(1, '/many', 30_000),
    view(2, '/few', 20_000),
    view(3, '/few', 10_000),
    view(3, '/a,"b"', 5_000),
  ]);
}

test('a whole list is sorted by any of its numbers, and by link', async () => {
  await visits();
  const { page, close } = await signedIn(browser, owner);
  await page.goto(at(site, '?all=event:page'));
  const dialog = page.getByRole('dialog', { name: 'Pages' });
  const shown = () => dialog.locator('tbody .link-row').allTextContents();
  const sorted = (name: string) => dialog.getByRole('columnheader', { name }).getAttribute('aria-sort');
  await dialog.getByRole('button', { name: '/few' }).waitFor();
  expect((await shown())[0]).toBe('/few');
  expect(await sorted('Visitors')).toBe('descending');

  await dialog.getByRole('button', { name: 'Views' }).click();
  await expect.poll(async () => (await shown())[0]).toBe('/many');
  expect(await sorted('Views')).toBe('descending');
  expect(new URL(page.url()).search).toBe('?all=event:page&order_by=pageviews:desc');

  await dialog.getByRole('button', { name: 'Views' }).press('Enter');
  await expect.poll(async () => (await shown()).at(-1)).toBe('/many');
  await page.reload();
  await dialog.getByRole('button', { name: '/many' }).waitFor();
  await expect.poll(async () => (await shown()).at(-1)).toBe('/many');
  expect(await sorted('Views')).toBe('ascending');
  await close();
});

test('a list is taken along as it is shown: searched, sorted, all pages of it', async () => {
  await visits();
  const { page, close } = await signedIn(browser, owner);
  await page.goto(at(site, '?all=event:page&order_by=pageviews:desc'));
  const dialog = page.getByRole('dialog', { name: 'Pages' });
  const take = async () => {
    const coming = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download CSV' }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toBe(`${site.domain} pages.csv`);
    return (await readFile(await file.path(), 'utf8')).split('\r\n');
  };
  await dialog.getByRole('button', { name: '/many' }).waitFor();
  expect(await take()).toEqual([
    '\ufeffPage,visitors,percentage,visits,pageviews,time_on_page,scroll_depth',
    '/many,1,33.33,1,3,,',
    '/few,2,66.67,2,2,,',
    expect.stringMatching(/^"\/a,.*b.*",1,33.33,1,1,,$/),
    '',
  ]);
  await dialog.getByRole('searchbox').fill('few');
  await expect.poll(() => dialog.locator('tbody tr').count()).toBe(1);
  expect((await take()).slice(1)).toEqual(['/few,2,100,2,2,,', '']);

  await dialog.press('Escape');
  await page.locator('[data-card="pages"]').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitemradio', { name: 'Titles' }).click();
  await expect.poll(() => rows(page, 'pages')).toContainEqual(['Seen few', '2']);
  await close();
});

test('below a country are its regions, below a browser its versions', async () => {
  await visits();
  const { page, close } = await signedIn(browser, owner);
  await page.goto(at(site));
  await settled(page);
  await page.locator('[data-card="tech"] .row-main', { hasText: 'Chrome' }).click();
  await page.getByRole('button', { name: 'Remove filter: Browser is Chrome' }).waitFor();
  await settled(page);
  const versions = await site.query({
    date_range: '30d',
    metrics: ['visitors'],
    dimensions: ['visit:browser_version'],
  });
  expect(await rows(page, 'tech')).toEqual(
    versions.results.map(({ dimensions, metrics }) => [dimensions[0], String(metrics[0])]),
  );
  await page.getByRole('tabpanel', { name: 'Browser versions' }).waitFor();
  // What is shown is what the tabs say is shown.
  const chosen = (card: string) =>
    page.locator(`[data-card="${card}"] :is([aria-selected="true"], .more-tabs.current)`);
  expect(await chosen('tech').allTextContents()).toEqual(['Browser versions']);
  await page.locator('[data-card="places"] .row-main').first().click();
  await page.getByRole('tabpanel', { name: 'Regions' }).waitFor();
  expect(await chosen('places').allTextContents()).toEqual(['Regions']);
  await settled(page);
  await page.locator('[data-card="places"] .row-main').first().click();
  await page.getByRole('tabpanel', { name: 'Cities' }).waitFor();
  for (const _ of 'two') await page.keyboard.press('Escape');
  await page.getByRole('tabpanel', { name: 'Browsers' }).waitFor();
  await page.getByRole('tabpanel', { name: 'Countries' }).waitFor();
  await close();
});

test('countries stand on a map, which is fetched when it is opened; a click filters', async () => {
  await visits();
  const { page, complaints, close } = await signedIn(browser, owner);
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto(at(site));
  await settled(page);
  expect(fetched.filter((path) => /world/.test(path))).toEqual([]);
  await page.getByRole('tab', { name: 'Map' }).click();
  await page.getByRole('img', { name: 'A map: most visitors are in Estonia.' }).waitFor();
  expect(fetched.filter((path) => path === '/world.json')).toHaveLength(1);
  const estonia = page.locator('[data-country="EE"]');
  expect(await page.locator('.land.seen').count()).toBe(1);
  await estonia.hover();
  expect(await page.locator('.world .reading').innerText()).toMatch(/Estonia\s+3 visitors · 100 %/);
  await estonia.click();
  await page.getByRole('button', { name: 'Remove filter: Country is Estonia' }).waitFor();
  expect(await estonia.getAttribute('class')).toContain('chosen');
  await estonia.click();
  await page.getByRole('button', { name: 'Remove filter: Country is Estonia' }).waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
  await close();
});

test('properties are lists like others; friction opens the recordings that have it', async () => {
  await visits();
  const signup = (visitor: number, plan: string) =>
    site.hit({
      name: 'signup',
      visitor,
      session: visitor,
      url: `https://${site.domain}/few`,
      props: { plan, term: 12 },
    });
  await site.send([signup(1, 'pro'), signup(2, 'pro'), signup(3, 'free')]);
  const answer = await owner.json(`/api/v1/sites/${site.id}/properties?period=day`);
  expect(answer).toEqual({
    properties: [
      { key: 'plan', events: 3 },
      { key: 'term', events: 3 },
    ],
  });
  await theWorld().sql(
    `insert into replay (site_id, session_id, visitor, start, last, chunks, bytes, clicks, errors, rage_clicks, dead_clicks)
     select site_id, id, visitor, start, start + duration * interval '1 ms', 0, 1, 0, row_number() over () - 1, 0, 1 from session where site_id = $1`,
    [site.id],
  );
  const { page, close } = await signedIn(browser, owner);
  await page.goto(at(site));
  await settled(page);
  await page.locator('[data-card="props"]').waitFor();
  expect(await rows(page, 'props')).toEqual([
    ['pro', '2'],
    ['free', '1'],
  ]);
  const friction = page.getByRole('region', { name: 'Friction' });
  expect(await friction.locator('.row-name').allTextContents()).toEqual([
    ...['Dead clicks', 'Errors', 'Rage clicks'],
    ...['Quick backs', 'Abandoned forms', 'Slow interactions'],
  ]);
  expect(await friction.innerText()).toContain('of 3 recorded');
  await friction.getByRole('link', { name: 'Errors' }).click();
  await page.getByRole('heading', { name: '2 recordings' }).waitFor();
  expect(new URL(page.url()).search).toBe('?with=errors');

  await page.goBack();
  await settled(page);
  await page.locator('[data-card="props"] .row-main', { hasText: 'pro' }).click();
  await page.getByRole('button', { name: 'Remove filter: plan is pro' }).waitFor();
  await close();
});
