import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type {} from '../../snippet/lib/footfall.ts';
import type { SiteJson } from '../../src/contract/api.ts';
import type { Signals } from '../../src/contract/wire.ts';
import type { Front, RrwebEvent } from './front.ts';
import { html, ownStages } from './own-stages.ts';
import type { Stage } from './stage.ts';

const stages = ownStages();

async function set(files: Record<string, string>, settings?: Partial<SiteJson>): Promise<Stage> {
  return await stages.set(files, { record: 1, ...settings });
}

/** Opens a page and waits for the first picture of it. */
async function recorded({ front, url, visitor }: Stage, path = '/'): Promise<Page> {
  const { page } = await visitor();
  const before = front.chunks.length;
  const begun = () =>
    front.chunks.slice(before).some(({ envelope }) => envelope.n === 0 && envelope.url === url + path);
  await page.goto(url + path);
  expect(await front.until(begun), 'no recording came').toBe(true);
  return page;
}

/** Leaves the page, so that everything that is to be sent gets sent. */
async function leave(front: Front, page: Page, done: () => boolean): Promise<void> {
  await page.goto('about:blank');
  await front.until(done);
}

/** Waits until what the page sends now has arrived: what it sent before has arrived, too. */
async function roundTrip(front: Front, page: Page): Promise<void> {
  const before = front.hits.length;
  await page.evaluate(() => window.footfall?.('round-trip'));
  await front.until(() => front.hits.slice(before).some(({ name }) => name === 'round-trip'));
}

const events = (front: Front): RrwebEvent[] => front.chunks.flatMap((chunk) => chunk.events);
const clicks = (front: Front) =>
  events(front).filter(({ type, data }) => type === 3 && data.source === 2 && data.type === 2);
const marks = (front: Front, tag: string) => events(front).filter(({ type, data }) => type === 5 && data.tag === tag);

function signals(front: Front): Signals {
  const sum: Record<string, number> = {};
  for (const { envelope } of front.chunks) {
    for (const [name, count] of Object.entries(envelope.signals ?? {})) sum[name] = (sum[name] ?? 0) + count;
  }
  return sum;
}

test('the first picture is there within two seconds of loading, with the ids of the visit', async () => {
  const made = await set({ '/': html('<p>Hello</p>') });
  const begun = Date.now();
  await recorded(made);
  expect(Date.now() - begun).toBeLessThan(2_000);
  const [first] = made.front.chunks;
  const [view] = made.front.hits;
  expect(first?.envelope).toMatchObject({
    visitor: view?.visitor,
    session: view?.session,
    n: 0,
    keyframe: true,
    url: `${made.url}/`,
  });
  expect(first?.events.map(({ type }) => type)).toEqual([4, 2]);
  expect(first?.envelope.events).toBe(2);
  expect(made.front.requests.map(({ method }) => method)).not.toContain('OPTIONS');
  expect(made.front.refusals).toEqual([]);
});

test('a visit is recorded or not as a whole, by its own number', async () => {
  const made = await set({ '/': html('<p>Hello</p>') }, { record: 0.5 });
  for (const [share, expected] of [
    [0.49, true],
    [0.51, false],
  ] as const) {
    const { page } = await made.visitor();
    await page.addInitScript(
      (session) => {
        localStorage.setItem('footfall', `7.${session}.${Date.now()}`);
      },
      Math.floor(share * 2 ** 53),
    );
    for (let visits = 0; visits < 2; visits++) {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(made.url);
      await page.waitForLoadState('load');
      await page.evaluate(() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done))));
      await roundTrip(made.front, page);
      expect(asked.some((url) => url.includes('/recorder-'))).toBe(expected);
    }
  }
});

test('the last click before a navigation is in the recording', async () => {
  const made = await set({
    '/': html('<a id="go" href="/next">Next</a>'),
    '/next': html('<p>Next</p>'),
  });
  for (let round = 1; round <= 5; round++) {
    const page = await recorded(made);
    await Promise.all([page.waitForURL('**/next'), page.click('#go')]);
    expect(await made.front.until(() => clicks(made.front).length === round), `click ${round} is missing`).toBe(true);
  }
  expect(signals(made.front).clicks).toBe(5);
});

