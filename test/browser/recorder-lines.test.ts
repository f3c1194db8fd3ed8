import { expect, test } from 'vitest';
import { EXTRAS, MASKING, type Masking } from '../../src/contract/wire.ts';
import type { Front } from './front.ts';
import { html, ownStages } from './own-stages.ts';

// What scripts say and ask for, where a site wants it recorded: masked, bounded, and never what a request carries.

const stages = ownStages();
const lines = (front: Front, tag: 'console' | 'network') =>
  front.chunks
    .toSorted((a, b) => a.envelope.n - b.envelope.n)
    .flatMap(({ events }) => events)
    .filter(({ type, data }) => type === 5 && data.tag === tag)
    .map(({ data }) => data.payload ?? {});

async function opened(body: string, masking: Partial<Masking> = {}, more: Record<string, string> = {}) {
  const made = await stages.set(
    { '/': html(body), ...more },
    { record: 1, extras: { ...EXTRAS, console: true, network: true }, masking: { ...MASKING, ...masking } },
  );
  const { page } = await made.visitor();
  await page.goto(`${made.url}/`);
  expect(await made.front.until(() => made.front.chunks.length > 0)).toBe(true);
  return { ...made, page };
}

test('the console is recorded by level, in words, and goes on as ever', async () => {
  const { front, page } = await opened('<p>Hello</p>');
  const heard: string[] = [];
  page.on('console', (message) => heard.push(message.text()));
  await page.evaluate(() => {
    console.log('plain', 1, null, undefined, [1, 'two'], { a: { b: { c: { d: 1 } } } });
    console.warn('%cstyled %s', 'color: red', 'text');
    console.error(new TypeError('broken'), document.body);
    console.debug({
      get code(): string {
        throw new Error('a getter ran');
      },
    });
  });
  expect(await front.until(() => lines(front, 'console').length === 4)).toBe(true);
  expect(lines(front, 'console')).toEqual([
    { level: 'log', text: 'plain 1 null undefined [1, "two"] {a: {b: {c: {…}}}}' },
    { level: 'warn', text: 'styled text' },
    { level: 'error', text: 'TypeError: broken <body>' },
    { level: 'debug', text: '{code: …}' },
  ]);
  expect(heard).toHaveLength(4);
});

test('requests are recorded with method, status, time and sizes, early ones by their measures alone', async () => {
  const { front, page, url } = await opened(
    '<script>fetch("/early.json")</script>',
    {},
    {
      '/early.json': '{}',
      '/answer.json': '{"some":"answer"}',
    },
  );
  const outcome = await page.evaluate(async () => {
    await fetch('/answer.json?page=2', {
      method: 'POST',
      body: 'what nobody is to read',
      headers: { 'x-secret': 'zq' },
    });
    await new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open('GET', '/missing');
      request.onloadend = done;
      request.send();
    });
    return fetch('http://127.0.0.1:9/').then(
      () => 'answered',
      (error) => error.name,
    );
  });
  expect(outcome).toBe('TypeError');
  expect(await front.until(() => lines(front, 'network').length === 4)).toBe(true);
  const told = lines(front, 'network').toSorted((a, b) => Number(a.at) - Number(b.at));
  expect(told).toEqual([
    { at: expect.any(Number), url: `${url}/early.json`, status: 200, ms: expect.any(Number), down: 2 },
    {
      ...{ at: expect.any(Number), method: 'POST', url: `${url}/answer.json?page=2`, status: 200 },
      ...{ ms: expect.any(Number), up: 22, down: 17 },
    },
    { at: expect.any(Number), method: 'GET', url: `${url}/missing`, status: 404, ms: expect.any(Number) },
    { at: expect.any(Number), method: 'GET', url: 'http://127.0.0.1:9/', status: 0, ms: expect.any(Number) },
  ]);
  expect(front.bodies.join('')).not.toMatch(/what nobody|"some":|x-secret/);
});

