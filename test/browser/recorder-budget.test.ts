import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Front, ReceivedChunk } from './front.ts';
import { html, ownStages } from './own-stages.ts';
import type { Stage } from './stage.ts';

// What a recording may take of the page, and how it says that it took no more.

const stages = ownStages();

async function set(body: string): Promise<Stage> {
  return await stages.set({ '/': html(body) }, { record: 1 });
}

async function recorded({ front, url, visitor }: Stage): Promise<Page> {
  const { page } = await visitor();
  await page.goto(`${url}/`);
  expect(await front.until(() => front.chunks.length > 0), 'no recording came').toBe(true);
  return page;
}

const streams = (front: Front): ReceivedChunk[][] => [
  ...Map.groupBy(front.chunks, ({ envelope }) => envelope.stream).values(),
];
/** A chunk that was on its way when the page was left may have been sent once more: it counts once. */
const chunksOf = (front: Front): ReceivedChunk[] => [
  ...new Map(front.chunks.map((chunk) => [`${chunk.envelope.stream} ${chunk.envelope.n}`, chunk])).values(),
];
const gaps = (front: Front) =>
  chunksOf(front)
    .flatMap(({ events }) => events)
    .filter(({ type, data }) => type === 5 && data.tag === 'gap')
    .map(({ data }) => data.payload?.reason);
const taken = (front: Front) => chunksOf(front).filter(({ envelope }) => envelope.keyframe);

test('past its share of a second the recorder leaves the page alone, and takes one new picture once that is calm', async () => {
  const made = await set('<ul data-footfall-mask></ul>');
  const { front } = made;
  const page = await recorded(made);
  await page.evaluate(() => {
    // Masking a text takes six milliseconds on this page: ten of them are too many.
    const { closest } = Element.prototype;
    Element.prototype.closest = function (this: Element, selectors: string) {
      for (const end = performance.now() + 6; performance.now() < end; );
      return closest.call(this, selectors);
    } as typeof closest;
    const list = document.querySelector('ul') as HTMLElement;
    list.innerHTML = '<li>masked</li>'.repeat(10);
    setTimeout(() => {
      Element.prototype.closest = closest;
      list.innerHTML = '<li data-footfall-unmask>while nobody looked</li>';
    }, 100);
  });
  expect(await front.until(() => streams(front).length === 2)).toBe(true);
  const [before, after] = streams(front);
  expect(gaps(front)).toEqual(['busy']);
  expect(before?.at(-1)?.events.at(-1)?.data).toEqual({ tag: 'gap', payload: { reason: 'busy' } });
  expect(after?.[0]?.envelope).toMatchObject({ n: 0, keyframe: true });
  expect(before?.some(({ json }) => json.includes('while nobody looked'))).toBe(false);
  expect(after?.[0]?.json).toContain('while nobody looked');
  // It goes on as if nothing had been.
  await page.evaluate(() => document.body.append('goes on'));
  await page.goto('about:blank');
  expect(await front.until(() => front.chunks.some(({ json }) => json.includes('goes on')))).toBe(true);
  expect(taken(front)).toHaveLength(2);
});

test('a page that never becomes calm is not looked at again; what it rebuilds is never written down', async () => {
  const made = await set('<table></table>');
  const { front } = made;
  const page = await recorded(made);
  await page.evaluate(() => {
    const rebuild = () => {
      const rows = '<tr><td>cell</td></tr>'.repeat(10_000);
      (document.querySelector('table') as HTMLElement).innerHTML = rows;
    };
    rebuild();
    setInterval(rebuild, 400);
  });
  expect(await front.until(() => gaps(front).length > 0)).toBe(true);
  await page.waitForFunction((from) => performance.now() > from + 4_000, await page.evaluate(() => performance.now()));
  await page.goto('about:blank');
  await front.until(() => false, 500);
  expect(gaps(front)).toEqual(['busy']);
  expect(taken(front)).toHaveLength(1);
  expect(front.bodies.join('')).not.toContain('cell');
});

