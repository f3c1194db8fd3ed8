import { beforeAll, describe, expect, test } from 'vitest';
import type { Answers, ProblemJson } from '../../src/contract/answers.ts';
import type { Answer } from '../../src/contract/query.ts';
import type { Hit } from '../../src/contract/wire.ts';
import { type Owner, type TestSite, theWorld } from '../world.ts';

/** Through the front door: hits sent as a browser sends them, the question asked a moment later, the rows expected. */

let owner: Owner;
beforeAll(async () => {
  owner = await theWorld().owner();
});

const MINUTE = 60_000;

/** One visit of three pages, with a purchase, and one of a single page from elsewhere. */
async function shop(): Promise<TestSite> {
  const site = await owner.site({ timezone: 'Europe/Tallinn' });
  const [visitor, session] = [1001, 2001];
  const page = (path: string, more: Partial<Hit> = {}) =>
    site.hit({ visitor, session, url: `https://${site.domain}${path}`, ...more });
  const hits = [
    page('/?utm_source=news&utm_medium=email&utm_campaign=spring', { age: 3 * MINUTE, language: 'et-EE', width: 1500 }),
    page('/shop', { age: 2 * MINUTE }),
    page('/shop', {
      name: 'purchase',
      age: MINUTE,
      props: { plan: 'pro', seats: 3 },
      revenue: { amount: '9.90', currency: 'EUR' },
    }),
    page('/thanks?order=5#top', { age: MINUTE }),
  ];
  const sent = await site.send(hits);
  expect(sent.status).toBe(202);
  expect(await sent.json()).toEqual({ accepted: 4, ignored: [] });
  const other = site.hit({
    visitor: 1002,
    session: 2002,
    url: `https://${site.domain}/shop`,
    referrer: 'https://www.google.com/',
    width: 390,
  });
  await site.send(other);
  // Known for a bot by its own word: counted apart.
  await site.send(site.hit({ visitor: 1003, session: 2003 }), {
    'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)',
  });
  return site;
}

