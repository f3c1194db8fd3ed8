import { randomUUID } from 'node:crypto';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { EXTRAS, type Extras, MASKING, type Masking } from '../../src/contract/wire.ts';
import type { Front } from './front.ts';
import { html, ownStages } from './own-stages.ts';
import { only, open, state } from './replay-visit.ts';

// What a page has besides its document, where a site wants it recorded; and what masking keeps of that.

const stages = ownStages();

async function opened(body: string, extras: Partial<Extras>, masking: Partial<Masking> = {}) {
  const made = await stages.set(
    { '/': html(body) },
    { record: 1, extras: { ...EXTRAS, ...extras }, masking: { ...MASKING, ...masking } },
  );
  const { context, page } = await made.visitor();
  await context.route('http://127.0.0.1:9/*.svg', (route) =>
    route.fulfill({ contentType: 'image/svg+xml', body: SQUARE }),
  );
  await page.goto(`${made.url}/`);
  expect(await made.front.until(() => made.front.chunks.length > 0)).toBe(true);
  return { ...made, page };
}

/** A picture that another host has. */
const SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><rect width="50" height="50"/></svg>';

interface Change {
  id: number;
  attributes: { style?: { content?: string } };
}

const events = (front: Front) =>
  front.chunks.toSorted((a, b) => a.envelope.n - b.envelope.n).flatMap((chunk) => chunk.events);
const idOf = (json: string, id: string) =>
  Number(
    new RegExp(`"attributes":\\{[^{}]*"id":"${id}"[^{}]*\\},"childNodes":\\[\\],(?:[^{}]*,)?"id":(\\d+)`).exec(
      json,
    )?.[1],
  );
/** Pictures of canvases, by what the page calls these: a gap may have come between, and given them other ids. */
const pictures = (front: Front) =>
  [...Map.groupBy(front.chunks, ({ envelope }) => envelope.stream).values()].flatMap((chunks) => {
    const json = chunks.map((chunk) => chunk.json).join('');
    const names = new Map(
      ['plain', 'gl', 'large', 'clear', 'below', 'masked', 'blocked', 'tainted'].map((name) => [
        idOf(json, name),
        name,
      ]),
    );
    return chunks
      .flatMap((chunk) => chunk.events)
      .flatMap(({ data }) => (data.attributes ?? []) as Change[])
      .map(({ id, attributes }) => ({ name: names.get(id), content: attributes.style?.content ?? '' }))
      .filter(({ content }) => content.includes('data:image/webp'));
  });

const DRAWN = (id: string, marks = '') => `<canvas id="${id}" width="300" height="150" ${marks}></canvas>
  <script>{
    const pen = ${id}.getContext('2d');
    pen.fillStyle = '#b3261e';
    pen.fillRect(20, 20, 200, 100);
  }</script>`;

test('canvases that are seen are recorded as pictures, small, and again when they change', async () => {
  const { front, page } = await opened(
    `${DRAWN('plain')}<canvas id="empty"></canvas>
    <canvas id="large" width="1280" height="640" style="width: 200px"></canvas>
    <p style="height: 3000px"></p>${DRAWN('below')}
    <script>
      large.getContext('2d').fillRect(100, 100, 900, 400);
    </script>`,
    { canvas: true },
  );
  expect(await front.until(() => pictures(front).length === 2)).toBe(true);
  const of = (name: string) => pictures(front).filter((one) => one.name === name);
  expect(of('plain')[0]?.content).toMatch(/ 1x\)$/);
  expect(of('large')[0]?.content).toMatch(/ 0\.5x\)$/);
  await page.evaluate(() => {
    (document.getElementById('plain') as HTMLCanvasElement).getContext('2d')?.fillRect(100, 0, 200, 150);
  });
  expect(await front.until(() => of('plain').length === 2)).toBe(true);
  expect(pictures(front)).toHaveLength(3);
});

test('a WebGL canvas is recorded in the frame in which it is drawn', async () => {
  const { front } = await opened(
    `<canvas id="gl" width="100" height="50"></canvas><script>
      const pen = gl.getContext('webgl');
      const draw = () => {
        pen.clearColor(0.1, 0.5, 0.2, 1);
        pen.clear(pen.COLOR_BUFFER_BIT);
        requestAnimationFrame(draw);
      };
      draw();
    </script>`,
    { canvas: true },
  );
  // The first reading takes long where there is no graphics card: it may cost a gap.
  expect(await front.until(() => pictures(front).some(({ name }) => name === 'gl'), 30_000)).toBe(true);
});

