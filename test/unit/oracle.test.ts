import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Answer,
  type Dimension,
  type Filter,
  filtered,
  GOAL_METRICS,
  isEvent,
  isTime,
  METRICS,
  type Metric,
  OF_PAGES,
  oneOf,
  PAGE_METRICS,
  Query,
  SIGNAL,
  VISIT_METRICS,
} from '../../src/contract/query.ts';
import { FRICTION } from '../../src/contract/replay.ts';
import { LEAST_RETENTION_DAYS } from '../../src/contract/wire.ts';
import type { GoalDefinition } from '../../src/goals/match.ts';
import { report } from '../../src/goals/report.ts';
import { mapDue } from '../../src/seals/mapping.ts';
import { unscopedForget } from '../../src/seals/retention.ts';
import { sealDue } from '../../src/seals/seal.ts';
import { answer } from '../../src/stats/answer.ts';
import { nothing } from '../../src/stats/metrics.ts';
import type { Engine, Scoped } from '../../src/stats/question.ts';
import { visits as visitsBehind } from '../../src/visits/list.ts';
import { collect } from '../oracle/collect.ts';
import { firstTitles, type Happening, type Segment, type Visit, write } from '../oracle/history.ts';
import { type Asked, type History, oracle, visitsBehind as oracleVisits } from '../oracle/oracle.ts';
import { ownPostgres } from '../pglite.ts';

/**
 * Random histories and random questions over the whole grammar: SQL and the plain fold must agree, exactly. The same
 * engine is asked the same questions, and each change of it others, so that a failure is its own. `ORACLE_SEED=random`
 * asks what was never asked, `ORACLE_RUNS=…` more of it, `ORACLE_SHRINK=1` looks for the least that fails. What fails is printed with its seed and path:
 * `ORACLE_SEED=… ORACLE_PATH=… npx vitest run test/unit/oracle.test.ts` asks it again.
 */

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

const happening = fc
  .record<Happening>(
    {
      time: fc.oneof(fc.integer({ min: -26 * 60, max: 50 * 60 }), fc.integer({ min: 0, max: 90 })),
      page: fc.constantFrom(...PAGES),
      title: fc.constantFrom('Shop', 'shop, page 2', 'Õun', '(not set)'),
      name: fc.constantFrom('pageview', 'pageview', 'pageview', 'signup', 'buy', 'Web Vitals'),
      hostname: fc.constantFrom('shop.example', 'blog.example'),
      engaged: fc.constantFrom(0, 499, 500, 1500, 61_234),
      scroll: fc.constantFrom(0, 33, 50, 100),
      props: fc.record(
        {
          plan: fc.constantFrom('free', 'pro', 'Pro', '(none)', 3, true),
          lcp: fc.constantFrom(1200, 2500, 2500.5, 'slow'),
          cls: fc.constantFrom(0, 0.1, 0.0123),
        },
        { requiredKeys: [] },
      ),
      revenue: fc.record({
        amount: fc.constantFrom('9.90', '0.05', '100.00', '33.33'),
        currency: fc.constantFrom('EUR', 'USD'),
      }),
    },
    { requiredKeys: ['time', 'page'] },
  )
  // Only page views are read, and only what is done is paid for.
  .map(({ engaged, scroll, revenue, ...event }) => ({
    ...event,
    ...((event.name ?? 'pageview') === 'pageview' && engaged !== undefined && { engaged }),
    ...((event.name ?? 'pageview') === 'pageview' && scroll !== undefined && { scroll }),
    ...(event.name === 'buy' && revenue && { revenue }),
  }));
const visit = fc.record<Visit>(
  {
    visitor: fc.integer({ min: 1, max: 4 }),
    bot: fc.constantFrom(false, false, false, true),
    stay: fc.constantFrom(0, 0, 1500, 90_000),
    signals: fc.subarray([...FRICTION]),
    facts: fc.record(
      {
        source: fc.constantFrom('Google', 'google', 'Direct / None', "O'Reilly", 'Öhrli'),
        country: fc.constantFrom('EE', 'FI'),
        hostname: fc.constantFrom('shop.example', 'blog.example'),
        utm_campaign: fc.constantFrom('spring', 'Spring sale'),
      },
      { requiredKeys: [] },
    ),
    happened: fc.array(happening, { minLength: 1, maxLength: 4 }),
  },
  { requiredKeys: ['visitor', 'happened'] },
);

