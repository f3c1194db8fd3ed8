import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { SiteJson, StatusJson } from '../../src/contract/api.ts';
import { LIMITS } from '../../src/contract/wire.ts';
import { SESSION_FLAG } from '../../src/db/schema.ts';
import { CHROME, type Owner, type TestSite, theWorld } from '../world.ts';

// Plausible's and Umami's clients at their own doors: what they send, as they send it, and what becomes of it.

const world = theWorld();
let owner: Owner;

beforeAll(async () => {
  owner = await world.owner();
  while (ready.length < 50) ready.push(await make());
  const last = await make();
  const answer = () => plausible({ n: 'pageview', d: last.domain, u: `https://${last.domain}/` });
  await vi.waitFor(async () => expect((await answer()).headers.get('x-plausible-dropped')).toBeNull(), {
    timeout: 15_000,
  });
});

let visitors = 0;

/** A sender of one's own. */
const somebody = () => {
  visitors += 1;
  return { 'user-agent': CHROME, 'cf-connecting-ip': `2001:db8::${visitors.toString(16)}` };
};

type Body = object | string;

/** As Plausible's trackers post: text, so that no preflight is needed. */
function plausible(body: Body, headers: Record<string, string> = somebody()): Promise<Response> {
  return world.fetch('/api/event', {
    method: 'POST',
    headers: { 'content-type': 'text/plain', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** As Umami's tracker posts. */
function umami(body: Body, headers: Record<string, string> = somebody(), path = '/api/send'): Promise<Response> {
  return world.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

type Known = TestSite & { website: string };

/** Sites that the edge knows the names of: it learns new ones every five seconds, so that they are made beforehand. */
const ready: Known[] = [];

async function known(input: Partial<SiteJson> = {}): Promise<Known> {
  const site = ready.pop();
  if (!site) throw new Error('not enough sites were made beforehand');
  await owner.json(`/api/v1/sites/${site.id}`, { method: 'PATCH', json: input });
  return site;
}

async function make(): Promise<Known> {
  const website = randomUUID();
  return Object.assign(await owner.site({ umami_id: website }), { website });
}

interface Stored {
  name: string;
  page: string;
  hostname: string;
  engaged: string;
  scroll: string | null;
  amount: string | null;
  currency: string | null;
  props: string | null;
  session_id: string;
  visitor: string;
}

/** Events of a site as Postgres holds them, oldest first. */
async function stored(site: TestSite): Promise<Stored[]> {
  await site.query({ metrics: ['visits'], date_range: 'day' });
  const rows = await world.sql(
    `select e.*, n.value as name, p.value as page, h.value as hostname, c.value as currency from event e
     join term n on n.id = e.name join term p on p.id = e.page join term h on h.id = e.hostname
     left join term c on c.id = e.currency where e.site_id = $1 order by e.time`,
    [site.id],
  );
  return rows as unknown as Stored[];
}

async function visits(site: TestSite) {
  await site.query({ metrics: ['visits'], date_range: 'day' });
  const word = (kind: string) => `(select value from term where id = s.${kind}) as ${kind}`;
  const kinds = ['source', 'channel', 'utm_campaign', 'screen', 'language', 'browser', 'country', 'entry', 'exit'];
  return world.sql(
    `select s.id, s.visitor, s.views, s.events, s.flags & ${~SESSION_FLAG.bounce} as flags, s.flags & ${SESSION_FLAG.bounce} <> 0 as bounce, ${kinds.map(word).join(', ')}
     from session s where s.site_id = $1 order by s.id`,
    [site.id],
  );
}

const fates = async (site: TestSite) => {
  const { counts } = await owner.json<StatusJson>(`/api/v1/sites/${site.id}/status`);
  return Object.fromEntries(counts.map(({ fate, reason, hour }) => [`${fate} ${reason}`, hour]));
};

describe('POST /api/event, as Plausible has it', () => {
  test.each<[string, (domain: string) => Body, Partial<Stored> & { data?: object }]>([
    [
      'a page view of the tracker',
      (d) => ({ n: 'pageview', v: 36, u: `https://${d}/shop?utm_campaign=spring`, d, r: null }),
      { name: 'pageview', page: '/shop' },
    ],
    [
      'a custom event with properties and money',
      (d) => ({
        n: 'Purchase',
        v: 36,
        u: `https://${d}/thanks`,
        d,
        r: 'https://duckduckgo.com/',
        p: { plan: 'pro', seats: 3, trial: false, empty: '', none: null, list: [1], nested: { a: 1 } },
        $: { amount: '9.90', currency: 'eur' },
      }),
      {
        name: 'Purchase',
        page: '/thanks',
        amount: '9.9000',
        currency: 'EUR',
        data: { plan: 'pro', seats: 3, trial: false },
      },
    ],
    [
      'the long names of the Events API',
      (domain) => ({
        name: 'Signup',
        url: `https://www.${domain}/join`,
        domain,
        referrer: 'https://www.google.com/',
        props: { method: 'mail' },
        revenue: { amount: 5, currency: 'USD' },
        interactive: false,
      }),
      { name: 'Signup', page: '/join', amount: '5.0000', currency: 'USD', data: { method: 'mail' } },
    ],
    [
      'an old tracker: what is nested is packed into text, the screen’s width is told',
      (d) =>
        JSON.stringify({
          n: 'File Download',
          u: `https://${d}/`,
          d,
          w: 1300,
          h: 0,
          m: JSON.stringify({ url: '/a.pdf' }),
          $: JSON.stringify({ amount: 1.5, currency: 'GBP' }),
        }),
      { name: 'File Download', amount: '1.5000', currency: 'GBP', data: { url: '/a.pdf' } },
    ],
    [
      'pages that differ by their hash',
      (d) => ({ n: 'pageview', u: `https://${d}/app#/inbox?x=1`, d, h: 1 }),
      { page: '/app#/inbox?x=1' },
    ],
    ['pages that don’t', (d) => ({ n: 'pageview', u: `https://${d}/app#top`, d }), { page: '/app' }],
    [
      'an event named by a number',
      (d) => ({ n: 404, u: `https://${d}/gone`, d }),
      { name: '404', page: '/gone', data: { path: '/gone' } },
    ],
    [
      'an app, whose pages have no address',
      (d) => ({ n: 'pageview', u: 'app://localhost/home', d }),
      { page: '/home' },
    ],
    ['a path alone', (d) => ({ n: 'pageview', u: '/from-a-server', d }), { page: '/from-a-server' }],
    ['money that is none', (d) => ({ n: 'Buy', u: `https://${d}/`, d, $: {} }), { name: 'Buy', amount: null }],
    ['a domain with www.', (d) => ({ n: 'pageview', u: `https://www.${d}/w`, d: `www.${d}` }), { page: '/w' }],
    ['no domain: the address’s', (d) => ({ n: 'pageview', u: `https://www.${d}/own` }), { page: '/own' }],
  ])('%s', async (_, body, { data, ...expected }) => {
    const site = await known();
    const answer = await plausible(body(site.domain));
    expect([answer.status, await answer.text()]).toEqual([202, 'ok']);
    expect(answer.headers.get('x-plausible-dropped')).toBeNull();
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const rows = await stored(site);
    expect(rows).toMatchObject([{ hostname: site.domain, ...expected }]);
    expect(JSON.parse(rows[0]?.props ?? 'null')).toEqual(data ?? null);
  });

  test('engagement adds up on the latest view of its page, in the visit of its sender', async () => {
    const site = await known();
    const [me, other] = [somebody(), somebody()];
    const view = { n: 'pageview', u: `https://${site.domain}/long?a=1`, d: site.domain, v: 36 };
    const report = { ...view, n: 'engagement', p: {} };
    await plausible({ ...view, r: 'https://www.bing.com/' }, me);
    await plausible({ ...view, u: `https://${site.domain}/` }, me);
    expect((await plausible({ ...report, sd: 40, e: 3000 }, me)).headers.get('x-plausible-dropped')).toBeNull();
    await plausible({ ...report, sd: 20, e: 2000 }, me);
    await plausible(view, me);
    await plausible({ ...report, sd: '90', e: '700' }, me);
    expect((await plausible({ ...report, sd: 100, e: 1000 }, other)).headers.get('x-footfall-reason')).toBe(
      'no_page_view',
    );
    expect((await stored(site)).map(({ page, engaged, scroll }) => [page, engaged, scroll])).toEqual([
      ['/long', '5000', '40'],
      ['/', '0', null],
      ['/long', '700', '90'],
    ]);
    expect(await visits(site)).toMatchObject([
      { views: '3', events: '3', bounce: 'f', source: 'Bing', entry: '/long', exit: '/long' },
    ]);
  });

  test('one event may go to several sites', async () => {
    const [one, two] = [await known(), await known()];
    const answer = await plausible({
      n: 'pageview',
      u: `https://${one.domain}/`,
      d: ` ${one.domain},nobody.example , www.${two.domain}`,
    });
    expect(answer.headers.get('x-plausible-dropped')).toBe('1');
    for (const site of [one, two]) expect(await stored(site)).toHaveLength(1);
  });

  test('what is not interactive leaves a visit a bounce', async () => {
    const site = await known();
    const me = somebody();
    const event = { u: `https://${site.domain}/`, d: site.domain };
    await plausible({ ...event, n: 'pageview' }, me);
    await plausible({ ...event, n: 'Seen', i: false }, me);
    expect(await visits(site)).toMatchObject([{ events: '2', bounce: 't' }]);
    await plausible({ ...event, n: 'Clicked' }, me);
    expect(await visits(site)).toMatchObject([{ events: '3', bounce: 'f' }]);
  });

  test('a domain that no site has is dropped politely, and says why', async () => {
    const answer = await plausible({ n: 'pageview', u: 'https://nobody.example/', d: 'nobody.example' });
    expect([answer.status, await answer.text()]).toEqual([202, 'ok']);
    expect(answer.headers.get('x-plausible-dropped')).toBe('1');
    expect(answer.headers.get('x-footfall-reason')).toBe('unknown_domain');
  });

  test('a site that changes its domain is known by the new one; one that is deleted by none', async () => {
    const site = await known();
    const domain = `${randomUUID()}.example`;
    const reason = async (d: string) =>
      (await plausible({ n: 'pageview', u: `https://${d}/`, d })).headers.get('x-footfall-reason');
    await owner.json(`/api/v1/sites/${site.id}`, { method: 'PATCH', json: { domain } });
    await expect.poll(() => reason(domain), { timeout: 15_000 }).toBeNull();
    await expect.poll(() => reason(site.domain), { timeout: 15_000 }).toBe('unknown_domain');
    await owner.api(`/api/v1/sites/${site.id}`, { method: 'DELETE' });
    await expect.poll(() => reason(domain), { timeout: 15_000 }).toBe('unknown_domain');
  });

  test.each<[string, (domain: string) => Body]>([
    ['no JSON', () => '{"n":'],
    ['no object', () => '[]'],
    ['no name', (d) => ({ u: `https://${d}/`, d })],
    ['no address', (d) => ({ n: 'pageview', d })],
    ['an address of another kind', (d) => ({ n: 'pageview', u: 'data:text/html,x', d })],
    ['a name that is too long', (d) => ({ n: 'x'.repeat(LIMITS.nameChars + 1), u: `https://${d}/`, d })],
    ['engagement with nothing in it', (d) => ({ n: 'engagement', u: `https://${d}/`, d, sd: -1, e: 'long' })],
  ])('400 for %s', async (_, body) => {
    const site = await known();
    const answer = await plausible(body(site.domain));
    expect(answer.status).toBe(400);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('x-footfall-reason')).toMatch(/^(bad_request|malformed_json)$/);
    expect(await stored(site)).toEqual([]);
  });

  test('who asks to be left out is left out', async () => {
    const site = await known();
    const body = { n: 'pageview', u: `https://${site.domain}/`, d: site.domain };
    const answer = await plausible(body, { ...somebody(), 'sec-gpc': '1' });
    expect([answer.status, answer.headers.get('x-footfall-reason')]).toEqual([202, 'gpc']);
    expect((await plausible(body, { 'user-agent': 'curl/8.0' })).headers.get('x-footfall-reason')).toBe('bot');
    expect((await visits(site)).map(({ flags }) => flags)).toEqual(['1']);
    await expect.poll(() => fates(site)).toMatchObject({ 'ignored gpc': 1, 'ignored bot': 1 });
  });
});

describe('POST /api/send and /api/batch, as Umami has them', () => {
  /** What the tracker sends with everything. */
  const payload = (site: Known, more: object = {}) => ({
    website: site.website,
    screen: '1300x900',
    language: 'et-EE',
    title: 'Shop',
    hostname: site.domain,
    url: `https://${site.domain}/shop?utm_campaign=spring`,
    referrer: 'https://duckduckgo.com/',
    ...more,
  });
  const event = (...given: Parameters<typeof payload>) => ({ type: 'event', payload: payload(...given) });

  test('a page view becomes a visit, and the answer carries a token', async () => {
    const site = await known();
    const answer = await umami(event(site));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const uuid = expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    expect(await answer.json()).toEqual({ cache: expect.any(String), sessionId: uuid, visitId: uuid });
    expect(await stored(site)).toMatchObject([{ name: 'pageview', page: '/shop', hostname: site.domain }]);
    const titles = await site.query({ metrics: ['pageviews'], date_range: 'day', dimensions: ['event:page_title'] });
    expect(titles.results).toEqual([{ dimensions: ['Shop'], metrics: [1] }]);
    expect(await visits(site)).toMatchObject([
      {
        views: '1',
        source: 'DuckDuckGo',
        channel: 'Organic Search',
        utm_campaign: 'spring',
        screen: 'Laptop',
        language: 'et-EE',
        browser: 'Chrome',
      },
    ]);
  });

  test.each<[string, object, Partial<Stored> & { data?: object }]>([
    ['older trackers send paths', { url: '/about?x=1#team', referrer: '/shop' }, { page: '/about' }],
    [
      'an event with nested data and money',
      {
        name: 'checkout',
        data: {
          plan: 'pro',
          cart: { size: 2, first: { id: 7 } },
          tags: ['a', 'b'],
          no: null,
          revenue: 9.9,
          currency: 'eur',
        },
      },
      {
        name: 'checkout',
        amount: '9.9000',
        currency: 'EUR',
        data: {
          plan: 'pro',
          'cart.size': 2,
          'cart.first.id': 7,
          tags: '["a","b"]',
          revenue: 9.9,
          currency: 'eur',
        },
      },
    ],
    ['a tag of the script', { tag: 'variant-b' }, { name: 'pageview', data: { tag: 'variant-b' } }],
    ['a name beyond reason is cut', { name: 'x'.repeat(500) }, { name: 'x'.repeat(LIMITS.nameChars) }],
    ['a host that is none', { hostname: 'not a host', url: '/x' }, { page: '/x' }],
    ['nothing but the website', { url: undefined, hostname: undefined, screen: undefined }, { page: '/' }],
  ])('%s', async (_, more, { data, ...expected }) => {
    const site = await known();
    expect((await umami(event(site, more))).status).toBe(200);
    const rows = await stored(site);
    expect(rows).toMatchObject([expected]);
    expect(JSON.parse(rows[0]?.props ?? 'null')).toEqual(data ?? null);
  });

  test('the token keeps a visitor together whose address changes, for this site and this day', async () => {
    const [site, other] = [await known(), await known()];
    const first = await ((await umami(event(site))).json() as Promise<{ cache: string; sessionId: string }>);
    const next = await umami(event(site), { ...somebody(), 'x-umami-cache': first.cache });
    expect(((await next.json()) as { sessionId: string }).sessionId).toBe(first.sessionId);
    expect(await visits(site)).toMatchObject([{ views: '2' }]);
    // Not elsewhere, not when it was tampered with.
    const [claims = '', mac = ''] = [first.cache.slice(0, -65), first.cache.slice(-64)];
    const forged = `${claims.replace(/\.\d+\./, '.1.')}.${mac}`;
    for (const [of, cache] of [
      [other, first.cache],
      [site, forged],
      [site, ''],
      [site, 'x'.repeat(5000)],
    ] as const) {
      const answer = await umami(event(of), { ...somebody(), 'x-umami-cache': cache });
      expect(((await answer.json()) as { sessionId: string }).sessionId).not.toBe(first.sessionId);
    }
    expect(await visits(site)).toHaveLength(4);
  });

  test('a cookieless site doesn’t believe tokens', async () => {
    const site = await known({ mode: 'cookieless' });
    const { cache } = (await (await umami(event(site))).json()) as { cache: string };
    await umami(event(site), { ...somebody(), 'x-umami-cache': cache });
    await umami(event(site), { ...somebody(), 'x-umami-cache': cache });
    expect(await visits(site)).toHaveLength(3);
  });

  test('identify: what is known of a person is an event, and the person is one visitor wherever they are', async () => {
    const site = await known();
    const data = { plan: 'pro', age: 33 };
    expect((await umami({ type: 'identify', payload: payload(site, { id: 'ann', data }) })).status).toBe(200);
    await umami(event(site, { id: 'ann' }));
    await umami(event(site, { id: 'bob' }));
    const rows = await stored(site);
    expect(rows.map(({ name }) => name).sort()).toEqual(['identify', 'pageview', 'pageview']);
    expect(JSON.parse(rows.find(({ name }) => name === 'identify')?.props ?? '')).toEqual(data);
    expect(new Set(rows.map(({ visitor }) => visitor)).size).toBe(2);
    expect(await world.sql("select 1 from term where site_id = $1 and value like '%ann%'", [site.id])).toEqual([]);
  });

  test('engagement finds its page, vitals are an event; what we don’t keep is answered all the same', async () => {
    const site = await known();
    const me = somebody();
    await umami(event(site), me);
    expect((await umami({ type: 'engagement', payload: payload(site, { engagement: 4000 }) }, me)).status).toBe(200);
    const vitals = { lcp: 1200, cls: 0.1, duration: 9000 };
    expect((await umami({ type: 'performance', payload: payload(site, vitals) }, me)).status).toBe(200);
    const error = await umami({ type: 'error', payload: payload(site) }, me);
    expect([error.status, error.headers.get('x-footfall-reason')]).toEqual([200, 'not_kept']);
    expect(await error.json()).toHaveProperty('cache');
    const rows = await stored(site);
    expect(rows.find(({ name }) => name === 'pageview')).toMatchObject({ engaged: '4000' });
    expect(JSON.parse(rows.find(({ name }) => name === 'Web Vitals')?.props ?? '')).toEqual({ lcp: 1200, cls: 0.1 });
    await expect.poll(() => fates(site)).toMatchObject({ 'ignored not_kept': 1 });
  });

  test('an event of the past lands in the past, of a day at most', async () => {
    const site = await known();
    const at = (hours: number) => Math.floor(Date.now() / 1000) - hours * 3600;
    await umami(event(site, { timestamp: at(2) }));
    expect((await umami(event(site, { timestamp: at(30) }))).headers.get('x-footfall-reason')).toBe('too_old');
    await site.query({ metrics: ['visits'], date_range: 'day' });
    const rows = await world.sql('select extract(epoch from now() - time)::int as age from event where site_id = $1', [
      site.id,
    ]);
    expect(rows).toHaveLength(1);
    expect(Number(rows[0]?.age)).toBeGreaterThan(7_100);
  });

  test('who asks to be left out is told that nothing more is wanted', async () => {
    const site = await known();
    const answer = await umami(event(site), { ...somebody(), 'sec-gpc': '1' });
    expect([answer.status, answer.headers.get('x-footfall-reason')]).toEqual([200, 'gpc']);
    expect(await answer.json()).toEqual({ disabled: true });
    expect(await stored(site)).toEqual([]);
  });

  test('a batch takes what is right in it and tells what is wrong', async () => {
    const [site, other] = [await known(), await known()];
    const answer = await umami(
      [
        event(site),
        event(site, { name: 'click' }),
        event(site, { website: randomUUID() }),
        'junk',
        event(site, { url: 'data:,x' }),
        event(other),
      ],
      somebody(),
      '/api/batch',
    );
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      size: 6,
      processed: 3,
      errors: 3,
      details: [
        { index: 2, response: expect.objectContaining({ code: 'unknown_website' }) },
        { index: 3, response: expect.objectContaining({ code: 'bad_request' }) },
        { index: 4, response: expect.objectContaining({ code: 'bad_request' }) },
      ],
      cache: expect.any(String),
    });
    expect((await stored(site)).map(({ name }) => name).sort()).toEqual(['click', 'pageview']);
    expect(await visits(site)).toHaveLength(1);
    expect(await stored(other)).toHaveLength(1);
    const many = Array.from({ length: LIMITS.batchEvents + 1 }, () => ({}));
    expect((await umami(many, somebody(), '/api/batch')).status).toBe(413);
    expect((await umami({}, somebody(), '/api/batch')).status).toBe(400);
  });

  test.each<[string, Body, string]>([
    ['a website that nobody has', { type: 'event', payload: { website: randomUUID(), url: '/' } }, 'unknown_website'],
    ['no website', { type: 'event', payload: { url: '/' } }, 'bad_request'],
    ['no payload', { type: 'event' }, 'bad_request'],
    ['no type', { payload: { website: randomUUID() } }, 'bad_request'],
    ['no JSON', 'null and void', 'malformed_json'],
  ])('400 for %s', async (_, body, reason) => {
    const answer = await umami(body);
    expect([answer.status, answer.headers.get('x-footfall-reason')]).toEqual([400, reason]);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('a page elsewhere may send JSON and the tracker’s own headers', async () => {
    const asked = await world.fetch('/api/send', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-umami-cache,x-umami-hostname,x-umami-website-id',
      },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe('*');
    expect(asked.headers.get('access-control-allow-headers')).toContain('x-umami-cache');
    expect(asked.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  test('a website id belongs to one site', async () => {
    const site = await known();
    const refused = await owner.api('/api/v1/sites', {
      json: { domain: `${randomUUID()}.example`, umami_id: site.website.toUpperCase() },
    });
    expect(refused.status).toBe(409);
    const second = await owner.site();
    const patch = { method: 'PATCH', json: { umami_id: site.website } };
    expect((await owner.api(`/api/v1/sites/${second.id}`, patch)).status).toBe(409);
    const free = { method: 'PATCH', json: { umami_id: null } };
    expect(await owner.json(`/api/v1/sites/${site.id}`, free)).toMatchObject({ umami_id: null });
    expect((await owner.api(`/api/v1/sites/${second.id}`, patch)).status).toBe(200);
    const wrong = { method: 'PATCH', json: { umami_id: 'abc' } };
    expect((await owner.api(`/api/v1/sites/${second.id}`, wrong)).status).toBe(422);
  });
});
