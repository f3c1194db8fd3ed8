import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { judge } from '../../src/bots/verdict.ts';
import { BOT_RULES } from '../../src/contract/bots.ts';
import { Query, type QueryInput } from '../../src/contract/query.ts';
import { create } from '../../src/goals/goals.ts';
import { report } from '../../src/goals/report.ts';
import { mapDue } from '../../src/seals/mapping.ts';
import { unscopedForget } from '../../src/seals/retention.ts';
import { sealDue } from '../../src/seals/seal.ts';
import { answer } from '../../src/stats/answer.ts';
import type { Engine, Scoped } from '../../src/stats/question.ts';
import { visits as visitsBehind } from '../../src/visits/list.ts';
import { collect } from '../oracle/collect.ts';
import { type Visit, write } from '../oracle/history.ts';
import { ownPostgres } from '../pglite.ts';

/** A spring in Tallinn, of which single visits are kept for 35 days: from 2 May on, when it is the middle of June. */

const at = (date: string, clock = '12:00') => Date.parse(`2026-${date}T${clock}:00+0${date < '03-29' ? 2 : 3}:00`);
const NOW = at('06-20');
const DAYS = 35;
const visit = (visitor: number, source: string, ...times: [string, string?][]): Visit => ({
  visitor,
  facts: { source },
  happened: times.map(([date, clock]) => ({ time: at(date, clock), page: date < '04-05' ? '/old' : '/new' })),
});
const ANN = 1;
const BOB = 2;
const CAT = 3;
const OLD_MONTHS = ['event_202603', 'event_202604'];
const VISITS: Visit[] = [
  visit(ANN, 'Google', ['03-10']),
  visit(BOB, 'Bing', ['03-31', '23:50'], ['04-01', '00:10']),
  visit(CAT, 'Google', ['04-02']),
  visit(ANN, 'Bing', ['04-20']),
  visit(BOB, 'Google', ['04-25'], ['04-25', '12:05']),
  // Goes on over the midnight that becomes the border.
  visit(CAT, 'Google', ['05-01', '23:50'], ['05-02', '00:10']),
  visit(BOB, 'Bing', ['05-20']),
  visit(CAT, 'Google', ['06-10']),
  // Ann was away for longer than single visits are kept.
  visit(ANN, 'Google', ['06-20', '09:00']),
  visit(BOB, 'Google', ['06-20', '10:00']),
];

let postgres: Awaited<ReturnType<typeof ownPostgres>>;
let site: Scoped;
beforeAll(async () => {
  postgres = await ownPostgres();
}, 60_000);
beforeEach(async () => {
  await postgres.rows('truncate site, session, event, term, sealed_sum, sealed_visitor, ingest_batch cascade');
  site = await write(postgres.rows, 'Europe/Tallinn', VISITS, [
    { name: 'Old', event: null, path: '/old', props: [] },
    { name: 'New', event: null, path: '/new', props: [] },
  ]);
});
afterAll(() => postgres.close());

const seal = (now = NOW) => sealDue(postgres.db, site, now);
const forget = (now = NOW) => unscopedForget(postgres.db, DAYS, now);

/** Says from when on single visits are kept, and lets go what lies before. */
async function forgotten(now = NOW) {
  await forget(now);
  const done = await forget(now);
  site = await known(site);
  return done;
}

async function known(one: Scoped): Promise<Scoped> {
  const [row] = await postgres.rows<{ kept: Date | null }>('select kept from site where id = $1', one.id);
  return { ...one, kept: row?.kept ?? null };
}

async function ask(query: Omit<QueryInput, 'site_id'>, engine: Engine = 'any') {
  const asked = Query.parse({ ...query, site_id: site.id });
  const { results, meta } = await answer(postgres.db, site, asked, NOW, engine);
  const cells = results.map(({ dimensions, metrics, comparison }) => [
    ...dimensions,
    ...metrics,
    ...(comparison?.metrics ?? []),
  ]);
  return { cells, by: meta.engine.answered_by, warned: (meta.warnings ?? []).map(({ code }) => code), meta };
}

async function sealedUpto(): Promise<number | undefined> {
  const [row] = await postgres.rows<{ upto: Date }>('select upto from seal where site_id = $1', site.id);
  return row?.upto.getTime();
}

const months = async () =>
  (await postgres.rows<{ name: string }>(`select relid::text as name from pg_partition_tree('event') where isleaf`))
    .map(({ name }) => name.slice('event_'.length))
    .sort();
