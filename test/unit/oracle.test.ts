import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Filter, isEvent, isTime, METRICS, Query, VISIT_METRICS } from '../../src/contract/query.ts';
import type { GoalDefinition } from '../../src/goals/match.ts';
import { answer } from '../../src/stats/answer.ts';
import { type Happening, type Visit, write } from '../oracle/history.ts';
import { oracle } from '../oracle/oracle.ts';
import { ownPostgres } from '../pglite.ts';

/** Random histories and random questions: SQL and the plain fold must agree, exactly. */

let postgres: Awaited<ReturnType<typeof ownPostgres>>;
beforeAll(async () => {
  postgres = await ownPostgres();
});
afterAll(() => postgres.close());

const GOALS: GoalDefinition[] = [
  { name: 'Sign-up', event: 'signup', path: null, props: [] },
  { name: 'Pro sign-up', event: 'signup', path: null, props: [{ key: 'plan', op: 'is', value: 'pro' }] },
  { name: 'Not free', event: 'signup', path: null, props: [{ key: 'plan', op: 'is_not', value: 'free' }] },
  { name: 'Read a post', event: null, path: '/blog/*', props: [] },
  { name: 'Anything below', event: null, path: '/**/2', props: [] },
  { name: 'Saw the (shop)', event: null, path: '/shop', props: [] },
];
const PAGES = ['/', '/shop', '/blog/1', '/blog/2', '/blog/2026/2', '/šöp (%_*)'];

/** Two nights around which everything happens. */
const NIGHTS: [zone: string, date: string][] = [
  ['Europe/Tallinn', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/St_Johns', '2026-11-01'],
  ['Asia/Kathmandu', '2026-01-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Africa/Cairo', '2026-04-24'],
];

const happening = fc.record<Happening>(
  {
    time: fc.integer({ min: -26 * 60, max: 50 * 60 }),
    page: fc.constantFrom(...PAGES),
    name: fc.constantFrom('pageview', 'pageview', 'signup', 'buy'),
    hostname: fc.constantFrom('shop.example', 'blog.example'),
    props: fc.record({ plan: fc.constantFrom('free', 'pro', '(none)', 3, true) }, { requiredKeys: [] }),
  },
  { requiredKeys: ['time', 'page'] },
);
const visit = fc.record<Visit>(
  {
    visitor: fc.integer({ min: 1, max: 4 }),
    bot: fc.constantFrom(false, false, false, true),
    stay: fc.constantFrom(0, 0, 1500, 90_000),
    facts: fc.record(
      {
        source: fc.constantFrom('Google', 'Direct / None', "O'Reilly"),
        country: fc.constantFrom('EE', 'FI'),
        hostname: fc.constantFrom('shop.example', 'blog.example'),
      },
      { requiredKeys: [] },
    ),
    happened: fc.array(happening, { minLength: 1, maxLength: 4 }),
  },
  { requiredKeys: ['visitor', 'happened'] },
);

const words = (...list: string[]) => fc.uniqueArray(fc.constantFrom(...list), { minLength: 1, maxLength: 2 });
const operator = fc.constantFrom('is', 'is_not', 'contains', 'contains_not');
const simple: fc.Arbitrary<Filter> = fc.oneof(
  fc.tuple(operator, fc.constant('event:page'), words(...PAGES, '/blog', 'nowhere')),
  fc.tuple(operator, fc.constant('event:name'), words('signup', 'page')),
  fc.tuple(operator, fc.constant('event:props:plan'), words('pro', '(none)', '3', 'r')),
  fc.tuple(operator, fc.constant('visit:source'), words('Google', "O'Reilly", 'Direct / None', 'i')),
  fc.tuple(operator, fc.constant('visit:country'), words('EE', '(not set)', 'I')),
  fc.tuple(operator, fc.constant('visit:entry_page'), words('/', '/shop', '(not set)')),
  fc.tuple(operator, fc.constant('visit:exit_page'), words('/blog')),
  fc.tuple(fc.constant('is'), fc.constant('event:goal'), words(...GOALS.map(({ name }) => name))),
) as fc.Arbitrary<Filter>;
const filter = fc.letrec<{ tree: Filter }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    simple,
    simple,
    fc.tuple(fc.constant('not'), tie('tree')) as fc.Arbitrary<Filter>,
    fc.tuple(
      fc.constantFrom('and', 'or'),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
    ) as fc.Arbitrary<Filter>,
  ),
})).tree;

const question = fc
  .record({
    metrics: fc.uniqueArray(fc.constantFrom(...METRICS), { minLength: 1, maxLength: 8 }),
    dimensions: fc
      .uniqueArray(
        fc.constantFrom(
          ...(['time:hour', 'time:day', 'time:month', 'event:page', 'event:name', 'event:hostname'] as const),
          ...(['event:goal', 'event:props:plan', 'visit:source', 'visit:country', 'visit:entry_page'] as const),
          ...(['visit:exit_page', 'visit:entry_page_hostname'] as const),
        ),
        { maxLength: 3 },
      )
      .filter((dimensions) => dimensions.filter(isTime).length < 2),
    filters: fc.array(filter, { maxLength: 2 }),
    days: fc.tuple(fc.integer({ min: -1, max: 0 }), fc.integer({ min: 0, max: 1 })),
  })
  .map(({ metrics, dimensions, ...rest }) => {
    const allowed = metrics.filter(
      (metric) =>
        !(dimensions.some(isEvent) && (VISIT_METRICS as readonly string[]).includes(metric)) &&
        !(dimensions.length === 0 && metric === 'percentage'),
    );
    return { metrics: allowed.length ? allowed : (['visitors'] as const), dimensions, ...rest };
  });

const DAY = 86_400_000;
const sorted = (rows: { dimensions: string[] }[]) =>
  rows.toSorted((a, b) => (String(a.dimensions) < String(b.dimensions) ? -1 : 1));

test('SQL answers what the oracle answers', { timeout: 120_000 }, async () => {
  const histories = fc.record({
    night: fc.constantFrom(...NIGHTS),
    visits: fc.array(visit, { maxLength: 10 }),
    questions: fc.array(question, { minLength: 6, maxLength: 6 }),
  });
  const property = fc.asyncProperty(histories, async ({ night: [zone, date], visits, questions }) => {
    const happened = visits.map((one) => ({
      ...one,
      happened: one.happened.map((event) => ({ ...event, time: Date.parse(date) + event.time * 60_000 })),
    }));
    const site = await write(postgres.rows, zone, happened, GOALS);
    for (const { days, metrics, ...rest } of questions) {
      const pair = days.map((n) => new Date(Date.parse(date) + n * DAY).toISOString().slice(0, 10)) as [string, string];
      const asked = { ...rest, metrics: [...metrics], date_range: pair };
      const query = Query.parse({ ...asked, site_id: site.id });
      const { results } = await answer(postgres.db, site, query, Date.parse(date));
      expect(sorted(results), JSON.stringify(asked)).toEqual(sorted(oracle(happened, GOALS, zone, asked)));
    }
  });
  await fc.assert(property, { numRuns: Number(process.env.ORACLE_RUNS ?? 60) });
});