describe('what was sent is what is answered', () => {
  let site: TestSite;
  beforeAll(async () => {
    site = await shop();
  });

  // A range of two days: the hour before now may lie in yesterday.
  const range = () => {
    const day = (ago: number) => new Date(Date.now() - ago).toLocaleDateString('en-CA', { timeZone: 'Europe/Tallinn' });
    return [day(10 * MINUTE), day(0)];
  };
  const rows = async (query: object) => {
    const { results } = await site.query<Answer>({ date_range: range(), ...query });
    return results.map(({ dimensions, metrics }) => [...dimensions, ...metrics]);
  };

  test('totals', async () => {
    const metrics = ['visitors', 'visits', 'pageviews', 'events', 'views_per_visit', 'bounce_rate', 'visit_duration'];
    expect(await rows({ metrics })).toEqual([[2, 2, 4, 5, 2, 50, 60]]);
  });

  test('after another visit, at once', async () => {
    const fresh = await owner.site();
    const count = async () => (await fresh.query({ metrics: ['visitors'], date_range: 'day' })).results[0]?.metrics;
    expect(await count()).toEqual([0]);
    await fresh.send(fresh.hit());
    expect(await count()).toEqual([1]);
    await fresh.send(fresh.hit());
    expect(await count()).toEqual([2]);
  });

  test.each<[string[], string[], (string | number | null)[][]]>([
    [
      ['event:page'],
      ['visitors', 'pageviews', 'visits'],
      [
        ['/shop', 2, 2, 2],
        ['/', 1, 1, 1],
        ['/thanks', 1, 1, 1],
      ],
    ],
    [
      ['event:name'],
      ['events'],
      [
        ['pageview', 4],
        ['purchase', 1],
      ],
    ],
    [['event:hostname'], ['visitors'], [['HOST', 2]]],
    [
      ['visit:entry_page'],
      ['visits'],
      [
        ['/', 1],
        ['/shop', 1],
      ],
    ],
    [
      ['visit:exit_page'],
      ['visits'],
      [
        ['/shop', 1],
        ['/thanks', 1],
      ],
    ],
    [
      ['visit:utm_medium'],
      ['visits'],
      [
        ['(not set)', 1],
        ['email', 1],
      ],
    ],
    [
      ['visit:utm_campaign'],
      ['visits'],
      [
        ['(not set)', 1],
        ['spring', 1],
      ],
    ],
    [['visit:browser'], ['visits'], [['Chrome', 2]]],
    [
      ['event:props:plan'],
      ['events'],
      [
        ['(none)', 4],
        ['pro', 1],
      ],
    ],
    [
      ['event:props:seats'],
      ['events'],
      [
        ['(none)', 4],
        ['3', 1],
      ],
    ],
  ])('by %j', async (dimensions, metrics, expected) => {
    const order_by = [
      [metrics[0], 'desc'],
      [dimensions[0], 'asc'],
    ];
    const found = await rows({ metrics, dimensions, order_by });
    expect(found.map((row) => row.map((cell) => (cell === site.domain ? 'HOST' : cell)))).toEqual(expected);
  });

  test.each([
    'visit:source',
    'visit:channel',
    'visit:referrer',
    'visit:utm_source',
    'visit:utm_content',
    'visit:utm_term',
    'visit:country',
    'visit:region',
    'visit:city',
    'visit:browser_version',
    'visit:os',
    'visit:os_version',
    'visit:device',
    'visit:screen',
    'visit:language',
    'visit:entry_page_hostname',
    'time:day',
    'time:week',
    'time:month',
  ])('by %s, nobody is lost', async (dimension) => {
    const found = await rows({ metrics: ['visits'], dimensions: [dimension] });
    expect(found.reduce((all, row) => all + Number(row[1]), 0)).toBe(2);
    const words = found.map(([word]) => String(word));
    if (!dimension.startsWith('time')) {
      const filters = [['is', dimension, words]];
      expect(await rows({ metrics: ['visits'], filters })).toEqual([[2]]);
      expect(await rows({ metrics: ['visits'], filters: [['not', filters[0]]] })).toEqual([[0]]);
    }
  });

  test('under filters', async () => {
    const metrics = ['visitors', 'pageviews'];
    expect(await rows({ metrics, filters: [['is', 'event:props:plan', ['pro']]] })).toEqual([[1, 0]]);
    expect(await rows({ metrics, filters: [['contains', 'event:page', ['/sh', '/th']]] })).toEqual([[2, 3]]);
    expect(await rows({ metrics, filters: [['contains_not', 'visit:entry_page', ['shop']]] })).toEqual([[1, 3]]);
  });

  test('several questions at once, each as if it were alone', async () => {
    const known = { metrics: ['visitors', 'events'], date_range: 'day' };
    const queries = [
      known,
      { ...known, filters: [['is', 'event:goal', ['No such']]] },
      { ...known, dimensions: ['visit:source'] },
    ];
    const told = await owner.json<Answers>('/api/v1/queries', { json: { site_id: site.id, queries } });
    const answers = told.toSorted((a, b) => a.n - b.n);
    expect(answers.map(({ n }) => n)).toEqual([0, 1, 2]);
    for (const n of [0, 2]) {
      const alone = await site.query<Answer>(queries[n] ?? {});
      expect(answers[n]?.answer).toEqual({ ...alone, query: { ...alone.query, site_id: site.id } });
    }
    expect(answers[1]).toEqual({ n: 1, problem: expect.objectContaining({ status: 422, code: 'invalid' }) });
    const many = await owner.api('/api/v1/queries', { json: { site_id: site.id, queries: Array(13).fill(known) } });
    expect([many.status, ((await many.json()) as ProblemJson).issues?.[0]?.path]).toEqual([422, 'queries']);
  });

  test('in the shape of Plausible', async () => {
    const { results, meta, query } = await site.query<Answer>({
      metrics: ['visits'],
      date_range: ['2026-10-25', '2026-10-25'],
      dimensions: ['time:hour'],
      include: { time_labels: true, total_rows: true },
    });
    expect(results).toHaveLength(25);
    expect(meta.time_labels).toHaveLength(25);
    expect(meta.total_rows).toBe(25);
    expect(query).toMatchObject({
      site_id: site.id,
      metrics: ['visits'],
      date_range: ['2026-10-25T00:00:00+03:00', '2026-10-25T23:59:59+02:00'],
      dimensions: ['time:hour'],
      filters: [],
      pagination: { limit: 10_000, offset: 0 },
    });
  });

  test('by the site’s domain, too', async () => {
    const { query } = await site.query<Answer>({ site_id: site.domain, metrics: ['visits'], date_range: 'day' });
    expect(query.site_id).toBe(site.domain);
  });

  test('goals count what came before them', async () => {
    const goals = `/api/v1/sites/${site.id}/goals`;
    const made = await owner.api(goals, {
      json: { name: 'Purchase', event: 'purchase', props: [{ key: 'plan', op: 'is', value: 'pro' }] },
    });
    expect(made.status).toBe(201);
    await owner.json(goals, { json: { name: 'Thanked', path: '/th*' } });
    const report = await owner.json<{ visitors: number; results: object[] }>(`${goals}/report`, {
      json: { date_range: 'all' },
    });
    expect(report.visitors).toBe(2);
    expect(report.results).toMatchObject([
      {
        goal: { name: 'Purchase', event: 'purchase' },
        visitors: 1,
        events: 1,
        conversion_rate: 50,
        revenue: [{ currency: 'EUR', total: '9.90', average: '9.90' }],
      },
      { goal: { name: 'Thanked', path: '/th*' }, visitors: 1, events: 1, conversion_rate: 50, revenue: [] },
    ]);
    expect(await rows({ metrics: ['visitors', 'events'], dimensions: ['event:goal'] })).toEqual([
      ['Purchase', 1, 1],
      ['Thanked', 1, 1],
    ]);
    expect(await rows({ metrics: ['visitors', 'events'], filters: [['is', 'event:goal', ['Purchase']]] })).toEqual([
      [1, 1],
    ]);
  });
});

