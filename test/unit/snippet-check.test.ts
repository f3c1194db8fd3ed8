import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { isOfSite } from '../../src/contract/url.ts';
import { isPrivate, readPage } from '../../src/status/page.ts';
import { findSnippet } from '../../src/status/snippet.ts';

// Whether a page has a site's snippet, as far as that can be told from what its server sends.

const [origin, key, other] = ['https://stats.example', 'AAAAAQ1234567_-x', 'AAAAAnotherSite0'];
const src = `${origin}/s/${key}.js`;
const tag = `<script defer src="${src}"></script>`;

const found = (html: string, policy: string | null = null, page = 'https://shop.example/') =>
  findSnippet({ url: new URL(page), html, policy }, { origin, key });
const snippet = (html: string) => found(html).snippet;

describe('the snippet is found', () => {
  test.each([
    ['as a tag', `<head>${tag}</head>`],
    ['in quotes of any kind', `<SCRIPT data-x='a>b' src='${src}' defer>`],
    ['without quotes', `<script src=${src}></script>`],
    ['as a module', `<script src="${origin}/s/${key}.mjs"></script>`],
    ['put in by a script', `<script>document.head.append(Object.assign(…, { src: '${src}' }))</script>`],
    ['as JSON that a framework left', `<script>push([1,"{\\"src\\":\\"${src.replaceAll('/', '\\/')}\\"}"])</script>`],
    ['as a preload', `<link rel="preload" as="script" href="${src}">`],
    ['as a picture', `<noscript><img src="${origin}/p/${key}.gif" alt=""></noscript>`],
    ['through the site’s own host', `<script src="/stats/s/${key}.js"></script>`],
    ['behind a comment', `<!-- <script> -->${tag}`],
    ['beside another site’s', `<script src="${origin}/s/${other}.js"></script>${tag}`],
    ['in a page that breaks off', `<p title="<script src=${src}`.replace('<p title="', '')],
  ])('%s', (_, html) => {
    expect(snippet(html)).toBe('found');
  });

  test.each([
    ['in a comment', `<!-- ${tag} -->`],
    ['in a comment that never ends', `<!-- ${tag}`],
    ['in what is read', `<pre>${tag.replaceAll('<', '&lt;')}</pre>`],
    ['on another host under another key', `<script src="https://cdn.example/s/${other}.js"></script>`],
    ['in nothing', ''],
  ])('not %s', (_, html) => {
    expect(snippet(html)).toBe('missing');
  });

  test('with another key', () => {
    expect(snippet(tag.replace(key, other))).toBe('other_key');
    expect(snippet(`<img src="${origin}/p/${other}.gif">`)).toBe('other_key');
  });

  test('in one pass, whatever the page', () => {
    const much = (text: string) => text.repeat(512_000 / text.length);
    for (const text of ['<!--', '<script ', '<script "', '<script>', "<img '", '/s/', 'x', '="']) {
      expect(snippet(much(text)), text).toBe('missing');
    }
  });
});

