import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SegmentJson, ShareJson } from '../../src/contract/api.ts';
import { EXTRAS, TRACK } from '../../src/contract/wire.ts';
import { INPUT_BYTES } from '../../src/input.ts';
import { NOUNS } from '../../src/openapi/routes.ts';
import { type Owner, type TestSite, theWorld } from '../world.ts';
import { cookieOf, refusal, somebody, theApp } from './somebody.ts';

// Every route of the Worker stands in one of these two tables; one that is missing fails the suite, and so does one that
// is gone. What is guarded is then tried with every kind of wrong credentials, each as an attacker would.

/** Open to strangers, and why that is right. */
const OPEN: Record<string, string> = {
  'ALL /*': 'middleware: the headers of every answer',
  'ALL /e/*': 'middleware: CORS of the data plane',
  'ALL /r/*': 'middleware: CORS of the data plane',
  'GET /s/:file{.+\\.m?js}': 'the snippet, which stands in public pages; the key is signed',
  'GET /s/:key/:name{[\\w-]+\\.js}': 'what the snippet fetches, likewise',
  'POST /e/:key': 'hits of visitors; the key is signed',
  'GET /p/:file{.+\\.gif}': 'hits of pages without JavaScript; the key is signed',
  'POST /r/:key': 'recordings of visitors; the key is signed',
  'GET /r/:key/sheets/:hashes': 'says which style sheets of recorded pages the site has not; the key is signed',
  'POST /r/:key/sheets/:hash': 'style sheets of recorded pages, each by its own hash alone; the key is signed',
  'ALL /api/event': 'middleware: CORS of the data plane',
  'ALL /api/send': 'middleware: CORS of the data plane',
  'ALL /api/batch': 'middleware: CORS of the data plane',
  'POST /api/event':
    'hits that Plausible’s clients send; a name that no site has wakes nobody for long, and no database',
  'POST /api/send': 'hits that Umami’s clients send, likewise',
  'POST /api/batch': 'hits that Umami’s clients send, likewise',
  'GET /api/v1/openapi.json': 'what the API is: the same for every deployment, and public with its source',
  'GET /api/v1/setup': 'says whether there is an owner, and nothing else',
  'POST /api/v1/setup': 'works once, until there is an owner: setup.test.ts',
  'POST /api/v1/sign-in': 'gives credentials; guessing is slowed down: accounts.test.ts',
  'POST /api/v1/sign-out': 'ends the session of the cookie that comes with it, if any',
};

/** Open to whoever has a recording's link, and to nobody else: each is tried below. */
const SHARED = ['GET /api/v1/shared', 'GET /api/v1/shared/chunks/:stream/:n', 'GET /api/v1/shared/sheets/:hash'];

interface Guarded {
  /** What the asker needs. `session`: signed in, no key will do. */
  need: 'read' | 'write' | 'session';
  /** Concerns one site; which, stands in the path as `:site`, or in the body. */
  site?: true;
  /** Makes what else the path names, in the site, and tells its parts. */
  inside?: (site: TestSite) => Promise<Record<string, string | number>>;
  /** What the query string says, where it says anything that matters. */
  search?: (site: TestSite) => string;
  /** A body that is right, where one is read. */
  body?: (site: TestSite) => object;
  /** A body whose only fault is at this path. */
  wrong?: { body: (site: TestSite) => object; path: string };
}

const today = { date_range: 'day' };
const note = { time: 1_795_600_000_000, text: 'Below the fold' };
const goal = { name: 'Signed up', event: 'signup' };
const annotation = { date: '2026-11-21', text: 'The new shop is up' };
const segment = { name: 'Estonians', filters: [['is', 'visit:country', ['EE']]] };

const aGoal = async ({ owner, id }: TestSite) => {
  const made = await owner.json<{ id: number }>(`/api/v1/sites/${id}/goals`, { json: { ...goal, name: randomUUID() } });
  return { goal: made.id };
};

const aRecording = async ({ id }: TestSite) => {
  const session = Math.floor(Math.random() * 1e15);
  await world.sql(
    `with summary as (
       insert into replay (site_id, session_id, visitor, start, last, chunks, bytes, clicks, errors, rage_clicks, dead_clicks)
       values ($1, $2, 1, now(), now(), 1, 1, 0, 0, 0, 0)
     )
     insert into replay_chunk (site_id, session_id, stream, n, "from", "to", skew, events, bytes, keyframe, url, body)
     values ($1, $2, 7, 0, now(), now(), 0, 1, 1, true, '/', '\\x1f8b')`,
    [id, session],
  );
  return { session, stream: 7, n: 0 };
};

