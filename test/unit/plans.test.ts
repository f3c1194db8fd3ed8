import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { small } from '../../local/seed-profiles.ts';
import { seed } from '../../local/seed-site.ts';
import { Query, type QueryInput } from '../../src/contract/query.ts';
import { mapDue } from '../../src/seals/mapping.ts';
import { sealDue } from '../../src/seals/seal.ts';
import { answer } from '../../src/stats/answer.ts';
import type { Scoped, Sql } from '../../src/stats/question.ts';
import { visits } from '../../src/visits/list.ts';
import { ownPostgres } from '../pglite.ts';

/**
 * How Postgres goes about a question, on a site that shares its tables with larger ones: whatever it reads is that site's,
 * visits alone are read where visits will do, and a top ten is no sort of everything.
 */

const NOW = Date.parse('2026-11-21T12:00:00Z');
let postgres: Awaited<ReturnType<typeof ownPostgres>>;
let site: Scoped;
let own: { session: number; event: number };

beforeAll(async () => {
  postgres = await ownPostgres();
  const made = async (count: number) => {
    const [row] = await postgres.rows<{ id: number }>(
      'insert into site (domain) values (gen_random_uuid()::text) returning id',
    );
    const one: Scoped = { id: row?.id ?? 0, timezone: 'UTC', week_start: 1, mode: 'persistent', kept: null };
    const run = async (text: string, params: unknown[] = []) =>
      (await postgres.rows(text, ...params)) as Record<string, unknown>[];
    const { visits: session, events: event } = await seed(run, one, { ...small('a.example'), visits: count }, NOW);
    return { site: one, own: { session, event } };
  };
  await made(5_000);
  ({ site, own } = await made(400));
  await made(5_000);
  for (const table of ['session', 'event', 'term']) await postgres.rows(`analyze ${table}`);
});
afterAll(() => postgres.close());

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Plan Rows': number;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Sort Method'?: string;
  Plans?: Plan[];
}

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

/** All that the statements of a question did. */
async function planned(ask: (db: Sql) => Promise<unknown>): Promise<Plan[]> {
  const found: Plan[] = [];
  const db: Sql = {
    async execute(statement) {
      const { rows } = await postgres.db.execute(sql`explain (analyze, format json, timing off) ${statement}`);
      const [{ Plan: plan }] = Object.values(rows[0] ?? {})[0] as [{ Plan: Plan }];
      found.push(...nodes(plan));
      return await postgres.db.execute(statement);
    },
  };
  await ask(db);
  return found;
}