const visitsLeft = async (one = site) =>
  (await postgres.rows<{ id: string }>('select id from session where site_id = $1 order by start', one.id)).map(
    ({ id }) => Number(id),
  );

test('months go in which no day is open, and the visits of their days', async () => {
  await seal();
  expect(await forget()).toEqual({ visits: 0, months: [], sites: 1 });
  expect((await known(site)).kept).toEqual(new Date('2026-05-01T21:00:00Z'));
  expect(await visitsLeft()).toHaveLength(VISITS.length);
  expect(await forget()).toEqual({ visits: 5, months: OLD_MONTHS, sites: 0 });
  expect(await months()).toEqual(['202605', '202606']);
  expect(await visitsLeft()).toEqual([6, 7, 8, 9, 10]);
  expect(await forget()).toEqual({ visits: 0, months: [], sites: 0 });
});

test('bitmaps that know what goes are made anew without it, and slices of its days go', async () => {
  await seal();
  await mapDue(postgres.db, site, { least: 0 });
  const known = () =>
    postgres.rows<{ known: string }>('select known::text from sealed_block where site_id = $1 order by block', site.id);
  const [first, more] = [{ known: '2026-03-10' }, { known: '2026-05-02' }];
  expect(await known()).toEqual([first, first]);
  await forgotten();
  expect(await known()).toEqual([]);
  expect(
    await postgres.rows(
      'select block from sealed_segment union all select block from sealed_place union all select block from sealed_bitmap',
    ),
  ).toEqual([]);
  expect(await postgres.rows('select min(day)::text as first from sealed_slice')).toEqual([{ first: '2026-05-02' }]);
  await mapDue(postgres.db, site, { least: 0 });
  expect(await known()).toEqual([more, more]);
  await forget();
  expect(await known()).toEqual([more, more]);
});

test('a run that is ended goes on', async () => {
  await seal();
  await forget();
  expect(await unscopedForget(postgres.db, DAYS, NOW, 0)).toEqual({ visits: 0, months: [], sites: 0 });
  expect(await forget()).toMatchObject({ visits: 5, months: OLD_MONTHS });
});

const CLOSED: Record<string, Omit<QueryInput, 'site_id'>> = {
  'an overview': {
    metrics: ['visitors', 'visits', 'pageviews', 'events', 'bounce_rate', 'visit_duration', 'views_per_visit'],
    date_range: ['2026-03-01', '2026-06-18'],
  },
  'sources with the period before': {
    metrics: ['visitors', 'visits'],
    dimensions: ['visit:source'],
    date_range: ['2026-04-15', '2026-05-31'],
    include: { comparisons: { mode: 'previous_period' } },
  },
  'months of pages': {
    metrics: ['visitors', 'visits', 'pageviews'],
    dimensions: ['time:month', 'event:page'],
    date_range: ['2026-03-01', '2026-05-31'],
  },
  'one source by week': {
    metrics: ['visitors'],
    dimensions: ['time:week'],
    filters: [['is', 'visit:source', ['Google']]],
    date_range: ['2026-03-05', '2026-04-15'],
  },
  'a night within': { metrics: ['visits', 'pageviews'], date_range: ['2026-03-31', '2026-03-31'] },
};

test('what sealed days answer, they answer as before', async () => {
  await seal();
  const before = new Map<string, unknown>();
  for (const [name, query] of Object.entries(CLOSED)) before.set(name, (await ask(query, 'rows')).cells);
  await forgotten();
  for (const [name, query] of Object.entries(CLOSED)) {
    const { cells, by, warned } = await ask(query);
    expect([cells, by], name).toEqual([before.get(name), 'seals']);
    expect(warned, name).not.toContain('not_kept');
  }
});

test('all time begins with the first sealed day', async () => {
  await seal();
  const query: Omit<QueryInput, 'site_id'> = {
    metrics: ['visits', 'pageviews'],
    dimensions: ['time:month'],
    date_range: 'all',
  };
  const before = await ask(query);
  await forgotten();
  expect(await ask(query)).toMatchObject({ cells: before.cells, by: 'seals and rows', warned: ['partial'] });
  expect(before.cells[0]).toEqual(['2026-03-01', 2, 2]);
  expect(before.meta.partial_time_labels).toEqual((await ask(query)).meta.partial_time_labels);
});

