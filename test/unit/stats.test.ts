import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Query, type QueryInput } from '../../src/contract/query.ts';
import type { GoalDefinition } from '../../src/goals/match.ts';
import { answer, changeOf } from '../../src/stats/answer.ts';
import type { Scoped } from '../../src/stats/question.ts';
import { type Visit, write } from '../oracle/history.ts';
import { ownPostgres } from '../pglite.ts';

/** Table tests: what happened is at the top, each line is a question and the rows it must have. */

const at = (text: string) => Date.parse(text);
const NOW = at('2026-11-21T12:00:00+02:00');

const GOALS: GoalDefinition[] = [
  { name: 'Purchase', event: 'purchase', path: null, props: [] },
  { name: 'Big purchase', event: 'purchase', path: null, props: [{ key: 'size', op: 'is', value: 'big' }] },
  { name: 'Read the blog', event: null, path: '/blog/**', props: [] },
];

const VISITS: Visit[] = [
  {
    visitor: 1,
    facts: { source: 'Google', country: 'EE', browser: 'Firefox' },
    stay: 30_000,
    happened: [
      { time: at('2026-11-21T09:00:00+02:00'), page: '/' },
      { time: at('2026-11-21T09:01:00+02:00'), page: '/shop' },
      { time: at('2026-11-21T09:02:00+02:00'), page: '/shop', name: 'purchase', props: { size: 'big' } },
    ],
  },
  {
    visitor: 1,
    facts: { country: 'EE', browser: 'Firefox' },
    happened: [{ time: at('2026-11-21T11:00:00+02:00'), page: '/blog/1' }],
  },
  {
    visitor: 2,
    facts: { source: 'Google', country: 'FI', browser: 'Safari' },
    // Over midnight: the visit is yesterday's, its second view today's.
    happened: [
      { time: at('2026-11-20T23:50:00+02:00'), page: '/' },
      { time: at('2026-11-21T00:10:00+02:00'), page: '/blog/1' },
    ],
  },
  {
    visitor: 3,
    facts: { source: 'Bing', country: 'FI' },
    happened: [{ time: at('2026-11-19T12:00:00+02:00'), page: '/shop' }],
  },
  { visitor: 4, bot: true, facts: { country: 'US' }, happened: [{ time: at('2026-11-21T09:00:00+02:00'), page: '/' }] },
];

let postgres: Awaited<ReturnType<typeof ownPostgres>>;
let site: Scoped;
beforeAll(async () => {
  postgres = await ownPostgres();
  // Another site with the same words: nothing of it may ever show.
  await write(postgres.rows, 'UTC', VISITS, GOALS);
  site = await write(postgres.rows, 'Europe/Tallinn', VISITS, GOALS);
  await write(postgres.rows, 'UTC', VISITS, GOALS);
});
afterAll(() => postgres.close());

const ask = (query: Omit<QueryInput, 'site_id'>, now = NOW) =>
  answer(postgres.db, site, Query.parse({ site_id: site.id, ...query }), now);
const rows = async (query: Omit<QueryInput, 'site_id'>) =>
  (await ask(query)).results.map(({ dimensions, metrics }) => [...dimensions, ...metrics]);

const ALL = ['visitors', 'visits', 'pageviews', 'events', 'views_per_visit', 'bounce_rate', 'visit_duration'] as const;

