import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PageCheck } from '../../src/contract/api.ts';
import { type Owner, type TestSite, theWorld } from '../world.ts';

// "Is the snippet there": the Worker looks at a page that is served here.

const world = theWorld();
let owner: Owner;
let site: TestSite;
let domain: string;
let server: Server;
const asked: { url: string; headers: object }[] = [];

type Answer = [status: number, headers: Record<string, string>, body?: string];
const html = { 'content-type': 'text/html; charset=utf-8' };
const pages: Record<string, () => Answer> = {
  '/': () => [200, html, `<!doctype html><title>Shop</title>${tag()}`],
  '/other': () => [200, html, tag('AAAAAAAAAAAAAAAA')],
  '/bare': () => [200, html, '<p>Secret words</p>'],
  '/strict': () => [200, { ...html, 'content-security-policy': "default-src 'self'" }, tag()],
  '/late': () => [200, html, `${' '.repeat(512_000)}${tag()}`],
  '/early': () => [200, html, `${tag()}${' '.repeat(2_000_000)}`],
  '/picture': () => [200, { 'content-type': 'image/png' }, tag()],
  '/members': () => [403, html, tag()],
  '/hop3': () => [302, { location: '/hop2' }],
  '/hop2': () => [301, { location: `http://${domain}/hop1` }],
  '/hop1': () => [307, { location: './' }],
  '/hop4': () => [302, { location: '/hop3' }],
  '/away': () => [302, { location: 'http://elsewhere.example/' }],
  '/inside': () => [302, { location: world.url }],
  '/file': () => [302, { location: 'file:///etc/passwd' }],
};
const tag = (key = site.key) => `<script defer src="${world.url}/s/${key}.js"></script>`;

beforeAll(async () => {
  server = createServer((request, response) => {
    const { url = '', headers } = request;
    asked.push({ url, headers });
    const [status, more, body] = pages[url]?.() ?? [404, html, ''];
    response.writeHead(status, more).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  domain = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  owner = await world.owner();
  site = await owner.site({ domain });
});
afterAll(() => server.close());

const ask = (url: string, of = site) => owner.api(`/api/v1/sites/${of.id}/installation`, { json: { url } });
const check = async (path: string) => (await (await ask(`http://${domain}${path}`)).json()) as PageCheck;
const read = { unread: null, status: 200, refused_by: null };
const unread = { snippet: 'unread', refused_by: null };

test('says whether the page has the snippet, and nothing else of it', async () => {
  expect(await check('/')).toEqual({ snippet: 'found', ...read });
  expect(await check('/other')).toEqual({ snippet: 'other_key', ...read });
  expect(await check('/bare')).toEqual({ snippet: 'missing', ...read });
  expect(await check('/strict')).toEqual({ snippet: 'found', ...read, refused_by: 'default-src' });
});

test('says why a page could not be read', async () => {
  expect(await check('/members')).toEqual({ ...unread, unread: 'status', status: 403 });
  expect(await check('/picture')).toEqual({ ...unread, unread: 'not_html', status: 200 });
  const gone = await owner.site({ domain: '127.0.0.1:1' });
  const answer = await ask('http://127.0.0.1:1/', gone);
  expect(await answer.json()).toEqual({ ...unread, unread: 'unreachable', status: null });
});

test('follows three redirects, as long as they stay on the site', async () => {
  expect(await check('/hop3')).toEqual({ snippet: 'found', ...read });
  expect(await check('/hop4')).toEqual({ ...unread, unread: 'redirects', status: 307 });
  for (const path of ['/away', '/inside', '/file']) {
    expect(await check(path), path).toEqual({ ...unread, unread: 'elsewhere', status: 302 });
  }
});

test('reads the beginning of a page, and asks for it as a stranger', async () => {
  expect(await check('/late')).toEqual({ snippet: 'missing', ...read });
  expect(await check('/early')).toEqual({ snippet: 'found', ...read });
  for (const { headers } of asked) {
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('cookie');
  }
});

test('looks at no other host, and at no address with a password', async () => {
  const before = asked.length;
  const others = [
    'http://elsewhere.example/',
    `${world.url}/`,
    'http://127.0.0.1:1/',
    'http://[::1]/',
    'ftp://a.example/',
  ];
  for (const url of [...others, `http://me:word@${domain}/`, 'nonsense', `https://${site.domain}.evil.example/`]) {
    const refused = await ask(url);
    expect([url, refused.status, await refused.json()]).toMatchObject([url, 422, { issues: [{ path: 'url' }] }]);
  }
  expect(asked).toHaveLength(before);
});

test('looks at a host that hits came from', async () => {
  const shop = await owner.site();
  const url = 'http://checkout.invalid/';
  expect((await ask(url, shop)).status).toBe(422);
  await shop.send(shop.hit({ url }));
  await shop.query({ metrics: ['visits'], date_range: 'day' });
  expect(await (await ask(url, shop)).json()).toEqual({ ...unread, unread: 'unreachable', status: null });
  expect((await ask('http://checkout.invalid:8080/', shop)).status).toBe(422);
});
