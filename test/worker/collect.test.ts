import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Filter } from '../../src/contract/query.ts';
import { EXTRAS, type Hit, type HitAnswer, LIMITS, TRACK } from '../../src/contract/wire.ts';
import { SESSION_FLAG, TERM } from '../../src/db/schema.ts';
import { type Owner, type TestSite, theWorld } from '../world.ts';

// The data plane's front doors: what is taken, what is left out and why, what is refused and how.

const world = theWorld();
let owner: Owner;

beforeAll(async () => {
  owner = await world.owner();
});

/** Events of a site as Postgres holds them, oldest first, once everything is written. */
async function stored(site: TestSite) {
  await site.query({ metrics: ['visits'], date_range: 'day' });
  return world.sql(
    `select e.*, n.value as name, p.value as page, h.value as hostname, c.value as currency from event e
     join term n on n.id = e.name join term p on p.id = e.page join term h on h.id = e.hostname
     left join term c on c.id = e.currency
     where e.site_id = $1 order by e.time`,
    [site.id],
  );
}

/** The site's visits with their words. */
async function visits(site: TestSite) {
  await site.query({ metrics: ['visits'], date_range: 'day' });
  const kinds = [
    'source',
    'channel',
    'referrer',
    'utm_campaign',
    'country',
    'browser',
    'os',
    'device',
    'screen',
    'language',
  ];
  const word = (kind: string) => `(select value from term where id = s.${kind}) as ${kind}`;
  return world.sql(
    `select s.id, s.visitor, s.views, s.events, s.flags & ${~SESSION_FLAG.bounce} as flags, s.flags & ${SESSION_FLAG.bounce} <> 0 as bounce, ${kinds.map(word).join(', ')},
      (select value from term where id = s.entry) as entry, (select value from term where id = s.exit) as exit
     from session s where s.site_id = $1 order by s.id`,
    [site.id],
  );
}

const answerOf = async (response: Response) => {
  expect(response.status).toBe(202);
  return (await response.json()) as HitAnswer;
};

const problemOf = async (response: Response) => {
  const problem = (await response.json()) as { code: string; detail: string; issues?: { path: string }[] };
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('x-footfall-reason')).toBe(problem.code);
  return problem;
};

describe('addresses', () => {
  test.each([
    ['GET', '/e/KEY', 405, 'POST'],
    ['PUT', '/e/KEY', 405, 'POST'],
    ['DELETE', '/r/KEY', 405, 'POST'],
    ['POST', '/s/KEY.js', 405, 'GET'],
    ['POST', '/s/KEY/AAAAAAAA.js', 405, 'GET'],
    ['POST', '/p/KEY.gif', 405, 'GET'],
    ['GET', '/api/event', 405, 'POST'],
    ['PUT', '/api/v1/query', 405, 'GET, POST'],
    ['PUT', '/api/v1/sites/1', 405, 'GET, PATCH, DELETE'],
    ['GET', '/s/KEY', 404, null],
    ['GET', '/p/', 404, null],
    ['POST', '/e/KEY/more', 404, null],
    ['POST', '/sites', 404, null],
    ['PATCH', '/assets/gone.js', 404, null],
  ])('%s %s is %i, and says so', async (method, path, status, allow) => {
    const { key } = await owner.site();
    const response = await world.fetch(path.replace('KEY', key), { method });
    expect(response.status).toBe(status);
    expect((await problemOf(response)).code).toBe(status === 405 ? 'method_not_allowed' : 'not_found');
    expect(response.headers.get('allow')).toBe(allow);
  });
});