const words = (...list: string[]) => fc.uniqueArray(fc.constantFrom(...list), { minLength: 1, maxLength: 2 });
const plain = fc.constantFrom('is', 'is_not', 'contains', 'contains_not');
const pattern = fc.constantFrom('matches', 'matches_not');
const cased = fc.constantFrom(undefined, undefined, { case_sensitive: false }, { case_sensitive: true });
const simple = (operator: fc.Arbitrary<string>, dimension: string, values: fc.Arbitrary<string[]>) =>
  fc
    .tuple(operator, fc.constant(dimension), values, cased)
    .map(([op, of, list, modifiers]) => (modifiers ? [op, of, list, modifiers] : [op, of, list]));
const goals = fc.tuple(fc.constant('is'), fc.constant('event:goal'), words(...GOALS.map(({ name }) => name)));
const ofPage = fc.oneof(
  simple(plain, 'event:page', words(...PAGES, '/blog', '/SHOP', 'nowhere')),
  simple(pattern, 'event:page', words('^/blog/\\d+$', '(shop|2)', '/b[a-z]{2,3}g', '^/.?$', 'ö.{2}\\s')),
);
const ofEvent = fc.oneof(
  ofPage,
  ofPage,
  simple(plain, 'event:page_title', words('Shop', 'Õun', 'page', '(not set)', 'ÕUN')),
  simple(pattern, 'event:page_title', words('^[Ss]hop', '\\d$')),
  simple(plain, 'event:name', words('signup', 'page', 'SIGN')),
  simple(plain, 'event:hostname', words('shop.example', 'blog')),
  simple(plain, 'event:props:plan', words('pro', '(none)', '3', 'r', '(NONE)')),
  simple(pattern, 'event:props:plan', words('^[fp]r', 'o$', '^\\d$', '\\w+')),
  goals,
);
const ofVisit = fc.oneof(
  simple(plain, 'visit:source', words('Google', "O'Reilly", 'Direct / None', 'i', 'öHR', 'direct / none')),
  simple(pattern, 'visit:source', words('^g', "'|l$", '[^A-Z]oo', '^Ö')),
  simple(plain, 'visit:country', words('EE', '(not set)', 'I')),
  simple(plain, 'visit:utm_campaign', words('spring', '(not set)')),
  simple(plain, 'visit:entry_page', words('/', '/shop', '(not set)')),
  simple(plain, 'visit:exit_page', words('/blog')),
  fc.tuple(fc.constantFrom('is', 'is_not'), fc.constant('visit:signal'), fc.subarray([...FRICTION], { minLength: 1 })),
  fc.tuple(fc.constant('is'), fc.constant('segment'), fc.uniqueArray(fc.constantFrom(1, 2), { minLength: 1 })),
);
const tree = (leaf: fc.Arbitrary<unknown[]>) =>
  fc.letrec<{ tree: unknown[] }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      leaf,
      leaf,
      fc.tuple(fc.constant('not'), tie('tree')),
      fc.tuple(fc.constantFrom('and', 'or'), fc.array(tie('tree'), { minLength: 1, maxLength: 3 })),
    ),
  })).tree;
const behaviour = fc.tuple(fc.constantFrom('has_done', 'has_not_done'), tree(ofEvent));
const filter = tree(fc.oneof(ofEvent, ofVisit, behaviour));
const segment = fc.array(
  tree(
    fc.oneof(
      ofEvent,
      ofVisit.filter(([, of]) => of !== 'segment'),
      behaviour,
    ),
  ),
  {
    minLength: 1,
    maxLength: 2,
  },
) as unknown as fc.Arbitrary<Segment>;