test('what happens while a large page is on its way, and what is written at the very end, arrives', async () => {
  const long = Array.from({ length: 4_000 }, (_, i) => `<p class="c${i}">Paragraph ${i} ${Math.random()}</p>`).join('');
  const made = await set({
    '/': html(`<button id="b">Write</button><a id="go" href="/next">Next</a><div id="out"></div>${long}`),
    '/next': html(''),
  });
  const page = await recorded(made);
  await page.evaluate(() => {
    document.querySelector('#go')?.addEventListener('click', () => {
      (document.querySelector('#out') as HTMLElement).textContent = 'the very last words';
    });
  });
  await Promise.all([page.waitForURL('**/next'), page.click('#go')]);
  const { front } = made;
  expect(await front.until(() => front.chunks.some(({ json }) => json.includes('the very last words')))).toBe(true);
  const stream = front.chunks.filter(({ envelope }) => envelope.url === `${made.url}/`);
  expect(new Set(stream.map(({ envelope }) => envelope.stream)).size).toBe(1);
  expect([...new Set(stream.map(({ envelope }) => envelope.n))].sort()).toEqual(stream.map((_, i) => i));
});

test('nothing typed leaves the page, unless the page lets it', async () => {
  const secret = (n: number) => `zqtyp${n}xwv`;
  const fields = [
    '<input id="f0" name="name">',
    '<input id="f1" type="email">',
    '<input id="f2" type="password">',
    '<input id="f3" type="search">',
    '<textarea id="f4"></textarea>',
    '<div id="f5" contenteditable><p>x</p></div>',
    '<input id="f6" type="text" autocomplete="cc-number" data-footfall-unmask>',
    '<input id="f7" type="password" data-footfall-unmask>',
    '<section class="footfall-block"><input id="f8" data-footfall-unmask></section>',
    '<input id="f9" oninput="this.setAttribute(\'value\', this.value)">',
    '<fancy-field id="fancy"></fancy-field>',
  ];
  const prefilled =
    '<input value="zqtyp20xwv"><input type="hidden" value="zqtyp21xwv"><textarea>zqtyp22xwv</textarea>' +
    '<input id="emptied" value="zqtyp23xwv"><p data-footfall-mask>zqtyp24xwv <b title="zqtyp27xwv">zqtyp25xwv</b></p>' +
    '<script>emptied.value = ""; customElements.define("fancy-field", class extends HTMLElement {})</script>';
  const shown =
    '<input id="open" data-footfall-unmask><p data-footfall-mask><i class="footfall-unmask">plain words</i></p>';
  const made = await set({ '/': html(fields.join('') + prefilled + shown) });
  const { front } = made;
  const page = await recorded(made);
  for (let n = 0; n < 10; n++) {
    await page.click(`#f${n}`);
    await page.keyboard.type(secret(n));
  }
  await page.evaluate(() => {
    document.querySelector('#fancy')?.setAttribute('value', 'zqtyp26xwv');
    (document.querySelector('#f2') as HTMLInputElement).type = 'text';
    document.body.append(document.createElement('hr'));
  });
  await page.fill('#open', 'visible text');
  await leave(front, page, () => front.chunks.some(({ json }) => json.includes('visible text')));
  const sent = front.bodies.join('\n');
  expect(sent.match(/zqtyp\w*/g)).toBeNull();
  expect(sent).toContain('visible text');
  expect(sent).toContain('plain words');
  // Typing is seen, star by star.
  expect(sent).toContain('"*******"');
});

test('with all text masked nothing of the page can be read', async () => {
  const made = await set(
    {
      '/': html(
        '<h1>zqheading</h1><img alt="zqpicture"><a title="zqtitle" href="#">zqlink</a><p class="footfall-unmask">open words</p>',
      ),
    },
    { masking: { text: 'all', mask: '', unmask: '', block: '', ignore: '' } },
  );
  const { front } = made;
  const page = await recorded(made);
  await page.evaluate(() => {
    (document.querySelector('h1') as HTMLElement).textContent = 'zqchanged';
    document.querySelector('a')?.setAttribute('title', 'zqother');
    document.body.append('zqadded');
  });
  await leave(front, page, () => front.chunks.length > 1);
  const sent = front.bodies.join('\n');
  expect(sent.match(/zq\w+/g)).toBeNull();
  expect(sent).toContain('open words');
});