describe('POST /e/:key', () => {
  test('an address with more behind it goes the long way, to the same answer', async () => {
    const site = await owner.site();
    const bodies: [() => string, number][] = [
      [() => JSON.stringify(site.hit()), 202],
      [() => JSON.stringify(site.hit({ ignore: true })), 202],
      [() => '{"name":"pageview"}', 422],
    ];
    for (const [body, status] of bodies) {
      const ask = (more: string) => world.fetch(`/e/${site.key}${more}`, { method: 'POST', body: body() });
      const [short, long] = [await ask(''), await ask('?from=app')];
      expect([short.status, long.status]).toEqual([status, status]);
      expect(Object.fromEntries(long.headers)).toEqual(Object.fromEntries(short.headers));
    }
  });

  test('views go by the title they were sent with, which an event keeps only where it isn’t the first of its page', async () => {
    const site = await owner.site();
    const view = (path: string, title?: string) =>
      site.hit({ url: `https://${site.domain}${path}`, ...(title === undefined ? {} : { title }) });
    const titles = async () => {
      const dimensions = ['event:page_title'];
      const { results } = await site.query({ metrics: ['pageviews', 'visits'], date_range: 'day', dimensions });
      return results.map(({ dimensions, metrics }) => [...dimensions, ...metrics]);
    };
    // Not told, told, told otherwise; and a page of which nobody told any.
    await site.send([
      view('/cups'),
      view('/cups', ' Cups\n  and\0 more'),
      view('/cups', 'Cups (2)'),
      view('/plain', ''),
    ]);
    await site.send([view('/cups', 'Cups and more'), view('/long', 'õ'.repeat(LIMITS.titleChars + 1))]);
    const long = 'õ'.repeat(LIMITS.titleChars);
    expect((await titles()).sort()).toEqual([
      ['(not set)', 1, 1],
      ['Cups (2)', 1, 1],
      ['Cups and more', 3, 3],
      [long, 1, 1],
    ]);
    const own = await world.sql(
      'select count(*)::int as n from event e join term t on t.id = e.title where e.site_id = $1',
      [site.id],
    );
    expect(own).toEqual([{ n: '1' }]);
    const filters: Filter[] = [['contains', 'event:page_title', ['CUPS'], { case_sensitive: false }]];
    const { results, meta } = await site.query<Answer>({
      metrics: ['pageviews', 'time_on_page'],
      date_range: 'day',
      filters,
    });
    expect(results[0]?.metrics).toEqual([4, null]);
    expect(meta.engine.answered_by).toBe('rows');
  });

  test('a site that wants no titles keeps none, whoever sends one', async () => {
    const site = await owner.site({ track: { ...TRACK, titles: false } });
    await site.send(site.hit({ title: 'Order 17 of Jane' }));
    expect(await stored(site)).toMatchObject([{ title: null }]);
    expect(await world.sql('select 1 from term where site_id = $1 and kind = $2', [site.id, TERM.title])).toEqual([]);
  });

  test('a page is answered with a status alone when all was taken, and told what was not', async () => {
    const site = await owner.site();
    const origin = `https://${site.domain}`;
    const hit = site.hit();
    const taken = await site.send(hit, { origin });
    expect([taken.status, await taken.text()]).toEqual([204, '']);
    expect(Object.fromEntries(taken.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(taken.headers.has('content-type')).toBe(false);
    const again = await site.send([site.hit(), hit], { origin });
    expect([again.status, again.headers.get('x-footfall-reason')]).toEqual([202, 'duplicate']);
    expect(again.headers.get('access-control-expose-headers')).toBe('X-Footfall-Reason');
    expect(await answerOf(again)).toEqual({ accepted: 1, ignored: [{ index: 1, reason: 'duplicate' }] });
  });

  test('a page view becomes a visit with everything derived, and no address or user agent', async () => {
    const site = await owner.site();
    const response = await site.send(
      site.hit({
        url: `https://www.${site.domain}/shop/k%C3%B5hv?utm_source=Newsletter&utm_medium=email&utm_campaign=spring#top`,
        referrer: 'https://mail.google.com/mail/u/0',
        width: 1300,
        language: 'et-EE',
        colour: 'unknown fields are ignored',
      } as Partial<Hit>),
    );
    expect(await answerOf(response)).toEqual({ accepted: 1, ignored: [] });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await visits(site)).toMatchObject([
      {
        views: '1',
        events: '1',
        bounce: 't',
        flags: '0',
        entry: '/shop/kõhv',
        source: 'Newsletter',
        channel: 'Email',
        referrer: 'mail.google.com/mail/u/0',
        utm_campaign: 'spring',
        country: 'EE',
        browser: 'Chrome',
        os: 'Linux',
        device: 'Desktop',
        screen: 'Laptop',
        language: 'et-EE',
      },
    ]);
    expect(await stored(site)).toMatchObject([{ name: 'pageview', page: '/shop/kõhv', hostname: site.domain }]);
    const everything = await world.sql('select value from term where site_id = $1', [site.id]);
    expect(JSON.stringify(everything)).not.toMatch(/127\.0\.0\.1|Mozilla/);
  });

  test('an array is one visit; a repeat is said to be one and counted once', async () => {
    const site = await owner.site();
    const ids = { visitor: 11, session: 12 };
    const hits = [
      site.hit(ids),
      site.hit({ ...ids, url: `https://${site.domain}/cart` }),
      site.hit({
        ...ids,
        name: 'purchase',
        props: { plan: 'pro', seats: 3, trial: false },
        revenue: { amount: '9.90', currency: 'eur' },
      }),
    ];
    expect((await answerOf(await site.send(hits))).accepted).toBe(3);
    const again = await site.send(hits);
    expect(again.headers.get('x-footfall-reason')).toBe('duplicate');
    expect(await answerOf(again)).toEqual({
      accepted: 0,
      ignored: [0, 1, 2].map((index) => ({ index, reason: 'duplicate' })),
    });
    expect(await visits(site)).toMatchObject([{ views: '2', events: '3', bounce: 'f', entry: '/', exit: '/cart' }]);
    const purchase = (await stored(site)).find(({ name }) => name === 'purchase');
    expect(purchase).toMatchObject({ amount: '9.9000', currency: 'EUR' });
    expect(JSON.parse(purchase?.props ?? '')).toEqual({ plan: 'pro', seats: 3, trial: false });
    expect((await answerOf(await site.send(hits))).accepted).toBe(0);
  });

  test('a program is kept apart, with the reason', async () => {
    const site = await owner.site();
    const crawler = await site.send(site.hit(), { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' });
    expect(crawler.headers.get('x-footfall-reason')).toBe('bot');
    expect((await answerOf(crawler)).accepted).toBe(0);
    expect((await answerOf(await site.send(site.hit({ webdriver: true })))).ignored).toEqual([
      { index: 0, reason: 'bot' },
    ]);
    expect((await visits(site)).map(({ flags }) => flags)).toEqual(['1', '1']);
    const { results } = await site.query({ metrics: ['visits'], date_range: 'day' });
    expect(results[0]?.metrics).toEqual([0]);
  });

  test('Global Privacy Control is honoured, unless the site says otherwise', async () => {
    const site = await owner.site();
    const refused = await site.send(site.hit(), { 'sec-gpc': '1' });
    expect(refused.headers.get('x-footfall-reason')).toBe('gpc');
    expect(await answerOf(refused)).toEqual({ accepted: 0, ignored: [{ index: 0, reason: 'gpc' }] });
    expect(await visits(site)).toEqual([]);
    expect((await site.scripts()).second).toContain('/recorder-');
    const { first, second } = await site.scripts({ 'sec-gpc': '1' });
    expect(first + second).not.toContain('/recorder-');
    const other = await owner.site({ gpc: false });
    expect((await answerOf(await other.send(other.hit(), { 'sec-gpc': '1' }))).accepted).toBe(1);
  });

  test('engagement finds its page view, before and after that was written', async () => {
    const site = await owner.site();
    const view = site.hit();
    await site.send(view);
    await stored(site);
    const report = { ...view, name: 'engagement', seq: 900, of: view.seq ?? 0 };
    expect((await answerOf(await site.send({ ...report, engaged: 4200.7, scroll: 55 }))).accepted).toBe(1);
    expect((await stored(site))[0]).toMatchObject({ engaged: '4201', scroll: '55' });
    expect((await answerOf(await site.send({ ...report, of: 1e6, engaged: 1 }))).ignored[0]?.reason).toBe(
      'no_page_view',
    );
  });

  test('an event of the past lands in the past; older than a day is left out', async () => {
    const site = await owner.site();
    const hour = 3_600_000;
    const hits = [
      site.hit({ age: hour }),
      site.hit({ age: 25 * hour }),
      site.hit({ age: -hour }),
      site.hit({ age: 1e300 }),
    ];
    expect(await answerOf(await site.send(hits))).toEqual({
      accepted: 2,
      ignored: [
        { index: 1, reason: 'too_old' },
        { index: 3, reason: 'too_old' },
      ],
    });
    await stored(site);
    const rows = await world.sql(
      'select extract(epoch from now() - time)::int as age from event where site_id = $1 order by time',
      [site.id],
    );
    expect(Number(rows[0]?.age)).toBeGreaterThanOrEqual(3_600);
    expect(Number(rows[0]?.age)).toBeLessThan(3_660);
    expect(Number(rows[1]?.age)).toBeLessThan(60);
  });

  test('a cookieless site believes no ids; a visitor is an address and a browser, for a day', async () => {
    const site = await owner.site({ mode: 'cookieless' });
    const from = (address: string) => ({ 'cf-connecting-ip': address });
    await site.send([site.hit(), site.hit()], from('192.0.2.1'));
    await site.send(site.hit(), from('192.0.2.2'));
    const rows = await visits(site);
    expect(rows.map(({ views }) => views)).toEqual(['2', '1']);
    expect(new Set(rows.map(({ visitor }) => visitor)).size).toBe(2);
  });

  test.each([
    ['malformed_json', 400, '{"name": "pageview"'],
    ['malformed_json', 400, '\u0000'],
    ['invalid', 422, '[]'],
    ['invalid', 422, '"pageview"'],
    ['body_too_large', 413, JSON.stringify({ name: 'x'.repeat(LIMITS.bodyBytes) })],
    ['body_too_large', 413, JSON.stringify(Array.from({ length: 101 }, () => ({ name: 'a' })))],
  ])('%s is %i', async (code, status, body) => {
    const site = await owner.site();
    const response = await site.send(body);
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect((await problemOf(response)).code).toBe(code);
  });

  test.each([
    ['[0].name', { name: 7 }],
    ['[0].name', { name: '' }],
    ['[0].name', { name: '\u0000' }],
    ['[0].name', { name: 'x'.repeat(LIMITS.nameChars + 1) }],
    ['[0].url', { url: '/relative' }],
    ['[0].url', { url: 'javascript:alert(1)' }],
    ['[0].url', { url: 'https://' }],
    ['[0].visitor', { visitor: 'abc' }],
    ['[0].visitor', { visitor: 2 ** 53 }],
    ['[0].visitor', { visitor: -1 }],
    ['[0].session', { session: 1.5 }],
    ['[0].seq', { seq: -1 }],
    ['[0].props.a', { props: { a: [1] } }],
    ['[0].props.a', { props: { a: null } }],
    ['[0].props', { props: Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`p${i}`, i])) }],
    ['[0].revenue.amount', { revenue: { amount: '1,50', currency: 'EUR' } }],
    ['[0].revenue.amount', { revenue: { amount: 1e300, currency: 'EUR' } }],
    ['[0].revenue.amount', { revenue: { amount: '99999999999999.99999', currency: 'EUR' } }],
    ['[0].revenue.currency', { revenue: { amount: '1.50', currency: 'euro' } }],
    ['[0].age', { age: 'yesterday' }],
  ])('422 names %s', async (path, more) => {
    const site = await owner.site();
    const response = await site.send(JSON.stringify({ ...site.hit(), ...more }));
    expect(response.status).toBe(422);
    expect((await problemOf(response)).issues?.map((issue) => issue.path)).toContain(path);
  });

  test('a name is what is left of it: a page view is one in all numbers', async () => {
    const site = await owner.site();
    expect((await answerOf(await site.send(site.hit({ name: 'page\u0000view' })))).accepted).toBe(1);
    const { results } = await site.query({ metrics: ['pageviews', 'views_per_visit', 'events'], date_range: 'day' });
    expect(results).toEqual([{ dimensions: [], metrics: [1, 1, 1] }]);
  });

  test('strange but possible input is right', async () => {
    const site = await owner.site();
    const host = `https://${site.domain}`;
    const hits = [
      site.hit({ url: `${host}/${'a'.repeat(10_000)}` }),
      site.hit({ url: `${host}/😀/مرحبا?x=\u202e` }),
      site.hit({ url: `${host}/%ff%fe` }),
      site.hit({ name: '🎉 تسجيل', props: { نص: '\ud800 lone \u0000 nul', long: 'x'.repeat(5_000) } }),
      site.hit({ referrer: 'not a url', language: '<script>', width: -5 }),
      site.hit({ referrer: `${host}/itself`, width: 1e308, language: 'x'.repeat(4_000) }),
      site.hit({ name: 'refund', revenue: { amount: -5, currency: 'usd' } }),
    ];
    // A screen of minus five pixels is a program's: stored, apart.
    expect(await answerOf(await site.send(hits))).toEqual({
      accepted: hits.length - 2,
      ignored: [4, 5].map((index) => ({ index, reason: 'bot' })),
    });
    const prototype = `{"name":"x","url":"${host}/","visitor":3,"session":4,"seq":5,"props":{"__proto__":"a","constructor":"b"}}`;
    expect((await answerOf(await site.send(prototype))).accepted).toBe(1);
    const rows = await stored(site);
    expect(rows).toHaveLength(hits.length + 1);
    expect(rows.map(({ page }) => page)).toEqual(expect.arrayContaining(['/😀/مرحبا', '/%ff%fe']));
    expect(await world.sql('select 1 from quarantine where site_id = $1', [site.id])).toEqual([]);
    expect((await visits(site)).filter(({ channel }) => channel !== 'Direct')).toEqual([]);
  });

  test('a made-up key is refused; the key of a deleted site is gone', async () => {
    const site = await owner.site();
    for (const key of [
      'abcdefghijklmnop',
      `${site.key.slice(0, -1)}${site.key.endsWith('A') ? 'B' : 'A'}`,
      '../x',
      'ü',
    ]) {
      const response = await world.fetch(`/e/${encodeURIComponent(key)}`, { method: 'POST', body: '{}' });
      expect(response.status).toBe(403);
      expect((await problemOf(response)).code).toBe('unknown_key');
    }
    expect((await owner.api(`/api/v1/sites/${site.id}`, { method: 'DELETE' })).status).toBe(204);
    await expect.poll(async () => (await site.send(site.hit())).status, { timeout: 10_000 }).toBe(410);
  });
});

