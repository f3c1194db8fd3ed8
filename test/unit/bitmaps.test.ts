import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Filter, Query, type QueryInput } from '../../src/contract/query.ts';
import { OVERVIEW } from '../../src/contract/words.ts';
import { moment } from '../../src/db/rows.ts';
import type { ObjectStore } from '../../src/replays/store.ts';
import { mapped } from '../../src/seals/blocks.ts';
import { OF_VISITS } from '../../src/seals/dimensions.ts';
import { mapDue } from '../../src/seals/mapping.ts';
import { sealDue } from '../../src/seals/seal.ts';
import { unseal } from '../../src/seals/unseal.ts';
import { answer } from '../../src/stats/answer.ts';
import type { Engine, Scoped } from '../../src/stats/question.ts';
import { forgetVisitor } from '../../src/visits/forget.ts';
import { type Visit, write } from '../oracle/history.ts';
import { ownPostgres } from '../pglite.ts';

/** The worked example of docs/engine.md, and how its bitmaps are made anew as days go by. */

const at = (day: number, clock = '12:00') => Date.parse(`2026-11-${String(day).padStart(2, '0')}T${clock}:00+02:00`);
const visit = (visitor: number, source: string, browser: string, day: number): Visit => ({
  visitor,
  facts: { source, browser },
  happened: [{ time: at(day), page: '/' }],
});
const [ANN, BOB, CAT, DAN] = [1, 2, 3, 4];
const VISITS: Visit[] = [
  visit(ANN, 'Google', 'Chrome', 17),
  visit(BOB, 'Google', 'Firefox', 17),
  visit(ANN, 'Bing', 'Firefox', 18),
  visit(BOB, 'Google', 'Firefox', 19),
  visit(CAT, 'Bing', 'Firefox', 19),
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

/** Seals what is over an hour after midnight of a day, and makes the bitmaps that are due. */
async function make(day: number, limits: Parameters<typeof mapDue>[2] = {}): Promise<boolean> {
  await sealDue(postgres.db, site, at(day, '01:00'));
  return mapDue(postgres.db, site, { least: 0, ...limits });
}

/** The site's whole blocks, as dates of November, and up to where they are true. */
async function blocks() {
  const { rows } = await postgres.db.execute(sql`
    select block, extract(day from known)::int as known, extract(day from own)::int as own, extract(day from until)::int as until
    from sealed_block where site_id = ${site.id} and made = slices order by block`);
  const [seal] = (await postgres.db.execute(sql`select bitmaps::text from seal where site_id = ${site.id}`)).rows;
  return { blocks: rows.map((row) => Object.values(row).join(' ')), true: seal?.bitmaps };
}

const GOOGLE: Filter = ['is', 'visit:source', ['Google']];
const FIREFOX: Filter = ['is', 'visit:browser', ['Firefox']];

async function ask(filters: QueryInput['filters'], asked: Partial<QueryInput> = {}, engine: Engine = 'seals') {
  const date_range: [string, string] = ['2026-11-17', '2026-11-19'];
  const query = Query.parse({ metrics: ['visitors', 'visits'], date_range, ...asked, filters, site_id: site.id });
  const [bitmaps, rows] = await Promise.all(
    [engine, 'rows' as const].map((one) => answer(postgres.db, site, query, at(21), one)),
  );
  expect(bitmaps?.results).toEqual(rows?.results);
  const cells = bitmaps?.results.map(({ dimensions, metrics }) => [...dimensions, ...metrics]);
  return { cells, ...bitmaps?.meta.engine };
}

test('any filters of visits: by ones that strings of bits have in common', async () => {
  expect(await make(20, { settled: 0 })).toBe(false);
  const by = { answered_by: 'seals' };
  expect(await ask([GOOGLE, FIREFOX])).toMatchObject({ cells: [[1, 2]], ...by });
  expect(await ask([['not', GOOGLE], FIREFOX])).toMatchObject({ cells: [[2, 2]], ...by });
  expect(await ask([['or', [GOOGLE, FIREFOX]]])).toMatchObject({ cells: [[3, 5]], ...by });
  expect(
    await ask([
      ['contains', 'visit:browser', ['fox']],
      ['is_not', 'visit:source', ['Yahoo']],
    ]),
  ).toMatchObject({
    cells: [[3, 4]],
    ...by,
  });
  expect(await ask([GOOGLE, FIREFOX], { dimensions: ['time:day'] })).toMatchObject({
    cells: [
      ['2026-11-17', 1, 1],
      ['2026-11-18', 0, 0],
      ['2026-11-19', 1, 1],
    ],
    ...by,
  });
  expect(await ask([FIREFOX], { metrics: ['visitors'], dimensions: ['event:page'] })).toMatchObject({
    cells: [['/', 3]],
    ...by,
  });
});

test('of who is there in the open hours they tell who was there before', async () => {
  const later = (visitor: number, page: string, clock: string): Visit => ({
    ...visit(visitor, 'Google', 'Firefox', 20),
    happened: [{ time: at(20, clock), page }],
  });
  // Ann and Bob were there days ago, Cat of today in hours that are sealed, and Dan wasn't.
  const today = [
    later(CAT, '/shop', '09:30'),
    ...[ANN, BOB, CAT, DAN].flatMap((visitor) => [later(visitor, '/', '11:30'), later(visitor, '/shop', '11:45')]),
  ];
  site = await write(postgres.rows, 'Europe/Tallinn', [...VISITS, ...today]);
  await sealDue(postgres.db, site, at(20, '12:00'));
  await mapDue(postgres.db, site, { least: 0 });
  expect(await blocks()).toMatchObject({ true: '2026-11-19 22:00:00+00' });
  const pages: Partial<QueryInput> = {
    metrics: ['visitors'],
    dimensions: ['event:page'],
    date_range: ['2026-11-17', '2026-11-20'],
    pagination: { limit: 1 },
  };
  const by = { answered_by: 'seals and rows' };
  expect(await ask([], pages)).toMatchObject({ cells: [['/', 4]], ...by });
  expect(await ask([], { ...pages, pagination: { limit: 1, offset: 1 } })).toMatchObject({
    cells: [['/shop', 4]],
    ...by,
  });
  expect(await ask([FIREFOX], pages)).toMatchObject({ cells: [['/', 4]], ...by });
  // Of who saw a page, too.
  const { dimensions: _, ...saw } = pages;
  const shop: Filter = ['is', 'event:page', ['/shop']];
  const elsewhere: Filter = ['is_not', 'event:page', ['/']];
  expect(await ask([FIREFOX, shop], saw)).toMatchObject({ cells: [[4]], ...by });
  expect(await ask([elsewhere], { ...saw, dimensions: ['visit:source'] })).toMatchObject({
    cells: [['Google', 4]],
    ...by,
  });
});

test('a page that nobody saw before the open hours comes first where most who fit saw it', async () => {
  // In eight slices of what is sealed the start page has more visitors, half of whom don't fit.
  const before = Array.from({ length: 16 }, (_, i) => visit(1 + i, 'Google', i < 8 ? 'Chrome' : 'Firefox', 17));
  const today = Array.from(
    { length: 9 },
    (_, i): Visit => ({
      ...visit(21 + i, 'Google', 'Firefox', 20),
      happened: [{ time: at(20, '11:30'), page: '/new' }],
    }),
  );
  site = await write(postgres.rows, 'Europe/Tallinn', [...before, ...today]);
  await sealDue(postgres.db, site, at(20, '12:00'));
  await mapDue(postgres.db, site, { least: 0, visits: 2 });
  const pages: Partial<QueryInput> = {
    metrics: ['visitors'],
    dimensions: ['event:page'],
    date_range: ['2026-11-17', '2026-11-20'],
    pagination: { limit: 1 },
  };
  expect(await ask([FIREFOX], pages)).toMatchObject({ cells: [['/new', 9]], answered_by: 'seals and rows' });
});

test('a filter of pages leaves those who saw one that fits, whatever else they saw', async () => {
  const both = (visitor: number, ...pages: string[]): Visit => ({
    ...visit(visitor, 'Google', 'Firefox', 19),
    happened: pages.map((page, i) => ({ time: at(19, `10:0${i}`), page })),
  });
  site = await write(postgres.rows, 'Europe/Tallinn', [...VISITS, both(ANN, '/', '/shop'), both(DAN, '/shop')]);
  await make(20);
  const visitors = async (...filters: NonNullable<QueryInput['filters']>) => {
    const { cells, answered_by } = await ask(filters, { metrics: ['visitors'] });
    expect(answered_by).toBe('seals');
    return cells;
  };
  expect(await visitors(['is', 'event:page', ['/shop']])).toEqual([[2]]);
  expect(await visitors(['is_not', 'event:page', ['/']])).toEqual([[2]]);
  expect(await visitors(['is_not', 'event:page', ['/shop']])).toEqual([[3]]);
  // One page has to fit all of them.
  expect(await visitors(['contains', 'event:page', ['/']], ['contains_not', 'event:page', ['shop']])).toEqual([[3]]);
  expect(await visitors(['is', 'event:page', ['/']], ['is', 'event:page', ['/shop']])).toEqual([[0]]);
  expect(await visitors(['is', 'event:page', ['/']], ['is', 'visit:browser', ['Chrome']])).toEqual([[1]]);
});

test('visits by a page that was seen in them, on either side of a midnight, of a block, and of what is open', async () => {
  const over = (visitor: number, day: number, before: string[], after: string[], minute = 50): Visit => ({
    ...visit(visitor, 'Google', 'Firefox', day),
    happened: [
      ...before.map((page, i) => ({ time: at(day, `23:${minute + i}`), page })),
      ...after.map((page, i) => ({ time: at(day + 1, `00:1${i}`), page })),
    ],
  });
  // The first block ends with the 17th, what is sealed with the 19th; a visit that is open at the same time comes between one's days.
  const nights = [17, 18, 19].flatMap((day) => [
    over(10, day, ['/shop'], ['/shop', '/shop']),
    over(11, day, ['/'], ['/shop']),
    over(12, day, ['/shop', '/shop', '/shop'], ['/']),
    over(13, day, ['/shop', '/'], ['/', '/shop']),
    over(13, day, ['/'], ['/shop'], 52),
    over(14, day, ['/'], ['/']),
  ]);
  site = await write(postgres.rows, 'Europe/Tallinn', [...VISITS, ...nights]);
  await sealDue(postgres.db, site, at(20, '02:00'));
  await mapDue(postgres.db, site, { least: 0 });
  expect((await blocks()).blocks).toEqual(['0 17 17 18', '2 17 18 20']);
  for (const range of [
    [17, 17],
    [17, 18],
    [17, 19],
    [17, 20],
    [18, 19],
    [18, 20],
    [19, 20],
  ] as const) {
    const date_range = range.map((day) => `2026-11-${day}`) as [string, string];
    for (const dimensions of [[], ['time:day'], ['visit:source']] as const) {
      const asked = { date_range, metrics: [...OVERVIEW], dimensions: [...dimensions] };
      const shop = await ask([['is', 'event:page', ['/shop']]], asked);
      expect(shop.answered_by).toBe(range[1] === 20 ? 'seals and rows' : 'seals');
      await ask([['contains_not', 'event:page', ['shop']], FIREFOX], {
        ...asked,
        metrics: OVERVIEW.filter((one) => one !== 'pageviews'),
      });
    }
  }
  // Five visits of the first night saw it ten times, three of the next one five times before midnight.
  const first: Partial<QueryInput> = { date_range: ['2026-11-17', '2026-11-18'], metrics: ['visits', 'pageviews'] };
  expect(await ask([['is', 'event:page', ['/shop']]], first)).toMatchObject({ cells: [[8, 15]] });
});

test('a page that was told of since its word was looked for', async () => {
  const late: Filter = ['is', 'event:page', ['/late']];
  const asked: Partial<QueryInput> = { metrics: ['visits', 'pageviews'] };
  expect(await ask([late], asked)).toMatchObject({ cells: [[0, 0]] });
  await postgres.rows(`update term set value = '/late' where site_id = $1 and value = '/'`, site.id);
  await make(20, { settled: 0 });
  expect(await ask([late], asked)).toMatchObject({ cells: [[5, 5]], answered_by: 'seals' });
});

test('visits that go on over the midnight from which on a block knows anything are told apart', async () => {
  // 124 days before the 20th of November.
  const midnight = Date.parse('2026-07-19T00:00:00+03:00');
  const over = (minutes: number): Visit => ({
    ...visit(ANN, 'Google', 'Firefox', 17),
    happened: [
      { time: midnight - minutes * 60_000, page: '/' },
      { time: midnight + minutes * 60_000, page: '/shop' },
    ],
  });
  const first = { ...over(5), happened: [{ time: midnight - 10 * 86_400_000, page: '/' }] };
  site = await write(postgres.rows, 'Europe/Tallinn', [...VISITS, first, over(5), over(7)]);
  await make(20);
  const asked: Partial<QueryInput> = {
    date_range: ['2026-07-19', '2026-11-19'],
    metrics: ['visits', 'pageviews', 'bounce_rate'],
  };
  const shop: Filter = ['is', 'event:page', ['/shop']];
  expect(await ask([shop], asked)).toMatchObject({ cells: [[2, 2, 0]], answered_by: 'seals' });
});

test('what they don’t know is answered of rows, which says why', async () => {
  await make(20);
  const asked = async (asked: Partial<QueryInput>, filters: QueryInput['filters'] = [GOOGLE, FIREFOX]) =>
    (await ask(filters, asked)).because;
  const metric = 'of a metric of single visits or events';
  expect(await asked({ metrics: ['pageviews'], dimensions: ['event:page'] })).toBe(metric);
  expect(await asked({}, [GOOGLE, ['is', 'event:name', ['pageview']]])).toBe('of a filter on single events');
  expect(await asked({ metrics: ['events'] }, [GOOGLE, ['is', 'event:page', ['/']]])).toBe(metric);
  expect(await asked({ metrics: ['pageviews'] }, [['is', 'event:page', ['/', '/shop']]])).toBe(metric);
  expect((await ask([GOOGLE, FIREFOX], {}, 'any')).because).toBe('rows of few days are read as fast');
  // Made anew, with one value at most.
  await postgres.db.execute(unseal(sql`select ${site.id}::int as site_id, ${moment(at(17))} as at`));
  await make(20, { values: 1 });
  expect(await asked({})).toBe('a dimension has too many values for bitmaps');
});

test('all that is known is made seldom, the days since each day', async () => {
  await make(20);
  expect(await blocks()).toEqual({ blocks: ['0 17 17 18', '2 17 18 20'], true: '2026-11-19 22:00:00+00' });
  await make(20);
  expect((await blocks()).blocks).toEqual(['0 17 17 18', '2 17 18 20']);
  await make(21);
  expect(await blocks()).toEqual({ blocks: ['0 17 17 18', '3 17 18 21'], true: '2026-11-20 22:00:00+00' });
  await make(22, { delta: 3 });
  expect((await blocks()).blocks).toEqual(['1 17 17 19', '2 17 19 22']);
});

test('what changes opens them from there on', async () => {
  await make(20, { settled: 1 });
  const change = (day: number) =>
    postgres.db.execute(unseal(sql`select ${site.id}::int as site_id, ${moment(at(day))} as at`));
  await change(19);
  expect(await blocks()).toEqual({ blocks: ['0 17 17 19', '2 17 19 20'], true: '2026-11-19 10:00:00+00' });
  // Up to that day's beginning they hold.
  expect(await ask([GOOGLE, FIREFOX])).toMatchObject({ cells: [[1, 2]], answered_by: 'seals and rows' });
  await make(20, { settled: 1 });
  expect(await blocks()).toEqual({ blocks: ['0 17 17 19', '3 17 19 20'], true: '2026-11-19 22:00:00+00' });
  await change(17);
  await make(20, { settled: 1 });
  expect(await blocks()).toEqual({ blocks: ['1 17 17 19', '2 17 19 20'], true: '2026-11-19 22:00:00+00' });
});

/** Who stands where in the site's blocks: the third word of each says who. */
async function placed(): Promise<string[]> {
  const { rows } = await postgres.db.execute<{ placed: string }>(sql`
    select block || ' ' || shelf || ' ' || unnest(visitors) || ' ' || unnest(places) as placed
    from sealed_place where site_id = ${site.id} order by 1`);
  return rows.map(({ placed }) => placed);
}

/** The site's visitors, those first who have visits with what comes first by its name. */
async function visitorsBy(column: 'source' | 'country'): Promise<number[]> {
  const { rows } = await postgres.db.execute(sql`
    select visitor from session s join term t on t.site_id = s.site_id and t.id = s.${sql.identifier(column)}
    where s.site_id = ${site.id} group by 1 order by min(t.value), 1`);
  return rows.map(({ visitor }) => Number(visitor));
}

test('a visitor who is deleted has no place any more, and the others have theirs', async () => {
  await make(20);
  const before = await placed();
  const [ann] = await visitorsBy('source');
  expect(before.filter((one) => one.split(' ')[2] === String(ann))).not.toEqual([]);
  await forgetVisitor(postgres.db, {} as ObjectStore, { site: site.id, visitor: ann ?? 0 }, []);
  expect(await placed()).toEqual(before.filter((one) => one.split(' ')[2] !== String(ann)));
});

test('who is deleted while a slice is made stands nowhere', async () => {
  await make(20, { settled: 0 });
  const [ann] = await visitorsBy('source');
  const [known, until] = [17, 20].map((day) => Date.parse(`2026-11-${day}T00:00Z`)) as [number, number];
  const slice = { block: 1, known, own: known, until, goals: [], slice: 0, slices: 1, bits: 64, values: 9 };
  await postgres.rows('begin');
  await postgres.db.execute(sql`insert into sealed_block (site_id, block, known, own, until, slices, goals)
    select site_id, 1, known, own, until, slices, goals from sealed_block where site_id = ${site.id}`);
  for (const [i, statement] of mapped(site.id, 'Europe/Tallinn', slice).entries()) {
    if (i === 1) await postgres.db.execute(sql`delete from session where site_id = ${site.id} and visitor = ${ann}`);
    await postgres.db.execute(statement);
  }
  await postgres.rows('commit');
  const all = await placed();
  const [of, others] = [0, 1].map((block) =>
    all.filter((one) => one.startsWith(`${block} `)).map((one) => Number(one.split(' ')[2])),
  );
  expect(of).toContain(ann);
  expect(others?.sort()).toEqual(of?.filter((visitor) => visitor !== ann).sort());
});

/** Visitors who each came once, on a day, one of every country after the other. */
const travellers = (countries: string[], each: number, day = 17): Visit[] =>
  Array.from({ length: countries.length * each }, (_, i): Visit => {
    const someone = visit(1 + day * 1_000 + i, 'Google', 'Chrome', day);
    return { ...someone, facts: { ...someone.facts, country: countries[i % countries.length] ?? '' } };
  });

test('visitors stand with those who came last on the same days, and of these with who is like them', async () => {
  const visitors = [17, 18].flatMap((day) => travellers(['EE', 'FI'], 64, day));
  site = await write(postgres.rows, 'Europe/Tallinn', visitors);
  await make(20, { settled: 0, bits: 64 });
  const { rows } = await postgres.db.execute<{ segment: string }>(sql`
    select first || ' to ' || last || ': ' || string_agg(t.value || ' ' || b.visitors, ', ') as segment
    from sealed_segment g join sealed_bitmap b using (site_id, block, segment) join term t on t.site_id = b.site_id and t.id = b.value
    where g.site_id = ${site.id} and dimension = ${OF_VISITS['visit:country']} group by segment, first, last order by 1`);
  expect(rows.map(({ segment }) => segment)).toEqual([
    '0 to 0: EE 64',
    '0 to 0: FI 64',
    '1 to 1: EE 64',
    '1 to 1: FI 64',
  ]);
});

test('a block is made in slices of its visitors, goes on where it ended, and is read when it is whole', async () => {
  const step = () => make(20, { settled: 0, visits: 2, until: 0 });
  expect(await step()).toBe(true);
  expect(await blocks()).toEqual({ blocks: [], true: null });
  // What changes meanwhile may be in the second slice, and not in the first: up to there it is true, and made anew.
  await postgres.db.execute(unseal(sql`select ${site.id}::int as site_id, ${moment(at(19))} as at`));
  while (await step());
  expect(await blocks()).toEqual({ blocks: ['1 17 17 20'], true: '2026-11-19 22:00:00+00' });
  expect(await ask([GOOGLE, FIREFOX])).toMatchObject({ cells: [[1, 2]], answered_by: 'seals' });
});

test('slices are of visitors who are alike', async () => {
  site = await write(postgres.rows, 'Europe/Tallinn', travellers(['EE', 'FI', 'LV'], 64));
  await make(20, { settled: 0, visits: 64 });
  const { rows } = await postgres.db.execute<{ segment: string }>(sql`
    select segment || ': ' || string_agg(t.value || ' ' || b.visitors, ', ') as segment
    from sealed_bitmap b join term t on t.site_id = b.site_id and t.id = b.value
    where b.site_id = ${site.id} and dimension = ${OF_VISITS['visit:country']} group by b.segment`);
  expect(rows.map(({ segment }) => segment).sort()).toEqual(['0: EE 64', '1: FI 64', '2: LV 64']);
});

test('who changes while slices are made stands in one of them, and who is deleted in none', async () => {
  site = await write(postgres.rows, 'Europe/Tallinn', travellers(['EE', 'FI', 'LV'], 64));
  const limits = { settled: 0, visits: 64, until: 0 };
  expect(await make(20, limits)).toBe(true);
  // One of the first slice is gone; of the others one is like those of the first now, and one of the first like the last.
  const visitors = await visitorsBy('country');
  const [gone, back, forth] = [visitors[0] ?? 0, visitors[64] ?? 0, visitors[1] ?? 0];
  await forgetVisitor(postgres.db, {} as ObjectStore, { site: site.id, visitor: gone }, []);
  for (const [visitor, country] of [
    [back, 'EE'],
    [forth, 'LV'],
  ] as const)
    await postgres.db.execute(sql`update session set country = (select id from term where site_id = ${site.id} and value = ${country})
      where site_id = ${site.id} and visitor = ${visitor}`);
  while (await make(20, limits));
  const stand = (await placed()).map((one) => Number(one.split(' ')[2]));
  expect(stand.sort((a, b) => a - b)).toEqual(visitors.filter((one) => one !== gone).sort((a, b) => a - b));
});

test('a small site needs none', async () => {
  await make(20, { least: 5 });
  expect(await blocks()).toEqual({ blocks: [], true: null });
  await make(20, { least: 4 });
  expect((await blocks()).blocks).toHaveLength(2);
});