test('friction is counted in the envelope and marked at its moment', async () => {
  const made = await set({
    '/': html(
      '<button id="dead">Dead</button><button id="live" onclick="out.textContent = Math.random()">Live</button>' +
        '<button id="throws" onclick="throw new Error(\'broken on purpose\')">Throws</button>' +
        '<button id="rejects" onclick="Promise.reject(new Error(\'refused on purpose\')); out.textContent = 1">Rejects</button>' +
        '<p id="out"></p><p id="ticker">0</p><p id="text">Text</p>' +
        '<script>let n = 0; setInterval(() => { ticker.textContent = ++n }, 200)</script>',
    ),
  });
  const { front } = made;
  const page = await recorded(made);
  // The ticker must have been seen to change by itself, so that it answers no click.
  await page.waitForFunction(() => performance.now() > 3_500);
  await page.click('#dead');
  await front.until(() => marks(front, 'dead_click').length > 0);
  expect(signals(front).dead_clicks).toBe(1);
  await page.click('#live');
  await page.click('#text');
  await page.click('#throws');
  await page.click('#rejects');
  for (let n = 0; n < 5; n++) await page.click('#live');
  const from = await page.evaluate(() => performance.now());
  await page.waitForFunction((from) => performance.now() > from + 2_700, from);
  await leave(front, page, () => signals(front).clicks === 10);
  expect(signals(front)).toEqual({ clicks: 10, errors: 2, rage_clicks: 1, dead_clicks: 1 });
  expect(marks(front, 'error').map(({ data }) => data.payload?.message)).toEqual([
    'Uncaught Error: broken on purpose',
    'refused on purpose',
  ]);
  expect(marks(front, 'rage_click')).toHaveLength(1);
  const [dead] = marks(front, 'dead_click');
  expect(Number(dead?.timestamp) - Number(dead?.data.payload?.at)).toBeGreaterThan(900);
});

test('single-page navigations are marked', async () => {
  const made = await set({ '/': html('<p>One</p>') });
  const { front } = made;
  const page = await recorded(made);
  await page.evaluate(() => history.pushState({}, '', '/two'));
  await front.until(() => front.hits.some(({ url }) => url === `${made.url}/two`)); // the address has settled
  await leave(front, page, () => marks(front, 'navigation').length > 0);
  expect(marks(front, 'navigation').map(({ data }) => data.payload)).toEqual([{ url: `${made.url}/two` }]);
});

test('a chunk is kept until it is acknowledged, once', async () => {
  const made = await set({ '/': html('<button>Press</button>') });
  const { front } = made;
  front.failing = 503;
  const { page } = await made.visitor();
  await page.goto(made.url);
  await front.until(() => front.failed >= 3);
  front.failing = 'cut';
  await front.until(() => front.failed >= 4);
  front.failing = undefined;
  expect(await front.until(() => front.chunks.length > 0, 15_000)).toBe(true);
  await page.click('button');
  await leave(front, page, () => clicks(front).length > 0);
  const numbers = front.chunks.map(({ envelope }) => envelope.n);
  expect(numbers).toEqual(numbers.map((_, i) => i));
});

test('a refusal for good ends the recording and leaves the page alone', async () => {
  const made = await set({ '/': html('<button onclick="this.textContent += 1">Press</button>') });
  const { front } = made;
  const { page } = await made.visitor();
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.route('**/r/*', (route) =>
    route.fulfill({ status: 403, headers: { 'access-control-allow-origin': '*' } }),
  );
  const [refused] = await Promise.all([page.waitForRequest('**/r/*'), page.goto(made.url)]);
  expect((await refused.response())?.status()).toBe(403);
  let more = 0;
  page.on('request', (request) => {
    if (request.url().includes('/r/')) more += 1;
  });
  for (let n = 0; n < 3; n++) await page.click('button');
  await roundTrip(front, page);
  await page.goto('about:blank');
  expect(more).toBe(0);
  expect(errors).toEqual([]);
  expect(front.chunks).toEqual([]);
});

