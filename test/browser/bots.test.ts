import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ExclusionJson, SiteJson } from '../../src/contract/api.ts';
import { type Owner, type TestSite, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { at, numbers, settled, signedIn } from './dashboard-visit.ts';

/** How much of it was bots, why, and what the owner makes of that. */

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
  site = await owner.site();
  await site.send([1, 2, 3].map((visitor) => site.hit({ visitor, session: visitor })));
  await site.send(site.hit({ visitor: 4, session: 4, webdriver: true }));
});

test('the overview says how many visits were bots and why, and counts them when asked to', async () => {
  await owner.json(`/api/v1/sites/${site.id}/goals`, { json: { name: 'Home', path: '/' } });
  const { page, complaints, close } = await signedIn(browser, owner);
  await page.goto(at(site));
  await settled(page);
  await page.getByText('25 % of visits were bots').waitFor();
  expect((await numbers(page)).visits).toBe('3');
  await page.getByRole('button', { name: 'why' }).click();
  const dialog = page.getByRole('dialog', { name: 'Why they are taken for bots' });
  const row = dialog.getByRole('row', { name: 'The browser says that a program drives it' });
  await row.waitFor();
  expect(await row.locator('td').allTextContents()).toEqual(expect.arrayContaining(['1', '1', '100']));
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'count them, too' }).click();
  await expect.poll(async () => (await numbers(page)).visits).toBe('4');
  await expect.poll(async () => (await numbers(page)).goal).toBe('4');
  expect(page.url()).toContain('bots=true');
  // They stay on the site's other pages, and leave from any.
  await page.getByRole('link', { name: 'Goals', exact: true }).click();
  await page.getByRole('row', { name: 'Home' }).getByText('4').first().waitFor();
  await page.getByRole('button', { name: 'Remove filter: Bots are counted, too' }).click();
  await page.getByRole('row', { name: 'Home' }).getByText('3').first().waitFor();
  expect(page.url()).not.toContain('bots');
  expect(complaints).toEqual([]);
  await close();
});

test('a sign that is switched off takes its verdicts with it, and brings them back', async () => {
  const { page, close } = await signedIn(browser, owner);
  await page.goto(at(site, '/settings'));
  await page.getByText('of the last 30 days’ visits were bots’: 1 of 4.').waitFor();
  const weigh = async (weight: string) => {
    await page.getByLabel('Weight: The browser says that a program drives it').selectOption(weight);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
  };
  await page.getByText('What each sign weighs').click();
  await weigh('Off');
  await page.getByText('of the last 30 days’ visits were bots’: 0 of 4.').waitFor();
  const visits = async () => (await site.query({ metrics: ['visits'], date_range: 'day' })).results[0]?.metrics[0];
  expect(await visits()).toBe(4);
  await weigh('100');
  await page.getByText('of the last 30 days’ visits were bots’: 1 of 4.').waitFor();
  expect(await visits()).toBe(3);
  await page.getByRole('button', { name: 'Judge history anew' }).click();
  await page.getByText('4 visits judged, 0 verdicts changed').waitFor();
  await close();
});

test('one’s own browser is left out by a link to the site, which the settings give', async () => {
  const { page, complaints, close } = await signedIn(browser, owner);
  await page.goto(at(site, '/settings'));
  const address = (name: string) => page.getByRole('link', { name }).getAttribute('href');
  expect(await address('Leave out this browser')).toBe(`https://${site.domain}/#footfall=ignore`);
  expect(await address('Count it again')).toBe(`https://${site.domain}/#footfall=count`);
  expect(complaints).toEqual([]);
  await close();
});

test('one’s own address is left out and taken in again', async () => {
  const { page, close } = await signedIn(browser, owner);
  const asked = () => owner.json<SiteJson>(`/api/v1/sites/${site.id}`);
  await page.goto(at(site, '/settings'));
  await page.getByRole('button', { name: 'Leave out my address' }).click();
  await page.getByText('Your visits are left out').waitFor();
  expect((await asked()).exclude.addresses).toBe(1);
  await page.getByRole('button', { name: 'Count my address again' }).click();
  await page.getByRole('button', { name: 'Leave out my address' }).waitFor();
  const mine = await owner.json<ExclusionJson>(`/api/v1/sites/${site.id}/exclusions/me`);
  expect(mine).toEqual({ excluded: false, addresses: 0 });
  await close();
});
