import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import type { ReplayChunkJson, WatchedJson, WatchMessage } from '../../src/contract/api.ts';
import type { Envelope } from '../../src/contract/wire.ts';
import { CHROME, type Owner, type TestSite, theWorld } from '../world.ts';
import { listen } from './listen.ts';
import { cookieOf, refusal, somebody } from './somebody.ts';

// A visit, watched as it happens: chunks come to who watches as they come to the collector.

const world = theWorld();
let owner: Owner;
let site: TestSite;

beforeAll(async () => {
  owner = await world.owner();
  site = await owner.site();
});

function post(to: TestSite, n: number, more: Partial<Envelope> = {}): Promise<Response> {
  const now = Date.now();
  const envelope = {
    ...{ visitor: 21, session: 22, stream: 5, n, from: now - 900, to: now - 100, sent: now, events: 1 },
    ...{ keyframe: n === 0, url: 'https://shop.example/', ...more },
  };
  const body = Buffer.concat([Buffer.from(`${JSON.stringify(envelope)}\n`), gzipSync(`["${n}"]`)]);
  return world.fetch(`/r/${to.key}`, { method: 'POST', headers: { 'user-agent': CHROME }, body });
}

/** The site's recordings, the latest first. */
async function sessions({ id }: TestSite): Promise<number[]> {
  const { results } = await owner.json<{ results: { session: number }[] }>(`/api/v1/sites/${id}/replays`, {
    json: { date_range: 'day' },
  });
  return results.map(({ session }) => session);
}

const addressOf = ({ id }: TestSite, session: number | undefined) =>
  `${world.url}/api/v1/sites/${id}/replays/${session}/live`;
const keyed = ({ apiKey }: Owner) => ({ authorization: `Bearer ${apiKey}` });

interface Chunk {
  row: ReplayChunkJson;
  body: string;
}

/** Texts as they are, chunks unpacked. */
function read(data: unknown): WatchMessage | Chunk {
  if (typeof data === 'string') return JSON.parse(data) as WatchMessage;
  const bytes = Buffer.from(data as ArrayBuffer);
  const end = bytes.indexOf(10);
  return {
    row: JSON.parse(bytes.subarray(0, end).toString()) as ReplayChunkJson,
    body: gunzipSync(bytes.subarray(end + 1)).toString(),
  };
}

test('what comes of a visit comes to who watches it, and the recorder is told that somebody does', async () => {
  const first = await post(site, 0);
  expect([first.status, first.headers.get('x-footfall-watched')]).toEqual([202, null]);
  await post(site, 0, { visitor: 31, session: 32 });
  const [other, session] = await sessions(site);
  const watcher = await listen(addressOf(site, session), keyed(owner), read);
  const greeting = (await watcher.next()) as WatchMessage;
  expect(Math.abs(greeting.now - Date.now())).toBeLessThan(60_000);

  const second = await post(site, 1, { signals: { clicks: 2 } });
  expect(second.headers.get('x-footfall-watched')).toBe('1');
  expect(second.headers.get('access-control-expose-headers')).toContain('X-Footfall-Watched');
  const { row, body } = (await watcher.next()) as Chunk;
  expect(body).toBe('["1"]');
  // Another visit's go to nobody.
  expect((await post(site, 1, { visitor: 31, session: 32 })).headers.get('x-footfall-watched')).toBeNull();
  await post(site, 2);
  expect(await watcher.next()).toMatchObject({ row: { stream: 5, n: 2 } });
  watcher.send('now?');
  expect(await watcher.next()).toEqual({ now: expect.any(Number) });

  // What was told is what the index says.
  const { chunks } = await owner.json<{ chunks: ReplayChunkJson[] }>(`/api/v1/sites/${site.id}/replays/${session}`);
  expect(chunks.map(({ n }) => n)).toEqual([0, 1, 2]);
  expect(row).toEqual(chunks[1]);
  watcher.close();
  await watcher.closed;
  await expect.poll(async () => (await post(site, 3)).headers.get('x-footfall-watched')).toBeNull();
  expect(other).not.toBe(session);
});

test('is for the owner alone, from the dashboard’s own pages, and is written down', async () => {
  const { owner: mine, signIn } = await somebody(world);
  const own = await mine.site();
  await post(own, 0);
  const { results } = await mine.json<{ results: { session: number }[] }>(`/api/v1/sites/${own.id}/replays`, {
    json: { date_range: 'day' },
  });
  const session = results[0]?.session;
  const cookie = cookieOf(await signIn());
  const address = addressOf(own, session);
  const stranger = await world.owner();
  const theirs = await stranger.site();
  const refused: [string, Record<string, string>][] = [
    [address, keyed(stranger)],
    [addressOf(theirs, session), keyed(stranger)],
    [address, { cookie, origin: 'https://elsewhere.example' }],
    [address, { cookie }],
    [address, {}],
  ];
  for (const [where, headers] of refused) await expect(listen(where, headers)).rejects.toThrow();
  const log = () => mine.json<{ results: WatchedJson[] }>(`/api/v1/sites/${own.id}/watched`);
  expect((await log()).results).toEqual([]);

  for (const headers of [{ cookie, origin: world.url }, keyed(mine)]) (await listen(address, headers)).close();
  expect((await log()).results).toMatchObject([
    { session, how: 'key', email: mine.email },
    { session, how: 'dashboard', email: mine.email },
  ]);
});

test('there is nothing to watch of a visit that has sent nothing, and an upgrade has to be asked for', async () => {
  const quiet = await owner.site();
  await quiet.send(quiet.hit());
  await quiet.query({ metrics: ['visits'], date_range: 'day' });
  const [visit] = await world.sql('select id from session where site_id = $1', [quiet.id]);
  const ask = (session: unknown) => owner.api(`/api/v1/sites/${quiet.id}/replays/${session}/live`);
  expect(await refusal(await ask(visit?.id))).toBe('404 not_found');
  await post(quiet, 0);
  const [session] = await sessions(quiet);
  expect(await refusal(await ask(session))).toBe('400 bad_request');
});

test('works at whichever collector the visit is, and ends with the site', async () => {
  const wide = await owner.site();
  await owner.json(`/api/v1/sites/${wide.id}/collectors`, { json: { count: 4 } });
  const visitors = [1, 2, 3, 4].map((n) => ({ visitor: 40 + n, session: 50 + n }));
  for (const who of visitors) await post(wide, 0, who);
  const watchers = await Promise.all(
    (await sessions(wide)).map((session) => listen(addressOf(wide, session), keyed(owner), read)),
  );
  expect(watchers).toHaveLength(4);
  expect(watchers.some((watcher) => watcher.closing())).toBe(false);
  for (const watcher of watchers) await watcher.next();
  for (const who of visitors) await post(wide, 1, who);
  for (const watcher of watchers) expect(await watcher.next()).toMatchObject({ row: { n: 1 } });
  expect((await owner.api(`/api/v1/sites/${wide.id}`, { method: 'DELETE' })).status).toBe(204);
  await expect.poll(() => watchers.every((watcher) => watcher.closing())).toBe(true);
});