test('a failed request that a page does not look after is still told to it', async () => {
  const { front, page } = await opened(
    `<button onclick="fetch('http://127.0.0.1:9/')">Go</button><output></output>
    <script>addEventListener('unhandledrejection', ({ reason }) => {
      document.querySelector('output').textContent = reason.name;
    })</script>`,
  );
  await page.click('button');
  await page.waitForFunction(() => document.querySelector('output')?.textContent === 'TypeError');
  expect(await front.until(() => lines(front, 'network').length === 1)).toBe(true);
});

test('of many lines in a second the first are recorded, and how many were left', async () => {
  const { front, page } = await opened('<p>Hello</p>');
  await page.evaluate(() => {
    for (let i = 0; i < 50; i++) console.log(i);
  });
  expect(await front.until(() => lines(front, 'console').length === 21)).toBe(true);
  expect(lines(front, 'console').slice(-2)).toEqual([{ level: 'log', text: '19' }, { left: 30 }]);
});

test('a visit has 2,000 lines, over all of its pages', async () => {
  const { front, url, visitor } = await opened('<p>Hello</p>');
  const before = front.chunks.length;
  const { page } = await visitor();
  await page.addInitScript(() => {
    const now = Date.now();
    localStorage.setItem('footfall', `7.4711.${now}`);
    localStorage.setItem('footfall_recorded', `4711.${now}.100.1999`);
  });
  await page.goto(`${url}/`);
  expect(await front.until(() => front.chunks.length > before)).toBe(true);
  await page.evaluate(() => {
    for (let i = 0; i < 10; i++) console.log(i);
  });
  expect(await front.until(() => lines(front, 'console').length === 2)).toBe(true);
  expect(lines(front, 'console')).toEqual([{ level: 'log', text: '0' }, { left: 0 }]);
  // Written down when a chunk is on its way.
  await expect.poll(() => page.evaluate(() => localStorage.footfall_recorded)).toMatch(/^4711\.\d+\.\d+\.200[1-9]$/);
});

test('secrets in texts and addresses are cut, and what was typed, also after its field was emptied', async () => {
  const { front, page } = await opened(
    '<input id="name"><input type="password" id="word"><textarea id="open" data-footfall-unmask></textarea>',
  );
  await page.type('#name', 'zq1typed words');
  await page.type('#word', 'zq2word');
  await page.type('#open', 'open words');
  await page.evaluate(() => {
    const value = (id: string) => (document.getElementById(id) as HTMLInputElement).value;
    const [name, word, open] = [value('name'), value('word'), value('open')];
    for (const field of document.querySelectorAll('input')) field.value = '';
    console.log('sent', { name, word, open }, name.slice(0, 5));
    console.log({ access_token: 'zq3', nested: { apiKey: 'zq4' } }, 'Authorization: Bearer zq5zq5zq5', 'password=zq6');
    console.log(
      '{"session":"zq7"}',
      JSON.stringify(JSON.stringify({ token: 'zq8' })),
      'zq9@mail.example',
      '4111 1111 1111 1111',
    );
    console.log('https://zq10:zq11@shop.example/?sig=zq12&page=2 eyJzq13.zq14.zq15');
    void fetch(`/search?q=${encodeURIComponent(name)}&key=zq16&page=2`).catch(() => {});
    void fetch(`/people/${word}/zq17@mail.example`, { headers: { authorization: 'Bearer zq18' } }).catch(() => {});
    void fetch('data:text/plain,zq19').catch(() => {});
  });
  expect(await front.until(() => lines(front, 'network').length === 3 && lines(front, 'console').length === 4)).toBe(
    true,
  );
  const sent = front.chunks.map(({ envelope, json }) => JSON.stringify(envelope) + json).join('\n');
  expect(sent.match(/zq\d+\w*|4111/g)).toBeNull();
  expect(sent).toContain('open words');
  expect(sent).toContain('page=2');
});

test('where all text is masked the console is stars, and an address has no parameters', async () => {
  const { front, page } = await opened('<p>Hello</p>', { text: 'all' });
  await page.evaluate(() => {
    console.log('some words');
    void fetch('/found?page=2');
  });
  expect(await front.until(() => lines(front, 'network').length === 1)).toBe(true);
  expect(lines(front, 'console')).toEqual([{ level: 'log', text: '**** *****' }]);
  expect(lines(front, 'network')[0]?.url).toMatch(/\/found\?page=\*$/);
});