const dimension = fc.constantFrom<Dimension>(
  ...(['time:minute', 'time:hour', 'time:day', 'time:week', 'time:month'] as const),
  ...(['event:page', 'event:page_title', 'event:name', 'event:hostname', 'event:goal', 'event:props:plan'] as const),
  ...(['event:page', 'event:goal', 'visit:source', 'visit:country', 'visit:entry_page', 'visit:exit_page'] as const),
  ...(['visit:entry_page_hostname', 'visit:utm_campaign'] as const),
);
const question = fc
  .record({
    metrics: fc.uniqueArray(fc.constantFrom(...METRICS), { minLength: 1, maxLength: 8 }),
    dimensions: fc
      .uniqueArray(dimension, { maxLength: 3 })
      .filter((dimensions) => dimensions.filter(isTime).length < 2),
    filters: fc.array(filter, { maxLength: 2 }),
    days: fc.tuple(fc.integer({ min: -1, max: 0 }), fc.integer({ min: 0, max: 1 })),
    // Minutes after the night's midnight in UTC, where the range isn't made of days; and a part of a minute.
    moments: fc.option(fc.tuple(fc.integer({ min: -300, max: 300 }), fc.integer({ min: 0, max: 200 }), fc.nat(59)), {
      freq: 3,
    }),
    bots: fc.constantFrom(false, false, true),
    compared: fc.constantFrom(null, null, 'previous_period', 'custom'),
    order: fc.option(fc.tuple(fc.nat(20), fc.constantFrom('asc', 'desc')), { freq: 3 }),
    row: fc.nat(20),
  })
  .map(({ metrics, dimensions, filters, ...rest }) => {
    const named: string[] = [...dimensions, ...filtered(filters as Filter[])];
    const allowed = metrics.filter(
      (metric) =>
        !(dimensions.some(isEvent) && oneOf(VISIT_METRICS, metric)) &&
        !(dimensions.length === 0 && metric === 'percentage') &&
        !(oneOf(PAGE_METRICS, metric) && !named.some((name) => OF_PAGES.includes(name))) &&
        !(oneOf(GOAL_METRICS, metric) && !named.includes('event:goal')),
    );
    return { metrics: allowed.length ? allowed : (['visitors'] as Metric[]), dimensions, filters, ...rest };
  });
type Question = typeof question extends fc.Arbitrary<infer Q> ? Q : never;

const HOUR = 3_600_000;
const DAY = 86_400_000;
const sorted = (rows: { dimensions: string[] }[]) =>
  rows.toSorted((a, b) => (String(a.dimensions) < String(b.dimensions) ? -1 : 1));

/** Of each history. */
const QUESTIONS = 20;
const histories = fc.record({
  night: fc.constantFrom(...NIGHTS),
  mode: fc.constantFrom<Scoped['mode']>('persistent', 'cookieless'),
  week_start: fc.integer({ min: 1, max: 7 }),
  segments: fc.tuple(segment, segment),
  visits: fc.array(visit, { maxLength: 10 }),
  questions: fc.array(question, { minLength: QUESTIONS, maxLength: QUESTIONS }),
});
const RUNS = Number(process.env.ORACLE_RUNS ?? 260);
const TIMEOUT = 600_000 + RUNS * 1000;

test(`SQL answers what the oracle answers, ${RUNS * QUESTIONS} times`, { timeout: TIMEOUT }, async () => {
  // Visitors are counted in another way where there are very many events, by what Postgres last counted of them.
  const events = fc.constantFrom(-1, 10_000_000);
  const property = fc.asyncProperty(histories, events, async (told, counted) => {
    const { night, visits, questions, ...rest } = told;
    const [zone, date] = night;
    const midnight = Date.parse(date);
    const history = historyOf(zone, midnight, visits, rest);
    const site = await write(postgres.rows, zone, history.visits, GOALS, rest);
    await postgres.rows("update pg_class set reltuples = $1 where relname ~ '^event_'", [counted]);
    for (const one of questions) await ask(history, site, midnight, one);
  });
  await holds(property, RUNS);
});

