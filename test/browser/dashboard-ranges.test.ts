import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Owner, type TestSite, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { at, numbers, settled, signedIn } from './dashboard-visit.ts';

/** Ranges and what they are compared with, from the menus into the address and the numbers. */

let browser: Browser;
let owner: Owner;
let site: TestSite;

beforeAll(async () => {
  browser = await launch();
  owner = await theWorld().owner();
  site = await owner.site();
  const { world } = owner;
  await world.sql("select make_event_partitions(now() - interval '2 years', now())");
  // Visitors of a year ago, of a week ago, of yesterday, and one of now: they come now, and are moved back.
  for (const [count, back] of [
    [4, '1 year'],
    [3, '7 days'],
    [2, '1 day'],
  ] as const) {
    for (let i = 0; i < count; i++) await site.send(site.hit());
    await site.query({ date_range: 'day', metrics: ['visits'] });
    await world.sql(
      `with e as (update event set time = time - interval '${back}' where site_id = $1 and time > now() - interval '10 minutes')
       update session set start = start - interval '${back}'
       where site_id = $1 and start > now() - interval '10 minutes'`,
      [site.id],
    );
    // Moved by hand, they are on days that were sealed without them.
    await world.sql('delete from seal where site_id = $1', [site.id]);
  }
  await site.send(site.hit());
});

afterAll(async () => {
  await browser.close();
});

const visitors = async (page: Page) => (await numbers(page)).visitors;
const change = (page: Page) => page.locator('[data-metric="visitors"] .change').textContent();
const dashes = (page: Page) => page.locator('.still-open').getAttribute('d');
const points = (page: Page) => page.getByRole('table', { name: 'Visitors over time' }).locator('tbody tr').count();

test('the last hour by the minute, the last 24 hours, yesterday', async () => {
  const { page, complaints, close } = await signedIn(browser, owner);
  await page.goto(at(site));
  await settled(page);
  const range = page.getByRole('button', { name: 'Range of time' });
  for (const [name, search, people, buckets] of [
    ['Last hour', '?period=hour', '1', 60],
    ['Last 24 hours', '?period=24h', '1', 24],
    ['Yesterday', '?period=yesterday', '2', 24],
    ['Last 7 days', '?period=7d', '3', 7],
  ] as const) {
    await range.click();
    await page.getByRole('menuitemradio', { name }).click();
    await expect.poll(() => visitors(page)).toBe(people);
    await expect.poll(() => points(page)).toBe(buckets);
    expect(new URL(page.url()).search).toBe(search);
    expect(await range.textContent()).toBe(name);
    // What isn't over is dashed, and only that.
    await expect.poll(async () => Boolean(await dashes(page))).toBe(name !== 'Yesterday');
  }
  await page.keyboard.press('h');
  await expect.poll(() => range.textContent()).toBe('Last hour');
  await settled(page);
  const chart = page.getByRole('slider');
  await chart.focus();
  await page.keyboard.press('End');
  expect(await chart.getAttribute('aria-valuetext')).toMatch(/^\w{3} \d+ \w{3}, \d\d:\d\d: /);
  await page.keyboard.press('Enter');
  await page.waitForURL(/from=\d{4}-\d\d-\d\dT\d\d:\d\d:00/);
  // Addresses of before go on to be understood.
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await page.goto(at(site, `?from=${yesterday}&to=${yesterday}`));
  await expect.poll(() => visitors(page)).toBe('2');
  expect(await range.textContent()).toBe('Yesterday');
  expect(complaints).toEqual([]);
  await close();
});