const aLink = async (site: TestSite, more: object = {}) => {
  const { session } = await aRecording(site);
  const path = `/api/v1/sites/${site.id}/replays/${session}/shares`;
  const { id, token = '' } = await site.owner.json<ShareJson>(path, { json: more });
  return { session, share: id, token, path: `${path}/${id}` };
};

const aVisit = async ({ id }: TestSite) => {
  const session = Math.floor(Math.random() * 1e15);
  await world.sql(
    `insert into session (site_id, id, visitor, start, duration, views, events, flags)
     values ($1, $2, 1, now(), 0, 1, 1, 0)`,
    [id, session],
  );
  return { session };
};

const aSheet = async ({ id }: TestSite) => {
  const hash = randomBytes(32).toString('hex');
  await world.sql(
    "insert into replay_sheet (site_id, hash, used, bytes, body) values ($1, $2, current_date, 2, '\\x1f8b')",
    [id, hash],
  );
  return { hash };
};

const aRefusedHit = async ({ id }: TestSite) => {
  const [row] = await world.sql(
    "insert into quarantine (site_id, reason, event) values ($1, 'odd', '{}') returning id",
    [id],
  );
  return { id: row?.id ?? '' };
};

const anAnnotation = async ({ owner, id }: TestSite) => {
  const made = await owner.json<{ id: number }>(`/api/v1/sites/${id}/annotations`, { json: annotation });
  return { annotation: made.id };
};

const aSegment = async ({ owner, id }: TestSite) => {
  const json = { ...segment, name: randomUUID() };
  const made = await owner.json<{ id: number }>(`/api/v1/sites/${id}/segments`, { json });
  return { segment: made.id };
};