/** What sealed days can answer, in its several shapes; one of them asks for anything. */
const EVENT_COUNTS: Metric[] = ['visitors', 'visits', 'pageviews', 'events'];
const several = (...metrics: Metric[]) => fc.subarray(metrics, { minLength: 1 });
const sealable = fc
  .oneof(
    fc.record({
      metrics: several(...EVENT_COUNTS, ...VISIT_METRICS),
      dimensions: fc.constantFrom<Dimension[]>([], ['time:day'], ['time:week'], ['time:month']),
      filters: fc.constantFrom<unknown[][]>(
        [],
        [['is', 'visit:country', ['EE']]],
        [['is', 'visit:entry_page', ['/']]],
        [['is', 'visit:source', ['Direct / None']]],
      ),
    }),
    fc.record({
      metrics: several(...EVENT_COUNTS, 'percentage', ...VISIT_METRICS),
      dimensions: fc.constantFrom<Dimension[]>(
        ['visit:source'],
        ['visit:exit_page'],
        ['visit:entry_page_hostname', 'time:month'],
        ['time:day', 'visit:source'],
        ['visit:country', 'time:week'],
      ),
      filters: fc.constant<unknown[][]>([]),
    }),
    fc.record({
      metrics: several(...EVENT_COUNTS, 'percentage'),
      dimensions: fc.constantFrom<Dimension[]>(['event:page'], ['event:hostname'], ['time:week', 'event:name']),
      filters: fc.constant<unknown[][]>([]),
    }),
    fc.record({
      metrics: several(...EVENT_COUNTS, 'percentage', ...VISIT_METRICS),
      dimensions: fc.constant<Dimension[]>(['visit:source']),
      filters: fc.constantFrom<unknown[][]>(
        [['is', 'visit:source', ['Direct / None']]],
        [['is', 'visit:source', ['Google']]],
        [['is_not', 'visit:source', ['Direct / None', 'google']]],
        [['not', ['is', 'visit:source', ['DIRECT / NONE', 'google'], { case_sensitive: false }]]],
        [['contains', 'visit:source', ['none']]],
      ),
    }),
    fc.record({
      metrics: several(...EVENT_COUNTS),
      dimensions: fc.constantFrom<Dimension[]>(['event:page'], ['time:day', 'event:page']),
      filters: fc.constantFrom<unknown[][]>(
        [['is', 'event:page', ['/']]],
        [
          [
            'or',
            [
              ['contains', 'event:page', ['/blog']],
              ['is', 'event:page', ['/', '/shop']],
            ],
          ],
        ],
        [
          ['matches_not', 'event:page', ['^/b']],
          ['is_not', 'event:page', ['/SHOP'], { case_sensitive: false }],
        ],
      ),
    }),
    question.map(({ metrics, dimensions, filters }) => ({ metrics, dimensions, filters })),
  )
  .chain((asked) =>
    fc
      .record({
        days: fc.tuple(fc.integer({ min: -2, max: 0 }), fc.integer({ min: 0, max: 2 })),
        compared: fc.constantFrom(null, null, 'previous_period', 'custom'),
        order: fc.option(fc.tuple(fc.nat(20), fc.constantFrom('asc', 'desc')), { freq: 3 }),
        row: fc.nat(20),
      })
      .map((rest) => ({ ...asked, ...rest, moments: null, bots: false })),
  );

/** What bitmaps can answer, with any filters of visits, or of pages, too; some ask for more than that. */
const manyOfVisits = (least: number) =>
  fc.array(tree(ofVisit.filter(([, of]) => of !== 'segment' && of !== SIGNAL)), { minLength: least, maxLength: 2 });
const maskable = fc
  .record({
    asked: fc.oneof(
      fc.record({
        metrics: several(...EVENT_COUNTS, ...VISIT_METRICS),
        dimensions: fc.constantFrom<Dimension[]>(
          [],
          [],
          ['time:day'],
          ['visit:source'],
          ['visit:entry_page'],
          ['time:week'],
        ),
      }),
      fc.record({
        metrics: several(...EVENT_COUNTS, 'percentage', ...VISIT_METRICS),
        dimensions: fc.constantFrom<Dimension[]>(['visit:source'], ['visit:country'], ['time:day']),
      }),
      fc.record({ metrics: several('visitors', 'percentage'), dimensions: fc.constant<Dimension[]>(['event:page']) }),
    ),
    filters: manyOfVisits(1),
    days: fc.tuple(fc.integer({ min: -2, max: 0 }), fc.integer({ min: 0, max: 2 })),
    compared: fc.constantFrom(null, null, 'previous_period', 'custom'),
    order: fc.option(fc.tuple(fc.nat(20), fc.constantFrom('asc', 'desc')), { freq: 3 }),
    row: fc.nat(20),
  })
  .chain((one) =>
    fc.oneof(
      { weight: 2, arbitrary: fc.constant(one) },
      fc
        .record({
          metrics: several(...EVENT_COUNTS, 'percentage', ...VISIT_METRICS),
          few: several('visitors', 'percentage'),
          dimensions: fc.constantFrom<Dimension[]>(
            [],
            [],
            ['time:day'],
            ['visit:source'],
            ['visit:entry_page'],
            ['event:page'],
          ),
          filters: fc.tuple(
            manyOfVisits(0),
            fc.oneof(
              fc.array(tree(ofPage), { minLength: 1, maxLength: 2 }),
              fc.constantFrom(...PAGES).map((page) => [['is', 'event:page', [page]]]),
            ),
          ),
        })
        .map(({ metrics, few, dimensions, filters }) => {
          const some = metrics.filter((metric) => metric !== 'percentage');
          const undivided = some.length > 0 ? some : (['visitors'] as Metric[]);
          const asked = dimensions.some(isEvent) ? few : dimensions.length > 0 ? metrics : undivided;
          return { ...one, asked: { metrics: asked, dimensions }, filters: filters.flat() };
        }),
    ),
  )
  .map(({ asked, ...rest }) => ({ ...asked, ...rest, moments: null, bots: false }));

