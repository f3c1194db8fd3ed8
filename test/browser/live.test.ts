import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Hit } from '../../src/contract/wire.ts';
import { CHROME, type Owner, type TestSite, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { at, signedIn } from './dashboard-visit.ts';

/** Who is here now, and what they do, as they do it. */

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
  site = await owner.site({ timezone: 'Asia/Tokyo' });
});

const view = (visitor: number, path: string, more: Partial<Hit> = {}) =>
  site.hit({ visitor, session: visitor, url: `https://${site.domain}${path}`, ...more });

/** The first piece of a visitor's recording. */
function record(visitor: number): Promise<Response> {
  const now = Date.now();
  const envelope = {
    ...{ visitor, session: visitor, stream: 5, n: 0, events: 1, keyframe: true },
    ...{ from: now - 900, to: now - 100, sent: now, url: `https://${site.domain}/` },
  };
  const events = [{ type: 4, timestamp: now - 900, data: { href: envelope.url, width: 800, height: 600 } }];
  const body = Buffer.concat([Buffer.from(`${JSON.stringify(envelope)}\n`), gzipSync(JSON.stringify(events))]);
  return owner.world.fetch(`/r/${site.key}`, { method: 'POST', headers: { 'user-agent': CHROME }, body });
}

const facet = (page: Page, id: string) =>
  page
    .locator(`[data-facet="${id}"] .row-main`)
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('.row-name, .num')].map((e) => e.textContent)));
const stream = (page: Page) => page.locator('.stream .live-row .live-strong').allTextContents();

describe('the live page', () => {
  test('is opened from who is here now; shows them by page, source and country, and what comes', async () => {
    await site.send(view(1, '/'));
    const { page, complaints, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await page.getByRole('link', { name: '1 here now' }).click();
    await page.waitForURL('**/live');
    await expect.poll(() => facet(page, 'page')).toEqual([['/', '1']]);
    await expect.poll(() => stream(page)).toEqual(['/']);

    const google = { referrer: 'https://www.google.com/' };
    await site.send([view(2, '/shop', google), view(3, '/shop', google)]);
    await site.send(view(2, '/shop', { name: 'signup' }));
    await expect.poll(() => page.locator('.live-count strong').textContent()).toBe('3');
    await expect.poll(() => stream(page)).toEqual(['signupon /shop', '/shop', '/shop', '/']);
    expect(await facet(page, 'page')).toEqual([
      ['/shop', '2'],
      ['/', '1'],
    ]);
    expect(await facet(page, 'source')).toEqual([
      ['Google', '2'],
      ['Direct / None', '1'],
    ]);

    await page.locator('[data-facet="source"]').getByRole('button', { name: 'Google' }).click();
    await expect.poll(() => page.locator('.live-count strong').textContent()).toBe('2');
    expect(page.url()).toContain('?source=Google');
    expect(await stream(page)).toEqual(['signupon /shop', '/shop', '/shop']);
    expect(await facet(page, 'page')).toEqual([['/shop', '2']]);
    await page.getByRole('button', { name: 'Remove filter: Source is Google' }).click();
    await expect.poll(() => page.locator('.live-count strong').textContent()).toBe('3');
    expect(complaints).toEqual([]);
    await close();
  });

  test('holds still while somebody points at it, and goes on', async () => {
    await site.send(view(1, '/'));
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site, '/live'));
    await page.locator('.stream .live-row').hover();
    await site.send([view(1, '/a'), view(2, '/b')]);
    await page.getByText('Paused · 2 new').waitFor();
    expect(await stream(page)).toEqual(['/']);
    await page.mouse.move(5, 5);
    await expect.poll(() => stream(page)).toHaveLength(3);

    // Without a mouse there is a button.
    await page.getByRole('button', { name: 'Pause' }).click();
    await site.send(view(3, '/c'));
    await page.getByText('Paused · 1 new').waitFor();
    expect(await stream(page)).toHaveLength(3);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => stream(page)).toHaveLength(4);
    await close();
  });

  test('to watch somebody is one click away, from the visitor and from what the visitor did', async () => {
    await site.send([view(1, '/'), view(2, '/unseen')]);
    expect((await record(1)).status).toBe(202);
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site, '/live'));
    const links = page.getByRole('link', { name: /^Watch: / });
    await expect.poll(() => links.count()).toBe(2);
    await page.locator('.stream').getByRole('link', { name: 'Watch: pageview on /' }).click();
    await page.waitForURL('**/replays/*?t=live');
    await close();
  });

  test('a connection that is back at once was never lost to whoever looks', async () => {
    const { page, close } = await signedIn(browser, owner);
    await page.clock.install();
    const sockets: { close(): Promise<void> }[] = [];
    await page.routeWebSocket(/\/live$/, (socket) => {
      socket.connectToServer();
      sockets.push(socket);
    });
    await page.goto(at(site, '/live'));
    await page.getByText('Nobody is here right now').waitFor();
    await page.clock.pauseAt(Date.now() + 1_000);
    await sockets[0]?.close();
    await expect
      .poll(async () => {
        await page.clock.runFor(100);
        return sockets.length;
      })
      .toBe(2);
    await site.send(view(1, '/back'));
    await expect.poll(() => stream(page)).toEqual(['/back']);
    await page.clock.runFor(10_000);
    expect(await page.locator('.banner').count()).toBe(0);
    await close();
  });

  test('says that nobody is here, and that a connection broke; fits a phone; keeps calm where that is asked for', async () => {
    const { page, close } = await signedIn(browser, owner, { width: 360, height: 740, touch: true });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const sockets: { close(): Promise<void> }[] = [];
    let away = true;
    await page.routeWebSocket(/\/live$/, (socket) => {
      sockets.push(socket);
      if (away) void socket.close();
      else socket.connectToServer();
    });
    await page.goto(at(site, '/live'));
    await page.getByText('No connection').waitFor();
    away = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Nobody is here right now').waitFor();
    await site.send(Array.from({ length: 40 }, (_, i) => view(i + 1, `/${'long-'.repeat(40)}${i}`)));
    await expect.poll(() => stream(page)).toHaveLength(40);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const animation = await page
      .locator('.stream .live-row')
      .first()
      .evaluate((row) => getComputedStyle(row).animationName);
    expect(animation).toBe('none');
    away = true;
    await sockets.at(-1)?.close();
    await page.getByText('Connection lost.').waitFor();
    expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(0);
    away = false;
    // Opened again by itself; what was told before is not told twice.
    await page.getByText('Connection lost.').waitFor({ state: 'detached' });
    expect(await stream(page)).toHaveLength(40);
    await close();
  });
});
