import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StatusJson } from '../../src/contract/api.ts';
import { LIMITS } from '../../src/contract/wire.ts';
import { type Owner, ownStack, type TestSite } from '../world.ts';
import { launch } from './chromium.ts';
import { at, signedIn } from './dashboard-visit.ts';

/** "Why is my hit missing", asked by hand. On a stack of its own, whose Postgres can be made to refuse. */

let browser: Browser;
let world: Awaited<ReturnType<typeof ownStack>>;
let owner: Owner;
let site: TestSite;

beforeAll(async () => {
  [browser, world] = await Promise.all([launch(), ownStack()]);
  owner = await world.owner();
  await world.sql(`create function refuse() returns trigger language plpgsql as $$
    begin
      if new.amount = 666 then raise exception 'no such amount' using errcode = '22003'; end if;
      return new;
    end $$`);
});

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

beforeEach(async () => {
  site = await owner.site();
});

const sale = (amount: number) => site.hit({ name: 'sale', revenue: { amount, currency: 'EUR' } });
const quarantined = async () => (await owner.json<StatusJson>(`/api/v1/sites/${site.id}/status`)).quarantined;

describe('the status page', () => {
  test('counts each hit by what became of it, says why, and follows by itself', async () => {
    const { page, complaints, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await page.getByText('Visited, and still waiting?').click();
    await page.getByRole('link', { name: 'status page' }).click();
    await page.getByRole('heading', { name: 'Nothing has arrived yet' }).waitFor();
    // What stops a hit before it gets here is told without asking.
    await page.getByText('An ad blocker may have stopped it').waitFor();

    const hit = site.hit();
    await site.send([hit, site.hit()]);
    await site.send(hit);
    await site.send(site.hit({ age: 2 * LIMITS.ageMs }));
    await site.send(site.hit(), { 'sec-gpc': '1' });
    await site.send('nonsense');
    const row = (reason: string) => page.locator(`[data-reason="${reason}"]`);
    await row('malformed_json').waitFor();
    await page.getByRole('heading', { name: 'All is well' }).waitFor();
    const counted = (reason: string) => row(reason).locator('td').allTextContents();
    await expect.poll(() => counted('accepted')).toEqual(['2', '2']);
    for (const reason of ['duplicate', 'too_old', 'gpc', 'malformed_json']) {
      expect(await counted(reason), reason).toEqual(['1', '1']);
      expect((await row(reason).locator('.reason-text').textContent())?.length, reason).toBeGreaterThan(40);
    }
    const fact = (name: string) => page.locator('.facts > div', { has: page.getByText(name, { exact: true }) });
    await expect.poll(() => fact('Waiting at the edge').locator('.num').textContent()).toBe('2');
    expect(await fact('Next written').textContent()).toMatch(/in \d+ min|any moment/);

    await site.query({ metrics: ['visitors'], date_range: 'day' });
    await expect.poll(() => fact('Waiting at the edge').locator('.num').textContent(), { timeout: 15_000 }).toBe('0');
    await page.getByText('Empty. An event that Postgres refuses').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  test('what Postgres refused is read, released once the reason is gone, or dropped', async () => {
    await world.sql('create trigger refuse before insert on event for each row execute function refuse()');
    await site.send([site.hit(), sale(5), sale(666), sale(666), sale(666)]);
    await site.query({ metrics: ['visitors'], date_range: 'day' });
    const { page, complaints, close } = await signedIn(browser, owner);
    await page.goto(at(site, '/status'));
    await page.getByRole('heading', { name: '3 events need a decision' }).waitFor();
    const held = page.locator('.held');
    await expect.poll(() => held.count()).toBe(3);
    const first = await held.first().textContent();
    expect(first).toContain('sale on /');
    expect(first).toContain('666 EUR');
    expect(first).toContain('A value does not fit where it belongs. 22003: no such amount');

    // Still refused: it comes back, and the page says so.
    await held.first().getByRole('button', { name: 'Release' }).click();
    await page.getByText('Postgres refused again: still in quarantine').waitFor();
    await expect.poll(() => held.count()).toBe(3);

    await held.first().getByRole('button', { name: 'Drop' }).click();
    const dialog = page.getByRole('dialog', { name: 'Drop this event?' });
    await dialog.getByRole('button', { name: 'Drop' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => held.count()).toBe(2);

    await world.sql('drop trigger refuse on event');
    await page.getByRole('button', { name: 'Release all' }).click();
    await page.getByText('2 events released').waitFor();
    await page.getByText('Empty. An event that Postgres refuses').waitFor();
    expect(await quarantined()).toBe(0);
    const { results } = await site.query({ metrics: ['events'], date_range: 'day' });
    expect(results[0]?.metrics).toEqual([4]);
    expect(complaints).toEqual([]);
    await close();
  });

  test('looks whether the snippet is in a page, and says what arrives, and from which hosts', async () => {
    let html = '';
    const shop = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html));
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    const domain = `127.0.0.1:${(shop.address() as AddressInfo).port}`;
    const own = await owner.site({ domain });
    const { page, complaints, close } = await signedIn(browser, owner);
    await page.goto(`/sites/${own.id}/settings`);
    await page.getByRole('link', { name: 'Check the installation' }).click();
    const card = page.locator('.installation');
    await card.getByText('No visits in the last 7 days.').waitFor();
    expect(await card.getByText('None in the last 24 hours').count()).toBe(2);

    const check = card.getByRole('button', { name: 'Check a page' });
    const address = card.getByLabel('Address of a page');
    expect(await address.inputValue()).toBe(`http://${domain}/`);
    await check.click();
    await card.getByText('The page comes without the snippet').waitFor();
    html = `<script defer src="${world.url}/s/${own.key}.js"></script>`;
    await check.click();
    await card.getByText('The snippet is there, with this site’s key').waitFor();
    html = `<meta http-equiv="Content-Security-Policy" content="script-src 'none'">${html}`;
    await check.click();
    await card.getByText(`must allow ${world.url}; its script-src does not`).waitFor();
    html = html.replace(own.key, site.key);
    await check.click();
    await card.getByText('The snippet is there, but with another key').waitFor();
    await address.fill('https://elsewhere.example/');
    await check.click();
    await card.getByText(`A page on ${domain}`).waitFor();
    expect(await address.getAttribute('aria-invalid')).toBe('true');

    await own.send([own.hit(), own.hit(), own.hit({ url: 'https://copy.example/' })]);
    await own.send(own.hit(), { 'sec-gpc': '1' });
    const last = (name: string) => card.locator('.last > div', { has: page.getByText(name, { exact: true }) });
    await expect
      .poll(() => last('Last taken').textContent(), { timeout: 15_000 })
      .toMatch(/just now · Page views and events/i);
    await expect.poll(() => last('Last left out or refused').textContent()).toContain('Global Privacy Control');
    await card.getByRole('button', { name: 'Look again' }).click();
    const hosts = card.locator('tbody tr');
    await expect.poll(() => hosts.count()).toBe(2);
    await expect.poll(() => hosts.first().textContent()).toMatch(/^127\.0\.0\.12(this hour|\d\d:00–\d\d:00|\d+ \w+)$/);
    expect(await hosts.last().textContent()).toMatch(/^copy\.examplenot the site’s domain1/);
    // The browser says of each refusal that there was one.
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
    await close();
    shop.close();
  });

  test('fits a phone, and everything has a name', async () => {
    await site.send([site.hit()]);
    await site.send('nonsense');
    const reason = `54000: ${'index row size exceeds maximum '.repeat(8)}`;
    for (const event of ['{"type":"chunk"}', `{"type":"event","view":true,"page":"/${'x'.repeat(900)}"}`]) {
      await world.sql('insert into quarantine (site_id, reason, event) values ($1, $2, $3)', [site.id, reason, event]);
    }
    const { page, close } = await signedIn(browser, owner, { width: 360, height: 740, touch: true });
    await page.goto(at(site, '/status'));
    await page.locator('.held').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const heights = await page.locator('.button').evaluateAll((all) => all.map((one) => one.clientHeight + 2));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(40);
    // A piece of a recording can't be released.
    expect(await page.getByRole('button', { name: /^Release/ }).count()).toBe(1);
    await page.getByRole('button', { name: 'Drop all…' }).click();
    await page.getByRole('dialog', { name: 'Drop 2 events?' }).getByRole('button', { name: 'Drop' }).click();
    await page.getByText('Empty. An event that Postgres refuses').waitFor();
    expect(await quarantined()).toBe(0);
    await close();
  });
});
