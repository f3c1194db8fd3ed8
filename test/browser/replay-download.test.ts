import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Owner, type TestSite, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { inReplay, untilReplay } from './replay-dom.ts';
import { element, forge, harmed, hostile, list, moved, open, sheet, snapshot, state, text } from './replay-visit.ts';

// A recording as one file: opened from the disk, with no network, it plays; and what was recorded can do nothing there either.

let browser: Browser;
let owner: Owner;
let folder: string;

beforeAll(async () => {
  browser = await launch();
  owner = await theWorld().owner();
  folder = mkdtempSync(join(tmpdir(), 'footfall-saved-'));
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Downloads the site's recording and opens the file. */
async function downloaded(site: TestSite, { offline = true, german = false } = {}) {
  const session = (await list(site)).results[0]?.session ?? 0;
  const visit = await open(browser, site, session);
  await state(visit.page, 'paused', 'ended');
  if (german) {
    await visit.page.evaluate(() => localStorage.setItem('footfall.language', 'de'));
    await visit.page.reload();
    await state(visit.page, 'paused', 'ended');
  }
  await visit.page.getByRole('button', { name: german ? 'Mehr' : 'More' }).click();
  const [saved] = await Promise.all([
    visit.page.waitForEvent('download'),
    visit.page.getByRole('menuitem', { name: german ? 'herunterladen' : 'Download' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe(`${site.domain}-${session}.html`);
  const path = join(folder, saved.suggestedFilename());
  await saved.saveAs(path);
  await visit.close();

  const context = await browser.newContext({ reducedMotion: 'reduce', offline });
  const page = await context.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const address = pathToFileURL(path).href;
  await page.goto(address);
  const refused = new Set<string>();
  page.on('requestfailed', (request) => request.failure()?.errorText === 'csp' && refused.add(request.url()));
  const own = (url: string) => url === address || /^(data|blob|about):/.test(url);
  /** What was asked for besides, and not refused by the file's own policy. */
  const elsewhere = () => asked.filter((url) => !own(url) && !refused.has(url));
  return { page, path, complaints, elsewhere, close: () => context.close() };
}

const onDisk = (page: Page) => new URL(page.url()).protocol;

test('plays from the disk, every page of it, with its story', async () => {
  const site = await owner.site();
  const hit = site.hit({ visitor: 11, session: 12, url: `https://${site.domain}/first` });
  await site.send(hit);
  const start = Date.now() - 90_000;
  const apart = await sheet(site, `h1 { color: rgb(3, 2, 1) } ${' '.repeat(2_000)}`);
  await forge(site, [
    ...snapshot(start, [], [element('h1', {}, text('One </script> & $& "two"'))]),
    moved(start + 900),
  ]);
  await forge(site, [moved(start + 2_000), moved(start + 3_000)], 1);
  await forge(
    site,
    [...snapshot(start + 4_000, [apart], [element('h1', {}, text('Next'))]), moved(start + 5_000)],
    0,
    8,
  );
  const { page, complaints, elsewhere, close } = await downloaded(site);
  await untilReplay(page, 'h1', 'One </script> & $& "two"');
  expect(await page.textContent('.player-domain')).toBe(site.domain);
  await page.waitForSelector('.story-line[data-kind="page"]:has-text("/first")');
  await page.keyboard.press('End');
  await untilReplay(page, 'h1', 'Next');
  expect(await inReplay(page, "getComputedStyle(document.querySelector('h1')).color")).toBe('rgb(3, 2, 1)');
  await page.keyboard.press('Home');
  await untilReplay(page, 'h1', 'One');
  await page.click('button[aria-label="Play"]');
  await state(page, 'ended');
  await page.getByRole('button', { name: 'More' }).click();
  expect(await page.locator('.menu:popover-open .menu-item').allTextContents()).toEqual(['Keyboard shortcuts?']);
  expect([complaints, elsewhere()]).toEqual([[], []]);
  await close();
});

test('speaks the language of who downloaded it, not of who opens it', async () => {
  const site = await owner.site();
  const start = Date.now() - 60_000;
  await forge(site, [...snapshot(start, [], [element('p', {}, text('Innocent'))]), moved(start + 900)]);
  const { page, complaints, elsewhere, close } = await downloaded(site, { german: true });
  await untilReplay(page, 'p', 'Innocent');
  expect(await page.getAttribute('html', 'lang')).toBe('de');
  expect(await page.title()).toBe(`${site.domain} · Aufzeichnung`);
  expect(await page.textContent('.player-place')).toMatch(/^Aufgezeichnet: /);
  expect(await page.evaluate(() => localStorage.getItem('footfall.language'))).toBeNull();
  expect([complaints, elsewhere()]).toEqual([[], []]);
  await close();
});

test('holds what was recorded as harmless as the dashboard does, and asks nobody for anything', async () => {
  const site = await owner.site();
  await forge(site, hostile(Date.now() - 60_000));
  const { page, path, elsewhere, close } = await downloaded(site);
  await untilReplay(page, '#innocent', 'Innocent');
  await page.keyboard.press('End');
  await state(page, 'paused');
  await inReplay(page, "(document.querySelector('#link').click(), document.querySelector('#form').requestSubmit())");
  await page.keyboard.press('Home');
  await state(page, 'paused');
  const said = await harmed(page);
  expect(said.length).toBeGreaterThan(2);
  expect(said).not.toContain('pwned');
  expect(elsewhere()).toEqual([]);
  expect(onDisk(page)).toBe('file:');
  const sandboxes = await page.evaluate(() => {
    const stage = document.querySelector<HTMLIFrameElement>('.stage');
    return [stage, stage?.contentDocument?.querySelector('iframe')].map((one) => one?.getAttribute('sandbox'));
  });
  expect(sandboxes).toEqual(['allow-same-origin', 'allow-same-origin']);
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(readFileSync(path, 'utf8'))?.[1]?.split('; ');
  expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", 'img-src data: blob:', "form-action 'none'"]));
  expect(policy?.filter((rule) => rule.startsWith('script-src'))).toEqual([
    expect.stringMatching(/'sha256-[\w+/=]+'$/),
  ]);
  await close();
});

test('tells nobody that it is opened: no picture, style, font or connection of the recorded page’s', async () => {
  const seen = { opened: 0, connections: 0 };
  const server = createServer((_, answer) => {
    seen.opened += 1;
    answer.end();
  });
  server.on('connection', () => {
    seen.connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const to = (name: string) => `${origin}/${name}`;
  const css = `@import "${to('a.css')}"; @font-face { font-family: f; src: url(${to('f.woff2')}) } p { font-family: f; background: url(${to('b.png')}) }`;
  const link = (rel: string, more: Record<string, string> = {}) => element('link', { rel, href: to(rel), ...more });
  const head = [
    element('style', {}, text(css)),
    ...[link('stylesheet'), link('preload', { as: 'image' }), link('modulepreload'), link('prefetch'), link('icon')],
    ...[link('preconnect'), link('dns-prefetch'), link('manifest'), link('prerender')],
    element('meta', { 'http-equiv': 'refresh', content: `0;url=${to('refresh')}` }),
  ];
  const body = [
    element('img', { src: to('i.png'), srcset: `${to('i2.png')} 2x` }),
    element('picture', {}, element('source', { srcset: to('s.png') }), element('img', { src: to('p.png') })),
    element('video', { src: to('v.mp4'), poster: to('v.png'), autoplay: true }),
    element('audio', { src: to('a.mp3'), autoplay: true, preload: 'auto' }),
    element('svg', {}, element('image', { href: to('svg.png') }), element('use', { href: to('u.svg#a') })),
    element('input', { type: 'image', src: to('input.png') }),
    element('iframe', { src: to('frame') }),
    element('object', { data: to('object') }),
    element('embed', { src: to('embed') }),
    element('div', { style: `background-image: url(${to('style.png')})` }, text('Styled')),
    element('p', {}, text('Innocent')),
  ];
  const site = await owner.site();
  const start = Date.now() - 60_000;
  await forge(site, [...snapshot(start, head, body), moved(start + 900)]);
  const { page, close } = await downloaded(site, { offline: false });
  // In the dashboard its pictures are shown, from where they are.
  expect(seen.opened).toBeGreaterThan(3);
  server.closeAllConnections();
  Object.assign(seen, { opened: 0, connections: 0 });
  await page.reload();
  await untilReplay(page, 'p', 'Innocent');
  await page.keyboard.press('End');
  await state(page, 'paused');
  await page.waitForLoadState('networkidle');
  expect(seen).toEqual({ opened: 0, connections: 0 });
  await close();
  server.close();
});