/** Hours after the night's midnight at which is sealed what is over: nothing, some, all that anything happened in. */
const end = fc.oneof(
  fc.integer({ min: -24, max: 84 }),
  // Amid the hours in which most happens: what is sealed of today lies between whole days and what is open.
  fc.constantFrom(1, 2),
  fc.integer({ min: 0, max: 3 }).map((days) => 24 * days + 25),
);

test(`sealed days, and the rows behind them, answer the same, ${RUNS * QUESTIONS} times`, {
  timeout: TIMEOUT,
}, async () => {
  const asked = fc.record({
    history: histories,
    questions: fc.array(sealable, { minLength: QUESTIONS, maxLength: QUESTIONS }),
    ends: fc.array(end, { minLength: 1, maxLength: 3 }),
  });
  const ways = new Set<string>();
  const property = fc.asyncProperty(
    asked,
    async ({ history: { night, visits, questions: _, ...rest }, questions, ends }) => {
      const [zone, date] = night;
      const midnight = Date.parse(date);
      const history = historyOf(zone, midnight, visits, rest);
      const site = await write(postgres.rows, zone, history.visits, GOALS, rest);
      for (const hours of ends.sort((a, b) => a - b)) {
        await sealDue(postgres.db, { id: site.id, timezone: zone }, midnight + hours * HOUR);
      }
      for (const one of questions) ways.add(await ask(history, site, midnight, one, 'seals'));
      await reachGoals(site, midnight, questions);
    },
  );
  await holds(property, RUNS);
  expect([...ways].sort()).toEqual(['rows', 'seals', 'seals and rows']);
});

/** How bitmaps are made: in one piece or in several, of many segments or few, of all dimensions or of some. */
const cut = fc.record({
  visits: fc.constantFrom(4, 1_000, 1_000),
  bits: fc.constantFrom(64, 256, 65_536),
  settled: fc.constantFrom(0, 1, 2),
  delta: fc.constantFrom(1, 2, 17),
  values: fc.constantFrom(3, 2_000, 2_000),
});

/** To make bitmaps takes as long as many questions: fewer histories, and more asked of each. */
const [MADE, ASKED] = [Math.ceil(RUNS / 5), 3 * QUESTIONS];

test(`bitmaps answer the same with any filters of visits, ${MADE * ASKED} times`, { timeout: TIMEOUT }, async () => {
  const asked = fc.record({
    history: histories,
    questions: fc.array(maskable, { minLength: ASKED, maxLength: ASKED }),
    ends: fc.array(end, { minLength: 1, maxLength: 2 }),
    cut,
  });
  const ways = new Set<string>();
  const property = fc.asyncProperty(
    asked,
    async ({ history: { night, visits, questions: _, ...rest }, questions, ends, cut }) => {
      const [zone, date] = night;
      const midnight = Date.parse(date);
      const history = historyOf(zone, midnight, visits, rest);
      const site = await write(postgres.rows, zone, history.visits, GOALS, rest);
      const sealed = { id: site.id, timezone: zone };
      for (const hours of ends.sort((a, b) => a - b)) {
        await sealDue(postgres.db, sealed, midnight + hours * HOUR);
        await mapDue(postgres.db, sealed, { least: 0, ...cut });
      }
      for (const one of questions) {
        ways.add(await ask(history, site, midnight, one, 'seals'));
        // Of pages without filters bitmaps tell who was there before.
        if (one.dimensions[0] === 'event:page') await ask(history, site, midnight, { ...one, filters: [] }, 'seals');
      }
      await reachGoals(site, midnight, questions);
    },
  );
  await holds(property, MADE);
  expect([...ways].sort()).toEqual(['rows', 'seals', 'seals and rows']);
});

