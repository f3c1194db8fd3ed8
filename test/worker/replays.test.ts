import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ListedReplay, NoteJson, ReplayDetail, WatchedJson } from '../../src/contract/api.ts';
import type { Answer } from '../../src/contract/query.ts';
import { STRIP, STRIP_BIT } from '../../src/contract/replay.ts';
import type { Envelope, Hit, Signals } from '../../src/contract/wire.ts';
import { CHROME, type Owner, ownStack, type TestSite, theWorld, type World } from '../world.ts';
import { cookieOf, somebody } from './somebody.ts';

// Recordings from the edge to the API: in a bucket, as most deployments have one, and in Postgres.

let bare: Awaited<ReturnType<typeof ownStack>>;

beforeAll(async () => {
  bare = await ownStack({ noBucket: true, databaseUrl: process.env.DATABASE_URL });
});
afterAll(() => bare.close());

const stacks: [where: string, world: () => World][] = [
  ['in R2', () => theWorld()],
  ['in Postgres', () => bare],
];

interface Page {
  results: ListedReplay[];
  total: number;
}

/** What rrweb would say; the server never looks into it. */
const events = (n: number) => [
  { type: 4, timestamp: n, data: { href: 'https://shop.example/ö', width: 800, height: 600 } },
];

function chunk(hit: Hit, n: number, more: Partial<Envelope> = {}): Envelope {
  const now = Date.now();
  const { visitor = 1, session = 1 } = hit;
  const rest = {
    from: now - 900,
    to: now - 100,
    sent: now,
    events: 1,
    keyframe: n === 0,
    url: 'https://shop.example/',
  };
  return { visitor, session, stream: 5, n, ...rest, ...more };
}

function post(
  site: TestSite,
  envelope: Envelope,
  body = gzipSync(JSON.stringify(events(envelope.n))),
): Promise<Response> {
  const bytes = Buffer.concat([Buffer.from(`${JSON.stringify(envelope)}\n`), body]);
  return site.owner.world.fetch(`/r/${site.key}`, { method: 'POST', headers: { 'user-agent': CHROME }, body: bytes });
}

const list = (site: TestSite, more: object = {}) =>
  site.owner.json<Page>(`/api/v1/sites/${site.id}/replays`, { json: { date_range: 'day', ...more } });

const open = (site: TestSite, session: number) =>
  site.owner.json<ReplayDetail>(`/api/v1/sites/${site.id}/replays/${session}`);

const bytesOf = (site: TestSite, session: number, { stream, n }: { stream: number; n: number }) =>
  site.owner.api(`/api/v1/sites/${site.id}/replays/${session}/chunks/${stream}/${n}`);