test('after half an hour of silence nothing is recorded, and the next move begins a new visit with a picture', async () => {
  const made = await set({ '/': html('<button onclick="this.textContent += 1">Press</button>') });
  const { front, url, visitor } = made;
  const { page } = await visitor();
  await page.clock.install();
  await page.goto(`${url}/`);
  expect(await front.until(() => front.chunks.length > 0)).toBe(true);
  await page.click('button');
  await page.clock.fastForward('31:00');
  await page.evaluate(() => document.body.append('said to nobody'));
  await page.click('button');
  expect(await front.until(() => new Set(front.chunks.map(({ envelope }) => envelope.stream)).size === 2)).toBe(true);
  await leave(front, page, () => clicks(front).length === 2);
  const [first, ...rest] = front.chunks;
  const late = rest.filter(({ envelope }) => envelope.stream !== first?.envelope.stream);
  expect(late[0]?.envelope).toMatchObject({ n: 0, keyframe: true, visitor: first?.envelope.visitor });
  expect(late[0]?.envelope.session).not.toBe(first?.envelope.session);
  expect(late.flatMap((chunk) => chunk.events).filter(({ data }) => data.source === 2 && data.type === 2)).toHaveLength(
    1,
  );
  // Seen in the new picture, not as a change of the old one.
  const told = front.chunks.filter(({ json }) => json.includes('said to nobody'));
  // One that was on its way when the page was left may have been sent once more.
  expect(new Set(told.map(({ envelope: { stream, n, keyframe } }) => `${stream} ${n} ${keyframe}`))).toEqual(
    new Set([`${late[0]?.envelope.stream} 0 true`]),
  );
});

test("what the page's own calls refuse stays the page's to know", async () => {
  const made = await set({ '/': html('<style>p { color: red }</style><p>Hello</p>') });
  const page = await recorded(made);
  const [rule, shadow] = await page.evaluate(() => {
    const thrown = (run: () => void) => {
      try {
        run();
        return 'nothing';
      } catch (error) {
        return (error as Error).name;
      }
    };
    return [
      thrown(() => document.styleSheets[0]?.insertRule('}{')),
      thrown(() => document.createElement('input').attachShadow({ mode: 'open' })),
    ];
  });
  expect([rule, shadow]).toEqual(['SyntaxError', 'NotSupportedError']);
});

test('a very long address is recorded', async () => {
  const made = await set({ '/': html('<p>Hello</p>') });
  const { page } = await made.visitor();
  await page.goto(`${made.url}/?long=${'x'.repeat(10_000)}`);
  expect(await made.front.until(() => made.front.chunks.length > 0)).toBe(true);
  expect(made.front.refusals).toEqual([]);
});

test('a cookieless site is recorded without ids', async () => {
  const made = await set({ '/': html('<p>Hello</p>') }, { mode: 'cookieless' });
  await recorded(made);
  expect(made.front.chunks[0]?.envelope).not.toHaveProperty('session');
  expect(made.front.chunks[0]?.envelope).not.toHaveProperty('visitor');
});

test('a page with a hostile toJSON is recorded, too', async () => {
  const made = await set({
    '/': html('<p>Hello</p>').replace(
      '{{TAG}}',
      '<script>Array.prototype.toJSON = function () { return "[]" }</script>{{TAG}}',
    ),
  });
  await recorded(made);
  const [meta, picture] = made.front.chunks[0]?.events ?? [];
  expect([meta?.type, picture?.type]).toEqual([4, 2]);
  expect(picture?.data.node).toMatchObject({ childNodes: [{}, { tagName: 'html' }] });
});

test('a moving mouse makes no flood', async () => {
  const made = await set({ '/': html('<p>Hello</p>') });
  const { front } = made;
  const page = await recorded(made);
  await page.mouse.move(0, 0);
  await page.mouse.move(900, 500, { steps: 400 });
  await page.mouse.down();
  await leave(front, page, () => front.chunks.length > 1);
  const moves = events(front).filter(({ type, data }) => type === 3 && data.source === 1);
  const positions = moves.flatMap(({ data }) => data.positions as unknown[]);
  const [first, last] = [events(front).at(0)?.timestamp, events(front).at(-1)?.timestamp];
  expect(positions.length).toBeLessThanOrEqual(2 + (Number(last) - Number(first)) / 100);
});
