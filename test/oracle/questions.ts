import fc from 'fast-check';
import {
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
  SIGNAL,
  VISIT_METRICS,
} from '../../src/contract/query.ts';
import { FRICTION } from '../../src/contract/replay.ts';
import type { GoalDefinition } from '../../src/goals/match.ts';
import type { Segment } from './history.ts';

/** Random questions over the whole grammar, and over those parts of it that sealed days and bitmaps can answer. */

export const GOALS: GoalDefinition[] = [
  { name: 'Sign-up', event: 'signup', path: null, props: [] },
  { name: 'Pro sign-up', event: 'signup', path: null, props: [{ key: 'plan', op: 'is', value: 'pro' }] },
  { name: 'Not free', event: 'signup', path: null, props: [{ key: 'plan', op: 'is_not', value: 'free' }] },
  { name: 'Read a post', event: null, path: '/blog/*', props: [] },
  { name: 'Anything below', event: null, path: '/**/2', props: [] },
  { name: 'Saw the (shop)', event: null, path: '/shop', props: [] },
];
export const PAGES = ['/', '/shop', '/blog/1', '/blog/2', '/blog/2026/2', '/šöp (%_*)'];

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
export const segment = fc.array(
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
export const question = fc
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
export type Question = typeof question extends fc.Arbitrary<infer Q> ? Q : never;

/** What sealed days can answer, in its several shapes; one of them asks for anything. */
const EVENT_COUNTS: Metric[] = ['visitors', 'visits', 'pageviews', 'events'];
const several = (...metrics: Metric[]) => fc.subarray(metrics, { minLength: 1 });
export const sealable = fc
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
export const maskable = fc
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