describe.each(stacks)('recordings %s', (_where, world) => {
  let owner: Owner;
  let site: TestSite;
  beforeAll(async () => {
    owner = await world().owner();
    site = await owner.site();
  });

  test('a visit is listed, opened and its bytes come back as they were', async () => {
    const hit = site.hit({ url: `https://${site.domain}/coffee`, referrer: 'https://www.google.com/' });
    await site.send([hit, { ...hit, name: 'buy', seq: 99, props: { plan: 'pro', n: 2 } }]);
    expect((await post(site, chunk(hit, 0, { signals: { clicks: 2, errors: 1 } }))).status).toBe(202);
    expect((await post(site, chunk(hit, 1, { signals: { rage_clicks: 1 } }))).status).toBe(202);

    const { results, total } = await list(site);
    expect(total).toBe(1);
    const [row] = results;
    expect(row).toMatchObject({
      clicks: 2,
      errors: 1,
      rage_clicks: 1,
      dead_clicks: 0,
      visit: { entry_page: '/coffee' },
    });
    expect(row?.visit).toMatchObject({ source: 'Google', browser: 'Chrome', views: 1, events: 2, bot: false });
    const detail = await open(site, row?.session ?? 0);
    const { strip: _, seen: __, watched_by: ___, ...same } = row as ListedReplay;
    expect(detail).toMatchObject(same);
    expect(detail.chunks).toMatchObject([
      { stream: 5, n: 0, keyframe: true, signals: { clicks: 2, errors: 1 } },
      { stream: 5, n: 1, keyframe: false },
    ]);
    expect(detail.events).toMatchObject([
      { name: 'pageview', page: '/coffee', props: null },
      { name: 'buy', page: '/coffee', props: { plan: 'pro', n: 2 } },
    ]);
    expect(Math.abs((detail.events[0]?.time ?? 0) - Date.now())).toBeLessThan(60_000);

    const bytes = await bytesOf(site, detail.session, { stream: 5, n: 1 });
    expect(bytes.headers.get('content-type')).toBe('application/gzip');
    expect(bytes.headers.get('content-encoding')).toBeNull();
    expect(bytes.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(JSON.parse(gunzipSync(Buffer.from(await bytes.arrayBuffer())).toString())).toEqual(events(1));
    const run = (first: number, count: number | string) =>
      owner.api(`/api/v1/sites/${site.id}/replays/${detail.session}/chunks/5/${first}?count=${count}`);
    const both = Buffer.from(await (await run(0, 2)).arrayBuffer());
    const [first, second] = detail.chunks.map((one) => one.bytes) as [number, number];
    expect(both.length).toBe(first + second);
    expect(JSON.parse(gunzipSync(both.subarray(0, first)).toString())).toEqual(events(0));
    expect(JSON.parse(gunzipSync(both.subarray(first)).toString())).toEqual(events(1));
    expect([(await run(0, 3)).status, (await run(1, 2)).status]).toEqual([404, 404]);
    for (const odd of [0, -1, 21, 'x', 1.5]) expect((await run(0, odd)).status).toBe(422);
  });

  test('a chunk sent again is kept once', async () => {
    const mine = await owner.site();
    const hit = mine.hit();
    await mine.send(hit);
    const envelope = chunk(hit, 0);
    await post(mine, envelope);
    await post(mine, envelope);
    const [first] = (await list(mine)).results;
    await post(mine, envelope);
    const detail = await open(mine, first?.session ?? 0);
    expect(detail.chunks).toHaveLength(1);
    expect(detail.bytes).toBe(first?.bytes);
  });

  test('a chunk of a visit that nobody announced is kept, without a visit', async () => {
    const mine = await owner.site();
    await post(mine, chunk(mine.hit(), 0));
    const { results, total } = await list(mine);
    expect(total).toBe(1);
    expect(results[0]?.visit).toBeNull();
    const detail = await open(mine, results[0]?.session ?? 0);
    expect(detail).toMatchObject({ visit: null, events: [], chunks: [{ n: 0 }] });
    expect((await list(mine, { filters: [['is', 'visit:source', ['Google']]] })).total).toBe(0);
  });

  test('a deleted recording is gone, bytes too; the visit stays counted', async () => {
    const mine = await owner.site();
    const hit = mine.hit();
    await mine.send(hit);
    await post(mine, chunk(hit, 0));
    const [row] = (await list(mine)).results;
    const session = row?.session ?? 0;
    const path = `/api/v1/sites/${mine.id}/replays/${session}`;
    expect((await owner.api(path, { method: 'DELETE' })).status).toBe(204);
    expect((await list(mine)).total).toBe(0);
    expect((await bytesOf(mine, session, { stream: 5, n: 0 })).status).toBe(404);
    expect((await owner.api(path, { method: 'DELETE' })).status).toBe(404);
    expect(await world().sql('select 1 from session where site_id = $1', [mine.id])).toHaveLength(1);
  });

  test('nobody sees a recording of somebody else', async () => {
    const mine = await owner.site();
    const hit = mine.hit();
    await mine.send(hit);
    await post(mine, chunk(hit, 0));
    const session = (await list(mine)).results[0]?.session ?? 0;
    const other = await world().owner();
    const theirs = await other.site();
    const paths = [`sites/${mine.id}/replays/${session}`, `sites/${theirs.id}/replays/${session}`];
    for (const path of paths) {
      expect((await other.api(`/api/v1/${path}`)).status).toBe(404);
      expect((await other.api(`/api/v1/${path}/chunks/5/0`)).status).toBe(404);
      expect((await other.api(`/api/v1/${path}`, { method: 'DELETE' })).status).toBe(404);
    }
    expect((await other.api(`/api/v1/sites/${mine.id}/replays`, { json: { date_range: 'day' } })).status).toBe(404);
    expect((await bytesOf(mine, session, { stream: 5, n: 0 })).status).toBe(200);
  });
});

describe('the list', () => {
  test('is filtered by visits and by what happened in them, paged, newest first', async () => {
    const owner = await theWorld().owner();
    const site = await owner.site();
    for (const [i, path] of ['/a', '/b', '/c'].entries()) {
      const hit = site.hit({ url: `https://${site.domain}${path}` });
      await site.send(path === '/b' ? [hit, { ...hit, name: 'buy', seq: 77 }] : hit);
      await post(site, chunk(hit, 0, { from: Date.now() - 60_000 + i * 1_000 }));
    }
    const pages = async (more: object) => (await list(site, more)).results.map(({ visit }) => visit?.entry_page);
    expect(await pages({})).toEqual(['/c', '/b', '/a']);
    expect(await pages({ pagination: { limit: 1, offset: 1 } })).toEqual(['/b']);
    expect((await list(site, { pagination: { limit: 1, offset: 9 } })).total).toBe(3);
    expect(await pages({ filters: [['is', 'visit:entry_page', ['/a', '/b']]] })).toEqual(['/b', '/a']);
    expect(await pages({ filters: [['is', 'event:name', ['buy']]] })).toEqual(['/b']);
    expect(await pages({ filters: [['is_not', 'event:page', ['/a']]] })).toEqual(['/c', '/b']);
    expect(await pages({ date_range: ['2020-01-01', '2020-01-31'] })).toEqual([]);
    expect(await pages({ date_range: 'all' })).toHaveLength(3);
  });

  test('begins with what is asked for, and holds what has the friction that is asked for', async () => {
    const owner = await theWorld().owner();
    const site = await owner.site();
    const now = Date.now();
    const made: [path: string, seconds: number, signals: Signals][] = [
      ['/loop', 40, { errors: 500, clicks: 1 }],
      ['/rage', 20, { rage_clicks: 7, clicks: 30 }],
      ['/dead', 90, { dead_clicks: 1, errors: 1, clicks: 9 }],
      ['/lost', 50, { quick_backs: 1, abandoned_forms: 1, slow_interactions: 1, clicks: 2 }],
      ['/calm', 60, {}],
    ];
    for (const [i, [path, seconds, signals]] of made.entries()) {
      const hit = site.hit({ url: `https://${site.domain}${path}` });
      await site.send(hit);
      const from = now - 200_000 + i * 1_000;
      await post(site, chunk(hit, 0, { from, to: from + seconds * 1_000, signals, url: hit.url }));
    }
    const pages = async (more: object) => (await list(site, more)).results.map(({ visit }) => visit?.entry_page);
    expect(await pages({})).toEqual(['/calm', '/lost', '/dead', '/rage', '/loop']);
    expect(await pages({ order: 'friction' })).toEqual(['/rage', '/loop', '/lost', '/dead', '/calm']);
    expect(await pages({ order: 'longest' })).toEqual(['/dead', '/calm', '/lost', '/loop', '/rage']);
    expect(await pages({ order: 'clicks' })).toEqual(['/rage', '/dead', '/lost', '/loop', '/calm']);
    expect(await pages({ order: 'clicks', pagination: { limit: 2, offset: 1 } })).toEqual(['/dead', '/lost']);
    expect(await pages({ with: ['errors'] })).toEqual(['/dead', '/loop']);
    expect(await pages({ with: ['errors', 'dead_clicks'] })).toEqual(['/dead']);
    for (const signal of ['quick_backs', 'abandoned_forms', 'slow_interactions'])
      expect(await pages({ with: [signal] })).toEqual(['/lost']);
    const signals = (operator: string, ...found: string[]) => ({ filters: [[operator, 'visit:signal', found]] });
    expect(await pages(signals('is', 'slow_interactions', 'rage_clicks'))).toEqual(['/lost', '/rage']);
    expect(await pages(signals('is_not', 'dead_clicks', 'rage_clicks'))).toEqual(['/calm', '/lost', '/loop']);
    // A question about all visits knows it, too.
    const asked = {
      site_id: site.id,
      metrics: ['visits'],
      date_range: 'day',
      ...signals('is', 'errors', 'quick_backs'),
    };
    const answer = await owner.json<Answer>('/api/v1/query', { json: asked });
    expect(answer.results).toEqual([{ dimensions: [], metrics: [3] }]);
    expect(await pages({ min_duration: 60 })).toEqual(['/calm', '/dead']);
    expect((await list(site, { min_duration: 60, with: ['errors'] })).total).toBe(1);
    for (const odd of [{ order: 'random' }, { with: ['clicks'] }, { min_duration: -1 }]) {
      const json = { date_range: 'day', ...odd };
      expect((await owner.api(`/api/v1/sites/${site.id}/replays`, { json })).status).toBe(422);
    }
  });

  test('says of each where in it what happened, by what its chunks say of themselves', async () => {
    const owner = await theWorld().owner();
    const site = await owner.site();
    const hit = site.hit();
    const start = Date.now() - 480_000;
    const at = (n: number, second: number, signals: Signals, path = '/') =>
      post(
        site,
        chunk(hit, n, {
          from: start + second * 1_000,
          to: start + second * 1_000 + 500,
          signals,
          url: `https://shop.example${path}`,
        }),
      );
    await at(0, 0, { clicks: 1 });
    await at(1, 105, { errors: 2 });
    await at(2, 244, { rage_clicks: 1, clicks: 3 }, '/cart');
    await at(3, 246, { dead_clicks: 1 }, '/cart');
    await at(4, 479.5, { quick_backs: 1 }, '/cart');
    const [row] = (await list(site)).results;
    const { clicks, page, errors, rage_clicks, dead_clicks, quick_backs } = STRIP_BIT;
    const told = Object.fromEntries(row?.strip.flatMap((bits, i) => (bits ? [[i, bits]] : [])) ?? []);
    expect(row?.strip).toHaveLength(STRIP);
    expect(told).toEqual({
      ...{ 0: clicks + page, 10: errors, 24: rage_clicks + clicks + page + dead_clicks },
      47: quick_backs,
    });
  });

  test('knows who has watched what, by whom it was opened and how; the log keeps it', async () => {
    const { owner, signIn } = await somebody(theWorld());
    const site = await owner.site();
    const hit = site.hit();
    await site.send(hit);
    await post(site, chunk(hit, 0));
    const session = (await list(site)).results[0]?.session ?? 0;
    const path = `/api/v1/sites/${site.id}`;
    const cookie = cookieOf(await signIn());
    const log = async (search = '') =>
      owner.json<{ results: WatchedJson[]; total: number }>(`${path}/watched${search}`);
    expect((await list(site)).results).toMatchObject([{ seen: false, watched_by: [] }]);
    expect((await log()).total).toBe(0);
    // A program that reads it has not seen it, but it is written down.
    for (let i = 0; i < 3; i++) await open(site, session);
    expect((await owner.api(`${path}/replays/${session + 1}`)).status).toBe(404);
    expect((await list(site, { unseen: true })).results).toMatchObject([{ seen: false, watched_by: [] }]);
    for (let i = 0; i < 2; i++) await theWorld().fetch(`${path}/replays/${session}`, { headers: { cookie } });
    expect((await list(site)).results).toMatchObject([{ seen: true, watched_by: ['Owner'] }]);
    expect((await list(site, { unseen: true })).total).toBe(0);
    const before = new Date(Date.now() - 60_000).toISOString();
    expect((await list(site, { unseen: before })).results).toMatchObject([{ seen: true }]);
    expect((await list(site, { unseen: new Date().toISOString() })).total).toBe(0);
    const visit = { id: session, country: 'EE', entry_page: '/' };
    const one = { session, recorded: true, visit, who: 'Owner', email: owner.email };
    expect(await log()).toMatchObject({
      total: 2,
      results: [
        { ...one, how: 'dashboard' },
        { ...one, how: 'key' },
      ],
    });
    expect(await log('?limit=1&offset=1')).toMatchObject({ total: 2, results: [{ how: 'key' }] });
    expect((await owner.api(`${path}/watched?limit=many`)).status).toBe(422);
    await theWorld().sql("update replay_watch set at = at - interval '31 minutes' where site_id = $1", [site.id]);
    await open(site, session);
    expect((await log()).total).toBe(3);
    await owner.api(`${path}/replays/${session}`, { method: 'DELETE' });
    expect(await log()).toMatchObject({ total: 3, results: [{ recorded: false, visit }, { recorded: false }, {}] });
    await theWorld().sql('delete from session where site_id = $1', [site.id]);
    expect(await log()).toMatchObject({ total: 3, results: [{ visit: null }, {}, {}] });
  });

  test('a recording keeps what is noted at its moments, as long as it is kept itself', async () => {
    const { owner, signIn } = await somebody(theWorld());
    const site = await owner.site();
    const hit = site.hit();
    await site.send(hit);
    await post(site, chunk(hit, 0));
    const session = (await list(site)).results[0]?.session ?? 0;
    const path = `/api/v1/sites/${site.id}/replays/${session}`;
    const at = (await open(site, session)).chunks[0]?.from ?? 0;
    const headers = { cookie: cookieOf(await signIn()), origin: theWorld().url };
    const second = await owner.json<NoteJson>(`${path}/notes`, {
      json: { time: at + 500, text: ' Then <b>this</b> ' },
    });
    const body = JSON.stringify({ time: at, text: 'First this' });
    expect((await theWorld().fetch(`${path}/notes`, { method: 'POST', headers, body })).status).toBe(201);
    const [first, next] = (await open(site, session)).notes;
    expect(first).toMatchObject({ time: at, text: 'First this', who: 'Owner' });
    expect(next).toEqual({ ...second, text: 'Then <b>this</b>' });
    expect((await owner.api(`${path}/notes/${second.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await owner.api(`${path}/notes/${second.id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await open(site, session)).notes).toEqual([first]);
    for (const odd of [{ time: -1, text: 'a' }, { time: at }, { time: at, text: 'x'.repeat(2_001) }])
      expect((await owner.api(`${path}/notes`, { json: odd })).status).toBe(422);
    await theWorld().sql(
      `insert into replay_note (site_id, session_id, time, text)
       select $1, $2, now(), 'n' from generate_series(1, 199)`,
      [site.id, session],
    );
    expect((await owner.api(`${path}/notes`, { json: { time: at, text: 'One too many' } })).status).toBe(409);
    await owner.api(path, { method: 'DELETE' });
    expect(await theWorld().sql('select 1 from replay_note where site_id = $1', [site.id])).toEqual([]);
  });

  test('says what is wrong with a question', async () => {
    const owner = await theWorld().owner();
    const site = await owner.site();
    const ask = (json: unknown) => owner.api(`/api/v1/sites/${site.id}/replays`, { json });
    expect((await ask({})).status).toBe(422);
    expect((await ask({ date_range: 'day', filters: [['is', 'visit:shoe', ['a']]] })).status).toBe(422);
    expect((await ask({ date_range: 'day', pagination: { limit: 9999 } })).status).toBe(422);
    const broken = await owner.api(`/api/v1/sites/${site.id}/replays`, { method: 'POST', body: '{' });
    expect(broken.status).toBe(400);
    for (const path of ['/replays/x', '/replays/5', '/replays/5/chunks/1/x', '/replays/99999999999999999999'])
      expect((await owner.api(`/api/v1/sites/${site.id}${path}`)).status).toBe(404);
  });
});

test('what is recorded gets a policy of its own, and the dashboard keeps its own', async () => {
  const policy = async (path: string) =>
    (await fetch(theWorld().url + path)).headers.get('content-security-policy') ?? '';
  for (const path of ['/stage', '/stage.html']) {
    const stage = await policy(path);
    expect(stage).toContain("default-src 'none'");
    expect(stage).toContain("frame-ancestors 'self'");
    expect(stage).toContain('sandbox allow-same-origin');
    expect(stage).not.toMatch(/script|allow-scripts|connect/);
  }
  const page = await policy('/sites/1/replays/2');
  expect(page).toContain("script-src 'self';");
  expect(page).not.toMatch(/unsafe|https:/);
});
