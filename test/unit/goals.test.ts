import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GoalInput } from '../../src/contract/api.ts';
import { pathPattern } from '../../src/contract/pattern.ts';
import { Scope } from '../../src/contract/query.ts';
import { create, GOALS_MAX, get, list, remove, replace } from '../../src/goals/goals.ts';
import { report } from '../../src/goals/report.ts';
import { money } from '../../src/stats/money.ts';
import type { Scoped } from '../../src/stats/question.ts';
import { type Visit, write } from '../oracle/history.ts';
import { matches } from '../oracle/oracle.ts';
import { ownPostgres } from '../pglite.ts';

const at = (text: string) => Date.parse(text);
const NOW = at('2026-11-21T12:00:00Z');

let postgres: Awaited<ReturnType<typeof ownPostgres>>;
beforeAll(async () => {
  postgres = await ownPostgres();
});
afterAll(() => postgres.close());

const eur = (amount: string, currency = 'EUR') => ({ amount, currency });
const bought = (time: string, plan: string, revenue?: { amount: string; currency: string }) => ({
  time: at(time),
  page: '/buy',
  name: 'purchase',
  props: { plan, seats: 3, gift: true },
  ...(revenue && { revenue }),
});

const VISITS: Visit[] = [
  {
    visitor: 1,
    facts: { country: 'EE' },
    happened: [
      { time: at('2026-11-20T09:00:00Z'), page: '/' },
      bought('2026-11-20T09:01:00Z', 'pro', eur('9.90')),
      bought('2026-11-20T09:02:00Z', 'pro', eur('9.9')),
      bought('2026-11-20T09:03:00Z', 'free'),
    ],
  },
  {
    visitor: 2,
    facts: { country: 'FI' },
    happened: [
      { time: at('2026-11-20T10:00:00Z'), page: '/blog/2026/hello' },
      bought('2026-11-20T10:01:00Z', 'pro', eur('1000', 'JPY')),
      bought('2026-11-20T10:02:00Z', 'team', eur('0.0001')),
    ],
  },
  { visitor: 3, happened: [{ time: at('2024-01-01T10:00:00Z'), page: '/blog/old' }] },
  { visitor: 4, bot: true, happened: [bought('2026-11-20T10:00:00Z', 'pro', eur('1000000'))] },
  // Began the day before, bought today.
  { visitor: 5, happened: [{ time: at('2026-11-20T23:59:00Z'), page: '/' }, bought('2026-11-21T00:01:00Z', 'pro')] },
];

const goal = (input: Partial<GoalInput> & { name: string }) =>
  GoalInput.parse(input.path ? input : { event: 'purchase', ...input });

