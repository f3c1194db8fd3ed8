import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SegmentJson, SessionJson, VisitDetail } from '../../src/contract/api.ts';
import type { Answer } from '../../src/contract/query.ts';
import type { Bindings } from '../../src/env.ts';
import { bounded } from '../../src/stats/bounded.ts';
import { type TestSite, theWorld } from '../world.ts';

// From a number to the visits behind it; segments; questions in an address; and what takes too long.

const world = theWorld();
let site: TestSite;

beforeAll(async () => {
  site = await (await world.owner()).site();
  const pages: [visitor: number, ...paths: string[]][] = [
    [1, '/', '/shop', '/shop/mill'],
    [2, '/shop'],
    [3, '/?utm_source=letter', '/shop'],
    [4, '/about'],
  ];
  for (const [visitor, ...paths] of pages) {
    for (const path of paths) {
      await site.send(site.hit({ url: `https://${site.domain}${path}`, visitor, session: visitor * 7 }));
    }
  }
  await site.send(
    site.hit({
      name: 'purchase',
      url: `https://${site.domain}/shop/mill`,
      visitor: 1,
      session: 7,
      revenue: { amount: '49.90', currency: 'EUR' },
    }),
  );
});

const sessions = (search: string) =>
  site.owner.json<{ results: SessionJson[]; total: number; recorded: number }>(
    `/api/v1/sites/${site.id}/sessions?${search}`,
  );
const query = (search: string) => site.owner.json<Answer>(`/api/v1/query?site_id=${site.domain}&${search}`);

describe('the visits behind a number', () => {
  test.each([
    'dimensions=source',
    'dimensions=page',
    'dimensions=time:hour',
    'dimensions=page&filters=has_done(is:name:purchase)',
    'dimensions=source&dimensions=time:day&filters=contains:page:/shop',
    'filters=not(is:source:letter)',
    'dimensions=props:plan',
  ])('are as many as each cell of %s says', async (search) => {
    const { results } = await query(`period=day&metrics=visits&${search}`);
    expect(results.length).toBeGreaterThan(0);
    for (const { dimensions, metrics } of results) {
      const row = dimensions.map((value) => `&row=${encodeURIComponent(value)}`).join('');
      const { total, results: visits } = await sessions(`period=day&${search}${row}`);
      expect([dimensions, total, visits.length]).toEqual([dimensions, metrics[0], metrics[0]]);
    }
  });

  test('come newest first, in pages, each with what is recorded of it', async () => {
    const all = await sessions('period=day');
    expect(all.total).toBe(4);
    expect(all.results.map(({ start }) => start)).toEqual(
      all.results
        .map(({ start }) => start)
        .toSorted()
        .toReversed(),
    );
    expect(all.results.at(-1)).toMatchObject({
      entry_page: '/',
      exit_page: '/shop/mill',
      views: 3,
      events: 4,
      recording: null,
    });
    const page = await sessions('period=day&limit=1&offset=2');
    expect(page).toEqual({ total: 4, recorded: 0, results: [all.results[2]] });
    const session = all.results[0]?.id;
    await world.sql(
      `insert into replay (site_id, session_id, visitor, start, last, chunks, bytes, clicks, errors, rage_clicks, dead_clicks)
       values ($1, $2, 1, now() - interval '90 seconds', now(), 1, 1, 3, 1, 0, 0)`,
      [site.id, session],
    );
    const [other, ours] = await Promise.all([sessions('period=day&filters=is:page:/'), sessions('period=day&limit=1')]);
    expect([other.recorded, ours.recorded, ours.total]).toEqual([0, 1, 4]);
    expect(ours.results[0]?.recording).toEqual({
      duration: 90,
      share: 100,
      clicks: 3,
      errors: 1,
      rage_clicks: 0,
      dead_clicks: 0,
      quick_backs: 0,
      abandoned_forms: 0,
      slow_interactions: 0,
    });
  });

  test('one of them tells which goals were reached in it, and when', async () => {
    const goals = `/api/v1/sites/${site.id}/goals`;
    for (const json of [
      { name: 'Mill', path: '/shop/*' },
      { name: 'Bought', event: 'purchase' },
      { name: 'Bought twice', event: 'purchase', props: [{ key: 'times', op: 'is', value: '2' }] },
    ]) {
      await site.owner.json(goals, { json });
    }
    const { results } = await sessions('period=day&filters=is:page:/shop/mill');
    const detail = await site.owner.json<VisitDetail>(`/api/v1/sites/${site.id}/sessions/${results[0]?.id}`);
    expect(detail.events.map(({ page, name, goals }) => [page, name, goals])).toEqual([
      ['/', 'pageview', []],
      ['/shop', 'pageview', []],
      ['/shop/mill', 'pageview', ['Mill']],
      ['/shop/mill', 'purchase', ['Bought']],
    ]);
  });

  test('one of them tells what else its visitor did, newest first', async () => {
    const mine = await (await world.owner()).site();
    for (const [visitor = 0, session = 0] of [
      [1, 1],
      [2, 2],
      [1, 3],
      [1, 4],
    ]) {
      await mine.send(
        mine.hit({ url: `https://${mine.domain}/${session}`, visitor, session, age: 100_000 - session * 10_000 }),
      );
    }
    const path = `/api/v1/sites/${mine.id}/sessions`;
    const { results } = await mine.owner.json<{ results: SessionJson[] }>(`${path}?period=day`);
    const others = async (entry: string) => {
      const id = results.find(({ entry_page }) => entry_page === entry)?.id;
      const detail = await mine.owner.json<VisitDetail>(`${path}/${id}`);
      return [detail.others.total, ...detail.others.results.map(({ entry_page }) => entry_page)];
    };
    expect(await others('/3')).toEqual([2, '/4', '/1']);
    expect(await others('/2')).toEqual([0]);
  });

  test.each([
    ['a row too few', 'period=day&dimensions=source', 'row: one for each of dimensions: visit:source'],
    ['a row too many', 'period=day&row=x', 'row: one for each of dimensions: none'],
    [
      'a time out of range',
      'period=day&dimensions=time:day&row=1999-01-01',
      'row[0]: a time:day of the range, such as',
    ],
    ['a range that is none', 'period=9d', 'date_range: '],
    ['a filter that is none', 'filters=x', 'filters: not a filter'],
  ])('are refused for %s', async (_, search, detail) => {
    const answer = await site.owner.api(`/api/v1/sites/${site.id}/sessions?${search}`);
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as { detail: string }).detail).toContain(detail);
  });
});

