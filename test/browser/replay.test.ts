import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Demo, serveDemo } from '../../local/demo.ts';
import type { ReplayDetail } from '../../src/contract/api.ts';
import { type Owner, type TestSite, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { Front } from './front.ts';
import { domOf, inReplay, replayedDom, untilReplay } from './replay-dom.ts';
import { only, open, state } from './replay-visit.ts';

// A visit to the demo shop, recorded by the real recorder through the real stack, and played in the real viewer.

/** How the page was at a moment of the visit. */
interface Moment {
  time: number;
  url: string;
  dom: string[];
  scroll: number;
}

/** Requests for a chunk, alone or in a run. */
const asksFor = (chunk: ReplayDetail['chunks'][number] | undefined) => (url: URL) => {
  const [, stream, n] = /\/chunks\/(\d+)\/(\d+)$/.exec(url.pathname)?.map(Number) ?? [];
  const after = (chunk?.n ?? 0) - (n ?? Number.NaN);
  return stream === chunk?.stream && after >= 0 && after < Number(url.searchParams.get('count') ?? 1);
};

let browser: Browser;
let owner: Owner;

beforeAll(async () => {
  browser = await launch();
  owner = await theWorld().owner();
});
afterAll(() => browser.close());

describe('a visit to the shop', () => {
  let front: Front;
  let shop: Demo;
  let site: TestSite;
  let recording: ReplayDetail;
  const moments: Record<string, Moment> = {};

  const remember = async (page: Page, name: string) => {
    const [dom, time, scroll] = [await domOf(page), await page.evaluate('Date.now()'), await page.evaluate('scrollY')];
    moments[name] = { dom, time: time as number, scroll: scroll as number, url: page.url() };
  };
  const moment = (name: string) => moments[name] as Moment;
  /** A moment as seconds of the recording. */
  const seconds = (name: string) => {
    const skew = Math.min(...recording.chunks.map((chunk) => chunk.skew));
    const from = Math.min(...recording.chunks.map((chunk) => chunk.from - chunk.skew));
    expect(skew).toBeLessThan(1_000);
    return (moment(name).time - from + 5) / 1000;
  };

  beforeAll(async () => {
    site = await owner.site({ record: 1 });
    front = await new Front(owner.world.url).open();
    shop = await serveDemo({ host: front.url, key: site.key }, 0);
    const context = await browser.newContext({ viewport: { width: 1100, height: 700 } });
    const page = await context.newPage();
    const recorded = (path: string) =>
      front.until(() => front.chunks.some(({ envelope }) => envelope.keyframe && envelope.url.endsWith(path)));

    await page.goto(shop.url);
    expect(await recorded('/')).toBe(true);
    await page.fill('#search', 'cocoa');
    await page.mouse.wheel(0, 400);
    await page.waitForFunction('scrollY > 300');
    expect(await front.until(() => front.hits.some(({ name }) => name === 'search'))).toBe(true);
    await page.click('h3 a[href="/coffee/harbour-blend/"]');
    expect(await recorded('/coffee/harbour-blend/')).toBe(true);
    await page.click('#add-to-cart');
    await page.waitForSelector('.added:not([hidden])');
    await page.click('#check-stock');
    await page.click('main [data-open="shipping"], footer [data-open="shipping"]');
    await page.waitForSelector('dialog[open]');
    await remember(page, 'dialog');
    await page.click('dialog[open] button[value="close"]');
    for (let i = 0; i < 4; i++) await page.click('#save-for-later');
    await page.click('a.basket');
    expect(await recorded('/cart/')).toBe(true);
    await page.waitForSelector('#to-checkout');
    await remember(page, 'cart');
    await page.click('#to-checkout');
    expect(await recorded('/checkout/')).toBe(true);
    await page.fill('#name', 'Somebody Secret');
    await page.fill('#password', 'hunter2hunter2');
    await remember(page, 'checkout');
    await page.click('nav a[href="/app/"]');
    expect(await recorded('/app/')).toBe(true);
    await page.click('[data-view="espresso"]');
    await page.waitForSelector('h1:text("Espresso")');
    await remember(page, 'end');
    expect(await front.until(() => front.hits.some(({ url }) => url.endsWith('/app/espresso')))).toBe(true);
    await page.goto('about:blank');
    const left = () => front.chunks.some(({ events }) => events.some(({ data }) => data.tag === 'navigation'));
    expect(await front.until(left)).toBe(true);
    await context.close();
    recording = await only(site);
  });
  afterAll(async () => {
    await shop.close();
    front.close();
  });

  test('at its end the picture is the page as it was, and nothing was complained of', async () => {
    const { page, complaints, close } = await open(browser, site, recording.session);
    await state(page, 'paused');
    await page.keyboard.press('End');
    await untilReplay(page, 'h1', 'Espresso');
    expect(await replayedDom(page, moment('end').url)).toEqual(moment('end').dom);
    await expect.poll(() => page.textContent('.address-text')).toBe(moment('end').url.replace('http://', ''));
    expect(complaints).toEqual([]);
    await close();
  });

  test.each(['dialog', 'cart'])('a link to a moment shows that moment: %s', async (name) => {
    const { page, close } = await open(browser, site, recording.session, { t: seconds(name) });
    await state(page, 'paused');
    expect(await replayedDom(page, moment(name).url)).toEqual(moment(name).dom);
    expect(await inReplay(page, 'document.defaultView.scrollY')).toBe(moment(name).scroll);
    if (name === 'dialog') expect(await inReplay(page, "document.querySelector('dialog:modal') !== null")).toBe(true);
    await close();
  });

  test('forward and back again is the same picture', async () => {
    const { page, close } = await open(browser, site, recording.session, { t: seconds('cart') });
    await state(page, 'paused');
    const cart = await replayedDom(page, moment('cart').url);
    await page.keyboard.press('End');
    await untilReplay(page, 'h1', 'Espresso');
    await page.click('.story-line[data-kind="page"]:has-text("/cart/")');
    await untilReplay(page, '#to-checkout');
    expect(await replayedDom(page, moment('cart').url)).toEqual(cart);
    await page.keyboard.press('Home');
    await untilReplay(page, '.hero');
    await page.keyboard.press('End');
    await untilReplay(page, 'h1', 'Espresso');
    expect(await replayedDom(page, moment('end').url)).toEqual(moment('end').dom);
    await close();
  });

  test('its story tells pages, events, clicks, errors and friction, and each line is a jump', async () => {
    const { page, close } = await open(browser, site, recording.session);
    await state(page, 'paused');
    const lines = page.locator('.story-line');
    const told = async (kind: string) =>
      (await page.locator(`.story-line[data-kind="${kind}"] .story-text`).allTextContents()).map((text) => text.trim());
    await page.waitForSelector('.story-line[data-kind="rage_click"]');
    expect(await told('page')).toEqual([
      '/',
      '/coffee/harbour-blend/',
      '/cart/',
      '/checkout/',
      '/app/',
      '/app/espresso',
    ]);
    expect((await told('event')).join()).toMatch(/^search.*results 1.*add-to-cart.*product harbour-blend/);
    await page.waitForFunction(
      () => document.querySelectorAll('.story-line[data-kind="click"]').length >= 8,
      undefined,
      { timeout: 20_000 },
    );
    expect(await told('click')).toEqual(
      expect.arrayContaining([expect.stringContaining('Add to cart'), expect.stringContaining('4 clicks')]),
    );
    expect(await told('error')).toEqual([expect.stringContaining('The stock service does not answer')]);
    expect(await told('rage_click')).toHaveLength(1);
    expect(recording).toMatchObject({ errors: 1, rage_clicks: 1 });

    await lines.filter({ hasText: '/checkout/' }).click();
    await untilReplay(page, '#password');
    expect(new URL(page.url()).searchParams.get('t')).toBeTruthy();
    expect(await lines.filter({ hasText: '/checkout/' }).getAttribute('aria-current')).toBe('step');
    await close();
  });

  test('what was typed is stars on the way, and stars in the picture', async () => {
    expect(front.bodies.join()).not.toContain('hunter2');
    expect(front.bodies.join()).not.toContain('Secret');
    const { page, close } = await open(browser, site, recording.session, { t: seconds('checkout') });
    await state(page, 'paused');
    expect(await inReplay(page, "document.querySelector('#name').value")).toBe('*'.repeat('Somebody Secret'.length));
    // A password is not told of at all.
    expect(await inReplay(page, "document.querySelector('#password').value")).toBe('');
    await close();
  });

  test('plays before its last chunk has come, waits for that one, and goes on', async () => {
    // After it, that the page went on within itself is told alone.
    const told = recording.chunks.filter(({ events }) => events > 1);
    const last = told.reduce((a, b) => (b.from > a.from ? b : a));
    const { page, close } = await open(browser, site, recording.session, { calm: true });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(asksFor(last), async (route) => {
      // It alone is late: the others of a run come by themselves.
      if (route.request().url().includes('count=')) return route.fulfill({ status: 404 });
      await held;
      await route.continue();
    });
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await page.reload();
    await state(page, 'playing');
    await untilReplay(page, '.hero');
    for (let i = 0; i < 3; i++) await page.keyboard.press('>');
    await untilReplay(page, '.methods');
    // By its speed it may have leapt to where that one is wanted.
    await state(page, 'waiting', 'opening');
    expect(await inReplay(page, "document.querySelector('h1')?.textContent")).toBe('Brew guide');
    release();
    // So soon after the visit it may be going on.
    await state(page, 'ended', 'live');
    expect(await replayedDom(page, moment('end').url)).toEqual(moment('end').dom);
    await close();
  });

  test('a chunk that is gone is told of and passed over', async () => {
    const [, second] = recording.chunks.filter(({ url }) => url.endsWith('/harbour-blend/'));
    const visit = await open(browser, site, recording.session);
    await visit.page.route(asksFor(second), (route) => route.fulfill({ status: 404 }));
    await visit.page.reload();
    await state(visit.page, 'paused');
    await visit.page.waitForSelector('.story-line[data-kind="lost"]');
    await visit.page.keyboard.press('End');
    await untilReplay(visit.page, 'h1', 'Espresso');
    expect(await replayedDom(visit.page, moment('end').url)).toEqual(moment('end').dom);
    await visit.close();
  });
});
