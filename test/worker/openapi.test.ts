import { createHash, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  AnnotationJson,
  ApiKey,
  GoalJson,
  LiveMessage,
  NoteJson,
  QuarantineJson,
  ReplayDetail,
  ReplayJson,
  SegmentJson,
  SessionJson,
  ShareJson,
  SiteJson,
  StatusJson,
  WatchMessage,
} from '../../src/contract/api.ts';
import { NOUNS } from '../../src/openapi/routes.ts';
import { api, faultIn, operations } from '../documented.ts';
import { CHROME, ownStack } from '../world.ts';
import { listen } from './listen.ts';
import { cookieOf, theApp } from './somebody.ts';

// The API as its document has it: every route is in it, and a whole life of a deployment, from its owner to the last site's
// end, is led by what it says alone. `World.fetch` holds each answer against it, here and in every other test.

test('every route is in the document, and nothing else', async () => {
  const { app } = await theApp();
  const routes = app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);
  const documented = NOUNS.flatMap((noun) => Object.entries(noun.routes)).map(
    ([address, { route }]) => route ?? address,
  );
  expect(documented.sort()).toEqual([...new Set(routes)].sort());
});

describe('a deployment', () => {
  let world: Awaited<ReturnType<typeof ownStack>>;
  beforeAll(async () => {
    world = await ownStack();
  });
  afterAll(() => world.close());

  const asked = new Set<string>();
  const address = { 'cf-connecting-ip': '2001:db8::17' };
  let cookie = '';
  let apiKey = '';
  let shared = '';

  interface Asking {
    /** What stands in the address, and behind it. */
    parts?: Record<string, string | number>;
    query?: string;
    /** Instead of the document's example. */
    json?: unknown;
    bytes?: Uint8Array<ArrayBuffer>;
  }

  /** A request as the document describes it, with the credentials that it asks for; its answer is no refusal. */
  async function does(id: string, { parts = {}, query = '', json, bytes }: Asking = {}): Promise<Response> {
    const { method, path, operation } = operations.find((one) => one.operation.operationId === id) ?? never(id);
    const { requestBody } = operation as { requestBody?: { content: Record<string, { example?: unknown }> } };
    const body = bytes ?? JSON.stringify(json ?? requestBody?.content['application/json']?.example);
    const [first] = operation.security;
    const credentials = !first
      ? {}
      : 'share' in first || 'key' in first
        ? { authorization: `Bearer ${'share' in first ? shared : apiKey}` }
        : { cookie, origin: world.url };
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => String(parts[name] ?? never(`${id}: ${name}`)));
    const headers = { 'user-agent': CHROME, ...address, ...credentials } as Record<string, string>;
    const answer = await world.fetch(filled + query, { method, headers, ...(body === undefined ? {} : { body }) });
    if (!answer.ok) throw new Error(`${id}: ${answer.status} ${await answer.text()}`);
    asked.add(id);
    return answer;
  }

  const read = async <T>(id: string, asking?: Asking) => (await (await does(id, asking)).json()) as T;

  test('is led by the document alone', async () => {
    expect(await read('getSetup')).toEqual({ needed: true });
    await does('setUp');
    cookie = cookieOf(await does('signIn'));
    const key = await read<ApiKey>('createKey', { json: { name: 'All of it', scope: 'write' } });
    await does('createKey');
    apiKey = key.key ?? '';
    await does('getMe');
    await does('listKeys');

    const made = await read<SiteJson>('createSite');
    const [byId, site] = [{ site: made.id }, { site: 'shop.example' }];
    const door = { key: made.key };
    const website = randomUUID();
    await does('changeSite', { parts: site });
    await does('changeSite', { parts: byId, json: { record: 1, umami_id: website } });
    expect(await read('listSites')).toMatchObject({ sites: [{ umami_id: website }] });
    await does('getSite', { parts: byId });

    const [, name = ''] =
      /\/s\/[\w-]+\/([\w-]+)\.js/.exec(await (await does('getSnippet', { parts: door })).text()) ?? [];
    await does('getSecondScript', { parts: { ...door, name } });
    const visit = { visitor: 7, session: 8 };
    const hit = { name: 'pageview', url: 'https://shop.example/checkout', seq: 1, ...visit };
    const live = await feed(`${world.url.replace('http', 'ws')}/api/v1/sites/${made.id}/live`);
    expect(await read('sendHits', { parts: door, json: [hit, { ...hit, name: 'purchase', seq: 2 }] })).toEqual({
      accepted: 2,
      ignored: [],
    });
    expect(await read('sendHits', { parts: door, json: [hit] })).toMatchObject({ ignored: [{ reason: 'duplicate' }] });
    expect(await read('sendHits', { parts: door })).toMatchObject({ accepted: 1 });
    await does('sendPageview', { parts: door, query: '?u=https://shop.example/coffee' });
    const now = Date.now();
    const envelope = {
      ...visit,
      stream: 5,
      n: 0,
      from: now - 900,
      to: now - 100,
      sent: now,
      events: 1,
      keyframe: true,
    };
    const line = JSON.stringify({ ...envelope, url: hit.url, signals: { clicks: 2 } });
    await does('sendChunk', { parts: door, bytes: Buffer.concat([Buffer.from(`${line}\n`), gzipSync('[]')]) });
    const hash = createHash('sha256').update('p {}').digest('hex');
    expect(await read('missingSheets', { parts: { ...door, hashes: hash } })).toEqual([hash]);
    await does('sendSheet', { parts: { ...door, hash }, bytes: gzipSync('p {}') });
    const [first, second] = await live();
    expect(first).toMatchObject({ here: 0, visitors: [], events: [] });
    expect(second?.events).toContainEqual(expect.objectContaining({ name: 'pageview', page: '/checkout' }));
    expect(second?.visitors).toContainEqual(expect.objectContaining({ page: '/checkout' }));
    asked.add('watchSite');

    // The edge learns a site's names within five seconds.
    const umami = { type: 'event', payload: { website, url: '/coffee', hostname: 'shop.example' } };
    await expect
      .poll(() => does('sendUmami', { json: umami }).then(Boolean, () => false), { timeout: 10_000 })
      .toBe(true);
    expect(await read('sendUmamiBatch', { json: [umami, { type: 'event' }] })).toMatchObject({
      processed: 1,
      errors: 1,
    });
    expect((await does('sendPlausible')).headers.get('x-plausible-dropped')).toBeNull();

    const goal = await read<GoalJson>('createGoal', { parts: site });
    const one = { ...site, goal: goal.id };
    await does('getGoal', { parts: one });
    await does('replaceGoal', { parts: one });
    await does('createGoal', { parts: site, json: { name: 'Purchase', event: 'purchase' } });
    await does('listGoals', { parts: site });
    await does('reportGoals', { parts: site });
    const report = await read('reportGoals', { parts: site, json: { date_range: 'day' } });
    expect(report).toMatchObject({ results: [{ events: 4 }, { events: 2, revenue: [{ total: '49.90' }] }] });

    await does('query');
    await does('queries');
    const bySource = { site_id: made.id, metrics: ['visitors', 'visit_duration'], date_range: 'day' };
    const include = { comparisons: { mode: 'previous_period' }, time_labels: true, total_rows: true };
    for (const dimensions of [['time'], ['time:hour', 'visit:browser']]) {
      await does('query', { json: { ...bySource, dimensions, include, order_by: [['visitors', 'desc']] } });
    }
    await does('query', {
      json: { ...bySource, filters: [['or', [['is', 'event:goal', ['Purchase']]]]], metrics: ['visits'] },
    });

    await does('queryByAddress', { query: `?site_id=${made.id}&period=day&metrics=total_revenue&dimensions=page` });
    await does('listProperties', { parts: site, query: '?period=day' });
    await does('listVisits', { parts: site, query: '?period=day&dimensions=page&row=/coffee' });

    const found = await read<{ results: SessionJson[] }>('listVisits', { parts: site, query: '?period=day' });
    await does('getVisit', { parts: { ...site, session: found.results[0]?.id ?? 0 } });

    const segment = await read<SegmentJson>('createSegment', { parts: site });
    const kept = { ...site, segment: segment.id };
    await does('getSegment', { parts: kept });
    await does('replaceSegment', { parts: kept });
    await does('listSegments', { parts: site });
    await does('deleteSegment', { parts: kept });

    const annotation = await read<AnnotationJson>('createAnnotation', { parts: site });
    const flagged = { ...site, annotation: annotation.id };
    await does('replaceAnnotation', { parts: flagged });
    await does('listAnnotations', { parts: site });
    await does('deleteAnnotation', { parts: flagged });

    await does('listReplays', { parts: site });
    await does('heatmap', { parts: site });
    const { results } = await read<{ results: ReplayJson[] }>('listReplays', {
      parts: site,
      json: { date_range: 'day' },
    });
    expect(results).toMatchObject([{ clicks: 2, visit: { views: 1, entry_page: '/checkout' } }]);
    const recording = { ...site, session: results[0]?.session ?? 0 };
    const detail = await read<ReplayDetail>('getReplay', { parts: recording });
    expect([detail.chunks.length, detail.events.length]).toEqual([1, 2]);
    await does('getReplayChunk', { parts: { ...recording, stream: 5, n: 0 } });
    const address = `${world.url}/api/v1/sites/${made.id}/replays/${recording.session}/live`;
    const watcher = await listen<WatchMessage>(address, { authorization: `Bearer ${apiKey}` });
    expect(faultIn(await watcher.next(), ['components', 'schemas', 'WatchMessage'])).toBeNull();
    watcher.close();
    asked.add('watchVisit');
    const noted = await read<NoteJson>('addNote', { parts: recording });
    expect(await read('getReplay', { parts: recording })).toMatchObject({ notes: [noted] });
    await does('deleteNote', { parts: { ...recording, note: noted.id } });
    const link = await read<ShareJson>('shareReplay', { parts: recording });
    await does('listShares', { parts: recording });
    shared = link.token ?? '';
    await does('getShared');
    await does('getSharedChunk', { parts: { stream: 5, n: 0 } });
    await does('getSharedSheet', { parts: { hash } });
    await does('unshareReplay', { parts: { ...recording, share: link.id } });
    const log = await read('listWatched', { parts: site, query: '?limit=1' });
    expect(log).toMatchObject({ total: 2, results: [{ session: recording.session, how: 'link', recorded: true }] });
    await does('getSheet', { parts: { ...site, hash } });
    await does('deleteReplay', { parts: recording });
    expect(await read('forgetVisitor', { parts: site })).toEqual({ visits: 0, recordings: 0 });

    await does('reportBots', { parts: site });
    await does('rejudge', { parts: site });
    expect(await read('reportBots', { parts: site, query: '?period=day' })).toMatchObject({
      rejudging: { progress: 100 },
    });
    expect((await read<StatusJson>('getStatus', { parts: site })).counts.length).toBeGreaterThan(1);
    await does('raiseCollectors', { parts: site });
    await world.sql('alter table event alter column amount type numeric(4, 2)');
    for (const seq of [5, 6]) {
      const dear = { ...hit, name: 'sale', seq, revenue: { amount: 666, currency: 'EUR' } };
      await does('sendHits', { parts: door, json: dear });
    }
    const held = await read<{ results: QuarantineJson[] }>('listQuarantine', { parts: site });
    expect(held.results).toMatchObject([{ event: { amount: '666' } }, { event: { amount: '666' } }]);
    await world.sql('alter table event alter column amount type numeric(18, 4)');
    const [later, earlier] = held.results.map(({ id }) => ({ ...site, id }));
    await does('dropQuarantined', { parts: later ?? {} });
    await does('releaseQuarantined', { parts: earlier ?? {} });
    expect(await read('getStatus', { parts: site })).toMatchObject({ quarantined: 0, buffered: { events: 0 } });

    // Nobody is at a name for examples.
    expect(await read('checkPage', { parts: site })).toMatchObject({ snippet: 'unread', unread: 'unreachable' });

    await does('excludeMe', { parts: site });
    expect(await read('amIExcluded', { parts: site })).toEqual({ excluded: true, addresses: 1 });
    await does('includeMe', { parts: site });
    await does('includeAll', { parts: site });

    await does('deleteGoal', { parts: one });
    await does('deleteSite', { parts: site });
    await does('revokeKey', { parts: { id: key.id } });
    await does('signOut');
    await does('getOpenApi');
    expect([...asked].sort()).toEqual(operations.map(({ operation }) => operation.operationId).sort());
  });

  /** The first messages of a live feed, each as documented. */
  async function feed(url: string): Promise<() => Promise<LiveMessage[]>> {
    // Node's own takes headers; the DOM's types don't know.
    const headers = { headers: { authorization: `Bearer ${apiKey}` } } as unknown as string[];
    const socket = new WebSocket(url, headers);
    const messages: LiveMessage[] = [];
    socket.addEventListener('message', ({ data }) => messages.push(JSON.parse(String(data)) as LiveMessage));
    await expect.poll(() => messages.length).toBe(1);
    return async () => {
      await expect.poll(() => messages.length).toBeGreaterThan(1);
      socket.close();
      for (const message of messages) expect(faultIn(message, ['components', 'schemas', 'LiveMessage'])).toBeNull();
      return messages;
    };
  }

  test('gives its document to anybody, and again only when it has changed', async () => {
    const path = '/api/v1/openapi.json';
    const elsewhere = { origin: 'https://elsewhere.example' };
    const answer = await world.fetch(path, { headers: elsewhere });
    expect(await answer.json()).toEqual(api);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
    const etag = answer.headers.get('etag') ?? '';
    const again = await fetch(world.url + path, { headers: { 'if-none-match': etag } });
    expect([etag.length > 10, again.status, await again.text()]).toEqual([true, 304, '']);
  });
});

function never(what: string): never {
  throw new Error(`there is no ${what}`);
}