test('and the same once visits and events are forgotten', { timeout: TIMEOUT }, async () => {
  const asked = fc.record({
    history: histories,
    questions: fc.array(sealable, { minLength: QUESTIONS, maxLength: QUESTIONS }),
  });
  let again = 0;
  const property = fc.asyncProperty(asked, async ({ history: { night, visits, questions: _, ...rest }, questions }) => {
    const [zone, date] = night;
    const midnight = Date.parse(date);
    const history = historyOf(zone, midnight, visits, rest);
    await postgres.rows('truncate site, session, event cascade');
    const site = await write(postgres.rows, zone, history.visits, GOALS, rest);
    // So late that all of it is of months that are forgotten.
    const late = midnight + 75 * DAY;
    await sealDue(postgres.db, { id: site.id, timezone: zone }, late);
    const sealed: Question[] = [];
    for (const one of questions) {
      if ((await ask(history, site, midnight, one, 'seals')) === 'seals') sealed.push(one);
    }
    for (let run = 0; run < 2; run += 1) await unscopedForget(postgres.db, LEAST_RETENTION_DAYS, late);
    const [left] = await postgres.rows<Record<'visits' | 'events', number> & { kept: Date | null }>(
      `select (select count(*)::int from session) as visits, (select count(*)::int from event) as events, kept from site`,
    );
    expect([left?.visits, left?.events]).toEqual([0, 0]);
    for (const one of sealed) await ask(history, { ...site, kept: left?.kept ?? null }, midnight, one, 'seals');
    again += sealed.length;
  });
  await holds(property, Math.ceil(RUNS / 10));
  expect(again).toBeGreaterThan(RUNS / 2);
});

test('and so it does of what came through a collector, some of it twice', { timeout: TIMEOUT }, async () => {
  const repeated = fc.record({ heard: histories, twice: fc.infiniteStream(fc.boolean()) });
  const property = fc.asyncProperty(repeated, async ({ heard: { night, visits, questions, ...rest }, twice }) => {
    const [zone, date] = night;
    const midnight = Date.parse(date);
    const told = historyOf(zone, midnight, visits.map(asTold), rest);
    const site = await write(postgres.rows, zone, [], GOALS, rest);
    await collect(postgres.db, site.id, told.visits, () => twice.next().value === true);
    for (const one of questions) await ask(told, site, midnight, one);
  });
  await holds(property, Math.ceil(RUNS / 10));
});

test('days that are sealed and change, and are sealed again, answer what the oracle answers', {
  timeout: TIMEOUT,
}, async () => {
  const step = fc.record({
    visits: fc.array(visit, { maxLength: 4 }),
    end: fc.option(end),
    cut: fc.option(cut),
    questions: fc.array(fc.oneof(sealable, maskable), { minLength: 8, maxLength: 8 }),
  });
  const asked = fc.record({ history: histories, steps: fc.array(step, { minLength: 2, maxLength: 5 }) });
  const property = fc.asyncProperty(asked, async ({ history: { night, visits: _, questions: __, ...rest }, steps }) => {
    const [zone, date] = night;
    const midnight = Date.parse(date);
    const site = await write(postgres.rows, zone, [], GOALS, rest);
    const told: Visit[] = [];
    let titles = new Map<string, string>();
    for (const [n, { visits, end, cut, questions }] of steps.entries()) {
      // Each through a collector of its own: whatever comes after a day was sealed comes late.
      const { visits: more } = historyOf(zone, midnight, visits.map(asTold), rest);
      await collect(postgres.db, site.id, more, () => false, n);
      told.push(...more);
      titles = firstTitles(more, titles);
      const sealed = { id: site.id, timezone: zone };
      if (end !== null) await sealDue(postgres.db, sealed, midnight + end * HOUR);
      if (cut !== null) await mapDue(postgres.db, sealed, { least: 0, ...cut });
      const { segments, week_start } = rest;
      const history: History = { visits: told, goals: GOALS, titles, zone, segments, week_start };
      for (const one of questions) await ask(history, site, midnight, one, 'seals');
      await reachGoals(site, midnight, questions);
    }
  });
  await holds(property, Math.ceil(RUNS / 5));
});

