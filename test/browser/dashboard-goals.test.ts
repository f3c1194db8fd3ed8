import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Owner, type TestSite, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { at, settled, signedIn } from './dashboard-visit.ts';

/** Goals, made, changed and deleted by hand; their numbers are those of the API. */

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
  await site.send([
    site.hit({ visitor: 1, session: 1 }),
    site.hit({
      name: 'signup',
      visitor: 1,
      session: 1,
      props: { plan: 'pro' },
      revenue: { amount: '9.90', currency: 'EUR' },
    }),
    site.hit({ name: 'signup', visitor: 2, session: 2, props: { plan: 'free' } }),
    site.hit({ visitor: 3, session: 3, url: `https://${site.domain}/shop/thanks` }),
    site.hit({ visitor: 4, session: 4 }),
  ]);
});

interface Report {
  results: { goal: { name: string }; visitors: number; events: number; conversion_rate: number | null }[];
}

describe('goals', () => {
  test('are set, shown with their results, changed and deleted', async () => {
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site, '/goals'));
    await page.getByText('What should visitors do?').waitFor();

    await page.getByRole('button', { name: 'New goal' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Event', { exact: true }).fill('signup');
    await dialog.getByText('In the last 30 days: 2 times, by 2 visitors.').waitFor();
    await dialog.getByRole('button', { name: '+ Condition' }).click();
    await dialog.getByLabel('Property 1').fill('plan');
    await dialog.getByLabel('Value 1').fill('pro');
    await dialog.getByText('In the last 30 days: 1 time, by 1 visitor.').waitFor();
    await dialog.getByLabel('Name').fill('Paid signup');
    await dialog.getByRole('button', { name: 'Set goal' }).click();
    await dialog.waitFor({ state: 'detached' });

    const row = page.getByRole('row', { name: 'Paid signup' });
    await row.waitFor();
    const report = await owner.json<Report>(`/api/v1/sites/${site.id}/goals/report`, { json: { date_range: '30d' } });
    expect(report.results).toMatchObject([
      { goal: { name: 'Paid signup' }, visitors: 1, events: 1, conversion_rate: 25 },
    ]);
    expect(await row.locator('td').allTextContents()).toEqual(expect.arrayContaining(['1', '1', '25 %', '€9.90']));
    expect(await row.textContent()).toContain('Event “signup” where plan is pro');

    await row.getByRole('button', { name: 'Actions of Paid signup' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await dialog.getByRole('button', { name: 'Remove condition 1' }).click();
    await dialog.getByLabel('Name').fill('Any signup');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const changed = page.getByRole('row', { name: 'Any signup' });
    await expect
      .poll(() => changed.locator('td').allTextContents())
      .toEqual(expect.arrayContaining(['2', '2', '50 %']));

    await changed.getByRole('button', { name: 'Actions of Any signup' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('What should visitors do?').waitFor();
    const { goals } = await owner.json<{ goals: unknown[] }>(`/api/v1/sites/${site.id}/goals`);
    expect(goals).toEqual([]);
    await close();
  });

  test('what is wrong stands at its field', async () => {
    await owner.json(`/api/v1/sites/${site.id}/goals`, { json: { name: 'Thanks', path: '/shop/thanks' } });
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site, '/goals'));
    await page.getByRole('button', { name: 'New goal' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('A page is seen').click();
    await dialog.getByLabel('Page', { exact: true }).fill('shop');
    await dialog.getByRole('button', { name: 'Set goal' }).click();
    await dialog.getByText('a path starts with /').waitFor();
    expect(await dialog.getByLabel('Page', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await dialog.getByLabel('Page', { exact: true }).fill('/shop/**');
    await dialog.getByLabel('Name').fill('Thanks');
    await dialog.getByRole('button', { name: 'Set goal' }).click();
    await dialog.getByText('There is a goal of this name already.').waitFor();
    await close();
  });

  test('stand on the overview: the sixth number, the card, and a filter', async () => {
    await owner.json(`/api/v1/sites/${site.id}/goals`, { json: { name: 'Signup', event: 'signup' } });
    await owner.json(`/api/v1/sites/${site.id}/goals`, { json: { name: 'Thanks', path: '/shop/thanks' } });
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    const tile = page.locator('[data-metric="goal"]');
    await expect.poll(() => tile.locator('.tile-label').textContent()).toBe('Signup');
    await expect.poll(() => tile.locator('.tile-value').textContent()).toBe('2');
    await expect.poll(() => tile.locator('.change').textContent()).toContain('50 %');
    await page.getByRole('button', { name: 'Another goal' }).click();
    await page.getByRole('menuitemradio', { name: 'Thanks' }).click();
    await expect.poll(() => tile.locator('.tile-value').textContent()).toBe('1');
    expect(page.url()).toMatch(/metric=goal&goal=\d+/);

    await page.locator('.goals-card').getByRole('button', { name: 'Signup' }).click();
    await page.getByRole('button', { name: 'Remove filter: Goal is Signup' }).waitFor();
    await expect.poll(() => page.locator('[data-metric="visitors"] .tile-value').textContent()).toBe('2');
    // The rate stays one of all visitors, and the other goals stay to be chosen.
    await page.locator('.goals-card').getByRole('row', { name: 'Thanks' }).getByText('25 %').waitFor();
    await close();
  });
});
