import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { judge } from '../../src/bots/verdict.ts';
import { BOT_RULES } from '../../src/contract/bots.ts';
import { Query, type QueryInput } from '../../src/contract/query.ts';
import type { Db } from '../../src/db/client.ts';
import { create, replace } from '../../src/goals/goals.ts';
import { report } from '../../src/goals/report.ts';
import { sealSite } from '../../src/seals/due.ts';
import { sealDue, standing } from '../../src/seals/seal.ts';
import { answer, answered, understood } from '../../src/stats/answer.ts';
import type { Engine, Scoped, Sql } from '../../src/stats/question.ts';
import { collect } from '../oracle/collect.ts';
import { type Visit, write } from '../oracle/history.ts';
import { ownPostgres } from '../pglite.ts';

/** Three days in Tallinn that are over, and one that isn't: the worked example of docs/engine.md. */

const at = (day: number, clock = '12:00') => Date.parse(`2026-11-${String(day).padStart(2, '0')}T${clock}:00+02:00`);
const NOW = at(21);
const visit = (visitor: number, source: string, day: number, clock?: string): Visit => ({
  visitor,
  facts: { source },
  happened: [{ time: at(day, clock), page: '/' }],
});
const ANN = 1;
const BOB = 2;
const CAT = 3;
const VISITS: Visit[] = [
  visit(ANN, 'Google', 17),
  visit(BOB, 'Google', 17),
  visit(ANN, 'Google', 18),
  visit(ANN, 'Bing', 18, '15:00'),
  visit(CAT, 'Bing', 18),
  visit(BOB, 'Google', 19),
  visit(CAT, 'Google', 19),
  visit(ANN, 'Google', 21, '09:00'),
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

/** Seals what is over, an hour after the third day; or later. */
const seal = (now = at(20, '01:00')) => sealDue(postgres.db, site, now);
const upto = async () => {
  const { rows } = await postgres.db.execute<{ upto: number }>(sql`select ${standing(site.id)}`);
  return new Date(Number(rows[0]?.upto)).toISOString();
};

async function ask(query: Omit<QueryInput, 'site_id'>) {
  const [sealed, rows] = await Promise.all(
    (['seals', 'rows'] as const).map((engine) =>
      answer(postgres.db, site, Query.parse({ ...query, site_id: site.id }), NOW, engine),
    ),
  );
  expect(sealed?.results).toEqual(rows?.results);
  expect(rows?.meta.engine.answered_by).toBe('rows');
  const cells = sealed?.results.map(({ dimensions, metrics }) => [...dimensions, ...metrics]);
  return { cells, by: sealed?.meta.engine.answered_by, because: sealed?.meta.engine.because };
}

test('all is sealed up to the last full hour but one, today’s hours as well', async () => {
  expect(await seal(at(19, '01:00') - 1)).toEqual({ days: 2, more: false });
  expect(await upto()).toBe('2026-11-18T21:00:00.000Z');
  expect(await seal(at(19, '01:00'))).toEqual({ days: 1, more: false });
  expect(await upto()).toBe('2026-11-18T22:00:00.000Z');
  expect(await sealSite(postgres.db, site.id, at(21, '11:50'))).toBe(at(21, '12:00'));
  expect(await upto()).toBe('2026-11-21T08:00:00.000Z');
  expect(await seal(at(21, '11:59'))).toEqual({ days: 0, more: false });
  expect(await seal(at(21, '12:00'))).toEqual({ days: 1, more: false });
});

test('hours of a day that few come on are left until it is over, goals aren’t; and hours that nobody came in', async () => {
  const made = await create(postgres.db, site, { name: 'Home', path: '/', props: [] });
  await seal(at(21, '01:00'));
  const changed = await replace(postgres.db, site, made.id, { name: 'Home', path: '/*', props: [] });
  const nothing = { days: 0, more: false };
  expect(await sealDue(postgres.db, site, at(21, '12:00'), { today: 1 })).toEqual(nothing);
  expect(await upto()).toBe('2026-11-20T22:00:00.000Z');
  expect(await sealedDaysOf(changed.id)).toHaveLength(3);
  expect(await seal(at(21, '10:00'))).toEqual(nothing);
  expect(await seal(at(21, '12:00'))).toEqual({ days: 1, more: false });

  // What is changed of today leaves the days before it, goals' as well.
  await collect(postgres.db, site.id, [visit(CAT, 'Bing', 21, '10:59')], () => false, 1);
  const again = await replace(postgres.db, site, changed.id, { name: 'Home', path: '/**', props: [] });
  expect(await sealDue(postgres.db, site, at(21, '13:00'), { today: 9 })).toEqual(nothing);
  expect(await upto()).toBe('2026-11-21T08:59:00.000Z');
  expect(await sealedDaysOf(again.id)).toHaveLength(3);
  await seal(at(21, '13:00'));
  expect(await sealedDaysOf(again.id)).toHaveLength(4);

  site = await write(postgres.rows, 'Europe/Tallinn', [visit(ANN, 'Google', 21, '11:30')]);
  expect(await seal(at(21, '12:00'))).toEqual(nothing);
  expect(await postgres.rows('select upto from seal where site_id = $1 and upto is not null', site.id)).toEqual([]);
});

test('today is answered of its sealed hours and of what came since', async () => {
  // Bob comes before and after the hour; Dan's visit goes over it.
  const DAN = 4;
  const across: Visit = {
    ...visit(DAN, 'Bing', 21, '10:50'),
    happened: ['10:50', '11:10'].map((clock) => ({ time: at(21, clock), page: `/${clock}` })),
  };
  const today = [visit(BOB, 'Google', 21, '10:30'), visit(BOB, 'Google', 21, '11:30'), across];
  site = await write(postgres.rows, 'Europe/Tallinn', [...VISITS, ...today]);
  await seal(at(21, '12:00'));
  expect(await upto()).toBe('2026-11-21T09:00:00.000Z');
  const metrics = ['visitors', 'visits', 'pageviews'] as const;
  const asked = (from: number, dimensions: QueryInput['dimensions']) =>
    ask({ metrics: [...metrics], dimensions, date_range: [`2026-11-${from}`, '2026-11-21'] });
  expect(await asked(17, [])).toMatchObject({ cells: [[4, 11, 12]], by: 'seals and rows' });
  expect(await asked(21, [])).toMatchObject({ cells: [[3, 4, 5]], by: 'seals and rows' });
  expect((await asked(20, ['time:day'])).cells).toEqual([
    ['2026-11-20', 0, 0, 0],
    ['2026-11-21', 3, 4, 5],
  ]);
  expect((await asked(17, ['visit:source'])).cells).toEqual([
    ['Google', 3, 8, 8],
    ['Bing', 3, 3, 4],
  ]);
  expect((await asked(21, ['event:page'])).cells).toEqual([
    ['/', 2, 3, 3],
    ['/10:50', 1, 1, 1],
    ['/11:10', 1, 1, 1],
  ]);
  // What happened in the hours that are sealed opens the day, until they are sealed again.
  await collect(postgres.db, site.id, [visit(CAT, 'Bing', 21, '10:59')], () => false, 1);
  expect(await asked(21, [])).toMatchObject({ cells: [[4, 5, 6]], by: 'rows' });
  expect(await asked(19, [])).toMatchObject({ cells: [[4, 7, 8]], by: 'seals and rows' });
  expect(await seal(at(21, '12:00'))).toEqual({ days: 1, more: false });
  expect(await asked(21, [])).toMatchObject({ cells: [[4, 5, 6]], by: 'seals and rows' });
});

test('a run that was ended goes on', async () => {
  const earlier = await write(postgres.rows, 'Europe/Tallinn', [visit(BOB, 'Bing', 1), ...VISITS]);
  // Of the 1st there is one visit, of the 17th two, of the days after it more than fit.
  const run = () => sealDue(postgres.db, earlier, at(20, '01:00'), { until: 0, visits: 2 });
  const runs = [await run()];
  while (runs.at(-1)?.more) runs.push(await run());
  expect(runs.map(({ days }) => days)).toEqual([12, 3, 2, 1, 1]);
});

test('what is written down of visitors: when they were there before, in all and by source', async () => {
  await seal();
  const rows = await postgres.rows(
    `select day::text, dimension, gaps, v.value, counts from sealed_visitor s
       cross join lateral (select array_agg(coalesce(t.value, 'all') order by n) as value
         from unnest(s.values) with ordinality u (id, n) left join term t on t.site_id = s.site_id and t.id = u.id) v
     where s.site_id = $1 and dimension in (0, 4) order by dimension, day, gap`,
    site.id,
  );
  const NEVER = 32_767;
  expect(rows.map((row) => Object.values(row as object))).toEqual([
    ['2026-11-17', 0, [NEVER], ['all'], [2]], // Ann and Bob, for the first time
    ['2026-11-18', 0, [1], ['all'], [1]], // Ann, who was there the day before
    ['2026-11-18', 0, [NEVER], ['all'], [1]], // Cat
    ['2026-11-19', 0, [1], ['all'], [1]], // Cat
    ['2026-11-19', 0, [2], ['all'], [1]], // Bob
    ['2026-11-17', 4, [NEVER], ['Google'], [2]],
    ['2026-11-18', 4, [1], ['Google'], [1]], // Ann
    ['2026-11-18', 4, [NEVER], ['Bing'], [2]], // Ann and Cat never came from there
    ['2026-11-19', 4, [2], ['Google'], [1]], // Bob
    ['2026-11-19', 4, [NEVER], ['Google'], [1]], // Cat, from there for the first time
  ]);
});

test('visitors of any range are those whose gap reaches back before it', async () => {
  await seal();
  const visitors = (from: number, to: number, dimensions: QueryInput['dimensions'] = []) =>
    ask({ metrics: ['visitors'], dimensions, date_range: [`2026-11-${from}`, `2026-11-${to}`] });
  expect(await visitors(17, 19)).toMatchObject({ cells: [[3]], by: 'seals' });
  expect(await visitors(18, 19)).toMatchObject({ cells: [[3]], by: 'seals' });
  expect(await visitors(17, 18)).toMatchObject({ cells: [[3]], by: 'seals' });
  expect(await visitors(19, 19)).toMatchObject({ cells: [[2]], by: 'seals' });
  expect(await visitors(18, 19, ['visit:source'])).toMatchObject({
    cells: [
      ['Google', 3],
      ['Bing', 2],
    ],
    by: 'seals',
  });
  // Ann is there today, and was before.
  expect(await visitors(17, 21)).toMatchObject({ cells: [[3]], by: 'seals and rows' });
  expect(await visitors(19, 21, ['visit:source'])).toMatchObject({ cells: [['Google', 3]], by: 'seals and rows' });
});

test.each<[string, Omit<QueryInput, 'site_id' | 'date_range'>, string]>([
  [
    'two dimensions',
    { metrics: ['visits'], dimensions: ['visit:source', 'visit:country'] },
    'of several dimensions at once',
  ],
  [
    'a filter of another',
    { metrics: ['visits'], dimensions: ['visit:source'], filters: [['is', 'visit:country', ['EE']]] },
    'of several dimensions at once',
  ],
  [
    'a pattern',
    { metrics: ['visits'], filters: [['matches', 'visit:source', ['^G']]] },
    'of several dimensions at once',
  ],
  ['hours', { metrics: ['visits'], dimensions: ['time:hour'] }, 'days are sealed whole'],
  ['bots', { metrics: ['visits'], include: { bots: true } }, 'bots are in it'],
  [
    'how pages were read',
    { metrics: ['scroll_depth'], dimensions: ['event:page'] },
    'of a metric of single visits or events',
  ],
  ['a property', { metrics: ['events'], dimensions: ['event:props:plan'] }, 'event:props:plan isn’t sealed'],
])('%s: rows answer, and say why', async (_, query, because) => {
  await seal();
  expect(await ask({ ...query, date_range: ['2026-11-17', '2026-11-19'] })).toMatchObject({ by: 'rows', because });
});

test('filters of the dimension that it is asked by leave some of its values', async () => {
  await seal();
  const asked = (metrics: QueryInput['metrics'], dimensions: QueryInput['dimensions'], filters: unknown[]) =>
    ask({ metrics, dimensions, filters: filters as never, date_range: ['2026-11-17', '2026-11-19'] });
  const bing = { cells: [['Bing', 2]], by: 'seals' };
  expect(await asked(['visitors'], ['visit:source'], [['is_not', 'visit:source', ['Google', 'x']]])).toMatchObject(
    bing,
  );
  const some = [
    'or',
    [
      ['contains', 'event:page', ['/']],
      ['is', 'event:page', ['nowhere']],
    ],
  ];
  expect(await asked(['visitors'], ['event:page'], [some])).toMatchObject({ cells: [['/', 3]], by: 'seals' });
  const several = ['is', 'visit:source', ['Google', 'Bing']];
  expect(await asked(['visitors', 'percentage'], ['visit:source'], [several])).toMatchObject({
    by: 'rows',
    because: 'a percentage of several values',
  });
  expect(await asked(['visitors'], [], [several])).toMatchObject({ by: 'rows' });
});

test('where most of a range is open, rows are as fast', async () => {
  await seal();
  const engine = async (from: number, dimensions: QueryInput['dimensions'], metrics: QueryInput['metrics']) => {
    const date_range: [string, string] = [`2026-11-${String(from).padStart(2, '0')}`, '2026-11-21'];
    const query = Query.parse({ metrics, dimensions, date_range, site_id: site.id });
    return (await answer(postgres.db, site, query, NOW)).meta.engine;
  };
  expect(await engine(17, [], ['visitors'])).toEqual({
    answered_by: 'rows',
    because: 'too little of it is sealed',
  });
  expect(await engine(1, [], ['visitors'])).toEqual({ answered_by: 'seals and rows' });
  // Nobody is looked for on the sealed days.
  expect(await engine(17, ['time:day'], ['visitors'])).toEqual({ answered_by: 'seals and rows' });
  expect(await engine(17, [], ['visits'])).toEqual({ answered_by: 'seals and rows' });
});

test('a range that begins within a day is answered from rows', async () => {
  await seal();
  const date_range: [string, string] = ['2026-11-17T09:00:00+02:00', '2026-11-19T23:59:59+02:00'];
  expect(await ask({ metrics: ['visits'], date_range })).toMatchObject({
    by: 'rows',
    because: 'it isn’t of whole days',
  });
});

test('a late visit opens its day and what comes after, until they are sealed again', async () => {
  await seal();
  await collect(postgres.db, site.id, [visit(CAT, 'Google', 18, '20:00')], () => false, 1);
  expect(await upto()).toBe('2026-11-18T18:00:00.000Z');
  const query: Omit<QueryInput, 'site_id'> = {
    metrics: ['visitors', 'visits'],
    dimensions: ['visit:source'],
    date_range: ['2026-11-17', '2026-11-19'],
  };
  const cells = [
    ['Google', 3, 6],
    ['Bing', 2, 2],
  ];
  expect(await ask(query)).toMatchObject({ cells, by: 'seals and rows' });
  expect(await seal()).toEqual({ days: 2, more: false });
  expect(await ask(query)).toMatchObject({ cells, by: 'seals' });
});

test('a batch that comes twice opens nothing the second time', async () => {
  await seal();
  await collect(postgres.db, site.id, [visit(CAT, 'Google', 18, '20:00')], () => true, 1);
  await seal();
  await collect(postgres.db, site.id, [visit(CAT, 'Google', 18, '20:00')], () => false, 1);
  expect(await upto()).toBe('2026-11-19T22:00:00.000Z');
});

test('a visit that is judged a bot’s after all, too', async () => {
  await seal();
  const bit = BOT_RULES.data_center.bit;
  await postgres.rows(
    `update session set bot_rules = $2 where site_id = $1 and start = '2026-11-18T15:00:00+02:00'`,
    site.id,
    bit,
  );
  await postgres.rows(`update site set bot_threshold = 1 where id = $1`, site.id);
  const visits = sql`select s.site_id, s.id from session s where s.site_id = ${site.id}`;
  await judge(postgres.db, visits, NOW, sql`select * from turned`);
  expect(await upto()).toBe('2026-11-18T13:00:00.000Z');
  await seal();
  const bySource: Omit<QueryInput, 'site_id'> = {
    metrics: ['visitors'],
    dimensions: ['visit:source'],
    date_range: ['2026-11-17', '2026-11-19'],
  };
  const { cells, by } = await ask(bySource);
  expect([cells, by]).toEqual([
    [
      ['Google', 3],
      ['Bing', 1],
    ],
    'seals',
  ]);
});

/** Once, between the saying that days are being sealed and the sealing. */
function interrupted(by: () => Promise<unknown>): Db {
  let coming = true;
  const batch: Db['batch'] = async (statements) => {
    if (coming) {
      coming = false;
      await by();
    }
    return postgres.db.batch(statements);
  };
  return new Proxy(postgres.db, { get: (db, name) => (name === 'batch' ? batch : Reflect.get(db, name)) });
}

test('what changes a day while it is being sealed is in it in the end', async () => {
  const late = () => collect(postgres.db, site.id, [visit(9, 'Google', 17, '20:00')], () => false, 1);
  expect(await sealDue(interrupted(late), site, at(20, '01:00'))).toEqual({ days: 3, more: false });
  const query: Omit<QueryInput, 'site_id'> = { metrics: ['visitors'], date_range: ['2026-11-17', '2026-11-19'] };
  expect(await ask(query)).toMatchObject({ cells: [[4]], by: 'seals' });
});

test('what changes a late day of the first that are being sealed leaves none of them out', async () => {
  const late = () => collect(postgres.db, site.id, [visit(9, 'Google', 19, '20:00')], () => false, 1);
  expect(await sealDue(interrupted(late), site, at(20, '01:00'))).toEqual({ days: 3, more: false });
  const query: Omit<QueryInput, 'site_id'> = { metrics: ['visitors'], date_range: ['2026-11-17', '2026-11-19'] };
  expect(await ask(query)).toMatchObject({ cells: [[4]], by: 'seals' });
});

test('hours that are sealed between the look at how far it is and the answer are counted once', async () => {
  const today = [visit(BOB, 'Google', 21, '09:30'), visit(CAT, 'Bing', 21, '10:30')];
  site = await write(postgres.rows, 'Europe/Tallinn', [...VISITS, ...today]);
  await create(postgres.db, site, { name: 'Home', path: '/', props: [] });
  const date_range: [string, string] = ['2026-11-17', '2026-11-21'];
  const asked = (dimensions: QueryInput['dimensions']) =>
    Query.parse({ site_id: site.id, metrics: ['visitors', 'visits'], dimensions, date_range });
  for (const dimensions of [[], ['visit:source']] as const) {
    await postgres.rows('delete from seal where site_id = $1', site.id);
    await seal(at(21, '11:00'));
    const query = asked([...dimensions]);
    const known = await understood(postgres.db, site, query, NOW, 'seals');
    await seal(at(21, '12:00'));
    const { results, meta } = await answered(postgres.db, known);
    expect(meta.engine.answered_by).toBe('seals and rows');
    expect(results).toEqual((await answer(postgres.db, site, query, NOW, 'rows')).results);
  }
  await postgres.rows('delete from seal where site_id = $1', site.id);
  await seal(at(21, '11:00'));
  let coming = true;
  const execute = async (statement: SQL) => {
    if (coming && JSON.stringify(statement).includes('sealed_goal')) {
      coming = false;
      await seal(at(21, '12:00'));
    }
    return postgres.db.execute(statement);
  };
  const told = (db: Sql, engine: Engine) => report(db, site, { date_range, filters: [] }, NOW, { engine });
  expect(await told({ execute }, 'seals')).toEqual(await told(postgres.db, 'rows'));
  expect(coming).toBe(false);
});

test('days of a zone that the site has left meanwhile are not sealed', async () => {
  const moved = async () => {
    await postgres.rows("update site set timezone = 'Asia/Kathmandu' where id = $1", site.id);
    await postgres.rows('delete from seal where site_id = $1', site.id);
  };
  expect(await sealDue(interrupted(moved), site, at(20, '01:00'))).toEqual({ days: 0, more: false });
  site = { ...site, timezone: 'Asia/Kathmandu' };
  expect(await seal()).toEqual({ days: 4, more: false });
  const query: Omit<QueryInput, 'site_id'> = {
    metrics: ['visitors', 'visits'],
    dimensions: ['time:day'],
    date_range: ['2026-11-17', '2026-11-19'],
  };
  expect(await ask(query)).toMatchObject({ by: 'seals' });
});

test('who seals days that somebody else has sealed meanwhile leaves all as it is', async () => {
  const other = () => seal(at(21, '12:00'));
  expect(await sealDue(interrupted(other), site, at(19, '01:00'))).toEqual({ days: 0, more: false });
  expect(await upto()).toBe('2026-11-21T09:00:00.000Z');
  const query: Omit<QueryInput, 'site_id'> = {
    metrics: ['visitors', 'visits'],
    date_range: ['2026-11-17', '2026-11-20'],
  };
  expect(await ask(query)).toMatchObject({ cells: [[3, 7]], by: 'seals' });
});

test('what changes all the time is left for the next run', async () => {
  let n = 0;
  const batch: Db['batch'] = async (statements) => {
    n += 1;
    await collect(postgres.db, site.id, [visit(9, 'Google', 17, `20:0${n}`)], () => false, n);
    return postgres.db.batch(statements);
  };
  const busy = new Proxy(postgres.db, { get: (db, name) => (name === 'batch' ? batch : Reflect.get(db, name)) });
  expect(await sealDue(busy, site, at(20, '01:00'))).toEqual({ days: 0, more: false });
  expect(n).toBe(3);
  expect(await seal()).toEqual({ days: 3, more: false });
});

test('goals are answered of sealed days, one made later as well, and one that changes', async () => {
  const buys = (visitor: number, day: number, clock: string, amount?: string): Visit => ({
    visitor,
    happened: [
      { time: at(day, clock), page: '/shop' },
      { time: at(day, clock), page: '/shop', name: 'buy', ...(amount && { revenue: { amount, currency: 'EUR' } }) },
    ],
  });
  const sales = [buys(ANN, 18, '16:00', '9.90'), buys(BOB, 19, '23:10', '5.10'), buys(ANN, 21, '10:00', '3.00')];
  site = await write(postgres.rows, 'Europe/Tallinn', [...VISITS, ...sales, buys(CAT, 21, '11:40')]);
  const made = await create(postgres.db, site, { name: 'Bought', event: 'buy', props: [] });
  await seal(at(21, '12:00'));
  const date_range: [string, string] = ['2026-11-18', '2026-11-21'];
  const reached = async (engine: Engine = 'any') => {
    const { results, visitors } = await report(postgres.db, site, { date_range, filters: [] }, NOW, { engine });
    return {
      visitors,
      goals: results.map(({ goal, ...rest }) => [goal.name, rest.visitors, rest.events, rest.revenue]),
    };
  };
  const revenue = [{ currency: 'EUR', total: '18.00', average: '6.00' }];
  const expected = { visitors: 3, goals: [['Bought', 3, 4, revenue]] };
  expect(await reached()).toEqual(expected);
  expect(await reached('rows')).toEqual(expected);
  expect(await sealedDaysOf(made.id)).toEqual(['2026-11-18', '2026-11-19', '2026-11-21']);

  const later = await create(postgres.db, site, { name: 'Shop', path: '/sho*', props: [] });
  expect((await reached()).goals[1]).toEqual(['Shop', 3, 4, []]);
  expect(await sealedDaysOf(later.id)).toEqual([]);
  await seal(at(21, '12:10'));
  expect(await sealedDaysOf(later.id)).toHaveLength(3);
  expect(await reached()).toEqual({ visitors: 3, goals: [...expected.goals, ['Shop', 3, 4, []]] });

  await replace(postgres.db, site, later.id, { name: 'Home', path: '/', props: [] });
  expect((await reached()).goals[1]).toEqual((await reached('rows')).goals[1]);
  await seal(at(21, '12:10'));
  expect((await reached()).goals[1]).toEqual((await reached('rows')).goals[1]);
  expect((await reached()).goals[1]?.slice(0, 3)).toEqual(['Home', 3, 6]);
});

const sealedDaysOf = async (goal: number) =>
  (await postgres.rows('select day::text from sealed_goal where goal_id = $1 order by day', goal)).map(
    (row) => (row as { day: string }).day,
  );
