import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type TestSite, theWorld } from '../world.ts';
import { at, signedIn } from './dashboard-visit.ts';
import { html, ownStages } from './own-stages.ts';
import { inReplay, untilReplay } from './replay-dom.ts';
import { element, forge, list, moved, snapshot, state, text } from './replay-visit.ts';

// A visit, watched as it happens: the real recorder on one side, the real player on the other.

const stages = ownStages();

/** Opens a site's recording as it happens; with a clock that can be moved, which has to be there before the page is. */
async function watch(site: TestSite, clock = false) {
  const [found] = (await list(site)).results;
  const visit = await signedIn(stages.browser, site.owner);
  if (clock) await visit.page.clock.install();
  const sockets: { close(): Promise<void> }[] = [];
  await visit.page.routeWebSocket(/\/live$/, (socket) => {
    socket.connectToServer();
    sockets.push(socket);
  });
  await visit.page.goto(at(site, `/replays/${found?.session}?t=live`));
  return { ...visit, sockets };
}

const live = (page: Page) => page.getByRole('button', { name: 'Live', exact: true });
const pressed = (page: Page) => live(page).getAttribute('aria-pressed');

test('what a visitor does is seen by who watches, from page to page; one may step back, and see what happens again', async () => {
  const made = await stages.set(
    {
      '/': html('<label>Name <input id="name"></label><p id="said">Nothing yet</p><a id="next" href="/next">Next</a>'),
      '/next': html('<h1>The next page</h1>'),
    },
    { record: 1 },
  );
  const { page } = await made.visitor();
  await page.goto(made.url);
  expect(await made.front.until(() => made.front.chunks.length > 0)).toBe(true);

  const { page: viewer, complaints, close } = await signedIn(stages.browser, made.site.owner);
  await viewer.goto(at(made.site, '/live'));
  await viewer
    .getByRole('list', { name: 'Visitors here now' })
    .getByRole('link', { name: /^Watch: / })
    .click();
  await viewer.waitForURL('**/replays/*?t=live');
  await state(viewer, 'live');
  await untilReplay(viewer, '#said', 'Nothing yet');

  const before = made.front.chunks.length;
  await page.locator('#name').pressSequentially('abcde', { delay: 50 });
  await page.evaluate("document.querySelector('#said').textContent = 'Somebody types'");
  await untilReplay(viewer, '#said', 'Somebody types');
  await expect.poll(() => inReplay(viewer, "document.querySelector('#name').value"), { timeout: 20_000 }).toBe('*****');
  expect(made.front.chunks.length).toBeGreaterThan(before);
  await page.click('#next');
  await untilReplay(viewer, 'h1', 'The next page');
  expect(await viewer.locator('.address-text').textContent()).toContain('/next');

  await viewer.keyboard.press('Home');
  await untilReplay(viewer, '#said', 'Nothing yet');
  expect(await pressed(viewer)).toBe('false');
  expect(viewer.url()).not.toContain('t=');
  await live(viewer).click();
  await untilReplay(viewer, 'h1', 'The next page');
  await state(viewer, 'live');
  expect(await pressed(viewer)).toBe('true');
  expect(viewer.url()).toContain('t=live');
  expect(complaints).toEqual([]);
  await close();
});

test('a page that somebody watches sends what happens each second, and no more often than before when nobody does', async () => {
  const { front, site, url, visitor } = await stages.set({ '/': html('<p id="p">0</p>') }, { record: 1 });
  const { page } = await visitor();
  await page.clock.install();
  await page.goto(url);
  const begun = () => page.clock.runFor(100).then(() => front.chunks.length);
  await expect.poll(begun, { timeout: 20_000 }).toBeGreaterThan(0);
  await page.clock.pauseAt(((await page.evaluate('Date.now()')) as number) + 10_000);
  let said = 0;
  const say = async () => {
    said += 1;
    await page.evaluate((n) => {
      (document.querySelector('#p') as HTMLElement).textContent = `said ${n}`;
    }, said);
    return said;
  };
  const chunkOf = (n: number) => front.chunks.findIndex(({ json }) => json.includes(`"said ${n}"`));
  /** Whether two things that happen one and a half seconds apart, by the page's clock, are sent together. */
  const together = async () => {
    const first = await say();
    await page.clock.runFor(1_500);
    const second = await say();
    await page.clock.runFor(6_000);
    expect(await front.until(() => chunkOf(second) >= 0)).toBe(true);
    return chunkOf(first) === chunkOf(second);
  };
  for (let n = 0; n < 5; n++) await together();
  expect(await together()).toBe(true);
  const { page: viewer, close } = await watch(site);
  await state(viewer, 'live');
  await expect.poll(together, { timeout: 20_000 }).toBe(false);
  await close();
  await expect.poll(together, { timeout: 20_000 }).toBe(true);
});

test('says that the connection broke, and makes up for what came meanwhile; that the visitor has gone', async () => {
  const site = await (await theWorld().owner()).site();
  const say = (n: number, words: string) => {
    const data = { source: 0, texts: [{ id: 7, value: words }], attributes: [], removes: [], adds: [] };
    return forge(site, [moved(Date.now() - 50), { type: 3, timestamp: Date.now() - 40, data }], n);
  };
  await forge(site, snapshot(Date.now() - 9_000, [], [element('h1', {}, text('Words'))]));
  const { page, sockets, close } = await watch(site, true);
  await state(page, 'live');
  await say(1, 'First words');
  await untilReplay(page, 'h1', 'First words');

  await sockets[0]?.close();
  await say(2, 'Second words');
  await page.getByText('The connection broke.').waitFor();
  await page.getByText('The connection broke.').waitFor({ state: 'detached' });
  await untilReplay(page, 'h1', 'Second words');
  await say(3, 'Third words');
  await untilReplay(page, 'h1', 'Third words');

  await page.clock.fastForward(20_000);
  await page.getByText(/^The visitor has done nothing for \d+s$/).waitFor();
  await page.clock.fastForward(100_000);
  await page.getByText('Nothing was heard for a while').waitFor();
  await state(page, 'ended');
  expect(await live(page).count()).toBe(0);
  await page.clock.fastForward(1_800_000);
  await page.getByText('The end of the visit').waitFor();
  await close();
});

test('where recordings are held back, the live page says when one can be watched', async () => {
  const recording = { seconds: 10, when: ['error'], before: 60, pages: [], countries: [] };
  const site = await (await theWorld().owner()).site({ recording });
  await site.send(site.hit());
  const { page, close } = await signedIn(stages.browser, site.owner);
  await page.goto(at(site, '/live'));
  await page
    .getByText('A visit can be watched once it has lasted 10 seconds, and one of these has happened in it: error.')
    .waitFor();
  expect(await page.getByRole('link', { name: /^Watch: / }).count()).toBe(0);
  await close();
});