async function holds(property: fc.IAsyncProperty<unknown[]>, numRuns: number): Promise<void> {
  const { ORACLE_SEED: seed = seedOfEngine(), ORACLE_PATH: path } = process.env;
  await fc.assert(property, {
    numRuns,
    // To find a smaller one that fails takes an hour.
    endOnFailure: !process.env.ORACLE_SHRINK,
    ...(seed !== 'random' && { seed: Number(seed) }),
    ...(path && { path }),
  });
}

/** A number of what is asked: everything that can change an answer. */
function seedOfEngine(): number {
  const hash = createHash('sha256');
  for (const folder of ['stats', 'seals', 'goals', 'visits', 'contract']) {
    const path = new URL(`../../src/${folder}/`, import.meta.url);
    for (const name of readdirSync(path).sort()) hash.update(readFileSync(new URL(name, path)));
  }
  return hash.digest().readInt32LE();
}

/** What reached goals is the same of sealed days as of rows, which `goals.test.ts` holds to what happened. */
async function reachGoals(
  site: Scoped,
  midnight: number,
  questions: { days: [number, number]; filters: unknown[] }[],
): Promise<void> {
  for (const { days, filters } of questions.slice(0, 4)) {
    const date_range = days.map((n) => new Date(midnight + n * DAY).toISOString().slice(0, 10)) as [string, string];
    const comparisons = { mode: 'previous_period' } as const;
    const named = JSON.stringify(filters).includes('segment');
    for (const some of filters.length > 0 && !named ? [[], filters as Filter[]] : [[]]) {
      const told = (engine: Engine) =>
        report(postgres.db, site, { date_range, filters: some }, midnight, { engine, comparisons });
      expect(await told('seals'), JSON.stringify([days, some])).toEqual(await told('rows'));
    }
  }
}

type Settings = Pick<History, 'segments' | 'week_start'> & { mode: Scoped['mode'] };

/** Minutes become moments; without ids in the browser a visitor is somebody else each day. */
function historyOf(zone: string, midnight: number, visits: Visit[], { mode, ...rest }: Settings): History {
  const moments = visits.map((one) => {
    const happened = one.happened.map((event) => ({ ...event, time: midnight + event.time * 60_000 }));
    const day = Math.floor(Math.min(...happened.map(({ time }) => time)) / DAY);
    return { ...one, happened, visitor: mode === 'cookieless' ? one.visitor * 100_000 + day : one.visitor };
  });
  return { visits: moments, goals: GOALS, titles: firstTitles(moments), zone, ...rest };
}

/** A visit is known for two days after it was heard of, in minutes. */
const LATEST = 20 * 60;

/** A visit as its browser can tell it: reading tells of time and depth together, and is the only sign of a longer stay. */
function asTold({ stay = 0, ...visit }: Visit): Visit {
  const happened = visit.happened.map((event) => {
    const { engaged = 0, scroll = 0, ...other } = event;
    const rest = { ...other, time: Math.min(event.time, LATEST) };
    return engaged > 0 || scroll > 0 ? { ...rest, engaged, scroll } : rest;
  });
  const read = happened.some((event) => 'engaged' in event);
  return { ...visit, happened, stay: read ? stay : 0 };
}

