import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Hit } from '../../src/contract/wire.ts';
import { duration, exact, percent } from '../../src/dashboard/format.ts';
import { type Owner, type TestSite, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { at, numbers, rows, settled, signedIn } from './dashboard-visit.ts';

/** The dashboard in a real browser, on the real stack: what it shows is what the API answers. */

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

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0';

/** Five visits: three of one page and two of several, from three sources. */
async function visits(): Promise<void> {
  const pages = (visitor: number, paths: string[], more: Partial<Hit> = {}): Hit[] =>
    paths.map((path, i) =>
      site.hit({
        visitor,
        session: visitor,
        url: `https://${site.domain}${path}`,
        age: (paths.length - i) * 10_000,
        ...more,
      }),
    );
  const google = { referrer: 'https://www.google.com/' };
  await site.send([...pages(101, ['/', '/shop', '/shop/thanks'], google), ...pages(102, ['/shop'], google)]);
  await site.send(pages(103, ['/']), { 'user-agent': FIREFOX });
  await site.send([
    ...pages(104, ['/shop', '/shop/cart']),
    ...pages(105, ['/'], { referrer: 'https://www.reddit.com/r/coffee' }),
  ]);
  await site.send(
    site.hit({ name: 'order', visitor: 101, session: 101, revenue: { amount: '9.90', currency: 'EUR' } }),
  );
}

const METRICS = ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration'];

/** What the tiles should say, from the API. */
async function expected(filters: unknown[] = [], date_range = '30d'): Promise<Record<string, string>> {
  const answer = await site.query({ date_range, metrics: METRICS, filters });
  const [visitors = 0, visits = 0, pageviews = 0, bounce = 0, seconds] = answer.results[0]?.metrics ?? [];
  return {
    visitors: exact(visitors ?? 0),
    visits: exact(visits ?? 0),
    pageviews: exact(pageviews ?? 0),
    bounce_rate: percent(bounce ?? 0),
    visit_duration: seconds == null ? '–' : duration(seconds),
  };
}

async function breakdown(dimension: string, filters: unknown[] = []): Promise<string[][]> {
  const answer = await site.query({
    date_range: '30d',
    metrics: ['visitors'],
    dimensions: [dimension],
    filters,
    pagination: { limit: 7 },
  });
  return answer.results.map((row) => [row.dimensions[0] ?? '', exact(row.metrics[0] ?? 0)]);
}

describe('what is shown', () => {
  test('is what the API answers: numbers and lists', async () => {
    await visits();
    const { page, complaints, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    expect(await numbers(page)).toMatchObject(await expected());
    expect(await numbers(page)).toMatchObject({ visitors: '5', visits: '5', pageviews: '8' });
    expect(await rows(page, 'sources')).toEqual(await breakdown('visit:source'));
    expect(await rows(page, 'pages')).toEqual(await breakdown('event:page'));
    expect(await rows(page, 'places')).toEqual([['Estonia', '5']]);
    expect(await rows(page, 'tech')).toEqual(await breakdown('visit:browser'));
    await page.getByRole('tab', { name: 'Entry' }).click();
    await expect.poll(() => rows(page, 'pages')).toEqual(await breakdown('visit:entry_page'));
    expect(page.url()).toContain('pages=entry');
    // The chart's table says the same sum as the tile.
    const table = page.getByRole('table', { name: 'Visitors over time' });
    expect(await table.locator('tbody tr').count()).toBe(30);
    expect(await table.locator('tbody tr').last().locator('td').first().textContent()).toBe('5');
    expect(complaints).toEqual([]);
    await close();
  });

  test('follows a click on a row, keeps it in the address, and survives a reload', async () => {
    await visits();
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    await page.locator('[data-card="sources"] .row-main', { hasText: 'Google' }).click();
    await page.getByRole('button', { name: 'Remove filter: Source is Google' }).waitFor();
    expect(decodeURIComponent(new URL(page.url()).search)).toBe('?filters=is:source:Google');
    const filters = [['is', 'visit:source', ['Google']]];
    const wanted = await expected(filters);
    await expect.poll(() => numbers(page)).toMatchObject(wanted);
    await expect.poll(() => rows(page, 'pages')).toEqual(await breakdown('event:page', filters));

    await page.reload();
    await settled(page);
    expect(await numbers(page)).toMatchObject(wanted);
    await page.getByRole('button', { name: 'Remove filter: Source is Google' }).click();
    const all = await expected();
    await expect.poll(() => numbers(page)).toMatchObject(all);
    expect(new URL(page.url()).search).toBe('');
    await page.goBack();
    await expect.poll(() => numbers(page)).toMatchObject(wanted);
    await close();
  });

  test('a filter is made in the dialog', async () => {
    await visits();
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    await page.keyboard.press('f');
    await page.getByLabel('What', { exact: true }).selectOption({ label: 'Page' });
    await page.getByLabel('How').selectOption({ label: 'contains' });
    await page.getByLabel('Value', { exact: true }).fill('/shop');
    await page.getByRole('button', { name: 'Apply' }).click();
    const wanted = await expected([['contains', 'event:page', ['/shop']]]);
    await expect.poll(() => numbers(page)).toMatchObject(wanted);
    expect(decodeURIComponent(page.url())).toContain('?filters=contains:page:/shop');
    await close();
  });

  test('all rows of a list stand in a dialog, with a search', async () => {
    await visits();
    const read = { visitor: 101, session: 101, url: `https://${site.domain}/shop/thanks` };
    const [view, report] = [site.hit({ ...read, age: 70_000 }), site.hit({ ...read, name: 'engagement' })];
    await site.send([view, { ...report, of: view.seq ?? 0, engaged: 65_000, scroll: 80 }]);
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site, '?all=event:page'));
    const dialog = page.getByRole('dialog', { name: 'Pages' });
    await dialog.getByRole('button', { name: '/shop/thanks' }).waitFor();
    expect(await dialog.locator('tbody tr').count()).toBe(4);
    expect(await dialog.locator('thead th').allTextContents()).toEqual([
      'Page',
      'Visitors',
      'Share',
      'Visits',
      'Views',
      'Time',
      'Scrolled',
    ]);
    const cells = dialog.getByRole('row', { name: '/shop/thanks' }).locator('td');
    expect((await cells.allTextContents()).slice(-2)).toEqual(['1m 05s', '80 %']);
    await dialog.getByRole('searchbox').fill('THANKS');
    await expect.poll(() => dialog.locator('tbody tr').count()).toBe(1);
    await dialog.getByRole('button', { name: '/shop/thanks' }).click();
    await page.getByRole('button', { name: 'Remove filter: Page is /shop/thanks' }).waitFor();
    await close();
  });
});

