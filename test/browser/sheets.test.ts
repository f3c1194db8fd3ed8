import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { theWorld } from '../world.ts';
import { ownStages } from './own-stages.ts';
import { inReplay, untilReplay } from './replay-dom.ts';
import { element, forge, list, moved, open, sheet, snapshot, state, text } from './replay-visit.ts';
import type { Stage } from './stage.ts';

// Style sheets of recorded pages: sent once for all visitors, and put back in the player.

const RULES = Array.from({ length: 200 }, (_, n) => `.c${n} { color: rgb(1, 2, ${n}); }`).join('\n');
/** As rrweb reads it off the page, roughly: what is asserted is what is in it. */
const MARK = '.c199 { color: rgb(1, 2, 199); }';
const COLOR = "getComputedStyle(document.querySelector('h1')).color";
const UNSTYLED = 'Shown without a style sheet';
const html = (styles: string) =>
  `<!doctype html><html><head><title>Page</title>{{TAG}}${styles}</head>` +
  `<body><h1 class="c7">Styled</h1><p id="quoted"></p></body></html>`;

const stages = ownStages();

async function set(styles = `<style>${RULES}</style><style>.small { color: red }</style>`): Promise<Stage> {
  return await stages.set({ '/': html(styles), '/two': html(styles) }, { record: 1 });
}

/** Opens a page as somebody who was never here, and waits for its picture. @returns that as JSON */
async function picture({ front, url, visitor }: Stage, before: (page: Page) => Promise<unknown> = async () => {}) {
  const { page } = await visitor();
  await before(page);
  const had = front.chunks.length;
  const fresh = () => front.chunks.slice(had).find(({ envelope }) => envelope.keyframe);
  await page.goto(`${url}/`);
  expect(await front.until(() => fresh() !== undefined), 'no recording came').toBe(true);
  return { page, json: fresh()?.json ?? '' };
}

test('a style sheet is sent once, for all visitors, and named from then on', async () => {
  const made = await set();
  const { front } = made;
  const asked: string[] = [];
  const first = await picture(made, (page) =>
    page.route('**/sheets/*', (route) => {
      if (route.request().method() === 'GET') asked.push(route.request().url());
      return route.continue();
    }),
  );
  expect(front.sheets).toHaveLength(1);
  const [sent = ''] = front.sheets;
  expect(sent).toContain(MARK);
  const hash = createHash('sha256').update(sent).digest('hex');
  expect(first.json).toContain(`"_cssText":"sha256-${hash}"`);
  expect(first.json).not.toContain('.c199');
  // What is small stays where it is.
  expect(first.json).toContain('.small { color: red; }');
  const second = await picture(made);
  expect(second.json).toContain(`sha256-${hash}`);
  expect(front.sheets).toHaveLength(1);
  expect(asked).toEqual([`${front.url}/r/${made.site.key}/sheets/${hash}`]);
});

test('what the site has, a browser asks once', async () => {
  const made = await set();
  const { front } = made;
  await picture(made);
  const { page } = await picture(made);
  const gets = () => front.requests.filter(({ method }) => method === 'GET').length;
  expect(gets()).toBe(2);
  await page.goto(`${made.url}/two`);
  const two = () => front.chunks.find(({ envelope }) => envelope.keyframe && envelope.url.endsWith('/two'));
  expect(await front.until(() => two() !== undefined)).toBe(true);
  expect(two()?.json).toMatch(/"_cssText":"sha256-\w{64}"/);
  expect(gets()).toBe(2);
});

test.each<[string, (page: Page) => Promise<unknown>]>([
  [
    'without crypto.subtle, as on an insecure origin',
    (page) => page.addInitScript("Object.defineProperty(crypto, 'subtle', { value: undefined })"),
  ],
  ['when nobody answers', (page) => page.route('**/sheets/*', (route) => route.abort())],
  [
    'when the site takes no more of them',
    (page) =>
      page.route('**/sheets/*', (route) =>
        route.request().method() === 'GET'
          ? route.continue()
          : route.fulfill({ status: 429, headers: { 'access-control-allow-origin': '*' } }),
      ),
  ],
  [
    'when the answer is none',
    (page) =>
      page.route('**/sheets/*', (route) =>
        route.fulfill({
          status: 410,
          body: '{"code":"site_deleted"}',
          headers: { 'access-control-allow-origin': '*' },
        }),
      ),
  ],
])('%s a recording holds its style sheets itself', async (_, before) => {
  const made = await set();
  const { json } = await picture(made, before);
  expect(json).toContain(MARK);
  expect(json).not.toContain('sha256-');
  expect(made.front.sheets).toEqual([]);
});

