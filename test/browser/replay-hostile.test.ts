import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReplayDetail } from '../../src/contract/api.ts';
import { CHROME, type Owner, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { at, signedIn } from './dashboard-visit.ts';
import { inReplay, untilReplay } from './replay-dom.ts';
import { element, forge, harmed, hostile, list, moved, open, snapshot, state, text } from './replay-visit.ts';

// Recordings that mean harm, posted as any stranger can: the recorded page can do nothing, and the player goes on.

let browser: Browser;
let owner: Owner;

beforeAll(async () => {
  browser = await launch();
  owner = await theWorld().owner();
});
afterAll(() => browser.close());

test('nothing recorded ever runs: scripts, handlers, addresses that are code, frames, refreshes', async () => {
  const site = await owner.site();
  const start = Date.now() - 200_000;
  await forge(site, hostile(start));
  const visit = await signedIn(browser, owner);
  const asked: string[] = [];
  visit.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const { results } = await list(site);
  await visit.page.goto(at(site, `/replays/${results[0]?.session}`));
  await untilReplay(visit.page, '#innocent', 'Innocent');
  await state(visit.page, 'ended');
  await inReplay(
    visit.page,
    "(document.querySelector('#link').click(), document.querySelector('#form').requestSubmit())",
  );
  await visit.page.keyboard.press('Home');
  await state(visit.page, 'ended', 'paused', 'playing');
  const pwned = await harmed(visit.page);
  expect(pwned.length).toBeGreaterThan(4);
  expect(pwned).not.toContain('pwned');
  // Pictures and styles may be fetched, from where the recorded page has them; nothing else is.
  expect(asked.filter((path) => path.includes('pwned') && !/\.(png|css)$/.test(path))).toEqual([]);
  expect(asked).not.toContain('/api/v1/me');
  expect(new URL(visit.page.url()).pathname).toContain('/replays/');
  const sandboxes = await visit.page.evaluate(() => {
    const stage = document.querySelector<HTMLIFrameElement>('.stage');
    return [stage, stage?.contentDocument?.querySelector('iframe')].map((one) => one?.getAttribute('sandbox'));
  });
  expect(sandboxes).toEqual(['allow-same-origin', 'allow-same-origin']);
  await visit.close();
});

/** A tree so deep that whoever walks it by calling himself falls. */
function deep(timestamp: number): string {
  const [open, close] = ['{"type":2,"tagName":"p","id":9,"attributes":{},"childNodes":[', ']}'];
  const node = `{"type":0,"id":1,"childNodes":[${open.repeat(20_000)}${close.repeat(20_000)}]}`;
  return `[{"type":2,"timestamp":${timestamp},"data":{"node":${node},"initialOffset":{"top":0,"left":0}}}]`;
}

test('chunks that aren’t what they say are passed over and told of: no gzip, no JSON, no events, without end, or too deep', async () => {
  const site = await owner.site();
  const start = Date.now() - 200_000;
  await forge(site, [...snapshot(start, [], [element('h1', {}, text('Before'))]), moved(start + 900)]);
  const odd: (string | Buffer)[] = [
    Buffer.concat([gzipSync('[]').subarray(0, 12), Buffer.from('torn')]),
    '[{"type":',
    '{"type":2}',
    '[null,7,{"type":"2","timestamp":"x"},{"type":3,"timestamp":1e999,"data":{}}]',
    `[${' '.repeat(50_000_000)}]`,
    deep(start + 6_000),
  ];
  for (const [i, body] of odd.entries()) {
    const from = start + 1_000 * (i + 1);
    const packed = typeof body === 'string' ? gzipSync(body) : body;
    await forge(
      site,
      [],
      i + 1,
      7,
      { from, to: from + 500, events: 1, keyframe: i === odd.length - 1 },
      CHROME,
      packed,
    );
  }
  const after = snapshot(start + 9_000, [], [element('h1', {}, text('After'))]);
  await forge(site, [...after, moved(start + 9_500)], odd.length + 1);
  const session = (await list(site)).results[0]?.session ?? 0;
  const { page, close } = await open(browser, site, session, { calm: false, skip: false, speed: 4 });
  await untilReplay(page, 'h1', 'Before');
  await page.waitForSelector('.note.bad:has-text("never arrived")');
  await untilReplay(page, 'h1', 'After');
  await state(page, 'ended');
  expect(await page.locator('.timebar-cut[data-why="lost"]').count()).toBeGreaterThan(0);
  await close();
});

test('a recording’s styles reach its own picture alone, tell nobody who watches, and load from where the owner allows', async () => {
  const site = await owner.site();
  const start = Date.now() - 200_000;
  const css = `body, .player, .address { background: url(http://styles.test/seen.png) !important }
    .player, .address { display: none } @import url(http://styles.test/more.css);`;
  const picture = element('img', { src: 'http://pictures.test/square.png' });
  await forge(site, [
    ...snapshot(start, [element('style', { _cssText: css })], [element('h1', {}, text('Styled')), picture]),
    moved(start + 900),
  ]);
  const session = (await list(site)).results[0]?.session ?? 0;
  const visit = await signedIn(browser, owner);
  const asked: string[] = [];
  for (const host of ['styles.test', 'pictures.test'])
    await visit.context.route(`http://${host}/**`, async (route) => {
      const { cookie, referer, origin } = await route.request().allHeaders();
      // Chromium names the origin of who loads what a style sheet asks for; nothing of the page.
      asked.push([host, cookie, new URL(referer ?? 'about:/').pathname.slice(1), origin].join(' ').trim());
      await route.fulfill({ status: 404 });
    });
  const look = async () => {
    asked.splice(0);
    await visit.page.goto(at(site, `/replays/${session}`));
    await untilReplay(visit.page, 'h1', 'Styled');
    await state(visit.page, 'ended');
    expect(await visit.page.locator('.player .address').isVisible()).toBe(true);
    return [...new Set(asked)].sort();
  };
  expect(await look()).toEqual(['pictures.test', 'styles.test']);
  await owner.json(`/api/v1/sites/${site.id}`, { method: 'PATCH', json: { picture_hosts: ['pictures.test'] } });
  // What the browser still knows of the recording may be older.
  await visit.page.evaluate('sessionStorage.clear()');
  expect(await look()).toEqual(['pictures.test']);
  await visit.close();
});

test('a chunk is nobody’s but its own recording’s', async () => {
  const [one, other] = [await owner.site(), await owner.site()];
  const start = Date.now() - 200_000;
  await forge(one, [...snapshot(start, [], [element('h1', {}, text('One'))]), moved(start + 900)]);
  await forge(other, [...snapshot(start, [], [element('h1', {}, text('Other'))]), moved(start + 900)], 0, 8);
  const [mine, theirs] = [(await list(one)).results[0]?.session, (await list(other)).results[0]?.session];
  const status = async (site: number, session: number | undefined, stream: number) =>
    (await owner.api(`/api/v1/sites/${site}/replays/${session}/chunks/${stream}/0`)).status;
  expect(await status(one.id, mine, 7)).toBe(200);
  expect(await status(one.id, mine, 8)).toBe(404);
  expect(await status(one.id, theirs, 8)).toBe(404);
  const { chunks } = await owner.json<ReplayDetail>(`/api/v1/sites/${one.id}/replays/${mine}`);
  expect(chunks.map(({ stream }) => stream)).toEqual([7]);
});