/** Rows of a table, or of its partitions, that were looked at. */
function read(plans: Plan[], table: string): number {
  return plans
    .filter((plan) => plan['Relation Name']?.startsWith(table))
    .reduce((sum, plan) => {
      const removed = (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
      return sum + (plan['Actual Rows'] + removed) * plan['Actual Loops'];
    }, 0);
}

const ask = (query: Omit<QueryInput, 'site_id' | 'date_range'>) =>
  planned((db) => answer(db, site, Query.parse({ date_range: '91d', ...query, site_id: site.id }), NOW, 'rows'));

const VISITS: Record<string, Omit<QueryInput, 'site_id' | 'date_range'>> = {
  'an overview': { metrics: ['visitors', 'visits', 'bounce_rate', 'visit_duration', 'views_per_visit'] },
  'a series by day': { metrics: ['visitors', 'visits'], dimensions: ['time:day'] },
  'sources with filters': {
    metrics: ['visitors'],
    dimensions: ['visit:source'],
    filters: [
      ['is', 'visit:country', ['EE']],
      ['contains', 'visit:browser', ['r']],
    ],
  },
};
const EVENTS: Record<string, Omit<QueryInput, 'site_id' | 'date_range'>> = {
  'an overview with page views': { metrics: ['visitors', 'pageviews'] },
  'a series with page views': { metrics: ['visitors', 'pageviews'], dimensions: ['time:day'] },
  'pages of a source': {
    metrics: ['visitors', 'pageviews', 'time_on_page'],
    dimensions: ['event:page'],
    filters: [['is', 'visit:source', ['Google']]],
  },
  'who bought': { metrics: ['visitors'], filters: [['has_done', ['is', 'event:name', ['purchase']]]] },
  revenue: { metrics: ['total_revenue'], dimensions: ['visit:source'] },
};

/** What sealed days answer, of the days that are sealed. */
const SEALED: Record<string, Omit<QueryInput, 'site_id' | 'date_range'>> = {
  'a sealed overview': { metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration'] },
  'sealed pages': { metrics: ['visitors', 'pageviews'], dimensions: ['event:page'], pagination: { limit: 10 } },
  'sealed days of a source': {
    metrics: ['visitors'],
    dimensions: ['time:day'],
    filters: [['is', 'visit:source', ['Google']]],
  },
};

describe.each(Object.entries(SEALED))('%s', (_, query) => {
  test('reads no visit, no event, and of the seals its own days', async () => {
    await sealDue(postgres.db, site, NOW);
    const date_range: [string, string] = ['2026-11-01', '2026-11-10'];
    const question = Query.parse({ ...query, date_range, site_id: site.id });
    const plans = await planned((db) => answer(db, site, question, NOW));
    expect([read(plans, 'session'), read(plans, 'event')]).toEqual([0, 0]);
    expect(read(plans, 'sealed_visitor')).toBeLessThanOrEqual(10 * 15);
    expect(read(plans, 'sealed_sum')).toBeLessThanOrEqual(10);
    expect(read(plans, 'sealed_visitor')).toBeGreaterThan(0);
  });
});

/** What bitmaps answer under filters. */
const MASKED: Record<string, Omit<QueryInput, 'site_id' | 'date_range'>> = {
  'a filtered overview': { metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration'] },
  'filtered sources': {
    metrics: ['visitors', 'percentage'],
    dimensions: ['visit:source'],
    include: { total_rows: true },
  },
  'filtered pages': { metrics: ['visitors'], dimensions: ['event:page'], pagination: { limit: 10 } },
};
/** And slices. */
const SLICED = { metrics: ['visitors', 'pageviews'], dimensions: ['time:day'] } satisfies Partial<QueryInput>;

describe.each([
  ...Object.entries(MASKED).map(([name, query]) => [name, query, 'sealed_bitmap'] as const),
  ['filtered days', SLICED, 'sealed_slice'] as const,
])('%s', (_, query, table) => {
  test(`are answered by ${table}, and no visit and no event`, async () => {
    await sealDue(postgres.db, site, NOW);
    await mapDue(postgres.db, site, { least: 0 });
    const question = Query.parse({
      ...query,
      date_range: ['2026-11-01', '2026-11-10'],
      filters: [
        ['is', 'visit:device', ['Desktop']],
        ['is_not', 'visit:browser', ['Safari']],
      ],
      site_id: site.id,
    });
    const plans = await planned((db) => answer(db, site, question, NOW));
    expect([read(plans, 'session'), read(plans, 'event')]).toEqual([0, 0]);
    expect(read(plans, table)).toBeGreaterThan(0);
  });
});

test.each([
  ['pages', []],
  ['filtered pages', [['is', 'visit:device', ['Desktop']]] as QueryInput['filters']],
])('%s up to now read no event from before today', async (_, filters) => {
  await sealDue(postgres.db, site, NOW);
  await mapDue(postgres.db, site, { least: 0 });
  // Of the last day that anybody came on, the small hours are sealed.
  const [{ today, n } = { today: '', n: 0 }] = await postgres.rows<{ today: string; n: number }>(
    `select date_trunc('day', time)::text as today, count(*)::int as n from event where site_id = $1 group by 1 order by 1 desc limit 1`,
    site.id,
  );
  const sealed = `$2::timestamptz + interval '1 hour'`;
  await postgres.rows(
    `update seal set upto = ${sealed}, reached = ${sealed}, bitmaps = $2 where site_id = $1`,
    site.id,
    today,
  );
  const query = Query.parse({
    metrics: ['visitors', 'percentage'],
    dimensions: ['event:page'],
    pagination: { limit: 9 },
    date_range: '28d',
    filters,
    site_id: site.id,
  });
  const plans = await planned((db) => answer(db, site, query, Date.parse(today) + 23 * 3_600_000));
  const looks = plans.filter((plan) => plan['Relation Name']?.startsWith('event_')).map((plan) => plan['Actual Rows']);
  expect(Math.max(...looks)).toBe(n);
  expect(read(plans, 'sealed_segment')).toBeGreaterThan(0);
});

describe.each(Object.entries({ ...VISITS, ...EVENTS }))('%s', (name, query) => {
  test('reads no other site’s rows', async () => {
    const plans = await ask(query);
    // Each visit and event at most as often as it has something to say.
    expect(read(plans, 'session')).toBeLessThanOrEqual(own.session * 2);
    expect(read(plans, 'event')).toBeLessThanOrEqual(own.event * 2);
    expect(read(plans, 'session') + read(plans, 'event')).toBeGreaterThan(0);
  });

  if (name in VISITS) {
    test('is answered from visits alone', async () => {
      expect(read(await ask(query), 'event')).toBe(0);
    });
  }
});

test('one day of ninety reads that day', async () => {
  const query = Query.parse({ site_id: site.id, metrics: ['visitors'], dimensions: ['event:page'], date_range: 'day' });
  const plans = await planned((db) => answer(db, site, query, NOW));
  expect(read(plans, 'event')).toBeLessThan(own.event / 20);
});

test('a top three keeps three groups, and asks the dictionary for three words', async () => {
  const pagination = { limit: 3 };
  const plans = await ask({ metrics: ['visitors'], dimensions: ['event:page'], pagination });
  expect(plans.map((plan) => plan['Sort Method']).filter((how) => how === 'top-N heapsort')).toHaveLength(1);
  const looks = plans.filter((plan) => plan['Relation Name'] === 'term').map((plan) => plan['Actual Loops']);
  expect(Math.max(...looks)).toBe(3);
});

test('the visits behind a number are looked up by their ids', async () => {
  const query = Query.parse({
    site_id: site.id,
    date_range: '91d',
    metrics: ['visits'],
    dimensions: ['event:page'],
    pagination: { limit: 10 },
  });
  const plans = await planned((db) => visits(db, site, { query, row: ['/cart/'] }, NOW));
  expect(read(plans, 'session')).toBeLessThanOrEqual(own.session);
  expect(read(plans, 'event')).toBeLessThanOrEqual(own.event);
});

test('Postgres expects more of a page that is seen often than of one that is not', async () => {
  const pages = await postgres.rows<{ value: string }>(
    `select value from event e join term t on t.site_id = e.site_id and t.id = e.page
     where e.site_id = $1 group by value order by count(*) desc`,
    site.id,
  );
  const expected = async (page: string | undefined) => {
    const filters: QueryInput['filters'] = [['is', 'event:page', [page ?? '']]];
    const plans = await ask({ metrics: ['bounce_rate'], filters });
    return plans
      .filter((plan) => plan['Relation Name']?.startsWith('event'))
      .reduce((sum, plan) => sum + plan['Plan Rows'], 0);
  };
  expect(await expected(pages.at(0)?.value)).toBeGreaterThan(2 * (await expected(pages.at(-1)?.value)));
});

test('questions of one request that name the same words look these up once', async () => {
  let statements = 0;
  const db: Sql = {
    execute(statement) {
      statements += 1;
      return postgres.db.execute(statement);
    },
  };
  const filters: QueryInput['filters'] = [['is', 'visit:source', ['Google']]];
  const query = Query.parse({ site_id: site.id, metrics: ['visits'], date_range: 'day', filters });
  await answer(db, site, query, NOW, 'rows');
  const alone = statements;
  await answer(db, site, query, NOW, 'rows');
  expect(statements - alone).toBe(alone - 1);
});