test('a text that quotes a style sheet stays a text', async () => {
  const made = await set();
  const quoted = `:"${RULES.replaceAll('\n', ' ')}"`;
  await picture(made, (page) =>
    page.addInitScript((text) => {
      addEventListener('DOMContentLoaded', () => {
        const [sheet] = document.styleSheets;
        const css = [...(sheet?.cssRules ?? [])].map(({ cssText }) => cssText).join('');
        const own = document.querySelector('#quoted') as HTMLElement;
        own.textContent = `:"${css}",${text}`;
      });
    }, quoted),
  );
  const [meta, full] = made.front.chunks.find(({ envelope }) => envelope.keyframe)?.events ?? [];
  expect([meta?.type, full?.type]).toEqual([4, 2]);
  const json = JSON.stringify(full);
  expect(json).toMatch(/"_cssText":"sha256-\w{64}"/);
  expect(json).toContain('.c199');
});

test('the player puts style sheets back', async () => {
  const made = await set();
  const { page } = await picture(made);
  await page.mouse.click(5, 5);
  await page.goto('about:blank');
  expect(await made.front.until(() => made.front.chunks.length > 1)).toBe(true);
  const viewer = await open(stages.browser, made.site, (await list(made.site)).results[0]?.session ?? 0);
  await state(viewer.page, 'paused');
  await untilReplay(viewer.page, 'h1', 'Styled');
  expect(await inReplay(viewer.page, COLOR)).toBe('rgb(1, 2, 7)');
  expect(await viewer.page.locator(`text=${UNSTYLED}`).count()).toBe(0);
  expect(viewer.complaints).toEqual([]);
  await viewer.close();
});

test('the player shows a page without a style sheet that is gone, and says so', async () => {
  const site = await theWorld()
    .owner()
    .then((owner) => owner.site());
  const start = Date.now() - 60_000;
  const heading = element('h1', { style: 'color: rgb(4, 5, 6)' }, text('Bare'));
  const gone = element('style', { _cssText: `sha256-${'0'.repeat(64)}` });
  await forge(site, [...snapshot(start, [gone, gone], [heading]), moved(start + 5_000)]);
  const viewer = await open(stages.browser, site, (await list(site)).results[0]?.session ?? 0);
  await untilReplay(viewer.page, 'h1', 'Bare');
  expect(await inReplay(viewer.page, COLOR)).toBe('rgb(4, 5, 6)');
  await viewer.page.waitForSelector(`text=${UNSTYLED}`);
  await viewer.close();
});

test('a style sheet that is something else is nothing but a style sheet', async () => {
  const site = await theWorld()
    .owner()
    .then((owner) => owner.site());
  const evil = `</style><script>top.pwned = 1</script><img src="x" onerror="top.pwned = 1"><h2>Broken out</h2>
    @import 'javascript:top.pwned = 1'; h1 { color: rgb(9, 9, 9); behavior: url(javascript:top.pwned=1) } ${' '.repeat(2_000)}`;
  const start = Date.now() - 60_000;
  const style = await sheet(site, evil);
  await forge(site, [...snapshot(start, [style], [element('h1', {}, text('Whole'))]), moved(start + 5_000)]);
  const viewer = await open(stages.browser, site, (await list(site)).results[0]?.session ?? 0);
  await untilReplay(viewer.page, 'h1', 'Whole');
  expect(await inReplay(viewer.page, "document.querySelectorAll('script, img, h2').length")).toBe(0);
  expect(await viewer.page.evaluate('window.pwned')).toBeUndefined();
  await viewer.close();
});