describe('goals', () => {
  test('are made, read, changed and deleted', async () => {
    const site = await owner.site();
    const goals = `/api/v1/sites/${site.domain}/goals`;
    const { id } = await owner.json<{ id: number }>(goals, { json: { name: 'Sign-up', event: 'signup' } });
    expect(await owner.json(goals)).toMatchObject({
      goals: [{ id, name: 'Sign-up', event: 'signup', path: null, props: [] }],
    });
    const changed = await owner.json(`${goals}/${id}`, { method: 'PUT', json: { name: 'Blog', path: '/blog/**' } });
    expect(changed).toMatchObject({ id, name: 'Blog', event: null, path: '/blog/**' });
    expect(await owner.json(`${goals}/${id}`)).toEqual(changed);

    // As an address bar copies it.
    const encoded = await owner.json(`${goals}/${id}`, { method: 'PUT', json: { name: 'Blog', path: '/%C3%A4/%2F*' } });
    expect(encoded).toMatchObject({ id, path: '/ä/%2F*' });

    const status = async (path: string, init: RequestInit & { json?: unknown } = {}) => {
      const response = await owner.api(path, init);
      return [response.status, response.headers.get('x-footfall-reason')];
    };
    expect(await status(goals, { json: { name: 'Blog', event: 'x' } })).toEqual([409, 'conflict']);
    expect(await status(goals, { json: { name: 'Neither' } })).toEqual([422, 'invalid']);
    expect(await status(goals, { json: { name: 'NUL', path: '/%00' } })).toEqual([422, 'invalid']);
    expect(await status(`${goals}/${id}`, { method: 'DELETE' })).toEqual([204, null]);
    expect(await status(`${goals}/${id}`, { method: 'DELETE' })).toEqual([404, 'not_found']);
    expect(await status(`${goals}/99999999999`)).toEqual([404, 'not_found']);
    expect(await status(`${goals}/report`, { method: 'GET' })).toEqual([404, 'not_found']);
  });
});

describe('a bad query gets a clear answer', () => {
  test.each<[string, object, string, RegExp]>([
    ['nothing', {}, 'metrics', /./],
    ['a wrong metric', { metrics: ['tears'], date_range: 'day' }, 'metrics[0]', /a metric: visitors/],
    [
      'a visit’s metric by page',
      { metrics: ['bounce_rate'], dimensions: ['event:page'], date_range: 'day' },
      'metrics[0]',
      /allowed here: visitors/,
    ],
    [
      'a wrong word deep down',
      { metrics: ['visits'], date_range: 'day', filters: [['not', ['is', 'visit:mood', ['x']]]] },
      'filters[0][1][1]',
      /a dimension/,
    ],
    [
      'a goal that is not',
      { metrics: ['visits'], date_range: 'day', filters: [['is', 'event:goal', ['x']]] },
      'filters',
      /no goal/,
    ],
  ])('%s', async (_, query, path, message) => {
    const site = await owner.site();
    const response = await owner.api('/api/v1/query', { json: { site_id: site.id, ...query } });
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const { code, issues } = (await response.json()) as { code: string; issues: { path: string; message: string }[] };
    expect(code).toBe('invalid');
    expect(issues.find((issue) => issue.path === path)?.message).toMatch(message);
  });

  test.each([
    ['no JSON', '{', 400],
    ['no site', JSON.stringify({ metrics: ['visits'], date_range: 'day' }), 422],
    ['a site that is not there', JSON.stringify({ site_id: 2147483646, metrics: ['visits'], date_range: 'day' }), 404],
    ['a body too long', ' '.repeat(70_000), 413],
    ['an abyss', `{"site_id":2147483646,"filters":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 404],
  ])('%s', async (_, body, status) => {
    const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
    expect((await owner.api('/api/v1/query', init)).status).toBe(status);
    expect((await theWorld().fetch('/api/v1/query', init)).status).toBe(status === 413 ? 413 : 401);
  });

  test('an abyss under a goal report', async () => {
    const site = await owner.site();
    const body = `{"date_range":"day","filters":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
    const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
    expect((await owner.api(`/api/v1/sites/${site.id}/goals/report`, init)).status).toBe(422);
  });
});