describe('totals', () => {
  test.each<[string, Omit<QueryInput, 'site_id' | 'metrics'>, (number | null)[]]>([
    // The visit of 9 h took two and a half minutes, that of 11 h none: 75 s on average.
    ['of today', { date_range: 'day' }, [1, 2, 4, 5, 1.5, 50, 75]],
    ['of a week', { date_range: '7d' }, [3, 4, 6, 7, 1.5, 50, 338]],
    ['of a time when nothing happened', { date_range: ['2025-01-01', '2025-01-31'] }, [0, 0, 0, 0, 0, 0, null]],
    ['of everything', { date_range: 'all' }, [3, 4, 6, 7, 1.5, 50, 338]],
    ['with bots', { date_range: 'day', include: { bots: true } }, [2, 3, 5, 6, 1.33, 67, 50]],
    ['of one second', { date_range: ['2026-11-21T07:00:00Z', '2026-11-21T07:00:00Z'] }, [1, 1, 1, 1, 2, 0, 150]],
    // The visit began before; its second view and the purchase are in it.
    [
      'of two minutes cut short',
      { date_range: ['2026-11-21T07:00:30Z', '2026-11-21T07:02:00Z'] },
      [0, 0, 1, 2, 0, 0, null],
    ],
    ['from Google', { date_range: '7d', filters: [['is', 'visit:source', ['Google']]] }, [2, 2, 4, 5, 2, 0, 675]],
    [
      'from nowhere known',
      { date_range: '7d', filters: [['is', 'visit:source', ['Direct / None']]] },
      [1, 1, 1, 1, 1, 100, 0],
    ],
    // Visits with a view of the page; views and events of that page alone.
    ['of a page', { date_range: '7d', filters: [['is', 'event:page', ['/shop']]] }, [2, 2, 2, 3, 1.5, 50, 75]],
    ['of a goal', { date_range: '7d', filters: [['is', 'event:goal', ['Purchase']]] }, [1, 1, 0, 1, 2, 0, 150]],
    ['of a property', { date_range: '7d', filters: [['is', 'event:props:size', ['big']]] }, [1, 1, 0, 1, 2, 0, 150]],
    [
      'of a word and its wildcards, taken as they are',
      { date_range: '7d', filters: [['contains', 'event:page', ['/b%', '_', '\\']]] },
      [0, 0, 0, 0, 0, 0, null],
    ],
  ])('%s', async (_, query, expected) => {
    expect(await rows({ ...query, metrics: [...ALL] })).toEqual([expected]);
  });
});

describe('a time series', () => {
  test('has every bucket, and each view in its own', async () => {
    const found = await rows({
      metrics: ['visits', 'pageviews', 'visit_duration'],
      date_range: '7d',
      dimensions: ['time'],
    });
    expect(found).toEqual([
      ['2026-11-15', 0, 0, null],
      ['2026-11-16', 0, 0, null],
      ['2026-11-17', 0, 0, null],
      ['2026-11-18', 0, 0, null],
      ['2026-11-19', 1, 1, 0],
      ['2026-11-20', 1, 1, 1200],
      ['2026-11-21', 2, 4, 75],
    ]);
  });

  test('of a day goes by hours, and ends with the current one when trimmed', async () => {
    const query: Omit<QueryInput, 'site_id'> = { metrics: ['pageviews'], date_range: 'day', dimensions: ['time'] };
    expect(await rows(query)).toHaveLength(24);
    const { results, query: asked } = await ask({ ...query, include: { trim_relative_date_range: true } });
    expect(results).toHaveLength(13);
    expect(results[9]).toEqual({ dimensions: ['2026-11-21T09:00:00+02:00'], metrics: [2] });
    expect(asked.dimensions).toEqual(['time:hour']);
    expect(asked.date_range).toEqual(['2026-11-21T00:00:00+02:00', '2026-11-21T12:59:59+02:00']);
  });

  test('says its labels, and can be turned round', async () => {
    const { results, meta } = await ask({
      metrics: ['visits'],
      date_range: ['2026-11-18', '2026-11-20'],
      dimensions: ['time:day'],
      order_by: [['time:day', 'desc']],
      include: { time_labels: true, total_rows: true },
    });
    expect(meta).toEqual({
      partial_time_labels: [],
      time_labels: ['2026-11-18', '2026-11-19', '2026-11-20'],
      total_rows: 3,
      engine: { answered_by: 'rows', because: 'none of its days is sealed' },
    });
    expect(results.map(({ metrics }) => metrics[0])).toEqual([1, 1, 0]);
  });

  test('beside another dimension has only what occurs', async () => {
    const query = { metrics: ['visits' as const], date_range: '7d' as const };
    expect(await rows({ ...query, dimensions: ['time:day', 'visit:country'] })).toEqual([
      ['2026-11-19', 'FI', 1],
      ['2026-11-20', 'FI', 1],
      ['2026-11-21', 'EE', 2],
    ]);
  });

  test('of too many buckets is refused', async () => {
    const query = { metrics: ['visits' as const], date_range: ['1970-01-01', '2099-12-31'] as [string, string] };
    await expect(ask({ ...query, dimensions: ['time:hour'] })).rejects.toMatchObject({
      code: 'invalid',
      issues: [{ path: 'dimensions[0]', message: expect.stringContaining('coarser') }],
    });
  });
});