test('who was away for longer than single visits are kept counts once more, and the answer says so', async () => {
  await seal(at('06-20', '08:00'));
  const query = (from: string, ...dimensions: QueryInput['dimensions'] & object): Omit<QueryInput, 'site_id'> => ({
    metrics: ['visitors'],
    dimensions,
    date_range: [from, '2026-06-20'],
  });
  expect((await ask(query('2026-04-01'))).cells).toEqual([[3]]);
  await forgotten(at('06-20', '08:00'));
  // Ann came in April and in June.
  const whole = await ask(query('2026-04-01'));
  expect(whole).toMatchObject({ cells: [[4]], by: 'seals and rows', warned: ['partial', 'counted_again'] });
  expect(whole.meta.warnings?.[1]).toEqual({
    code: 'counted_again',
    message: expect.stringContaining('2026-05-02'),
    metric: 'visitors',
    since: '2026-05-02',
  });
  // The same once her day is sealed.
  await seal(at('06-25'));
  expect(await ask(query('2026-04-01'))).toMatchObject({
    cells: [[4]],
    by: 'seals',
    warned: ['partial', 'counted_again'],
  });
  // Who came at all since is told exactly, and so is every day, and what was sealed before.
  expect(await ask(query('2026-05-02'))).toMatchObject({ cells: [[3]], by: 'seals', warned: ['partial'] });
  expect(await ask(query('2026-05-02'), 'rows')).toMatchObject({ cells: [[3]], by: 'rows', warned: ['partial'] });
  expect((await ask(query('2026-04-01', 'time:day'))).warned).toEqual(['partial']);
  const first = await ask({ metrics: ['visitors'], date_range: ['2026-03-01', '2026-03-31'] });
  expect(first).toMatchObject({ cells: [[2]], warned: [] });
});

test('what takes single visits is answered of those that are kept, and says so', async () => {
  await seal();
  const query: Omit<QueryInput, 'site_id'> = {
    metrics: ['visits', 'pageviews'],
    filters: [['contains', 'visit:source', ['G']]],
    date_range: ['2026-04-15', '2026-06-18'],
  };
  expect(await ask(query)).toMatchObject({ cells: [[3, 5]], by: 'rows', warned: [] });
  await forget();
  site = await known(site);
  // The same while visits go and after it; the page view behind the border is in it, its visit began before.
  const cut = await ask(query);
  expect(cut).toMatchObject({ cells: [[1, 2]], by: 'rows', warned: ['not_kept'] });
  expect(cut.meta.warnings?.[0]?.message).toContain('Nothing from before 2026-05-02 is counted here');
  await forget();
  expect(await ask(query)).toEqual(cut);
  const series = await ask({ ...query, dimensions: ['time:month'] });
  expect(series.cells).toEqual([
    ['2026-04-01', 0, 0],
    ['2026-05-01', 0, 1],
    ['2026-06-01', 1, 1],
  ]);
  expect(series.meta.partial_time_labels).toEqual(['2026-04-01', '2026-05-01', '2026-06-01']);
  const since: [string, string] = ['2026-05-02', '2026-06-18'];
  expect(await ask({ ...query, date_range: since })).toMatchObject({ cells: [[1, 2]], warned: [] });
  expect(await ask({ ...query, date_range: ['2026-03-01', '2026-04-05'] })).toMatchObject({ cells: [[0, 0]] });
  // So is what it is compared with.
  const compared = { comparisons: { mode: 'previous_period' as const } };
  expect(await ask({ ...query, date_range: since, include: compared })).toMatchObject({
    cells: [[1, 2, 0, 0]],
    warned: ['not_kept'],
  });
});

test('few sealed days are enough where nothing else knows of them', async () => {
  await seal();
  await forgotten();
  const late = sql`select ${site.id}::int as site_id, '2026-05-04T00:00:00+03:00'::timestamptz as at`;
  await postgres.db.execute(sql`update seal set upto = l.at from (${late}) l where l.site_id = seal.site_id`);
  const query: Omit<QueryInput, 'site_id'> = { metrics: ['visitors'], date_range: ['2026-04-24', '2026-05-06'] };
  expect(await ask(query)).toMatchObject({ cells: [[2]], by: 'seals and rows' });
});

test('the visits behind a number say that there were more', async () => {
  await seal();
  await forgotten();
  const behind = async (from: string, to: string) => {
    const query = Query.parse({ site_id: site.id, metrics: ['visits'], date_range: [from, to] });
    const { total, results, warnings } = await visitsBehind(postgres.db, site, { query, row: [] }, NOW);
    return [total, results.length, (warnings ?? []).map(({ code }) => code)];
  };
  expect(await behind('2026-04-01', '2026-06-18')).toEqual([2, 2, ['not_kept']]);
  expect(await behind('2026-05-02', '2026-06-18')).toEqual([2, 2, []]);
});