describe('the report', () => {
  let site: Scoped;
  beforeAll(async () => {
    site = await write(postgres.rows, 'UTC', VISITS);
    await write(postgres.rows, 'UTC', VISITS);
    const inputs = [
      goal({ name: 'Purchase' }),
      goal({ name: 'Pro', props: [{ key: 'plan', op: 'is', value: 'pro' }] }),
      goal({ name: 'Not free', props: [{ key: 'plan', op: 'is_not', value: 'free' }] }),
      goal({
        name: 'Three seats, a gift',
        props: [
          { key: 'seats', op: 'is', value: '3' },
          { key: 'gift', op: 'contains', value: 'ru' },
        ],
      }),
      goal({ name: 'Unknown property', props: [{ key: 'nothing', op: 'is_not', value: 'x' }] }),
      goal({ name: 'One level', path: '/blog/*' }),
      goal({ name: 'Any level', path: '/blog/**' }),
      goal({ name: 'Home', path: '/' }),
      goal({ name: 'Nowhere', path: '/nowhere' }),
      goal({ name: 'Never', event: 'never' }),
      goal({ name: 'Any view', event: 'pageview' }),
    ];
    for (const input of inputs) await create(postgres.db, site, input);
  });

  const results = async (scope: Scope) => {
    const answer = await report(postgres.db, site, scope, NOW);
    const rows = answer.results.map(({ goal, visitors, events, conversion_rate }) => [
      goal.name,
      visitors,
      events,
      conversion_rate,
    ]);
    return { ...answer, rows };
  };

  test('of everything that ever happened, by goals made just now', async () => {
    const { rows, visitors } = await results(Scope.parse({ date_range: 'all' }));
    expect(visitors).toBe(4);
    expect(rows).toEqual([
      ['Purchase', 3, 6, 75],
      ['Pro', 3, 4, 75],
      ['Not free', 3, 5, 75],
      ['Three seats, a gift', 3, 6, 75],
      ['Unknown property', 3, 6, 75],
      ['One level', 1, 1, 25],
      ['Any level', 2, 2, 50],
      ['Home', 2, 2, 50],
      ['Nowhere', 0, 0, 0],
      ['Never', 0, 0, 0],
      ['Any view', 4, 4, 100],
    ]);
  });

  test('adds money up exactly, each currency by itself', async () => {
    const { results: found } = await results(Scope.parse({ date_range: 'all' }));
    expect(found[0]?.revenue).toEqual([
      { currency: 'JPY', total: '1000', average: '1000' },
      { currency: 'EUR', total: '19.8001', average: '6.60' },
    ]);
    expect(found[1]?.revenue).toEqual([
      { currency: 'JPY', total: '1000', average: '1000' },
      { currency: 'EUR', total: '19.80', average: '9.90' },
    ]);
    expect(found[8]?.revenue).toEqual([]);
  });

  test('of a day counts who was there, though the visit began the day before', async () => {
    const { rows, visitors } = await results(Scope.parse({ date_range: 'day' }));
    expect(visitors).toBe(1);
    expect(rows[0]).toEqual(['Purchase', 1, 1, 100]);
  });

  test('beside the range that it is compared with, as far as the day has gone', async () => {
    const scope: Scope = { date_range: 'day', filters: [] };
    const asOf = async (now: string) =>
      (await report(postgres.db, site, scope, at(now), { comparisons: { mode: 'previous_period' } })).results[0];
    expect(await asOf('2026-11-21T12:00:00Z')).toMatchObject({ events: 1, comparison: { visitors: 2, events: 5 } });
    expect(await asOf('2026-11-21T09:30:00Z')).toMatchObject({ events: 1, comparison: { visitors: 1, events: 3 } });
  });

  test('of a time when nobody came has no rate', async () => {
    const { rows, visitors } = await results(Scope.parse({ date_range: ['2025-01-01', '2025-01-31'] }));
    expect(visitors).toBe(0);
    expect(rows[0]).toEqual(['Purchase', 0, 0, null]);
  });

  test.each<[string, Scope['filters'], number, unknown[]]>([
    ['visits', [['is', 'visit:country', ['EE']]], 1, ['Purchase', 1, 3, 100]],
    ['events', [['is', 'event:props:plan', ['team', 'free']]], 2, ['Purchase', 2, 2, 100]],
    ['goals', [['is', 'event:goal', ['Pro']]], 3, ['Purchase', 3, 4, 100]],
  ])('under a filter of %s', async (_, filters, visitors, first) => {
    const found = await results({ date_range: 'all', filters });
    expect(found.visitors).toBe(visitors);
    expect(found.rows[0]).toEqual(first);
  });

  test('of a site without goals', async () => {
    const bare = await write(postgres.rows, 'UTC', VISITS);
    expect(await report(postgres.db, bare, { date_range: 'all', filters: [] }, NOW)).toEqual({
      results: [],
      visitors: 4,
    });
  });
});

describe('money', () => {
  test.each([
    ['19.8000', 'EUR', '19.80'],
    ['19.8001', 'EUR', '19.8001'],
    ['1000.0000', 'JPY', '1000'],
    ['0.5000', 'JPY', '0.5'],
    ['1.0000', 'KWD', '1.000'],
    ['-3.1', 'USD', '-3.10'],
    ['99999999999999999999.9900', 'EUR', '99999999999999999999.99'],
    ['1.5', 'no code', '1.5'],
  ])('%s %s is %s', (amount, currency, text) => {
    expect(money(amount, currency)).toBe(text);
  });
});

