import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AnnotationJson } from '../../src/contract/api.ts';
import { dayIn, plusDays } from '../../src/dashboard/site/ranges.ts';
import { type Owner, type TestSite, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { at, settled, signedIn } from './dashboard-visit.ts';

/** What happened when, on the chart: by mouse, by keyboard, and read out. */

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
  await site.send(site.hit({ visitor: 1, session: 1, url: `https://${site.domain}/` }));
});

const kept = async () =>
  (await owner.json<{ annotations: AnnotationJson[] }>(`/api/v1/sites/${site.id}/annotations`)).annotations;

const daysAgo = (days: number) => plusDays(dayIn('Europe/Tallinn', Date.now()), -days);

test('somebody adds one, changes it and deletes it', async () => {
  const { page, complaints, close } = await signedIn(browser, owner);
  await page.goto(at(site));
  await settled(page);
  await page.getByRole('button', { name: 'Annotate' }).click();
  const dialog = page.getByRole('dialog', { name: 'What happened: Last 30 days' });
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByText('Please fill this in.').waitFor();
  await dialog.getByLabel('What happened').fill('The new shop is up');
  await dialog.getByLabel('Day').fill(daysAgo(3));
  await dialog.getByLabel('Time').fill('14:00');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByRole('listitem').filter({ hasText: 'The new shop is up' }).waitFor();
  expect(await kept()).toMatchObject([{ date: daysAgo(3), time: '14:00', text: 'The new shop is up' }]);
  // The next one can be written at once.
  await dialog.getByLabel('What happened').and(page.locator(':focus')).waitFor();

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '1 annotation', exact: true }).waitFor();
  await page.locator('.chart-flag').hover();
  await page.locator('.reading', { hasText: 'The new shop is up' }).waitFor();

  await page.locator('.chart-flag').click();
  const ofDay = page.getByRole('dialog');
  await ofDay.getByRole('button', { name: 'Change: The new shop is up' }).click();
  await ofDay.getByLabel('What happened').fill('The old shop is back');
  await ofDay.getByLabel('Time').fill('');
  await ofDay.getByRole('button', { name: 'Save' }).click();
  await ofDay.getByText('The old shop is back').waitFor();
  expect(await kept()).toMatchObject([{ date: daysAgo(3), time: null, text: 'The old shop is back' }]);

  await ofDay.getByRole('button', { name: 'Delete: The old shop is back' }).click();
  await expect.poll(() => page.locator('.annotations').count()).toBe(0);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.chart-flag').count()).toBe(0);
  expect(await kept()).toEqual([]);
  expect(complaints).toEqual([]);
  await close();
});

test('by keyboard: on a point of the chart, read out with its number, in the chart’s table', async () => {
  const { page, close } = await signedIn(browser, owner);
  await page.goto(at(site));
  await settled(page);
  const chart = page.getByRole('slider');
  await chart.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What happened').waitFor();
  await page.keyboard.type('Newsletter');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Change: Newsletter' }).waitFor();
  expect(await kept()).toMatchObject([{ date: daysAgo(1), time: null, text: 'Newsletter' }]);
  await page.keyboard.press('Escape');
  // The focus is back on the chart, which reads on from its newest point.
  await expect.poll(() => chart.evaluate((slider) => slider === document.activeElement)).toBe(true);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => chart.getAttribute('aria-valuetext')).toMatch(/visitors.*\. Newsletter$/);
  const row = page.locator('.chart table tr', { hasText: 'Newsletter' });
  expect(await row.count()).toBe(1);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('chart-flag');
  await close();
});

test('those of another range stand on no chart of this one', async () => {
  for (const [date, text] of [
    [daysAgo(40), 'Long ago'],
    [daysAgo(2), 'Of late'],
  ]) {
    await owner.json(`/api/v1/sites/${site.id}/annotations`, { json: { date, text } });
  }
  const { page, close } = await signedIn(browser, owner, { width: 360, height: 740, touch: true });
  await page.goto(at(site, '?period=7d'));
  await settled(page);
  expect(await page.locator('.chart-flag').count()).toBe(1);
  await page.locator('.chart-flag').tap();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Of late').waitFor();
  expect(await dialog.getByText('Long ago').count()).toBe(0);
  await page.goto(at(site, '?period=91d'));
  await settled(page);
  expect(await page.locator('.chart-flag').count()).toBe(2);
  await close();
});