test('GET /p/:key.gif counts a page without JavaScript', async () => {
  const site = await owner.site();
  const url = encodeURIComponent(`https://${site.domain}/plain`);
  const response = await world.fetch(`/p/${site.key}.gif?u=${url}&r=https://duckduckgo.com/&t=A+plain+page`, {
    headers: { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0' },
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/gif']);
  expect(new TextDecoder('latin1').decode(await response.arrayBuffer())).toMatch(/^GIF89a/);
  expect(await visits(site)).toMatchObject([
    { views: '1', entry: '/plain', source: 'DuckDuckGo', channel: 'Organic Search', browser: 'Firefox', os: 'Windows' },
  ]);
  const titles = await site.query({ date_range: 'day', metrics: ['pageviews'], dimensions: ['event:page_title'] });
  expect(titles.results).toEqual([{ dimensions: ['A plain page'], metrics: [1] }]);
  expect((await world.fetch(`/p/${site.key}.gif`)).status).toBe(400);
});

describe('the scripts of a site', () => {
  const ALL = { titles: true, outbound: true, downloads: true, forms: true, tagged: true, vitals: true, errors: true };
  const NONE = {
    titles: false,
    outbound: false,
    downloads: false,
    forms: false,
    tagged: false,
    vitals: false,
    errors: false,
  };

  test('are the first, which counts, and one more of what else it wants', async () => {
    const site = await owner.site({ record: 0.5, hash: true });
    const { first, more, second } = await site.scripts();
    expect(first).toContain(`fetch("${world.url}/e/${site.key}"`);
    expect(first).toContain('location.href.split(" ")');
    expect(first).not.toContain('Outbound Link');
    expect(more).toHaveLength(1);
    for (const part of ['footfall_late', 'Outbound Link', 'File Download', 'Form: Submission', 'data-footfall-event']) {
      expect(second).toContain(part);
    }
    expect(second).toContain(`{"chunks":"${world.url}/r/${site.key}","record":0.5,"recorder":"${world.url}/recorder-`);
    expect(second).not.toMatch(/Web Vitals|Script Error/);
    for (const script of [first, second]) {
      expect(script).not.toMatch(/__[A-Z]+__/);
      expect(() => new Function(script)).not.toThrow();
    }
  });

  test('have the fuller recorder where anything of what that has is on', async () => {
    const extras = { ...EXTRAS, canvas: true, frames: true };
    const site = await owner.site({ domain: `www.${randomUUID()}.example:8080`, extras });
    const { second } = await site.scripts();
    expect(second).toContain(`"recorder":"${world.url}/fuller-`);
    expect(second).toContain(`"extras":["canvas","frames"],"domain":"${site.domain.slice(4, -5)}"`);
  });

  test('hold only what the site has on, and there is no second where nothing is', async () => {
    const only = await (await owner.site({ mode: 'cookieless', record: 0, track: { ...NONE, forms: true } })).scripts();
    expect((await (await owner.site()).scripts()).first).toContain('document.title');
    expect(only.first).not.toContain('document.title');
    expect(only.second).toContain('Form: Submission');
    expect(only.second).not.toMatch(/Outbound Link|File Download|data-footfall-prop|footfall_late|recorder/);
    const none = await (await owner.site({ mode: 'cookieless', record: 0, track: NONE })).scripts();
    expect(none.more).toEqual([]);
    expect(none.first).not.toContain('createElement');
    expect(() => new Function(none.first)).not.toThrow();
  });

  test('leave web vitals and errors to scripts of their own, where they are on', async () => {
    const site = await owner.site({ track: ALL });
    const { more, second } = await site.scripts();
    expect(more.map((path) => /^\/(s|vitals|errors)\b/.exec(path)?.[1])).toEqual(['s', 'vitals', 'errors']);
    expect(second).not.toMatch(/Web Vitals|Script Error/);
    for (const [path, says] of [
      [more[1], 'Web Vitals'],
      [more[2], 'Script Error'],
    ] as const) {
      const response = await world.fetch(path ?? '');
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(await response.text()).toContain(says);
    }
  });

  test('are kept as long as they hold: the first briefly, the second, which is named by what is in it, for good', async () => {
    const site = await owner.site();
    const { more } = await site.scripts();
    const cached = async (path: string, headers = {}) => {
      const response = await world.fetch(path, { headers });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      return response.headers.get('cache-control');
    };
    const forGood = 'public, max-age=31536000, immutable';
    expect(await cached(`/s/${site.key}.js`)).toBe('public, max-age=300');
    expect(await cached(more[0] ?? '')).toBe(forGood);
    // A name that is over gets what there is now, but not for good; nor does somebody for whom it would be another.
    expect(await cached(`/s/${site.key}/AAAAAAAA.js`)).toBe('public, max-age=300');
    expect(await cached(more[0] ?? '', { 'sec-gpc': '1' })).toBe('public, max-age=300');
    const quiet = await site.scripts({ 'sec-gpc': '1' });
    expect(quiet.more).not.toEqual(more);
    expect(await cached(quiet.more[0] ?? '', { 'sec-gpc': '1' })).toBe(forGood);
  });

  test.each(['/s/KEY.js', '/s/KEY.mjs', '/s/KEY/AAAAAAAA.js'])('%s of a key that was never issued', async (path) => {
    const { key } = await owner.site();
    const bent = (key[0] === 'A' ? 'B' : 'A') + key.slice(1);
    for (const made of [bent, 'nothing', 'AAAAAAAAAAAAAAAA']) {
      const response = await world.fetch(path.replace('KEY', made));
      expect(response.status).toBe(403);
      expect((await problemOf(response)).code).toBe('unknown_key');
    }
  });
});

describe('POST /r/:key', () => {
  const envelope = {
    visitor: 21,
    session: 22,
    stream: 5,
    n: 0,
    from: 1000,
    to: 3000,
    sent: 3500,
    events: 2,
    keyframe: true,
  };
  const chunk = (site: TestSite, more: object = {}, body: Uint8Array = gzipSync('[]')) =>
    world.fetch(`/r/${site.key}`, {
      method: 'POST',
      headers: { 'user-agent': 'Mozilla/5.0 Firefox/140.0' },
      body: Buffer.concat([
        Buffer.from(`${JSON.stringify({ ...envelope, url: `https://${site.domain}/`, ...more })}\n`),
        body,
      ]),
    });

  test('a chunk of a visit that was never seen is kept, once, by the server’s clock', async () => {
    const site = await owner.site();
    expect((await chunk(site)).status).toBe(202);
    expect((await chunk(site)).status).toBe(202);
    await stored(site);
    const rows = await world.sql(
      `select n, extract(epoch from now() - "to") as age, extract(epoch from "to" - "from") as span from replay_chunk where site_id = $1`,
      [site.id],
    );
    expect(rows).toHaveLength(1);
    expect(Number(rows[0]?.age)).toBeLessThan(60);
    expect(Number(rows[0]?.span)).toBe(2);
    expect(await visits(site)).toEqual([]);
    await site.send(site.hit({ visitor: 21, session: 22 }));
    const [visit] = await visits(site);
    expect(visit).toMatchObject({ views: '1', flags: '2' });
    expect(await world.sql('select session_id from replay where site_id = $1', [site.id])).toEqual([
      { session_id: visit?.id },
    ]);
  });

  test('a broken clock is not believed', async () => {
    const site = await owner.site();
    const wild = [
      { n: 1, from: -1e300, to: 1e300, sent: 0 },
      { n: 2, from: 5, to: -5, sent: 1e18 },
    ];
    for (const more of wild) expect((await chunk(site, more)).status).toBe(202);
    await stored(site);
    const rows = await world.sql(
      `select "from" > now() - interval '25 hours' and "to" <= now() and "from" <= "to" as sane from replay_chunk where site_id = $1`,
      [site.id],
    );
    expect(rows).toEqual([{ sane: 't' }, { sane: 't' }]);
  });

  test.each([
    ['invalid', 422, { stream: 'x' }, gzipSync('[]')],
    ['malformed_chunk', 400, {}, Buffer.from('not gzip')],
    ['body_too_large', 413, { url: `https://a.example/${'x'.repeat(LIMITS.envelopeBytes)}` }, gzipSync('[]')],
    ['body_too_large', 413, {}, Buffer.alloc(LIMITS.chunkBytes)],
  ])('%s is %i', async (code, status, more, body) => {
    const response = await chunk(await owner.site(), more, body);
    expect(response.status).toBe(status);
    expect((await problemOf(response)).code).toBe(code);
  });
});