const GUARDED: Record<string, Guarded> = {
  'GET /api/v1/me': { need: 'read' },
  'GET /api/v1/keys': { need: 'read' },
  'POST /api/v1/keys': {
    need: 'session',
    body: () => ({ name: 'Reports' }),
    wrong: { body: () => ({ name: '' }), path: 'name' },
  },
  'DELETE /api/v1/keys/:id': { need: 'session' },
  'GET /api/v1/sites': { need: 'read' },
  'POST /api/v1/sites': {
    need: 'write',
    body: () => ({ domain: `${randomUUID()}.example` }),
    wrong: { body: () => ({ domain: ['a.example'] }), path: 'domain' },
  },
  'GET /api/v1/sites/:site': { need: 'read', site: true },
  'PATCH /api/v1/sites/:site': {
    need: 'write',
    site: true,
    body: () => ({ timezone: 'Europe/Tallinn' }),
    wrong: { body: () => ({ record: 2 }), path: 'record' },
  },
  'DELETE /api/v1/sites/:site': { need: 'write', site: true },
  'GET /api/v1/sites/:site/live': { need: 'read', site: true },
  'GET /api/v1/sites/:site/status': { need: 'read', site: true },
  'POST /api/v1/sites/:site/installation': {
    need: 'write',
    site: true,
    body: ({ domain }) => ({ url: `https://${domain}/` }),
    wrong: { body: () => ({ url: 'https://elsewhere.example/' }), path: 'url' },
  },
  'POST /api/v1/sites/:site/collectors': {
    need: 'write',
    site: true,
    body: () => ({ count: 1 }),
    wrong: { body: () => ({ count: 0 }), path: 'count' },
  },
  'GET /api/v1/sites/:site/quarantine': { need: 'read', site: true },
  'POST /api/v1/sites/:site/quarantine/:id/release': { need: 'write', site: true, inside: aRefusedHit },
  'DELETE /api/v1/sites/:site/quarantine/:id': { need: 'write', site: true, inside: aRefusedHit },
  'GET /api/v1/sites/:site/exclusions/me': { need: 'read', site: true },
  'POST /api/v1/sites/:site/exclusions/me': { need: 'write', site: true },
  'DELETE /api/v1/sites/:site/exclusions/me': { need: 'write', site: true },
  'DELETE /api/v1/sites/:site/exclusions/addresses': { need: 'write', site: true },
  'GET /api/v1/sites/:site/bots': { need: 'read', site: true },
  'POST /api/v1/sites/:site/bots/rejudge': { need: 'write', site: true },
  'POST /api/v1/query': {
    need: 'read',
    site: true,
    body: ({ id }) => ({ site_id: id, metrics: ['visits'], ...today }),
    wrong: { body: ({ id }) => ({ site_id: id, metrics: ['visits'], date_range: 7 }), path: 'date_range' },
  },
  'POST /api/v1/queries': {
    need: 'read',
    site: true,
    body: ({ id }) => ({ site_id: id, queries: [{ metrics: ['visitors'], date_range: 'day' }] }),
    wrong: {
      body: ({ id }) => ({ site_id: id, queries: [{ metrics: ['visitors'], date_range: 'one' }] }),
      path: 'queries[0].date_range',
    },
  },
  'GET /api/v1/query': { need: 'read', site: true, search: ({ id }) => `?site_id=${id}&period=day` },
  'GET /api/v1/sites/:site/properties': { need: 'read', site: true, search: () => '?period=day' },
  'GET /api/v1/sites/:site/sessions': { need: 'read', site: true, search: () => '?period=day' },
  'GET /api/v1/sites/:site/sessions/:session': { need: 'read', site: true, inside: aVisit },
  'POST /api/v1/sites/:site/visitors/forget': {
    need: 'write',
    site: true,
    body: () => ({ visitor: '7' }),
    wrong: { body: () => ({ visitor: '7', user: 'ann' }), path: 'visitor' },
  },
  'GET /api/v1/sites/:site/segments': { need: 'read', site: true },
  'POST /api/v1/sites/:site/segments': {
    need: 'write',
    site: true,
    body: () => segment,
    wrong: { body: () => ({ ...segment, filters: [['is', 'segment', [1]]] }), path: 'filters[0][1]' },
  },
  'GET /api/v1/sites/:site/segments/:segment': { need: 'read', site: true, inside: aSegment },
  'PUT /api/v1/sites/:site/segments/:segment': { need: 'write', site: true, inside: aSegment, body: () => segment },
  'DELETE /api/v1/sites/:site/segments/:segment': { need: 'write', site: true, inside: aSegment },
  'GET /api/v1/sites/:site/annotations': { need: 'read', site: true },
  'POST /api/v1/sites/:site/annotations': {
    need: 'write',
    site: true,
    body: () => annotation,
    wrong: { body: () => ({ ...annotation, time: '25:00' }), path: 'time' },
  },
  'PUT /api/v1/sites/:site/annotations/:annotation': {
    need: 'write',
    site: true,
    inside: anAnnotation,
    body: () => annotation,
  },
  'DELETE /api/v1/sites/:site/annotations/:annotation': { need: 'write', site: true, inside: anAnnotation },
  'GET /api/v1/sites/:site/goals': { need: 'read', site: true },
  'POST /api/v1/sites/:site/goals': {
    need: 'write',
    site: true,
    body: () => goal,
    wrong: { body: () => ({ ...goal, props: [{ key: 'plan', op: 'is', value: 5 }] }), path: 'props[0].value' },
  },
  'POST /api/v1/sites/:site/goals/report': {
    need: 'read',
    site: true,
    body: () => today,
    wrong: { body: () => ({ date_range: 7 }), path: 'date_range' },
  },
  'GET /api/v1/sites/:site/goals/:goal': { need: 'read', site: true, inside: aGoal },
  'PUT /api/v1/sites/:site/goals/:goal': { need: 'write', site: true, inside: aGoal, body: () => goal },
  'DELETE /api/v1/sites/:site/goals/:goal': { need: 'write', site: true, inside: aGoal },
  'POST /api/v1/sites/:site/replays': {
    need: 'read',
    site: true,
    body: () => today,
    wrong: { body: () => ({ ...today, pagination: { limit: 'all' } }), path: 'pagination.limit' },
  },
  'POST /api/v1/sites/:site/replays/:session/notes': {
    need: 'write',
    site: true,
    inside: aRecording,
    body: () => note,
    wrong: { body: () => ({ ...note, text: ' ' }), path: 'text' },
  },
  'DELETE /api/v1/sites/:site/replays/:session/notes/:note': {
    need: 'write',
    site: true,
    inside: async (site) => {
      const { session } = await aRecording(site);
      const path = `/api/v1/sites/${site.id}/replays/${session}/notes`;
      return { session, note: (await site.owner.json<{ id: number }>(path, { json: note })).id };
    },
  },
  'GET /api/v1/sites/:site/replays/:session/shares': { need: 'read', site: true, inside: aRecording },
  'POST /api/v1/sites/:site/replays/:session/shares': {
    need: 'write',
    site: true,
    inside: aRecording,
    body: () => ({ name: 'For the designers' }),
    wrong: { body: () => ({ hours: 0 }), path: 'hours' },
  },
  'DELETE /api/v1/sites/:site/replays/:session/shares/:share': {
    need: 'write',
    site: true,
    inside: async (site) => {
      const { session, share } = await aLink(site);
      return { session, share };
    },
  },
  'POST /api/v1/sites/:site/heatmap': {
    need: 'read',
    site: true,
    body: () => ({ ...today, page: '/' }),
    wrong: { body: () => ({ ...today, page: '' }), path: 'page' },
  },
  'GET /api/v1/sites/:site/watched': { need: 'read', site: true },
  'GET /api/v1/sites/:site/replays/:session': { need: 'read', site: true, inside: aRecording },
  'GET /api/v1/sites/:site/replays/:session/live': { need: 'read', site: true, inside: aRecording },
  'DELETE /api/v1/sites/:site/replays/:session': { need: 'write', site: true, inside: aRecording },
  'GET /api/v1/sites/:site/replays/:session/chunks/:stream/:n': { need: 'read', site: true, inside: aRecording },
  'GET /api/v1/sites/:site/sheets/:hash': { need: 'read', site: true, inside: aSheet },
};