test('of a canvas that is masked, blocked or all of whose text is, and of one that cannot be read, nothing is recorded', async () => {
  const body = `${DRAWN('masked', 'data-footfall-mask')}<div data-footfall-block>${DRAWN('blocked')}</div>
    <my-host data-footfall-ignore></my-host><canvas id="tainted"></canvas><img id="theirs" src="http://127.0.0.1:9/square.svg" alt="">
    <script>theirs.onload = () => tainted.getContext('2d').drawImage(theirs, 10, 10)</script>${DRAWN('clear')}
    <script>
      customElements.define('my-host', class extends HTMLElement {
        connectedCallback() {
          const canvas = document.createElement('canvas');
          this.attachShadow({ mode: 'open' }).append(canvas);
          canvas.getContext('2d').fillRect(10, 10, 50, 50);
        }
      });
    </script>`;
  const some = await opened(body, { canvas: true });
  expect(await some.front.until(() => pictures(some.front).length > 0)).toBe(true);
  const none = await opened(body, { canvas: true }, { text: 'all' });
  await none.page.waitForTimeout(2_500);
  await none.page.goto('about:blank');
  await none.front.until(() => false, 500);
  expect(pictures(some.front).map(({ name }) => name)).toEqual(['clear']);
  expect(pictures(none.front)).toEqual([]);
});

test('a whole picture has the pictures of its canvases, and the player shows them', async () => {
  const { front, site, page } = await opened(DRAWN('plain'), { canvas: true });
  expect(await front.until(() => pictures(front).length === 1)).toBe(true);
  // Too large a change: a gap, and a new picture once the page is calm.
  await page.evaluate(() => {
    document.body.title = 'x'.repeat(1_000_001);
    setTimeout(() => document.body.removeAttribute('title'), 100);
  });
  const taken = () => front.chunks.filter(({ envelope }) => envelope.keyframe);
  expect(await front.until(() => taken().length === 2)).toBe(true);
  expect(taken()[1]?.json).toContain('content:image-set(url(\\"data:image/webp');
  await page.goto('about:blank');

  const { session } = await only(site);
  for (const t of [0, 60]) {
    const { page: player, close } = await open(stages.browser, site, session, { t });
    await state(player, 'paused', 'ended');
    if (!t) await player.keyboard.press(' ');
    const canvas = player.frameLocator('.stage').frameLocator('iframe').locator('canvas');
    await expect
      .poll(() => canvas.evaluate((element) => getComputedStyle(element).content))
      .toContain('data:image/webp');
    expect(await canvas.boundingBox()).toMatchObject({ width: expect.closeTo(300 * (await scaleOf(player)), 0) });
    await close();
  }
});

const scaleOf = (player: Page) =>
  player
    .frameLocator('.stage')
    .locator('.place')
    .first()
    .evaluate((place) => new DOMMatrix(getComputedStyle(place).transform).a);

test('what is done with audio is recorded, but not of what is blocked', async () => {
  const sound = `data:audio/wav;base64,${wav().toString('base64')}`;
  const { front, page } = await opened(
    `<audio id="one" src="${sound}" loop></audio><div data-footfall-block><audio id="two" src="${sound}"></audio></div>`,
    { media: true },
  );
  await page.evaluate(async () => {
    const [one, two] = document.querySelectorAll('audio');
    for (const audio of [one, two]) if (audio) audio.muted = true;
    await two?.play();
    await one?.play();
    one?.pause();
  });
  const told = () => events(front).filter(({ data }) => data.source === 7);
  expect(await front.until(() => told().some(({ data }) => data.type === 1))).toBe(true);
  expect(new Set(told().map(({ data }) => data.id))).toEqual(new Set([idOf(front.bodies.join(''), 'one')]));
  expect(told().find(({ data }) => data.type === 0)?.data).toMatchObject({ muted: true, loop: true, playbackRate: 1 });
});

