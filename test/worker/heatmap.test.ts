import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { HeatmapJson, ListedReplay, WatchedJson } from '../../src/contract/api.ts';
import type { Envelope, Hit, Touch } from '../../src/contract/wire.ts';
import { CHROME, type TestSite, theWorld } from '../world.ts';

// Where pages were clicked, from what recorders tell to the API's answer.

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const BUY = '#cart>button';
const LOGO = '>html>body>header>a';

interface Sent extends Partial<Envelope> {
  path?: string;
  agent?: string;
}

function send(site: TestSite, hit: Hit, n: number, { path = '/shop', agent = CHROME, ...more }: Sent = {}) {
  const now = Date.now();
  const { visitor = 1, session = 1 } = hit;
  const envelope: Envelope = {
    ...{ visitor, session, stream: 5, n, from: now - 900 + n, to: now - 100 + n, sent: now, events: 1 },
    ...{ keyframe: n === 0, url: `https://${site.domain}${path}`, view: [1280, 720], ...more },
  };
  const body = Buffer.concat([Buffer.from(`${JSON.stringify(envelope)}\n`), gzipSync('[]')]);
  return site.owner.world.fetch(`/r/${site.key}`, { method: 'POST', headers: { 'user-agent': agent }, body });
}

/** A visit that sees a page, and what its recorder tells of it. */
async function visit(site: TestSite, touches: Touch[], { agent = CHROME, path = '/shop', ...more }: Sent = {}) {
  const hit = site.hit({ url: `https://${site.domain}${path}` });
  await site.send(hit, { 'user-agent': agent });
  expect((await send(site, hit, 0, { agent, path, ...more })).status).toBe(202);
  expect((await send(site, hit, 1, { agent, path, touches, ...more })).status).toBe(202);
  return hit;
}

const ask = (site: TestSite, more: object = {}) =>
  site.owner.json<HeatmapJson>(`/api/v1/sites/${site.id}/heatmap`, {
    json: { date_range: 'day', page: '/shop', ...more },
  });

test('clicks are summed up by element, in the visits that fit, and by class of devices', async () => {
  const owner = await theWorld().owner();
  const site = await owner.site();
  const first = await visit(site, [
    [0, BUY, 500, 250],
    [0, BUY, 500, 250],
    [0, LOGO, 10, 990],
    [1, LOGO, 10, 990],
    [2, BUY, 500, 250],
  ]);
  // Sent again it counts once, and what is of another page is not of this one.
  await send(site, first, 1, { touches: [[0, BUY, 500, 250]] });
  await send(site, first, 2, { touches: [[0, BUY, 1000, 0]] });
  await send(site, first, 3, { path: '/cart', touches: [[0, BUY, 1, 1]] });
  await visit(site, [[0, BUY, 500, 250]], { agent: IPHONE, view: [390, 844] });
  await visit(site, [], { view: [1480, 920] });
  await visit(site, [[0, BUY, 1, 1]], { path: '/elsewhere' });

  const all = await ask(site);
  expect(all).toMatchObject({
    visits: 3,
    devices: [
      { device: 'Desktop', visits: 2 },
      { device: 'Mobile', visits: 1 },
    ],
    totals: { clicks: 5, dead_clicks: 1, rage_clicks: 1 },
    window: { width: 1050, height: 828 },
  });
  expect(all.elements).toEqual([
    {
      ...{ element: BUY, clicks: 4, dead_clicks: 0, rage_clicks: 1, visits: 2 },
      spots: [
        [0, 500, 250, 3],
        [0, 1000, 0, 1],
        [2, 500, 250, 1],
      ],
    },
    {
      ...{ element: LOGO, clicks: 1, dead_clicks: 1, rage_clicks: 0, visits: 1 },
      spots: [
        [0, 10, 990, 1],
        [1, 10, 990, 1],
      ],
    },
  ]);

  const phones = await ask(site, { device: 'Mobile' });
  expect(phones).toMatchObject({ visits: 1, totals: { clicks: 1 }, window: { width: 390 }, devices: all.devices });
  expect(await ask(site, { device: 'Tablet' })).toMatchObject({ visits: 0, elements: [], window: null, picture: null });
  const buyers = { filters: [['is', 'event:page', ['/elsewhere']]] };
  expect(await ask(site, buyers)).toMatchObject({ visits: 0, devices: [], totals: { clicks: 0 } });
  expect(await ask(site, { filters: [['is', 'visit:os', ['iOS']]] })).toMatchObject({ visits: 1 });
  expect(await ask(site, { page: '/cart' })).toMatchObject({ visits: 1, elements: [{ element: BUY, clicks: 1 }] });
  expect(await ask(site, { date_range: ['2020-01-01', '2020-01-31'] })).toMatchObject({ visits: 0, picture: null });
});

