import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type {} from '../../snippet/lib/footfall.ts';
import { RECORDING, type Recording } from '../../src/contract/wire.ts';
import type { Front } from './front.ts';
import { html, ownStages } from './own-stages.ts';
import type { Stage } from './stage.ts';

// Which visits are recorded, and from when on.

const stages = ownStages();

/** A page whose recorder has begun, with a clock that the test moves. */
async function set(recording: Partial<Recording>, body = '<p>Hello</p>', path = '/'): Promise<Stage & { page: Page }> {
  const files = { '/': html(body), '/two': html('<p>Two</p>'), '/shop/cart': html('<p>Cart</p>') };
  const made = await stages.set(files, { record: 1, recording: { ...RECORDING, ...recording } });
  const { page } = await made.visitor();
  await page.clock.install();
  await page.goto(made.url + path);
  await begun(page);
  return { ...made, page };
}

/** The recorder is there. */
const begun = (page: Page) =>
  page.waitForFunction(() => (window.footfall as unknown as { record?: unknown } | undefined)?.record);

/** What the page sent until now has arrived, and time has passed in it. */
async function later(front: Front, page: Page, time: string): Promise<void> {
  await page.clock.fastForward(time);
  const before = front.hits.length;
  await page.evaluate(() => window.footfall?.('later'));
  await front.until(() => front.hits.length > before);
}

const write = (page: Page, text: string) => page.evaluate((text) => document.body.append(text), text);
const has = (front: Front, text: string) => front.bodies.some((body) => body.includes(text));
const numbers = (front: Front) => front.chunks.map(({ envelope }) => envelope.n);

test('a visit that is too short costs no request; one that lasts is recorded from its beginning, over its pages', async () => {
  const { front, url, page } = await set({ seconds: 20 });
  await write(page, 'on the first page');
  await later(front, page, '00:12');
  await page.goto(`${url}/two`);
  await begun(page);
  await write(page, 'on the second page');
  await later(front, page, '00:06');
  expect(front.chunks).toEqual([]);
  await page.clock.fastForward('00:05');
  expect(await front.until(() => has(front, 'on the second page'))).toBe(true);
  expect(numbers(front)).toEqual(front.chunks.map((_, i) => i));
  expect(front.chunks[0]?.envelope.keyframe).toBe(true);
});

test('what is wanted when something happens begins then, with the last part of what came before', async () => {
  const { front, url, page } = await set(
    { when: ['error'], before: 30 },
    '<button onclick="throw new Error(1)">Go</button>',
  );
  await write(page, 'long ago');
  for (let n = 0; n < 4; n++) {
    await later(front, page, '00:31');
    await write(page, `part ${n}.`);
  }
  await later(front, page, '00:06');
  await page.evaluate(() => window.footfall?.('signup'));
  expect(front.chunks).toEqual([]);
  await page.click('button');
  expect(await front.until(() => has(front, 'part 3.'))).toBe(true);
  await front.until(() => front.chunks.some(({ envelope }) => envelope.signals?.errors));
  expect(numbers(front)).toEqual(front.chunks.map((_, i) => i));
  expect(front.chunks[0]?.envelope.keyframe).toBe(true);
  // What was long ago is in the picture that the part begins with, but not as it happened.
  const [first] = front.chunks;
  expect(Number(front.chunks.at(-1)?.envelope.to) - Number(first?.envelope.from)).toBeLessThan(75_000);
  // The next page of the visit waits for nothing.
  await page.goto(`${url}/two`);
  expect(await front.until(() => front.chunks.some(({ envelope }) => envelope.url === `${url}/two`))).toBe(true);
});

test.each([
  ['an event of that name', ['event:signup'], () => window.footfall?.('signup')],
  ['any event', ['event'], () => window.footfall?.('something')],
  ['the page asks for it', ['error'], () => (window.footfall as unknown as { record(): void }).record()],
])('%s begins a recording', async (_what, when, happen) => {
  const { front, page } = await set({ when });
  await later(front, page, '00:06').then(() => undefined);
  if (!when.includes('event')) expect(front.chunks).toEqual([]);
  await page.evaluate(happen);
  expect(await front.until(() => front.chunks.length > 0)).toBe(true);
  expect(front.chunks[0]?.envelope).toMatchObject({ n: 0, keyframe: true });
});

test('only the pages that are wanted are recorded, within an application, too', async () => {
  const { front, url, page } = await set({ pages: ['/shop/**'] });
  await write(page, 'outside');
  await page.evaluate(() => history.pushState({}, '', '/shop/cart'));
  await page.clock.fastForward('00:01');
  expect(await front.until(() => front.chunks.length > 0)).toBe(true);
  await write(page, 'inside');
  await later(front, page, '00:06');
  expect(await front.until(() => has(front, 'inside'))).toBe(true);
  await page.evaluate(() => {
    history.pushState({}, '', '/elsewhere');
    document.body.append('outside again, at once');
  });
  await later(front, page, '00:01');
  await write(page, 'outside again');
  await page.goto(`${url}/shop/cart`);
  expect(await front.until(() => has(front, 'Cart'))).toBe(true);
  expect(has(front, 'outside again')).toBe(false);
  expect(front.chunks.every(({ envelope }) => envelope.url.startsWith(`${url}/shop/`))).toBe(true);
});
