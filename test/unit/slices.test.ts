import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Filter, Query, type QueryInput } from '../../src/contract/query.ts';
import { OVERVIEW } from '../../src/contract/words.ts';
import { mapDue } from '../../src/seals/mapping.ts';
import { sealDue } from '../../src/seals/seal.ts';
import { answer } from '../../src/stats/answer.ts';
import type { Scoped } from '../../src/stats/question.ts';
import { type Visit, write } from '../oracle/history.ts';
import { ownPostgres } from '../pglite.ts';

/** The worked example of docs/engine.md, and which days have slices. */

const at = (day: number, clock = '12:00') => Date.parse(`2026-11-${String(day).padStart(2, '0')}T${clock}:00+02:00`);
const visit = (visitor: number, source: string | undefined, browser: string, times: number[]): Visit => ({
  visitor,
  facts: { browser, ...(source && { source }) },
  happened: times.map((time) => ({ time, page: '/' })),
});
const [ANN, BOB, CAT, DAN, EVE] = [1, 2, 3, 4, 5];
const VISITS: Visit[] = [
  visit(ANN, 'Google', 'Chrome', [at(17)]),
  visit(ANN, 'Google', 'Chrome', [at(18, '09:00')]),
  visit(ANN, 'Bing', 'Chrome', [at(18, '12:00'), at(18, '12:01')]),
  visit(BOB, 'Google', 'Chrome', [at(18, '10:00'), at(18, '10:01'), at(18, '10:02')]),
  visit(CAT, undefined, 'Chrome', [at(18, '10:00')]),
  visit(DAN, 'Google', 'Chrome', [at(18, '23:50'), at(19, '00:10'), at(19, '00:20')]),
  // Called as what is missing is.
  visit(EVE, 'Direct / None', 'Chrome', [at(19)]),
];

let postgres: Awaited<ReturnType<typeof ownPostgres>>;
let site: Scoped;
beforeAll(async () => {
  postgres = await ownPostgres();
}, 60_000);
afterAll(() => postgres.close());
beforeEach(async () => {
  site = await write(postgres.rows, 'Europe/Tallinn', VISITS);
});

const seal = () => sealDue(postgres.db, site, at(20, '01:30'));

async function ask(filters: QueryInput['filters'], asked: Partial<QueryInput> = {}) {
  const date_range: [string, string] = ['2026-11-17', '2026-11-19'];
  const query = Query.parse({
    metrics: ['visitors', 'visits', 'pageviews'],
    dimensions: ['time:day'],
    date_range,
    ...asked,
    filters,
    site_id: site.id,
  });
  const [sealed, rows] = await Promise.all(
    (['any', 'rows'] as const).map((one) => answer(postgres.db, site, query, at(21), one)),
  );
  expect(sealed?.results).toEqual(rows?.results);
  return { cells: sealed?.results.map(({ metrics }) => metrics), by: sealed?.meta.engine.answered_by };
}

const GOOGLE: Filter = ['is', 'visit:source', ['Google']];
const CHROME: Filter = ['is', 'visit:browser', ['Chrome']];
const BY_SEALS = { by: 'seals' };

test('numbers in twos: the sources of a day’s visits, their page views, and which are of one visitor', async () => {
  await seal();
  const stored = async (dimension: number) => {
    const [row] = await postgres.rows<{ words: string[]; digits: string[] }>(
      `select array(select coalesce(t.value, '') from unnest("values") with ordinality v(id, n) left join term t on t.id = v.id and t.site_id = s.site_id
         order by n) as words, digits::text[] as digits
       from sealed_slice s where site_id = $1 and day = '2026-11-18' and dimension = $2`,
      site.id,
      dimension,
    );
    return [row?.words, row?.digits];
  };
  // Ann, Ann, Bob, Cat, Dan.
  expect(await stored(4)).toEqual([
    ['Google', '', 'Bing'],
    ['00010', '01000'],
  ]);
  expect(await stored(68)).toEqual([[], ['10111', '01100']]);
  // One each; those that began on a day before; those of the visitor before it; bounces.
  expect(await stored(72)).toEqual([[], ['11111', '00000', '01000', '10010']]);
});