describe('a Content-Security-Policy', () => {
  const by = (policy: string, html = tag, page?: string) => found(html, policy, page).refused_by;

  test.each([
    ['nothing of it', "frame-ancestors 'none'"],
    ['everything', 'default-src *'],
    ['the scheme', 'default-src https:'],
    ['the host', 'default-src stats.example'],
    ['the origin', `default-src ${origin}:443`],
    ['any host below', 'default-src *.example'],
    ['the path', `script-src ${origin}/s/; connect-src ${origin}/e/${key}`],
    ['the first of two', "script-src *; script-src 'none'"],
    ['scripts by their own directive', `script-src 'none'; script-src-elem ${origin}`],
    ['whatever it only reports', ''],
  ])('lets pass %s', (_, policy) => {
    expect(by(policy)).toBeNull();
  });

  test.each([
    ['script-src', "script-src 'self'"],
    ['script-src', "script-src 'none'; default-src *"],
    ['script-src-elem', "script-src *; script-src-elem 'self'"],
    ['default-src', "default-src 'self' https://cdn.example"],
    ['default-src', 'default-src stats.example:8443'],
    ['default-src', 'default-src http://*.stats.example'],
    ['connect-src', `script-src ${origin}; connect-src 'self'`],
    ['script-src', `script-src ${origin}/scripts/`],
    ['script-src', `default-src *, script-src 'self'`],
    ['script-src', `script-src ${origin} 'nonce-abc' 'strict-dynamic'`],
    ['script-src', 'script-src data:'],
  ] as const)('refuses by %s: %s', (directive, policy) => {
    expect(by(policy)).toBe(directive);
  });

  test('lets a tag pass by its nonce, and trusts whoever puts in a script that isn’t in the page', () => {
    const policy = "script-src 'nonce-aBc' 'strict-dynamic'";
    expect(by(policy, tag.replace('defer', 'nonce="aBc"'))).toBeNull();
    expect(by(policy, tag.replace('defer', 'nonce="abc"'))).toBe('script-src');
    expect(by(policy, '')).toBeNull();
    expect(by("script-src 'self'", '')).toBe('script-src');
  });

  test('counts in the page, too, and for a picture by another directive', () => {
    const meta = (content: string) => `<meta http-equiv="Content-Security-Policy" content="${content}">`;
    expect(found(meta("script-src 'self'") + tag).refused_by).toBe('script-src');
    expect(found(`${meta('script-src &#39;self&#39;')}${tag}`).refused_by).toBe('script-src');
    const pixel = `<img src="${origin}/p/${key}.gif">`;
    expect(by("script-src 'none'", pixel)).toBeNull();
    expect(by("img-src 'self'", pixel)).toBe('img-src');
  });

  test('means the page’s own host by self, and the page’s scheme where it names none', () => {
    expect(by("default-src 'self'", `<script src="/s/${key}.js"></script>`)).toBeNull();
    expect(by('default-src stats.example', tag, 'http://shop.example/')).toBeNull();
    expect(by('default-src http://stats.example')).toBeNull();
    expect(by('default-src https:', tag.replaceAll('https:', 'http:'))).toBe('default-src');
  });
});

test('what is the site’s, and what only a machine of the same network reaches', () => {
  for (const host of ['shop.example', 'www.shop.example', 'a.b.shop.example']) {
    expect(isOfSite(host, 'www.shop.example'), host).toBe(true);
  }
  expect(isOfSite('127.0.0.1', '127.0.0.1:8788')).toBe(true);
  expect(isOfSite('xn--mnchen-3ya.example', 'münchen.example')).toBe(true);
  for (const host of ['example', 'myshop.example', 'shop.example.org']) {
    expect(isOfSite(host, 'shop.example'), host).toBe(false);
  }
  const ofUrl = (url: string) => isPrivate(new URL(url).hostname);
  const inside = ['localhost', 'a.localhost', 'localhost.', 'db', 'nas.local', 'metadata.google.internal', '[::1]'];
  const addresses = ['127.1', '0x7f000001', '2130706433', '10.0.0.1', '172.16.9.9', '192.168.1.1', '169.254.169.254'];
  for (const host of [...inside, ...addresses, '100.64.0.1', '0.0.0.0', '[::ffff:10.0.0.1]', '255.255.255.255']) {
    expect(ofUrl(`http://${host}/`), host).toBe(true);
  }
  for (const host of ['shop.example', '1.1.1.1', '172.32.0.1', '192.1.2.3', 'localhost.example']) {
    expect(ofUrl(`http://${host}/`), host).toBe(false);
  }
});

test('a page that stops half-way is waited for no longer than that', async () => {
  const patience = new AbortController();
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).write(tag, () => patience.abort());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect(await readPage(url, async () => true, patience.signal)).toEqual({ unread: 'timeout', status: null });
  server.closeAllConnections();
  server.close();
});