test('a change of more than a megabyte is a gap', async () => {
  const made = await set('<p>Hello</p>');
  const { front } = made;
  const page = await recorded(made);
  await page.evaluate(() => {
    const p = document.querySelector('p') as HTMLElement;
    p.title = 'x'.repeat(1_000_001);
    setTimeout(() => {
      p.title = 'short again';
    }, 100);
  });
  expect(await front.until(() => taken(front).length === 2)).toBe(true);
  expect(gaps(front)).toEqual(['busy']);
  expect(taken(front)[1]?.json).toContain('short again');
});

test('a page that is too large says so; the next one within it is recorded', async () => {
  const made = await set(`<main>${'<p></p>'.repeat(16_000)}</main>`);
  const { front } = made;
  const page = await recorded(made);
  expect(gaps(front)).toEqual(['too_large']);
  expect(taken(front)).toEqual([]);
  await page.evaluate(() => {
    (document.querySelector('main') as HTMLElement).innerHTML = '<h1>Small</h1>';
    history.pushState({}, '', '/small');
  });
  expect(await front.until(() => taken(front).length > 0)).toBe(true);
  expect(taken(front)[0]?.json).toContain('Small');
});

test('a recording ends after an hour, and says so once for all pages of the visit', async () => {
  const made = await set('<button onclick="this.textContent += 1">Press</button>');
  const { front, url, visitor } = made;
  const { page } = await visitor();
  await page.clock.install();
  await page.goto(`${url}/`);
  expect(await front.until(() => front.chunks.length > 0)).toBe(true);
  for (let minutes = 0; minutes < 75; minutes += 15) {
    await page.clock.fastForward('15:00');
    await page.click('button');
  }
  await page.goto(`${url}/?next`);
  expect(await front.until(() => gaps(front).length > 0)).toBe(true);
  await page.clock.fastForward('00:10');
  await page.click('button');
  await page.goto('about:blank');
  await front.until(() => false, 500);
  expect(gaps(front)).toEqual(['visit_time']);
  expect(front.chunks.filter((chunk) => chunk.envelope.url.endsWith('?next'))).toEqual([]);
  expect(front.hits.filter(({ name }) => name === 'pageview').map(({ session }) => session)).toEqual(
    Array(2).fill(front.chunks[0]?.envelope.session),
  );
});

test('a recording ends after ten megabytes', async () => {
  const made = await set('<p>Hello</p>');
  const { front, url, visitor } = made;
  const { page } = await visitor();
  await page.addInitScript(() => {
    const now = Date.now();
    localStorage.setItem('footfall', `7.4711.${now}`);
    localStorage.setItem('footfall_recorded', `4711.${now}.9999900`);
  });
  await page.goto(`${url}/`);
  expect(await front.until(() => front.chunks.length > 0)).toBe(true);
  await page.evaluate(() => document.body.append('too much'));
  expect(await front.until(() => gaps(front).length > 0)).toBe(true);
  expect(gaps(front)).toEqual(['visit_bytes']);
  expect(front.bodies.join('')).not.toContain('too much');
});

test('an animation is told ten times a second, and how it ends', async () => {
  const made = await set('<div id="a" style="position: absolute; left: 0"></div>');
  const { front } = made;
  const page = await recorded(made);
  const frames = await page.evaluate(async () => {
    const box = document.querySelector('#a') as HTMLElement;
    const begun = performance.now();
    let frame = 0;
    for (; performance.now() - begun < 2_000; frame++) {
      box.style.left = `${frame}px`;
      box.style.top = `${frame}px`;
      await new Promise((done) => requestAnimationFrame(done));
    }
    await new Promise((done) => setTimeout(done, 200));
    return frame;
  });
  await page.goto('about:blank');
  const changes = () =>
    front.chunks
      .flatMap(({ events }) => events)
      .flatMap(({ data }) => (data.attributes ?? []) as { attributes: { style?: unknown } }[])
      .map(({ attributes }) => JSON.stringify(attributes.style))
      .filter((style) => style?.includes('px'));
  expect(await front.until(() => changes().some((style) => style.includes(`"${frames - 1}px"`)))).toBe(true);
  expect(changes().length).toBeLessThanOrEqual(22);
  expect(frames).toBeGreaterThan(30);
});
