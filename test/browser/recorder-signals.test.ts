import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Signals } from '../../src/contract/wire.ts';
import type { Front, ReceivedChunk } from './front.ts';
import { html, ownStages } from './own-stages.ts';
import type { Stage } from './stage.ts';

// What the recorder finds out about a visit beside clicks and errors (`recorder.test.ts` has those).

const stages = ownStages();

async function set(files: Record<string, string>): Promise<Stage & { page: Page }> {
  const made = await stages.set(files, { record: 1 });
  const { page } = await made.visitor();
  await page.goto(`${made.url}/`);
  expect(await pictures(made.front, 1)).toBe(true);
  return { ...made, page };
}

/** Waits until so many pages, or parts of one, have been recorded. */
const pictures = (front: Front, n: number) =>
  front.until(() => new Set(front.chunks.map(({ envelope }) => envelope.stream)).size >= n);

/** A chunk that was on its way when the page was left may have been sent once more: it counts once. */
const chunksOf = (front: Front): ReceivedChunk[] => [
  ...new Map(front.chunks.map((chunk) => [`${chunk.envelope.stream} ${chunk.envelope.n}`, chunk])).values(),
];

function signals(front: Front): Signals {
  const sum: Record<string, number> = {};
  for (const { envelope } of chunksOf(front))
    for (const [name, count] of Object.entries(envelope.signals ?? {})) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

const payloads = (front: Front, tag: string) =>
  chunksOf(front)
    .flatMap(({ events }) => events)
    .filter(({ type, data }) => type === 5 && data.tag === tag)
    .map(({ data }) => data.payload);

const leave = async (page: Page) => page.goto('about:blank');

test('back within five seconds is a quick back; later it is not, and going on is none', async () => {
  const { front, url, page } = await set({
    '/': html('<a href="/two">Two</a>'),
    '/two': html('<p>Two</p>'),
  });
  await page.goto(`${url}/two`);
  expect(await pictures(front, 2)).toBe(true);
  await page.goBack();
  expect(await front.until(() => payloads(front, 'quick_back').length === 1)).toBe(true);
  await page.goto(`${url}/two`);
  expect(await pictures(front, 4)).toBe(true);
  // As if the first page had been left long ago.
  await page.evaluate(() => {
    sessionStorage.footfall_left = sessionStorage.footfall_left.replace(/\d{13}/g, '1');
  });
  await page.goBack();
  expect(await pictures(front, 5)).toBe(true);
  await leave(page);
  await front.until(() => false, 500);
  expect(signals(front).quick_backs).toBe(1);
});

test('within a single-page application, too', async () => {
  const { front, page } = await set({ '/': html('<p>One</p>') });
  await page.evaluate(async () => {
    for (const path of ['/list', '/item']) {
      history.pushState({}, '', path);
      await new Promise((settled) => setTimeout(settled, 150));
    }
    history.back();
    await new Promise((settled) => setTimeout(settled, 150));
  });
  await leave(page);
  expect(await front.until(() => payloads(front, 'quick_back').length === 1)).toBe(true);
  expect(signals(front).quick_backs).toBe(1);
});

test('a form that was begun and not sent is abandoned; one that was sent, or only looked at, is not', async () => {
  const form = (name: string) =>
    `<form name="${name}" action="javascript:0"><input name="mail"><input name="city"><button>Send</button></form>`;
  const { front, page } = await set({
    '/': html(`${form('left')}${form('sent')}${form('untouched')}<main>${form('gone')}</main>`),
  });
  await page.fill('[name=left] [name=mail]', 'somebody');
  await page.fill('[name=left] [name=city]', 'Somewhere');
  for (const name of ['left', 'sent', 'gone']) {
    await page.click(`[name=${name}] [name=city]`);
    await page.keyboard.type('Somewhere');
  }
  await page.click('[name=sent] button');
  await page.click('[name=untouched] [name=city]');
  // Within the page: what is no longer there was left.
  await page.evaluate(() => {
    document.querySelector('main')?.remove();
    history.pushState({}, '', '/next');
  });
  await front.until(() => front.hits.some((hit) => hit.url.endsWith('/next')));
  await leave(page);
  expect(await front.until(() => payloads(front, 'abandoned_form').length === 2)).toBe(true);
  expect(payloads(front, 'abandoned_form')).toEqual([
    { form: 'gone', field: 'city' },
    { form: 'left', field: 'city' },
  ]);
  expect(signals(front).abandoned_forms).toBe(2);
  expect(front.bodies.join('')).not.toContain('Somewhere');
});

test('an interaction that holds the page up is slow; a quick one is not', async () => {
  const { front, page } = await set({
    '/': html(
      '<button id="quick" onclick="this.textContent += 1">Quick</button>' +
        '<button id="slow" onclick="for (const end = performance.now() + 700; performance.now() < end; ); this.textContent += 1">Slow</button>',
    ),
  });
  await page.click('#quick');
  await page.click('#slow');
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 200))));
  await leave(page);
  expect(await front.until(() => payloads(front, 'slow_interaction').length > 0)).toBe(true);
  const [slow, ...more] = payloads(front, 'slow_interaction');
  expect(Number(slow?.ms)).toBeGreaterThanOrEqual(696); // rounded to eight
  expect(more).toEqual([]);
  expect(signals(front).slow_interactions).toBe(1);
});