test('a series under any filters: each day is asked by itself', async () => {
  await seal();
  const series = (...cells: number[][]) => ({ cells, ...BY_SEALS });
  expect(await ask([GOOGLE, CHROME])).toEqual(series([1, 1, 1], [3, 3, 5], [0, 0, 2]));
  expect(await ask([['is_not', 'visit:source', ['Google']], CHROME])).toEqual(series([0, 0, 0], [2, 2, 3], [1, 1, 1]));
  expect(await ask([['is', 'visit:source', ['Direct / None']], CHROME])).toEqual(
    series([0, 0, 0], [1, 1, 1], [1, 1, 1]),
  );
  expect(await ask([['contains', 'visit:source', ['Direct']], CHROME])).toMatchObject(BY_SEALS);
  expect(
    await ask([
      [
        'or',
        [
          ['contains', 'visit:source', ['oo', 'Bing']],
          ['is', 'visit:browser', ['Lynx']],
        ],
      ],
    ]),
  ).toEqual(series([1, 1, 1], [3, 4, 7], [0, 0, 2]));
  expect(
    await ask([
      ['not', GOOGLE],
      ['not', CHROME],
    ]),
  ).toEqual(series([0, 0, 0], [0, 0, 0], [0, 0, 0]));
  await ask([GOOGLE, CHROME], { metrics: [...OVERVIEW] });
  // Of a week visits add up, and visitors don't.
  const weeks = { dimensions: ['time:week'], date_range: ['2026-11-16', '2026-11-19'] } satisfies Partial<QueryInput>;
  expect(await ask([GOOGLE, CHROME], { ...weeks, metrics: ['visits', 'views_per_visit'] })).toMatchObject(BY_SEALS);
  expect(await ask([GOOGLE, CHROME], weeks)).toMatchObject({ by: 'rows' });
});

test('days that were sealed without are answered in another way, and those behind them by slices', async () => {
  await seal();
  await postgres.rows(`delete from sealed_slice where site_id = $1 and day < '2026-11-18'`, site.id);
  expect(await ask([GOOGLE, CHROME])).toMatchObject({ by: 'rows' });
  expect(await ask([GOOGLE, CHROME], { date_range: ['2026-11-18', '2026-11-19'] })).toMatchObject(BY_SEALS);
  await mapDue(postgres.db, site, { least: 0 });
  const query = Query.parse({
    metrics: ['visitors'],
    dimensions: ['time:day'],
    date_range: ['2026-11-17', '2026-11-19'],
    filters: [GOOGLE, CHROME],
    site_id: site.id,
  });
  expect((await answer(postgres.db, site, query, at(21), 'seals')).meta.engine).toEqual({ answered_by: 'seals' });
  // Of a site whose first day has slices all days have, however far back it is asked for.
  await postgres.rows('update seal set upto = null where site_id = $1', site.id);
  await seal();
  expect(await ask([GOOGLE, CHROME], { date_range: ['2026-11-01', '2026-11-19'] })).toMatchObject(BY_SEALS);
});

test('digits of numbers, and where one of these stands', async () => {
  const number = fc.oneof(fc.nat(7), fc.nat(600), fc.nat(2 ** 31 - 1));
  await fc.assert(
    fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 40 }), fc.array(number), async (numbers, more) => {
      const most = Math.max(...numbers);
      const digits = most === 0 ? 0 : most.toString(2).length;
      const asked = [...numbers.filter((_, i) => i % 3 === 0), ...more.filter((n) => n < 2 ** digits)];
      const list = (of: number[]) => `{${of.join()}}`;
      const { rows } = await postgres.db.execute(sql`
        select digits::text[] as digits, bits_with(digits, ${list(asked)}::int[], repeat('1', ${numbers.length})::bit varying)::text as found
        from bit_digits(${list(numbers)}::int[]) digits`);
      const ones = (digit: number) => numbers.map((n) => Math.floor(n / 2 ** digit) % 2).join('');
      expect(rows[0]?.digits).toEqual(Array.from({ length: digits }, (_, digit) => ones(digit)));
      expect(rows[0]?.found).toBe(numbers.map((n) => (asked.includes(n) ? 1 : 0)).join(''));
    }),
    { numRuns: 200 },
  );
});