test('a font that the page loaded is sent once, as a style sheet, and not where all text is masked', async () => {
  const [font = ''] = globSync('node_modules/.cache/chromium-*/fonts/fonts/Open_Sans/OpenSans-Regular.ttf');
  const body =
    '<style>@font-face { font-family: Shop; src: url(/font.ttf); font-weight: 400 } p { font-family: Shop }</style><p>Words</p>';
  const set = async (text: 'inputs' | 'all') => {
    const made = await stages.set(
      { '/': html(body) },
      { record: 1, extras: { ...EXTRAS, fonts: true }, masking: { ...MASKING, text } },
    );
    const visit = async () => {
      const { context, page } = await made.visitor();
      await context.route('**/font.ttf', (route) => route.fulfill({ path: join(process.cwd(), font) }));
      await page.goto(`${made.url}/`);
      return page;
    };
    return { ...made, visit };
  };
  const shown = await set('inputs');
  const added = () =>
    shown.front.chunks.filter(({ json }) => /"tagName":"style","attributes":\{"_cssText":"sha256-/.test(json));
  await shown.visit();
  expect(await shown.front.until(() => added().length === 1)).toBe(true);
  await shown.visit();
  expect(await shown.front.until(() => added().length === 2)).toBe(true);
  const sheets = shown.front.sheets.filter((sheet) => sheet.startsWith('@font-face'));
  expect(sheets).toHaveLength(1);
  expect(sheets[0]).toMatch(/^@font-face\{font-family:Shop;font-weight:400;src:url\("data:[\w/-]+;base64,/);

  const masked = await set('all');
  const page = await masked.visit();
  expect(await masked.front.until(() => masked.front.chunks.length > 0)).toBe(true);
  await page.waitForTimeout(500);
  await page.goto('about:blank');
  await masked.front.until(() => false, 500);
  expect(masked.front.bodies.join('')).not.toContain('base64');
});

test('a frame of another origin of the site is part of the recording around it; others are not', async () => {
  const domain = `${randomUUID()}.localhost`;
  const made = await stages.set(
    {
      '/': html(`<iframe id="good" src="?good"></iframe>
        <iframe id="masked" src="?masked" data-footfall-mask></iframe>
        <div data-footfall-block><iframe src="?blocked"></iframe></div>
        <iframe id="foreign" src=""></iframe>
        <script>
          const { protocol, port } = location;
          for (const frame of document.querySelectorAll('iframe')) {
            const query = frame.getAttribute('src').split('?')[1];
            frame.src = query
              ? protocol + '//pay.${domain}:' + port + '/frame?' + query
              : protocol + '//other.localhost:' + port + '/frame?foreign';
          }
        </script>`),
      '/frame': html(`<h1></h1><input id="name"><button>Go</button><script>
        document.querySelector('h1').textContent = 'frame ' + location.search.slice(1);
        document.querySelector('button').onclick = () => document.body.append('clicked in ' + location.search.slice(1));
      </script>`),
    },
    { domain, record: 1, extras: { ...EXTRAS, frames: true } },
  );
  const { front, site } = made;
  const url = made.url.replace('localhost', domain);
  const { page } = await made.visitor();
  await page.goto(`${url}/`);
  expect(await front.until(() => front.bodies.join('').includes('frame good'))).toBe(true);
  const frame = page.frameLocator('#good');
  await frame.locator('#name').fill('zq1typed');
  await frame.locator('button').click();
  expect(await front.until(() => front.bodies.join('').includes('clicked in good'))).toBe(true);
  await page.goto('about:blank');
  await front.until(() => false, 500);
  const sent = front.bodies.join('');
  expect(sent).toContain('"isAttachIframe":true');
  expect(sent).not.toMatch(/frame (masked|blocked|foreign)|zq1/);
  expect(new Set(front.chunks.map(({ envelope }) => envelope.url))).toEqual(new Set([`${url}/`]));

  const { session, clicks } = await only(site);
  expect(clicks).toBe(1);
  const { page: player, close } = await open(stages.browser, site, session, { t: 60 });
  await state(player, 'paused', 'ended');
  const shown = player.frameLocator('.stage').frameLocator('iframe').frameLocator('#good').locator('body');
  await expect.poll(() => shown.textContent()).toContain('clicked in good');
  await close();
});

test('a page that is not of the site hears nothing of a page of the site that it frames', async () => {
  const domain = `${randomUUID()}.localhost`;
  const made = await stages.set(
    {
      '/': html('<p>private words</p>'),
      '/around': `<!doctype html><script>
        window.heard = [];
        addEventListener('message', ({ data, source }) => {
          heard.push(JSON.stringify(data));
          source.postMessage({ footfall: 'ask' }, '*');
        });
      </script><iframe></iframe>`,
    },
    { domain, record: 1, extras: { ...EXTRAS, frames: true } },
  );
  const { page } = await made.visitor();
  await page.goto(`${made.url.replace('localhost', 'evil.localhost')}/around`);
  await page.evaluate(
    (src) => document.querySelector('iframe')?.setAttribute('src', src),
    `${made.url.replace('localhost', domain)}/`,
  );
  await page.waitForFunction(() => (window as never as { heard: string[] }).heard.length > 0);
  await page.waitForTimeout(1_000);
  expect(await page.evaluate(() => (window as never as { heard: string[] }).heard)).toEqual(['{"footfall":"here"}']);
  expect(made.front.chunks).toEqual([]);
});

/** Half a second of silence. */
function wav(): Buffer {
  const data = Buffer.alloc(44 + 4_000, 128);
  data.write('RIFF');
  data.writeUInt32LE(36 + 4_000, 4);
  data.write('WAVEfmt ', 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(8_000, 24);
  data.writeUInt32LE(8_000, 28);
  data.writeUInt16LE(1, 32);
  data.writeUInt16LE(8, 34);
  data.write('data', 36);
  data.writeUInt32LE(4_000, 40);
  return data;
}