test('how far down a page was seen is told of all visits, recorded or not', async () => {
  const owner = await theWorld().owner();
  const site = await owner.site();
  for (const [i, scroll] of [100, 52, 30].entries()) {
    const hit = site.hit({ url: `https://${site.domain}/shop` });
    await site.send(hit);
    const { seq = 0, ...same } = hit;
    await site.send({ ...same, seq: seq + 1, name: 'engagement', of: seq, engaged: 1_000, scroll });
    if (i === 0) await send(site, hit, 0);
  }
  const { visits, scroll } = await ask(site);
  expect(visits).toBe(1);
  expect(scroll.visits).toBe(3);
  expect(scroll.reached).toEqual([3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  expect((await ask(site, { device: 'Mobile' })).scroll).toMatchObject({ visits: 0 });
});

test('a page is drawn over from its last full snapshot to where it is shown, and who looks stands in the log', async () => {
  const owner = await theWorld().owner();
  const site = await owner.site();
  await visit(site, []);
  const newer = site.hit({ url: `https://${site.domain}/` });
  await site.send(newer);
  // One document: the shop came by a navigation within the page.
  for (const [n, path] of ['/', '/', '/', '/shop', '/shop', '/shop', '/'].entries())
    await send(site, newer, n, { path, keyframe: n === 0 || n === 1 });
  const json = { date_range: 'day' };
  const list = await owner.json<{ results: ListedReplay[] }>(`/api/v1/sites/${site.id}/replays`, { json });
  const [latest, before] = list.results.map(({ session }) => session);
  const { picture } = await ask(site);
  expect(picture?.session).toBe(latest);
  expect(picture?.chunks.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
  const second = await ask(site, { picture: 1 });
  expect(second.picture?.session).toBe(before);
  expect(second.picture?.chunks.map(({ n }) => n)).toEqual([0, 1]);
  expect((await ask(site, { picture: 2 })).picture).toBeNull();
  const log = await owner.json<{ results: WatchedJson[] }>(`/api/v1/sites/${site.id}/watched`);
  expect(log.results).toMatchObject([
    { session: before, how: 'heatmap', who: 'Owner' },
    { session: latest, how: 'heatmap', email: owner.email },
  ]);
  const unseen = await owner.json<{ results: ListedReplay[] }>(`/api/v1/sites/${site.id}/replays`, { json });
  expect(unseen.results.every(({ seen }) => !seen)).toBe(true);

  // Gone with the recording, and with the site.
  await owner.api(`/api/v1/sites/${site.id}/replays/${before}`, { method: 'DELETE' });
  expect(await ask(site)).toMatchObject({ visits: 1 });
  await owner.api(`/api/v1/sites/${site.id}`, { method: 'DELETE' });
  expect(await theWorld().sql('select 1 from replay_page where site_id = $1', [site.id])).toEqual([]);
});

test('what can’t be is refused by its path, and an old recorder’s chunks are taken', async () => {
  const owner = await theWorld().owner();
  const site = await owner.site();
  const hit = site.hit();
  await site.send(hit);
  const fault = async (more: object) => {
    const response = await send(site, hit, 0, more);
    const { issues } = (await response.json()) as { issues: { path: string }[] };
    return [response.status, issues[0]?.path];
  };
  expect(await fault({ touches: [[3, BUY, 0, 0]] })).toEqual([422, 'touches[0][0]']);
  expect(await fault({ touches: [[0, 'x'.repeat(201), 0, 0]] })).toEqual([422, 'touches[0][1]']);
  expect(await fault({ touches: [[0, BUY, 1001, 0]] })).toEqual([422, 'touches[0][2]']);
  expect(await fault({ touches: Array(51).fill([0, BUY, 0, 0]) })).toEqual([422, 'touches']);
  expect(await fault({ view: [-1, 0] })).toEqual([422, 'view[0]']);
  const envelope = { visitor: hit.visitor, session: hit.session, stream: 9, n: 0, from: 1, to: 2, sent: 3, events: 1 };
  const line = JSON.stringify({ ...envelope, keyframe: true, url: hit.url });
  const body = Buffer.concat([Buffer.from(`${line}\n`), gzipSync('[]')]);
  const init = { method: 'POST', headers: { 'user-agent': CHROME }, body };
  expect((await theWorld().fetch(`/r/${site.key}`, init)).status).toBe(202);
  expect(await ask(site, { page: new URL(hit.url).pathname })).toMatchObject({ visits: 0 });
});