test('compared with the day before, a year ago, other days, the same weekday, nothing', async () => {
  const { page, close } = await signedIn(browser, owner);
  await page.goto(at(site, '?period=day'));
  await settled(page);
  const menu = page.getByRole('button', { name: 'Comparison' });
  const pick = async (role: 'menuitemradio' | 'menuitemcheckbox', name: string) => {
    await menu.click();
    await page.getByRole(role, { name }).click();
  };
  await expect.poll(() => change(page)).toContain('50 %');
  expect(await menu.textContent()).toContain('Compare: previous period');

  await pick('menuitemradio', 'Year over year');
  await expect.poll(() => change(page)).toContain('75 %');
  expect(new URL(page.url()).search).toBe('?period=day&compare=year_over_year');

  await pick('menuitemradio', 'Previous period');
  await pick('menuitemcheckbox', 'Match day of week');
  await expect.poll(() => change(page)).toContain('67 %');
  expect(new URL(page.url()).search).toBe('?period=day&match_day_of_week=true');
  expect(await menu.textContent()).toContain('previous period, by weekday');
  await page.reload();
  await expect.poll(() => change(page)).toContain('67 %');
  await pick('menuitemcheckbox', 'Match day of week');
  await expect.poll(() => new URL(page.url()).search).toBe('?period=day');

  await pick('menuitemradio', 'Custom…');
  const week = new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10);
  const dialog = page.getByRole('dialog', { name: 'Compare with' });
  await dialog.getByLabel('First day').fill(week);
  await dialog.getByLabel('Last day').fill(week);
  await dialog.getByRole('button', { name: 'Show' }).click();
  await expect.poll(() => new URL(page.url()).search).toBe(`?period=day&compare_from=${week}&compare_to=${week}`);
  await settled(page);
  const answer = await site.query<{ results: { comparison: { metrics: number[] } }[] }>({
    date_range: 'day',
    metrics: ['visitors'],
    include: { comparisons: { mode: 'custom', date_range: [week, week] }, trim_relative_date_range: true },
  });
  expect(answer.results[0]?.comparison.metrics).toEqual([3]);
  await expect.poll(() => change(page)).toContain('67 %');

  await pick('menuitemradio', 'No comparison');
  await expect.poll(() => new URL(page.url()).search).toBe('?period=day&compare=none');
  await expect.poll(async () => (await change(page))?.trim()).toBe('');
  await page.keyboard.press('c');
  await expect.poll(() => change(page)).toContain('50 %');
  expect(new URL(page.url()).search).toBe('?period=day');
  await close();
});

test('by the week, which begins on the site’s own day, to its visits', async () => {
  await owner.json(`/api/v1/sites/${site.id}`, { method: 'PATCH', json: { week_start: 7 } });
  const { page, close } = await signedIn(browser, owner);
  await page.goto(at(site));
  await settled(page);
  await page.getByRole('button', { name: 'Points of the chart' }).click();
  await page.getByRole('menuitemradio', { name: 'By the week' }).click();
  const weeks = await site.query({ date_range: '30d', metrics: ['visitors'], dimensions: ['time:week'] });
  await expect.poll(() => points(page)).toBe(weeks.results.length);
  expect(new URL(page.url()).search).toBe('?dimensions=time:week');
  const [label = ''] = weeks.results.at(-1)?.dimensions ?? [];
  expect(new Date(`${label}T00:00Z`).getUTCDay()).toBe(0);
  const chart = page.getByRole('slider');
  await chart.focus();
  await page.keyboard.press('End');
  expect(await chart.getAttribute('aria-valuetext')).toContain('week of ');
  await page.keyboard.press('v');
  await page.waitForURL(new RegExp(`/visits\\?dimensions=time:week&row=${label}$`));
  await page
    .getByText(`${weeks.results.at(-1)?.metrics[0]} visits`.replace(/^1 visits/, '1 visit'), { exact: true })
    .waitFor();
  // Another range is divided as suits it.
  await page.goto(at(site, '?dimensions=time:week'));
  await settled(page);
  await page.keyboard.press('w');
  await expect.poll(() => points(page)).toBe(7);
  expect(new URL(page.url()).search).toBe('?period=7d');
  await close();
});

test('a site without ids says that its visitors are those of each day', async () => {
  const { page, close } = await signedIn(browser, owner);
  const note = 'Visitors count anew each day';
  await page.goto(at(site));
  await settled(page);
  expect(await page.getByText(note).count()).toBe(0);
  const cookieless = await owner.site({ mode: 'cookieless' });
  await cookieless.send(cookieless.hit());
  await page.goto(at(cookieless));
  await page.getByText(note).waitFor();
  await page.keyboard.press('d');
  await page.getByText(note).waitFor({ state: 'detached' });
  await close();
});