/** One question, and what follows from its answer: its order, its comparison, the visits behind one of its rows. @returns the way it was answered */
async function ask(
  history: History,
  site: Scoped & { segments: number[] },
  midnight: number,
  one: Question,
  engine: Engine = 'any',
) {
  const { metrics, dimensions, bots } = one;
  const minutes = one.dimensions.includes('time:minute');
  const [from, length, second] = one.moments ?? [0, 60, 0];
  const moments: [number, number] = [midnight + from * 60_000 + second * 1000, 0];
  moments[1] = moments[0] + (length + 1) * 60_000;
  const days = one.days.map((n) => new Date(midnight + n * DAY).toISOString().slice(0, 10)) as [string, string];
  const range: Asked['range'] = one.moments || minutes ? moments : days;
  const earlier = days.map((day) => new Date(Date.parse(day) - DAY).toISOString().slice(0, 10)) as [string, string];
  const filters = one.filters as Filter[];
  const by = one.order && [...metrics, ...dimensions][one.order[0] % (metrics.length + dimensions.length)];
  const query = Query.parse({
    site_id: site.id,
    metrics,
    dimensions,
    filters: filters.map((filter) => renumbered(filter, site.segments)),
    date_range:
      range === moments ? moments.map((at, i) => new Date(at - i * 1000).toISOString()) : (range as [string, string]),
    order_by: by ? [[by, one.order?.[1]]] : [],
    include: {
      bots,
      ...(one.compared === 'custom' && !minutes && { comparisons: { mode: 'custom', date_range: earlier } }),
      ...(one.compared === 'previous_period' && { comparisons: { mode: 'previous_period' } }),
    },
  });
  const asked: Asked = { metrics, dimensions, filters, range, bots };
  const said = JSON.stringify(asked);
  const { results, meta } = await answer(postgres.db, site, query, midnight, engine);
  const expected = oracle(history, asked);
  const shown = results.map(({ dimensions, metrics }) => ({ dimensions, metrics }));
  expect(sorted(shown), said).toEqual(sorted(expected));
  if (by)
    expect(isInOrder(shown, [...metrics, ...dimensions].indexOf(by), metrics.length, one.order?.[1]), said).toBe(true);
  if (meta.comparison_date_range && !dimensions.some(isTime)) {
    const [start, end] = meta.comparison_date_range.map((at) => Date.parse(at));
    const before = oracle(history, { ...asked, range: [start as number, (end as number) + 1000] });
    for (const row of results) {
      const then = before.find((other) => String(other.dimensions) === String(row.dimensions));
      expect(row.comparison?.metrics, said).toEqual(then?.metrics ?? metrics.map(nothing));
    }
  }
  if (dimensions.length > 0 && !dimensions.some(isTime)) {
    // The first rows may be found without the others, which are counted all the same.
    const [limit, offset] = [1 + (one.row % 3), one.row % 2];
    const include = { bots, total_rows: true };
    const page = Query.parse({ ...query, include, pagination: { limit, offset } });
    const paged = await answer(postgres.db, site, page, midnight, engine);
    expect(paged.results, said).toEqual(shown.slice(offset, offset + limit));
    expect(paged.meta.total_rows, said).toBe(results.length);
  }
  const row = results[one.row % Math.max(results.length, 1)]?.dimensions;
  if (row && !site.kept) {
    const behind = await visitsBehind(postgres.db, site, { query, row }, midnight);
    expect(behind.total, `${said} of ${row}`).toBe(oracleVisits(history, asked, row).length);
  }
  return meta.engine.answered_by;
}

/** Segments are numbered by their place in a history, and by their ids in the database. */
function renumbered(filter: Filter, ids: number[]): Filter {
  return JSON.parse(JSON.stringify(filter), (_, value) =>
    Array.isArray(value) && value[1] === 'segment' ? ['is', 'segment', value[2].map((n: number) => ids[n - 1])] : value,
  );
}

/** Whether rows stand in the order of one of their columns; money is ordered by one currency, which the rows don't tell. */
function isInOrder(rows: Answer['results'], place: number, metrics: number, direction = 'asc'): boolean {
  const moment = (text = '') => (/^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : text);
  const values = rows.map((row) => (place < metrics ? row.metrics[place] : moment(row.dimensions[place - metrics])));
  if (values.some((value) => Array.isArray(value))) return true;
  const known = values.filter((value) => value !== null);
  const nullsLast = values.slice(0, known.length).every((value) => value !== null);
  const rising = (a: unknown, b: unknown) => (a as number) <= (b as number) || typeof a !== typeof b;
  return (
    nullsLast &&
    known.every(
      (value, i) => i === 0 || (direction === 'asc' ? rising(known[i - 1], value) : rising(value, known[i - 1])),
    )
  );
}
