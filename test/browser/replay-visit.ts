import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { ReplayDetail, ReplayJson } from '../../src/contract/api.ts';
import type { Envelope } from '../../src/contract/wire.ts';
import { CHROME, type TestSite } from '../world.ts';
import { at, signedIn } from './dashboard-visit.ts';

export const list = (site: TestSite) =>
  site.owner.json<{ results: ReplayJson[] }>(`/api/v1/sites/${site.id}/replays`, { json: { date_range: 'all' } });

const detail = (site: TestSite, session: number) =>
  site.owner.json<ReplayDetail>(`/api/v1/sites/${site.id}/replays/${session}`);

/** The only recording of a site. */
export async function only(site: TestSite): Promise<ReplayDetail> {
  const { results } = await list(site);
  expect(results).toHaveLength(1);
  return detail(site, results[0]?.session ?? 0);
}

export const state = (page: Page, ...wanted: string[]) =>
  page.waitForSelector(wanted.map((one) => `.picture[data-state="${one}"]`).join(), { timeout: 20_000 });

/** Opens a recording; `calm` shows its first picture and waits, as for those who want less motion. */
export async function open(
  browser: Browser,
  site: TestSite,
  session: number,
  { calm = true, t = 0, skip = true, speed = 1 } = {},
) {
  const visit = await signedIn(browser, site.owner);
  await visit.page.emulateMedia({ reducedMotion: calm ? 'reduce' : 'no-preference' });
  await visit.page.addInitScript(
    (kept) => localStorage.setItem('footfall.player', kept),
    JSON.stringify({ skip, speed }),
  );
  await visit.page.goto(at(site, `/replays/${session}${t ? `?t=${t}` : ''}`));
  return visit;
}

// ── Made-up recordings: what no demo does ──

export type Event = { type: number; data: unknown; timestamp: number };
interface Node {
  type: number;
  tagName?: string;
  attributes?: Record<string, string | boolean>;
  textContent?: string;
  childNodes?: Node[];
}

/** A page of these nodes as rrweb's meta event and full snapshot, ids given in order. */
export function snapshot(timestamp: number, head: Node[], body: Node[], href = 'https://made.example/'): Event[] {
  let id = 0;
  const numbered = (node: Node): Node & { id: number } => {
    id += 1;
    return { ...node, id, ...(node.childNodes ? { childNodes: node.childNodes.map(numbered) } : {}) };
  };
  const page = [element('head', {}, ...head), element('body', {}, ...body)];
  const node = numbered({ type: 0, childNodes: [{ type: 1, tagName: 'html' }, element('html', {}, ...page)] });
  const size = { href, width: 800, height: 600 };
  return [
    { type: 4, timestamp, data: size },
    { type: 2, timestamp: timestamp + 1, data: { node, initialOffset: { top: 0, left: 0 } } },
  ];
}

export const element = (
  tagName: string,
  attributes: Record<string, string | boolean> = {},
  ...childNodes: Node[]
): Node => ({
  type: 2,
  tagName,
  attributes,
  childNodes,
});
export const text = (textContent: string): Node => ({ type: 3, textContent });
export const moved = (timestamp: number): Event => ({
  type: 3,
  timestamp,
  data: { source: 1, positions: [{ x: 5, y: 5, id: 1, timeOffset: 0 }] },
});

/**
 * Posts a chunk as any stranger can; returns when it was taken. `more` goes over what the events say of themselves.
 * @param packed in the place of the events
 */
export async function forge(
  site: TestSite,
  events: Event[],
  n = 0,
  stream = 7,
  more: Partial<Envelope> = {},
  agent = CHROME,
  packed: Buffer = gzipSync(JSON.stringify(events)),
): Promise<void> {
  const times = events.map(({ timestamp }) => timestamp);
  const envelope: Envelope = {
    ...{ visitor: 11, session: 12, stream, n, from: Math.min(...times), to: Math.max(...times), sent: Date.now() },
    ...{ events: events.length, keyframe: events.some(({ type }) => type === 2), url: 'https://made.example/' },
    ...more,
  };
  const body = Buffer.concat([Buffer.from(`${JSON.stringify(envelope)}\n`), packed]);
  const headers = { 'user-agent': agent };
  const answer = await site.owner.world.fetch(`/r/${site.key}`, { method: 'POST', headers, body });
  expect(answer.status).toBe(202);
}

/** A page with all that a stranger may try: whatever of it runs says `pwned`, to itself and to those around it. */
export function hostile(start: number): Event[] {
  const evil = "top.pwned = parent.pwned = window.pwned = 1; fetch('/pwned')";
  const link = { href: `javascript:${evil}`, id: 'link', autofocus: true, onfocus: evil };
  return [
    ...snapshot(
      start,
      [
        element('meta', { 'http-equiv': 'refresh', content: '0;url=/pwned' }),
        element('script', {}, text(evil)),
        element('script', { src: '/pwned.js' }),
        element('link', { rel: 'stylesheet', href: '/pwned.css', onload: evil, onerror: evil }),
        element('base', { href: 'https://evil.example/' }),
      ],
      [
        element('a', link, text('A link')),
        element('img', { src: '/pwned.png', onerror: evil, onload: evil }),
        element('svg', { onload: evil }, element('script', {}, text(evil))),
        element('iframe', { src: `javascript:${evil}` }),
        element('iframe', { rr_src: `javascript:${evil}` }),
        element('iframe', { srcdoc: `<script>${evil}</script><img src=x onerror="${evil}">` }),
        element('iframe', { src: '/api/v1/me' }),
        element('object', { data: `javascript:${evil}` }),
        element('embed', { src: '/pwned.svg' }),
        element('form', { action: '/pwned', id: 'form' }, element('button', { type: 'submit' }, text('Send'))),
        element('details', { open: true, ontoggle: evil }, text('Details')),
        element('p', { id: 'innocent' }, text('Innocent')),
      ],
    ),
    moved(start + 500),
    moved(start + 2_000),
  ];
}

/** What each window of the page says of itself, this one first. */
export function harmed(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const look = (window: Window): string[] => {
      try {
        const own = 'pwned' in window ? 'pwned' : 'unharmed';
        return [own, ...Array.from({ length: window.length }, (_, i) => window[i] as Window).flatMap(look)];
      } catch {
        // The browser's own page in the place of a frame that the policy refused.
        return ['refused'];
      }
    };
    return look(window);
  });
}

/** Sends a style sheet apart, as any stranger can. @returns an element that names it */
export async function sheet(site: TestSite, css: string): Promise<Node> {
  const hash = createHash('sha256').update(css).digest('hex');
  const init = { method: 'POST', body: new Uint8Array(gzipSync(css)) };
  expect((await site.owner.world.fetch(`/r/${site.key}/sheets/${hash}`, init)).status).toBe(202);
  return element('style', { _cssText: `sha256-${hash}` });
}