const world = theWorld();
let victim: Awaited<ReturnType<typeof somebody>>;
let stranger: Owner;
let readOnly: string;
let revoked: string;
let cookie: string;
let link: string;

beforeAll(async () => {
  victim = await somebody(world);
  stranger = await world.owner();
  cookie = cookieOf(await victim.signIn());
  link = (await aLink(await victim.owner.site())).token;
  [readOnly, revoked] = [freshKey(), freshKey()];
  await world.addKey(victim.owner.id, readOnly, 'read');
  await world.addKey(victim.owner.id, revoked, 'write');
  await world.sql('update api_key set revoked = now() where prefix = $1 and user_id = $2', [
    revoked.slice(0, 8),
    victim.owner.id,
  ]);
});

function freshKey(): string {
  return `ff_${randomBytes(32).toString('base64url')}`;
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

test('every route is in the tables, and nothing else', async () => {
  const { app } = await theApp();
  const routes = new Set(app.routes.map(({ method, path }) => `${method} ${path}`));
  expect([...Object.keys(OPEN), ...SHARED, ...Object.keys(GUARDED)].sort()).toEqual([...routes].sort());
});

test('the API’s document asks of each route for the credentials that it needs', () => {
  const routes = NOUNS.flatMap((noun) => Object.entries(noun.routes));
  const open = Object.keys(OPEN).filter((route) => !route.startsWith('ALL '));
  expect(Object.fromEntries(routes.map(([address, { route, needs }]) => [route ?? address, needs]))).toEqual({
    ...Object.fromEntries(open.map((route) => [route, 'nothing'])),
    ...Object.fromEntries(SHARED.map((route) => [route, 'share'])),
    ...Object.fromEntries(Object.entries(GUARDED).map(([route, { need }]) => [route, need])),
  });
});

test('whatever lies inside a site is made for the suite', () => {
  const deep = Object.entries(GUARDED).filter(([route]) => /:site\/.*:/.test(route));
  expect(deep.filter(([, { inside }]) => !inside)).toEqual([]);
});

describe.each(Object.entries(GUARDED))('%s', (route, { need, site: ofSite, inside, search, body, wrong }) => {
  const [method = '', pattern = ''] = route.split(' ');
  type Parts = Record<string, string | number>;

  /** The address with its parts in place; what nobody gave is a number that nothing has. */
  const path = (parts: Parts) => pattern.replace(/:(\w+)/g, (_, name: string) => String(parts[name] ?? 987_654_321));

  function ask(
    site: TestSite,
    headers: Record<string, string>,
    payload: BodyInit | undefined = json(body?.(site)),
    parts: Parts = {},
  ) {
    const init = { method, headers, ...(payload === undefined ? {} : { body: payload }) };
    return world.fetch(path({ site: site.id, ...parts }) + (search?.(site) ?? ''), init);
  }

  test('needs credentials that hold', async () => {
    const site = await victim.owner.site();
    const [name, value = ''] = cookie.split('=');
    const [token] = decodeURIComponent(value).split('.');
    const bad: Record<string, string>[] = [
      {},
      bearer(freshKey()),
      bearer(revoked),
      bearer(victim.owner.apiKey.slice(0, -1)),
      // Nor what opens a recording of this very owner's.
      bearer(link),
      { authorization: victim.owner.apiKey },
      { authorization: `Basic ${btoa(`${victim.owner.email}:${victim.owner.apiKey}`)}` },
      { cookie: `${name}=${token}`, origin: world.url },
      { cookie: `${name}=${token}.${randomBytes(32).toString('base64')}`, origin: world.url },
      { cookie: `${name}=${token}.${victim.owner.apiKey}`, origin: world.url },
      // A wrong key isn't made good by a cookie.
      { ...bearer(revoked), cookie, origin: world.url },
    ];
    for (const headers of bad)
      expect([headers, await refusal(await ask(site, headers))]).toEqual([headers, '401 not_signed_in']);
    expect((await ask(site, bearer(victim.owner.apiKey))).status).not.toBe(401);
  });

  test(need === 'read' ? 'lets a key read that may only read' : 'refuses a key that may only read', async () => {
    const site = await victim.owner.site();
    const answer = await ask(site, bearer(readOnly));
    if (need === 'read') expect([401, 403]).not.toContain(answer.status);
    else expect(await refusal(answer)).toBe('403 read_only_key');
  });

  if (need === 'session') {
    test('refuses a key, whatever it may do', async () => {
      const site = await victim.owner.site();
      expect(await refusal(await ask(site, bearer(victim.owner.apiKey)))).toBe('403 forbidden');
    });
  }

  if (ofSite) {
    test("knows nothing of another owner's site, for whoever may do anything with their own", async () => {
      const [site, own] = [await victim.owner.site(), await stranger.site()];
      const parts = (await inside?.(site)) ?? {};
      const before = await victim.owner.json(`/api/v1/sites/${site.id}`);
      const strangers = bearer(stranger.apiKey);
      const payload = json(body?.(site));
      expect(await refusal(await ask(site, strangers, payload, parts))).toBe('404 not_found');
      if (pattern.includes(':site')) {
        expect(await refusal(await ask(site, strangers, payload, { ...parts, site: site.domain }))).toBe(
          '404 not_found',
        );
      }
      // Nor by way of one's own.
      if (inside) expect(await refusal(await ask(own, strangers, payload, parts))).toBe('404 not_found');
      expect(await victim.owner.json(`/api/v1/sites/${site.id}`)).toEqual(before);
      // It was there all the time: its owner finds it.
      const theirs = await ask(site, bearer(victim.owner.apiKey), payload, parts);
      expect([401, 403, 404]).not.toContain(theirs.status);
    });
  }

  if (method !== 'GET') {
    test('takes a cookie from our own pages only', async () => {
      const site = await victim.owner.site();
      const from: [Record<string, string>, boolean][] = [
        [{}, false],
        [{ origin: 'https://elsewhere.example' }, false],
        [{ origin: 'null' }, false],
        [{ origin: `${world.url}0` }, false],
        [{ 'sec-fetch-site': 'cross-site' }, false],
        [{ 'sec-fetch-site': 'same-site' }, false],
        [{ origin: 'https://elsewhere.example', 'sec-fetch-site': 'same-origin' }, false],
        [{ origin: world.url }, true],
        [{ 'sec-fetch-site': 'same-origin' }, true],
      ];
      for (const [headers, ours] of from) {
        const answer = await ask(site, { cookie, ...headers });
        if (ours) expect([401, 403]).not.toContain(answer.status);
        else expect([headers, await refusal(answer)]).toEqual([headers, '403 wrong_origin']);
      }
    });
  }

  if (body) {
    test('says what is wrong with a body', async () => {
      const site = await victim.owner.site();
      const headers = { cookie, origin: world.url, 'content-type': 'application/json' };
      for (const broken of ['{"name":', '', 'not json', Buffer.from([0x22, 0xff, 0x22])]) {
        expect(await refusal(await ask(site, headers, broken))).toBe('400 malformed_json');
      }
      expect(await refusal(await ask(site, headers, `"${'a'.repeat(INPUT_BYTES)}"`))).toBe('413 body_too_large');
      const endless = new Blob(['"', 'a'.repeat(INPUT_BYTES), '"']).stream();
      const streamed = { method, headers, body: endless, duplex: 'half' } as RequestInit;
      expect(await refusal(await world.fetch(path({ site: site.id }), streamed))).toBe('413 body_too_large');
      for (const other of ['null', '[]', '5', '"text"']) {
        expect(await refusal(await ask(site, headers, other))).toBe('422 invalid');
      }
      if (!wrong) return;
      const answer = await ask(site, headers, json(wrong.body(site)));
      expect(answer.status).toBe(422);
      expect(answer.headers.get('x-footfall-reason')).toBe('invalid');
      expect(await answer.json()).toMatchObject({ code: 'invalid', issues: [{ path: wrong.path }] });
    });
  }
});

describe('a recording’s link', () => {
  const chunk = '/api/v1/shared/chunks/7/0';
  const asks = async (token: string, path = '/api/v1/shared') => {
    const answer = await world.fetch(path, { headers: bearer(token) });
    return answer.ok ? answer.status : refusal(answer);
  };

  test('opens this recording, without whose visit it was, and is in the log', async () => {
    const site = await victim.owner.site();
    const { token, session } = await aLink(site, { name: 'For the designers' });
    await site.owner.json(`/api/v1/sites/${site.id}/replays/${session}/notes`, { json: note });
    const found = await (await world.fetch('/api/v1/shared', { headers: bearer(token) })).json();
    expect(found).toMatchObject({ session, domain: site.domain, chunks: [{ stream: 7, n: 0 }] });
    expect(JSON.stringify(found)).not.toMatch(/"visitor"|"notes"|Below the fold/);
    expect(await asks(token, chunk)).toBe(200);
    expect(await asks(token, '/api/v1/shared/chunks/7/1')).toBe('404 not_found');
    const [own, other] = [await aSheet(site), await aSheet(await victim.owner.site())];
    expect(await asks(token, `/api/v1/shared/sheets/${own.hash}`)).toBe(200);
    expect(await asks(token, `/api/v1/shared/sheets/${other.hash}`)).toBe('404 not_found');
    expect(await asks('fs_none', `/api/v1/shared/sheets/${own.hash}`)).toBe('404 not_found');
    const { results } = await site.owner.json<{ results: object[] }>(`/api/v1/sites/${site.id}/watched`);
    expect(results).toMatchObject([{ session, how: 'link', who: 'For the designers', email: null }]);
  });

  test('opens nothing of another recording, of the same site or not', async () => {
    const site = await victim.owner.site();
    const { token } = await aLink(site);
    const other = await aRecording(site);
    await world.sql('update replay_chunk set n = 5 where session_id = $1', [other.session]);
    expect(await asks(token, '/api/v1/shared/chunks/7/5')).toBe('404 not_found');
    for (const path of [`replays/${other.session}`, `replays/${other.session}/chunks/7/5`, 'replays', 'watched'])
      expect(await asks(token, `/api/v1/sites/${site.id}/${path}`)).toMatch(/^40[145] /);
  });

  test('opens nothing once it has run out, was taken back, or its recording is gone', async () => {
    const site = await victim.owner.site();
    const [late, taken, deleted] = [await aLink(site), await aLink(site), await aLink(site)];
    for (const { token } of [late, taken, deleted]) expect(await asks(token)).toBe(200);
    await world.sql("update replay_share set expires = now() - interval '1 second' where id = $1", [late.share]);
    expect((await site.owner.api(taken.path, { method: 'DELETE' })).status).toBe(204);
    await site.owner.api(`/api/v1/sites/${site.id}/replays/${deleted.session}`, { method: 'DELETE' });
    for (const { token } of [late, taken, deleted])
      for (const path of ['/api/v1/shared', chunk]) expect(await asks(token, path)).toBe('404 not_found');
    // Nor when its recording comes again: what waited in a browser.
    await world.sql('update replay set session_id = $1 where session_id = $2', [deleted.session, taken.session]);
    expect(await asks(deleted.token)).toBe('404 not_found');
  });

  test('can’t be had without its token, and no other key is one', async () => {
    const { token } = await aLink(await victim.owner.site());
    const wrong = [token.slice(0, -1), `${token}x`, token.replace('fs_', 'ff_'), victim.owner.apiKey, readOnly, ''];
    for (const one of wrong) {
      expect(await asks(one)).toBe('404 not_found');
      expect(await asks(one, chunk)).toBe('404 not_found');
    }
    expect((await world.fetch('/api/v1/shared', { headers: { cookie } })).status).toBe(404);
    const [row] = await world.sql('select count(*) as n from replay_share where hash = $1', [token]);
    expect(row?.n).toBe('0');
  });
});

describe('somebody’s own segment', () => {
  type Asks = (method: string, path?: string, body?: object) => Promise<Response>;

  /** A site with two who see it, and each way in which they may ask for its segments. */
  async function shared() {
    const site = await victim.owner.site();
    const colleague = await somebody(world);
    await world.sql('insert into member (site_id, user_id) values ($1, $2)', [site.id, colleague.owner.id]);
    const by =
      (headers: Record<string, string>): Asks =>
      (method, path = '', body) =>
        world.fetch(`/api/v1/sites/${site.id}/segments${path}`, {
          method,
          headers: { ...headers, origin: world.url },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
    return {
      site,
      colleague,
      mine: by({ cookie }),
      theirs: by({ cookie: cookieOf(await colleague.signIn()) }),
      keys: [by(bearer(victim.owner.apiKey)), by(bearer(colleague.owner.apiKey))],
    };
  }
  const own = { ...segment, shared: false };
  const listed = async (asks: Asks) => {
    const { segments } = (await (await asks('GET')).json()) as { segments: SegmentJson[] };
    return segments.map(({ id, shared }) => [id, shared]);
  };

  test('is there for nobody else: no colleague, no key, no question', async () => {
    const { site, mine, theirs, keys } = await shared();
    const made = (await (await mine('POST', '', own)).json()) as SegmentJson;
    expect(made).toMatchObject(own);
    for (const asks of [theirs, ...keys]) {
      expect(await listed(asks)).toEqual([]);
      for (const [method, body] of [['GET'], ['PUT', { ...segment, shared: true }], ['DELETE']] as const)
        expect([method, await refusal(await asks(method, `/${made.id}`, body))]).toEqual([method, '404 not_found']);
    }
    const question = `/api/v1/query?site_id=${site.id}&period=day&filters=is:segment:${made.id}`;
    expect(await refusal(await world.fetch(question, { headers: { cookie } }))).toBe('422 invalid');
    expect(await listed(mine)).toEqual([[made.id, false]]);
    // Nor does a name tell of it.
    expect((await theirs('POST', '', own)).status).toBe(201);
    expect(await refusal(await mine('POST', '', own))).toBe('409 conflict');
    for (const asks of keys) expect(await refusal(await asks('POST', '', own))).toBe('422 invalid');
  });

  test('is given to all, and taken back, by those who see it', async () => {
    const { mine, theirs, keys } = await shared();
    const { id } = (await (await mine('POST', '', own)).json()) as SegmentJson;
    await mine('PUT', `/${id}`, { ...segment, shared: true });
    for (const asks of [mine, theirs, ...keys]) expect(await listed(asks)).toEqual([[id, true]]);
    // What says nothing of it leaves it as it is.
    expect(await (await theirs('PUT', `/${id}`, segment)).json()).toMatchObject({ id, shared: true });
    await theirs('PUT', `/${id}`, own);
    expect(await listed(theirs)).toEqual([[id, false]]);
    for (const asks of [mine, ...keys]) expect(await listed(asks)).toEqual([]);
  });

  test('goes with whom it belongs to, out of the site or altogether; shared ones stay', async () => {
    const { site, colleague, mine, theirs } = await shared();
    const names = async () =>
      (await world.sql('select name from segment where site_id = $1 order by name', [site.id])).map(({ name }) => name);
    await mine('POST', '', { ...own, name: 'mine' });
    for (const gone of [
      'delete from member where user_id = $1 and site_id = $2',
      'delete from auth_user where id = $1',
    ]) {
      await world.sql('insert into member (site_id, user_id) values ($1, $2) on conflict do nothing', [
        site.id,
        colleague.owner.id,
      ]);
      await theirs('POST', '', { ...own, name: 'theirs' });
      await theirs('POST', '', { ...segment, name: 'ours' });
      expect(await names()).toEqual(['mine', 'ours', 'theirs']);
      await world.sql(gone, gone.includes('$2') ? [colleague.owner.id, site.id] : [colleague.owner.id]);
      expect(await names()).toEqual(['mine', 'ours']);
    }
  });
});

function json(value: object | undefined): string | undefined {
  return value && JSON.stringify(value);
}

describe('pages elsewhere', () => {
  test('can neither sign anybody in nor out, nor read an answer of the API', async () => {
    for (const [path, body] of [
      ['/api/v1/sign-in', { email: victim.owner.email, password: 'whatever it is' }],
      ['/api/v1/setup', { name: 'Eve', email: 'eve@example.com', password: 'whatever it is' }],
      ['/api/v1/sign-out', {}],
    ] as const) {
      for (const from of [
        { origin: 'https://elsewhere.example' },
        { 'sec-fetch-site': 'cross-site' },
        { origin: 'null' },
      ]) {
        const headers: Record<string, string> = { cookie, 'content-type': 'application/json' };
        const init = { method: 'POST', headers: { ...headers, ...from }, body: JSON.stringify(body) };
        expect(await refusal(await world.fetch(path, init))).toBe('403 wrong_origin');
      }
    }
    const answer = await world.fetch('/api/v1/me', { headers: { cookie, origin: 'https://elsewhere.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    };
    const asked = await world.fetch('/api/v1/sites', preflight);
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
    expect((await world.fetch('/api/v1/me', { headers: { cookie } })).status).toBe(200);
  });
});

describe('headers', () => {
  test('of the API: nothing is kept, nothing is framed, nothing is guessed', async () => {
    for (const path of ['/api/v1/me', '/api/v1/setup', '/api/v1/nothing-here', '/api/']) {
      const { headers } = await world.fetch(path);
      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'content-type': expect.stringMatching(/^application\/(problem\+)?json/),
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      });
    }
    expect(await refusal(await world.fetch('/api/v1/nothing-here'))).toBe('404 not_found');
    // better-auth's own addresses are not there: nobody can sign up.
    const signUp = {
      method: 'POST',
      body: JSON.stringify({ name: 'Eve', email: 'eve@example.com', password: 'x'.repeat(12) }),
    };
    for (const path of [
      '/api/auth/sign-up/email',
      '/api/v1/sign-up',
      '/api/v1/sign-up/email',
      '/api/auth/get-session',
    ]) {
      expect(await refusal(await world.fetch(path, signUp))).toBe('404 not_found');
    }
  });

  test('of the dashboard: no script but ours, in nobody’s frame', async () => {
    for (const path of ['/', '/sign-in', '/sites/1/replays']) {
      const { status, headers } = await world.fetch(path);
      expect(status).toBe(200);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': expect.stringContaining('text/html'),
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      const policy = new Map(
        (headers.get('content-security-policy') ?? '').split('; ').map((rule) => {
          const [name = '', ...sources] = rule.split(' ');
          return [name, sources.join(' ')];
        }),
      );
      expect(policy.get('default-src')).toBe("'self'");
      expect(policy.get('script-src')).toBe("'self'");
      expect(policy.get('connect-src')).toBe("'self'");
      for (const none of ['object-src', 'base-uri', 'frame-ancestors']) expect(policy.get(none)).toBe("'none'");
      expect(headers.get('cache-control')).not.toContain('immutable');
    }
  });

  test('of a site’s page: what it asks for first, as the address names the site, whatever that is', async () => {
    const ahead = async (path: string) => (await world.fetch(path)).headers.get('link');
    const link = (ref: string) =>
      ['', '/goals'].map((rest) => `</api/v1/sites/${ref}${rest}>; rel=preload; as=fetch; crossorigin`).join(', ');
    expect(await ahead('/sites/shop.example')).toBe(link('shop.example'));
    expect(await ahead('/sites/127.0.0.1%3A8788?period=7d')).toBe(link('127.0.0.1%3A8788'));
    expect(await ahead('/sites/a>, <https:evil.example')).toBe(link('a%3E,%20%3Chttps:evil.example'));
    for (const path of ['/', '/sites/shop.example/visits', '/sites/', '/sign-in']) expect(await ahead(path)).toBeNull();
  });

  test('of the stage that recorded pages are rebuilt on: no script, no request, in our own frame only', async () => {
    const { status, headers } = await world.fetch('/stage');
    expect(status).toBe(200);
    const policy = headers.get('content-security-policy')?.split('; ');
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "frame-ancestors 'self'", 'sandbox allow-same-origin']),
    );
    expect(policy?.filter((rule) => /^(script|connect|frame|worker|object)-src/.test(rule))).toEqual([]);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('of what is named by its contents: kept for good', async () => {
    const html = await (await world.fetch('/')).text();
    const script = /src="(\/assets\/[^"]+)"/.exec(html)?.[1] ?? '';
    expect((await world.fetch(script)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const gone = await world.fetch('/assets/gone-12345678.js');
    expect(gone.headers.get('cache-control')).toBeNull();
    expect(await refusal(gone)).toBe('404 not_found');
  });

  test('of what other people’s pages load: theirs to load', async () => {
    const site = await victim.owner.site({ track: { ...TRACK, vitals: true, errors: true } });
    const { more, second } = await site.scripts();
    const fuller = await (await victim.owner.site({ extras: { ...EXTRAS, console: true } })).scripts();
    const recorders = [second, fuller.second].map((text) => /\/(recorder|fuller)-[\w-]+\.js/.exec(text)?.[0] ?? '');
    expect(more).toHaveLength(3);
    const own = [`/s/${site.key}.js`, `/s/${site.key}.mjs`, `/p/${site.key}.gif?u=https://${site.domain}/`];
    for (const path of [...own, ...more, ...recorders]) {
      const { status, headers } = await world.fetch(path, { headers: { origin: `https://${site.domain}` } });
      expect([path, status]).toEqual([path, 200]);
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.getSetCookie()).toEqual([]);
    }
    for (const path of [...more, ...recorders])
      expect((await world.fetch(path)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    // Recorders are loaded so that what fails in the page's own requests is told to it as ever.
    for (const path of recorders)
      expect((await world.fetch(path)).headers.get('access-control-allow-origin')).toBe('*');
    const hit = await site.send(site.hit(), { origin: `https://${site.domain}` });
    expect(hit.headers.get('access-control-allow-origin')).toBe('*');
    expect(hit.headers.get('access-control-allow-credentials')).toBeNull();
  });
});