describe('a breakdown', () => {
  test.each<[string, Omit<QueryInput, 'site_id' | 'date_range'>, (string | number | null)[][]]>([
    [
      'by page',
      { metrics: ['visitors', 'pageviews', 'visits'], dimensions: ['event:page'] },
      [
        ['/', 2, 2, 2],
        ['/shop', 2, 2, 2],
        ['/blog/1', 2, 2, 2],
      ],
    ],
    [
      'by source, with those who came by themselves',
      { metrics: ['visitors', 'percentage', 'bounce_rate'], dimensions: ['visit:source'] },
      [
        ['Google', 2, 66.67, 0],
        ['Bing', 1, 33.33, 100],
        ['Direct / None', 1, 33.33, 100],
      ],
    ],
    [
      'by browser, with one unknown',
      { metrics: ['visits'], dimensions: ['visit:browser'] },
      [
        ['Firefox', 2],
        ['Safari', 1],
        ['(not set)', 1],
      ],
    ],
    [
      'by country and source, in the order asked for',
      {
        metrics: ['visits'],
        dimensions: ['visit:country', 'visit:source'],
        order_by: [
          ['visit:country', 'desc'],
          ['visit:source', 'asc'],
        ],
      },
      [
        ['FI', 'Bing', 1],
        ['FI', 'Google', 1],
        ['EE', 'Direct / None', 1],
        ['EE', 'Google', 1],
      ],
    ],
    [
      'by property',
      { metrics: ['events'], dimensions: ['event:props:size'], filters: [['is', 'event:name', ['purchase']]] },
      [['big', 1]],
    ],
    [
      'by goal',
      { metrics: ['visitors', 'events'], dimensions: ['event:goal'] },
      [
        ['Read the blog', 2, 2],
        ['Big purchase', 1, 1],
        ['Purchase', 1, 1],
      ],
    ],
    [
      'by entry and exit page',
      { metrics: ['visits'], dimensions: ['visit:entry_page', 'visit:exit_page'] },
      [
        ['/', '/shop', 1],
        ['/', '/blog/1', 1],
        ['/shop', '/shop', 1],
        ['/blog/1', '/blog/1', 1],
      ],
    ],
    [
      'under a filter of either kind',
      {
        metrics: ['visitors'],
        dimensions: ['visit:country'],
        filters: [
          [
            'or',
            [
              ['is', 'event:page', ['/blog/1']],
              ['not', ['is_not', 'visit:source', ['Bing']]],
            ],
          ],
        ],
      },
      [
        ['FI', 2],
        ['EE', 1],
      ],
    ],
  ])('%s', async (_, query, expected) => {
    expect(await rows({ ...query, date_range: '7d' })).toEqual(expected);
  });

  test('comes in pages, and says how many rows there are', async () => {
    const page = async (limit: number, offset: number) => {
      const { results, meta } = await ask({
        metrics: ['visits'],
        date_range: '7d',
        dimensions: ['visit:source'],
        include: { total_rows: true },
        pagination: { limit, offset },
      });
      return [meta.total_rows, ...results.map(({ dimensions }) => dimensions[0])];
    };
    expect(await page(2, 0)).toEqual([3, 'Google', 'Bing']);
    expect(await page(2, 2)).toEqual([3, 'Direct / None']);
    expect(await page(2, 4)).toEqual([3]);
  });

  test('under as many filters as there may be is answered', async () => {
    const words = Array.from({ length: 500 }, (_, n) => `no${n}`);
    const filters = ['event:props:size', 'visit:source', 'event:page', 'visit:country'].map((dimension) => [
      'contains_not',
      dimension,
      words,
    ]) as QueryInput['filters'];
    const metrics: QueryInput['metrics'] = ['visitors', 'percentage', 'pageviews', 'bounce_rate', 'views_per_visit'];
    const found = await rows({ metrics, date_range: '7d', dimensions: ['visit:country'], filters });
    expect(found).toEqual([
      ['FI', 2, 66.67, 3, 50, 1.5],
      ['EE', 1, 33.33, 3, 50, 1.5],
    ]);
  });

  test('by a goal that does not exist says so', async () => {
    const query = { metrics: ['visitors' as const], date_range: '7d' as const };
    await expect(ask({ ...query, filters: [['is', 'event:goal', ['Nirvana']]] })).rejects.toMatchObject({
      code: 'invalid',
      message: 'filters: no goal of this site is called Nirvana',
    });
  });
});