describe('a path', () => {
  test.each([
    ['/blog/*', '/blog/one', true],
    ['/blog/*', '/blog/one/two', false],
    ['/blog/*', '/blog/', true],
    ['/blog/**', '/blog/one/two', true],
    ['/**/end', '/a/b/end', true],
    ['/a.c', '/abc', false],
    ['/(a|b)', '/a', false],
    ['/(a|b)', '/(a|b)', true],
    ['/[a]\\d{2}^$', '/[a]\\d{2}^$', true],
    ['/*/x', '/line\nbreak/x', true],
  ])('%s of %j is %s', async (pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected);
    const [row] = await postgres.rows<{ fits: boolean }>('select $1::text ~ $2 as fits', path, pathPattern(pattern));
    expect(row?.fits).toBe(expected);
  });

  test('means in Postgres what it means to somebody who tries it by hand', async () => {
    const piece = fc.string({ unit: fc.constantFrom('/', '*', 'a', '.', '(', '\\', '+', 'ö', '?'), maxLength: 7 });
    const property = fc.asyncProperty(piece, piece, async (pattern, path) => {
      const [row] = await postgres.rows<{ fits: boolean }>(
        'select $1::text ~ $2 as fits',
        path,
        pathPattern(`/${pattern}`),
      );
      expect(row?.fits).toBe(matches(`/${pattern}`, path));
    });
    await fc.assert(property, { numRuns: 300 });
  });

  test('made to be slow is not', async () => {
    const pattern = `/${'*a'.repeat(10)}`;
    expect(GoalInput.safeParse({ name: 'x', path: pattern }).success).toBe(true);
    const path = `/${'a'.repeat(1990)}b`;
    const before = performance.now();
    await postgres.rows('select $1::text ~ $2', path, pathPattern(pattern));
    expect(performance.now() - before).toBeLessThan(500);
    expect(GoalInput.safeParse({ name: 'x', path: `/${'*a'.repeat(11)}` }).error?.issues[0]?.message).toBe(
      'at most ten wildcards',
    );
  });
});

describe('definitions', () => {
  test('are made, read, replaced and deleted, within their site', async () => {
    const [site, other] = [await write(postgres.rows, 'UTC', []), await write(postgres.rows, 'UTC', [])];
    const made = await create(postgres.db, site, goal({ name: 'Purchase' }));
    expect(made).toEqual({
      id: made.id,
      name: 'Purchase',
      event: 'purchase',
      path: null,
      props: [],
      created: made.created,
    });
    expect(new Date(made.created).toISOString()).toBe(made.created);
    expect(await list(postgres.db, site)).toEqual([made]);
    expect(await list(postgres.db, other)).toEqual([]);

    const props = [{ key: 'plan', op: 'is' as const, value: 'pro' }];
    const changed = await replace(postgres.db, site, made.id, goal({ name: 'Pro', props }));
    expect(changed).toEqual({ ...made, name: 'Pro', props });
    const path = await replace(postgres.db, site, made.id, goal({ name: 'Pro', path: '/pro' }));
    expect(path).toEqual({ ...made, name: 'Pro', event: null, path: '/pro' });

    const missing = { code: 'not_found' };
    await expect(get(postgres.db, other, made.id)).rejects.toMatchObject(missing);
    await expect(replace(postgres.db, other, made.id, goal({ name: 'Mine' }))).rejects.toMatchObject(missing);
    await expect(remove(postgres.db, other, made.id)).rejects.toMatchObject(missing);
    await remove(postgres.db, site, made.id);
    await expect(remove(postgres.db, site, made.id)).rejects.toMatchObject(missing);
  });

  test('have names of their own', async () => {
    const site = await write(postgres.rows, 'UTC', []);
    const [first, second] = [
      await create(postgres.db, site, goal({ name: 'A' })),
      await create(postgres.db, site, goal({ name: 'B' })),
    ];
    const conflict = { code: 'conflict', message: 'This site has a goal called A already.' };
    await expect(create(postgres.db, site, goal({ name: 'A' }))).rejects.toMatchObject(conflict);
    await expect(replace(postgres.db, site, second.id, goal({ name: 'A' }))).rejects.toMatchObject(conflict);
    await replace(postgres.db, site, first.id, goal({ name: 'A', path: '/a' }));
  });

  test(`are at most ${GOALS_MAX}`, async () => {
    const site = await write(postgres.rows, 'UTC', []);
    for (let n = 0; n < GOALS_MAX; n++) await create(postgres.db, site, goal({ name: `Goal ${n}` }));
    await expect(create(postgres.db, site, goal({ name: 'One more' }))).rejects.toMatchObject({
      code: 'conflict',
      message: 'A site has at most 100 goals; delete one first.',
    });
  });

  test.each([
    ['neither event nor path', { name: 'x' }, 'event: give either event or path'],
    ['both', { name: 'x', event: 'y', path: '/z' }, 'event: give either event or path'],
    ['a path that begins nowhere', { name: 'x', path: 'z' }, 'path: a path starts with /'],
    [
      'conditions on a path',
      { name: 'x', path: '/', props: [{ key: 'a', op: 'is', value: 'b' }] },
      'props: conditions belong',
    ],
    ['a NUL', { name: 'x\0', event: 'y' }, 'name: text without NUL'],
  ])('with %s are refused', (_, input, complaint) => {
    const issues = GoalInput.safeParse(input).error?.issues ?? [];
    expect(issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join()).toContain(complaint);
  });
});