test('goals are told by sealed days; one made since says that there was more', async () => {
  await seal();
  const reached = async () => {
    const { results, warnings } = await report(postgres.db, site, { date_range: 'all', filters: [] }, NOW);
    return [results.map(({ goal, events }) => [goal.name, events]), (warnings ?? []).map(({ code }) => code)];
  };
  const before = await reached();
  await forgotten();
  expect(await reached()).toEqual(before);
  await create(postgres.db, site, { name: 'Since', path: '/**', props: [] });
  const since = ['Since', 5];
  expect(await reached()).toEqual([[['Old', 0], ['New', 5], since], ['not_kept']]);
  await seal();
  expect(await reached()).toEqual([[...(before[0] ?? []), since], ['not_kept']]);
});

test('nothing opens a day whose visits are forgotten', async () => {
  await seal();
  const overview: Omit<QueryInput, 'site_id'> = {
    metrics: ['visitors', 'visits'],
    date_range: ['2026-03-01', '2026-04-30'],
  };
  const before = await ask(overview);
  await forgotten();
  // A bot's after all, as its visits from April on show.
  await postgres.rows('update session set bot_rules = $2 where site_id = $1', site.id, BOT_RULES.data_center.bit);
  await postgres.rows('update site set bot_threshold = 1 where id = $1', site.id);
  const all = sql`select s.site_id, s.id from session s where s.site_id = ${site.id}`;
  await judge(postgres.db, all, NOW, sql`select * from turned`);
  expect(await sealedUpto()).toBe(at('05-02', '00:00'));
  const across = await ask({ metrics: ['visitors'], date_range: ['2026-04-20', '2026-05-10'] }, 'seals');
  expect(across).toMatchObject({ by: 'seals and rows', warned: ['counted_again'] });
  await seal();
  expect(await ask(overview)).toMatchObject({ cells: before.cells, by: 'seals' });
  // One that comes much too late finds its month gone: it isn't counted, and goes again.
  await collect(postgres.db, site.id, [visit(9, 'Google', ['03-20'])], () => false, 1);
  expect(await sealedUpto()).toBe(at('05-02', '00:00'));
  expect(await ask(overview)).toMatchObject({ cells: before.cells, by: 'seals' });
  expect(await forget()).toMatchObject({ visits: 1, months: ['event_202603'] });
});

test('a month stays for as long as any site needs it', async () => {
  await seal();
  await forget();
  const other = await write(postgres.rows, 'America/New_York', VISITS);
  // Sealed and said to be forgotten in this run, forgotten in the next.
  expect(await forget()).toEqual({ visits: 5, months: [], sites: 1 });
  expect((await known(other)).kept).toEqual(new Date('2026-05-01T04:00:00Z'));
  expect(await forget()).toMatchObject({ visits: 5, months: OLD_MONTHS });
  expect(await visitsLeft(other)).toHaveLength(VISITS.length - 5);
});

test('bots alone don’t keep a month, and of a recorded one it is known that it is one', async () => {
  await seal();
  const bots = VISITS.slice(0, 3).map((one) => ({ ...one, bot: true }));
  const other = await write(postgres.rows, 'UTC', bots);
  await postgres.rows('update session set flags = 3 where site_id = $1 and id = 1', other.id);
  await forget();
  expect(await forget()).toMatchObject({ visits: 5 + 2, months: OLD_MONTHS });
  expect(await visitsLeft(other)).toEqual([1]);
  expect(await forget()).toEqual({ visits: 0, months: [], sites: 0 });
});

test('a site that is back after all of its visits were forgotten goes on', async () => {
  const gone = await write(postgres.rows, 'Europe/Tallinn', VISITS.slice(0, 5));
  await forget();
  await forget();
  expect(await visitsLeft(gone)).toEqual([]);
  site = await known(gone);
  await collect(postgres.db, site.id, [visit(ANN, 'Google', ['07-01'])], () => false, 1);
  const later = at('07-10');
  await sealDue(postgres.db, site, later);
  const query = Query.parse({ site_id: site.id, metrics: ['visitors', 'visits'], date_range: 'all' });
  const { results, meta } = await answer(postgres.db, site, query, later);
  expect([results[0]?.metrics, meta.engine.answered_by]).toEqual([[4, 6], 'seals and rows']);
});