describe('compared with the previous period', () => {
  const include = { comparisons: { mode: 'previous_period' as const }, time_labels: false };

  test('totals', async () => {
    const { results, meta } = await ask({
      metrics: ['visitors', 'pageviews', 'bounce_rate'],
      date_range: 'day',
      include,
    });
    expect(meta.comparison_date_range).toEqual(['2026-11-20T00:00:00+02:00', '2026-11-20T23:59:59+02:00']);
    expect(results).toEqual([
      {
        dimensions: [],
        metrics: [1, 4, 50],
        comparison: { dimensions: [], metrics: [1, 1, 0], change: [0, 300, null] },
      },
    ]);
  });

  test('time series, by their place', async () => {
    const { results, meta } = await ask({
      metrics: ['visits'],
      date_range: ['2026-11-20', '2026-11-21'],
      dimensions: ['time:day'],
      include: { ...include, time_labels: true },
    });
    expect(meta.comparison_time_labels).toEqual(['2026-11-18', '2026-11-19']);
    expect(results).toEqual([
      {
        dimensions: ['2026-11-20'],
        metrics: [1],
        comparison: { dimensions: ['2026-11-18'], metrics: [0], change: [100] },
      },
      {
        dimensions: ['2026-11-21'],
        metrics: [2],
        comparison: { dimensions: ['2026-11-19'], metrics: [1], change: [100] },
      },
    ]);
  });

  test('a month that is not over has nothing to compare its future with', async () => {
    const { results } = await ask({ metrics: ['visits'], date_range: 'month', dimensions: ['time:day'], include });
    expect(results).toHaveLength(30);
    expect(results[20]?.comparison?.dimensions).toEqual(['2026-10-31']);
    expect(results[21]?.comparison).toEqual({ dimensions: [], metrics: [null], change: [null] });
  });

  test('rows of a breakdown, by their words', async () => {
    const { results } = await ask({
      metrics: ['visits'],
      date_range: ['2026-11-20', '2026-11-21'],
      dimensions: ['visit:source'],
      include,
    });
    expect(
      results.map(({ dimensions, metrics, comparison }) => [...dimensions, ...metrics, comparison?.metrics[0]]),
    ).toEqual([
      ['Google', 2, 0],
      ['Direct / None', 1, 0],
    ]);
    const shops = await ask({
      metrics: ['pageviews', 'percentage'],
      date_range: ['2026-11-20', '2026-11-21'],
      dimensions: ['event:page'],
      order_by: [['event:page', 'desc']],
      include,
    });
    expect(shops.results[0]).toEqual({
      dimensions: ['/shop'],
      metrics: [1, 50],
      comparison: { dimensions: ['/shop'], metrics: [1, 100], change: [0, -50] },
    });
  });

  test('rates are of all visitors of the earlier period, not of those that rows are shown of', async () => {
    const { results } = await ask({
      metrics: ['conversion_rate', 'visitors'],
      date_range: ['2026-11-21T09:00:00Z', '2026-11-21T10:00:00Z'],
      dimensions: ['visit:source', 'event:goal'],
      include: { comparisons: { mode: 'custom', date_range: ['2026-11-19', '2026-11-21'] } },
    });
    expect(results).toEqual([
      {
        dimensions: ['Direct / None', 'Read the blog'],
        metrics: [100, 1],
        comparison: { dimensions: ['Direct / None', 'Read the blog'], metrics: [33.33, 1], change: [200, 0] },
      },
    ]);
  });

  test.each([
    ['visitors', 10, 15, 50],
    ['visitors', 3, 2, -33],
    ['visitors', 0, 5, 100],
    ['visitors', 0, 0, 0],
    ['visit_duration', null, 5, null],
    ['bounce_rate', 40, 50, 10],
    ['bounce_rate', 0, 50, null],
  ] as const)('%s from %s to %s', (metric, then, now, change) => {
    expect(changeOf(metric, then, now)).toBe(change);
  });
});