describe('by keyboard', () => {
  test('ranges, numbers, dialogs and the chart', async () => {
    await visits();
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    const range = page.getByRole('button', { name: 'Range of time' });
    for (const [key, name, search] of [
      ['d', 'Today', '?period=day'],
      ['w', 'Last 7 days', '?period=7d'],
      ['y', 'Last 12 months', '?period=12mo'],
      ['m', 'Last 30 days', ''],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => range.textContent()).toBe(name);
      expect(new URL(page.url()).search).toBe(search);
    }
    await page.keyboard.press('3');
    await expect.poll(() => page.locator('[data-metric="pageviews"]').getAttribute('aria-pressed')).toBe('true');

    for (const [key, name] of [
      ['f', 'Add a filter'],
      ['/', 'Pages'],
      ['?', 'Keys'],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByRole('dialog', { name }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }

    await page.locator('[data-card="tech"] .row-main', { hasText: 'Firefox' }).click();
    await page.getByRole('button', { name: 'Remove filter: Browser is Firefox' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove filter: Browser is Firefox' }).waitFor({ state: 'detached' });
    await settled(page);

    const chart = page.getByRole('slider');
    await chart.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => chart.getAttribute('aria-valuetext')).toContain(': 8 page views');
    expect(await page.locator('.reading strong').textContent()).toBe('8 page views');
    await page.keyboard.press('Enter');
    await expect.poll(() => range.textContent()).toBe('Today');
    expect(new URL(page.url()).search).toMatch(/^\?from=(\d{4}-\d\d-\d\d)&to=\1&metric=pageviews$/);
    await close();
  });

  test('Shift marks a range of the chart, Enter zooms into it', async () => {
    await visits();
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    const chart = page.getByRole('slider');
    await chart.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Shift+ArrowLeft');
    const ends = await page.locator('.chart table tbody th').allTextContents();
    const text = `${ends.at(-1)} to ${ends.at(-3)}: 0 visitors`;
    await expect.poll(() => chart.getAttribute('aria-valuetext')).toContain(text);
    await page.locator('.chart-drag').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.chart-drag').waitFor({ state: 'detached' });
    for (const key of ['End', 'Shift+ArrowLeft', 'Shift+ArrowLeft', 'Enter']) await page.keyboard.press(key);
    await page.waitForURL(/from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/);
    await settled(page);
    expect(await page.locator('.chart table tbody th').allTextContents()).toEqual(ends.slice(-3));
    await close();
  });

  test('dragging over the chart zooms', async () => {
    await visits();
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    const box = await page.getByRole('slider').boundingBox();
    if (!box) throw new Error('no chart');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.8, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.9, y, { steps: 4 });
    await page.mouse.move(box.x + box.width - 22, y, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL(/from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/);
    await expect.poll(async () => (await numbers(page)).visitors).toBe('5');
    await close();
  });
});

describe('live', () => {
  test('a visit elsewhere shows within two seconds, without a reload', async () => {
    await visits();
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    await page.evaluate(() => Object.assign(window, { stillHere: true }));
    for (const wanted of ['6', '7', '8']) {
      const sent = Date.now();
      const answer = await site.send(site.hit());
      expect(answer.status).toBe(202);
      await page.waitForFunction(
        (text) => document.querySelector('[data-metric="visitors"] .tile-value')?.textContent === text,
        wanted,
        { polling: 50, timeout: 5000 },
      );
      expect(Date.now() - sent).toBeLessThan(2000);
    }
    expect(await page.evaluate(() => 'stillHere' in window)).toBe(true);
    await expect.poll(() => page.locator('.here-now strong').textContent()).toBe('8');
    await close();
  });

  test('the first visit turns the page by itself', async () => {
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await page.getByText(`/s/${site.key}.js`).first().waitFor();
    expect(await page.locator('[data-metric]').count()).toBe(0);
    await site.send(site.hit());
    await page.waitForSelector('[data-metric="visitors"]', { timeout: 5000 });
    await expect.poll(async () => (await numbers(page)).visitors).toBe('1');
    await close();
  });
});

describe('the first paint', () => {
  test('has the last numbers, before anything is answered', async () => {
    await visits();
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    const before = [await numbers(page), await rows(page, 'sources'), await rows(page, 'places')];
    // From now on the API says nothing at all.
    await page.route('**/api/v1/**', () => new Promise(() => {}));
    await page.reload();
    await page.waitForSelector('[data-metric="visitors"] .num');
    expect([await numbers(page), await rows(page, 'sources'), await rows(page, 'places')]).toEqual(before);
    await close();
  });
});

describe('what is asked', () => {
  test('follows from the address, before the site is known, each once', async () => {
    await visits();
    const { page, close } = await signedIn(browser, owner);
    const asked: string[] = [];
    page.on('request', (request) => {
      const path = new URL(request.url()).pathname.replace('/api/v1', '');
      const body = request.method() === 'POST' ? (request.postDataJSON() as { queries?: object[] }) : {};
      asked.push(...(body.queries ?? [body]).map((one) => `${request.method()} ${path} ${JSON.stringify(one)}`));
    });
    const questions = () => asked.filter((one) => one.startsWith('POST'));
    const known = Promise.withResolvers<void>();
    await page.route(`**/api/v1/sites/${site.domain}`, async (route) => {
      await known.promise;
      await route.continue();
    });
    await page.goto(at(site, '?period=7d&filters=is:source:Google'));
    // The totals, the line and four lists; goals and recordings.
    await expect.poll(() => questions().length).toBe(8);
    expect(await page.locator('[data-metric]').count()).toBe(0);
    known.resolve();
    await settled(page);
    expect((await numbers(page)).visitors).toBe('2');
    expect(await rows(page, 'sources')).toEqual([['Google', '2']]);
    expect(questions().length).toBeGreaterThanOrEqual(8);
    expect(questions().length).toBe(new Set(questions()).size);
    await close();
  });
});

describe('when something is wrong', () => {
  test('last numbers stay, the page says what is going on and asks again', async () => {
    await visits();
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    let down = true;
    await page.route('**/api/v1/queries', (route) =>
      down
        ? route.fulfill({
            status: 503,
            contentType: 'application/problem+json',
            body: JSON.stringify({ type: 'x', title: 'x', status: 503, code: 'database_unavailable', detail: 'x' }),
          })
        : route.continue(),
    );
    await page.keyboard.press('w');
    await page.getByText('Visits are still being collected').waitFor();
    expect((await numbers(page)).visitors).toBe('5');
    expect(await page.locator('.numbers').getAttribute('aria-busy')).toBe('true');
    // Said once, and what lacks is told by each part in a word.
    expect(await page.getByText('Visits are still being collected').count()).toBe(1);
    const alert = page.getByRole('alert');
    expect(await alert.locator('strong').textContent()).toBe('The database is not answering.');
    down = false;
    await alert.getByRole('button', { name: 'Try again' }).click();
    await alert.waitFor({ state: 'detached' });
    await settled(page);
    await close();
  });

  test('where nobody fits, one card says so, and takes the filters away', async () => {
    await visits();
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site, '?filters=is:country:AQ'));
    await page.getByText('Nobody fits these filters in this range').waitFor();
    expect((await numbers(page)).visitors).toBe('0');
    expect(await page.locator('.list-panel').count()).toBe(0);
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await settled(page);
    expect(new URL(page.url()).search).toBe('');
    await close();
  });

  test('whoever is not signed in is asked to, and brought back', async () => {
    const context = await browser.newContext({ baseURL: site.owner.world.url });
    const page = await context.newPage();
    await page.goto(at(site, '?period=7d'));
    await page.waitForURL(/\/sign-in\?to=/);
    expect(new URL(page.url()).searchParams.get('to')).toBe(at(site, '?period=7d'));
    await context.close();
  });

  test('another owner’s site is not there', async () => {
    const stranger = await theWorld().owner();
    const { page, close } = await signedIn(browser, stranger);
    await page.goto(at(site));
    await page.getByText('There is no such site here').waitFor();
    await close();
  });
});