describe('a query in an address', () => {
  test('answers as its body would', async () => {
    const body = {
      site_id: site.id,
      date_range: 'day',
      metrics: ['visitors', 'total_revenue'],
      dimensions: ['event:page'],
      filters: [['contains', 'event:page', ['SHOP'], { case_sensitive: false }]],
    };
    const posted = await site.owner.json<Answer>('/api/v1/query', { json: body });
    const asked = await query('period=day&metrics=visitors,total_revenue&dimensions=page&filters=icontains:page:SHOP');
    expect(asked.results).toEqual(posted.results);
    expect(asked.results.find(({ dimensions }) => dimensions[0] === '/shop/mill')?.metrics).toEqual([
      1,
      [{ currency: 'EUR', value: '49.90' }],
    ]);
  });

  test('needs a site', async () => {
    const answer = await site.owner.api('/api/v1/query?period=day');
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
      422,
      'site_id: the id or the domain of a site',
    ]);
  });
});

// The embedded Postgres has no clock that interrupts it.
test.skipIf(!process.env.DATABASE_URL)(
  'a question that takes too long is cut off, and told what it reads',
  async () => {
    const env = { DATABASE_URL: 'postgresql://a:b@local.neon.tech/c', NEON_ENDPOINT: world.endpoint } as Bindings;
    const slow = sql`select count(*) from session s, generate_series(1, 2000000000) n where s.site_id = ${site.id}`;
    const cut = bounded({ ...env, FOOTFALL_SECRET: 'x'.repeat(32) }, 100).execute(slow);
    await expect(Promise.resolve(cut)).rejects.toMatchObject({
      code: 'too_costly',
      status: 422,
      message: expect.stringMatching(
        /^This question was cut off after 0\.1 seconds: it reads about 0 events and [\d,]+ visits\. Ask for/,
      ),
    });
  },
);

describe('segments', () => {
  const path = () => `/api/v1/sites/${site.id}/segments`;
  const shoppers = { name: 'Shoppers', filters: [['contains', 'event:page', ['/shop']]] };

  test('are made, used, changed and deleted', async () => {
    const made = await site.owner.json<SegmentJson>(path(), { json: shoppers });
    expect(made).toMatchObject(shoppers);
    expect((await query(`period=day&metrics=visits&filters=is:segment:${made.id}`)).results[0]?.metrics).toEqual([3]);
    const json = { ...shoppers, filters: [['is', 'visit:source', ['letter']]] };
    await site.owner.json(`${path()}/${made.id}`, { method: 'PUT', json });
    expect((await query(`period=day&metrics=visits&filters=not(is:segment:${made.id})`)).results[0]?.metrics).toEqual([
      3,
    ]);
    expect((await site.owner.json<{ segments: SegmentJson[] }>(path())).segments).toHaveLength(1);
    expect((await site.owner.api(path(), { json: shoppers })).status).toBe(409);
    expect((await site.owner.api(`${path()}/${made.id}`, { method: 'DELETE' })).status).toBe(204);
    const gone = await site.owner.api(`/api/v1/query?site_id=${site.id}&period=day&filters=is:segment:${made.id}`);
    expect([gone.status, ((await gone.json()) as { detail: string }).detail]).toEqual([
      422,
      `filters[0][2][0]: this site has no shared segment ${made.id}`,
    ]);
  });

  test('of another site are none', async () => {
    const other = await (await world.owner()).site();
    const made = await other.owner.json<SegmentJson>(`/api/v1/sites/${other.id}/segments`, { json: shoppers });
    const answer = await site.owner.api(`/api/v1/query?site_id=${site.id}&period=day&filters=is:segment:${made.id}`);
    expect(answer.status).toBe(422);
  });
});

describe('one visit', () => {
  test('tells what was counted of it, in order, recorded or not', async () => {
    const { results } = await sessions('period=day');
    const bought = results.find(({ exit_page }) => exit_page === '/shop/mill');
    const path = `/api/v1/sites/${site.id}/sessions`;
    const { visit, events } = await site.owner.json<VisitDetail>(`${path}/${bought?.id}`);
    expect(visit).toEqual(bought);
    expect(events.map(({ name, page }) => [name, page])).toEqual([
      ['pageview', '/'],
      ['pageview', '/shop'],
      ['pageview', '/shop/mill'],
      ['purchase', '/shop/mill'],
    ]);
    for (const none of ['5', 'x', '99999999999999999999'])
      expect((await site.owner.api(`${path}/${none}`)).status).toBe(404);
  });
});
