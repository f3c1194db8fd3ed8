import { parseArgs } from 'node:util';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { ownDb } from '../../local/db.ts';
import { migrateServer } from '../../local/migrate.ts';
import { large } from '../../local/seed-profiles.ts';
import { seed } from '../../local/seed-site.ts';
import { Query, type QueryInput } from '../../src/contract/query.ts';
import * as schema from '../../src/db/schema.ts';
import { report as goalReport } from '../../src/goals/report.ts';
import { mapDue } from '../../src/seals/mapping.ts';
import { STEP_VISITS_BY_HAND, sealDue } from '../../src/seals/seal.ts';
import { answer } from '../../src/stats/answer.ts';
import type { Engine, Scoped, Sql } from '../../src/stats/question.ts';
import { benchServer, vacuumSeals } from './database.ts';
import { table } from './drive.ts';
import { fillUsual } from './usual-fill.ts';

/**
 * `npm run bench:stats`: how long reports take on a site of five million events, and how long they take the usual way in the
 * same run: raw events in a wide table of text, joined to sessions, `count(distinct)`. Median of five, warm, on one core:
 * neither may share its work among processes, and both have the settings that the Worker gives its questions.
 */

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '5000000' },
    days: { type: 'string', default: '90' },
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
    explain: { type: 'boolean', default: false },
    usual: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const RUNS = Number(values.runs);
const DAYS = Number(values.days);
const DAY = 86_400_000;
/** When the site's last visits come: yesterday afternoon, when it is busy. */
const END = Math.floor(Date.now() / DAY) * DAY - 8.5 * 3_600_000;
type Goal = [milliseconds: number, times: number];
interface Report {
  name: string;
  query: Omit<QueryInput, 'site_id' | 'date_range'>;
  /** The same, the usual way; `$1` is the website, `$2` and `$3` the range, `$4` and `$5` the one before. */
  usual: string;
  /** At most so many milliseconds, and at least so many times as fast as the usual way: from rows, and of sealed days. */
  goal: Goal | null;
  sealed: Goal | null;
}

const inRange = 'e.website_id = $1 and e.created_at between $2 and $3';
const top = (column: string, join = '') =>
  `select ${column}, count(distinct e.session_id) from usual.website_event e ${join}
   where ${inRange} and e.event_type = 1 group by 1 order by 2 desc limit 10`;
const joined = 'join usual.session s on s.session_id = e.session_id and s.website_id = e.website_id';
const overview = (
  from: string,
  to: string,
  join = '',
) => `select count(distinct session_id), count(distinct visit_id), sum(views),
    sum(case when views = 1 then 1 else 0 end), sum(extract(epoch from last - first))
  from (select e.session_id, e.visit_id, count(*) as views, min(e.created_at) as first, max(e.created_at) as last
    from usual.website_event e ${join} where e.website_id = $1 and e.created_at between ${from} and ${to} and e.event_type = 1
    group by 1, 2) visits`;
const series = (
  join = '',
) => `select date_trunc('day', e.created_at at time zone 'UTC'), count(distinct e.session_id), count(distinct e.visit_id), count(*)
  from usual.website_event e ${join} where ${inRange} and e.event_type = 1 group by 1 order by 1`;
const page = { limit: 10 };

const TOP: Report['query'] = { metrics: ['visitors'], pagination: page };
const TWO: Report['query']['filters'] = [
  ['is', 'visit:country', ['AA']],
  ['is', 'visit:browser', ['Chrome']],
];
const USUAL_TWO = `${joined} and s.country = 'AA' and s.browser = 'Chrome'`;
/** What is asked with filters, and the usual way given the join that has them. */
const FILTERED: (Pick<Report, 'name' | 'query'> & { usual: (join: string) => string })[] = [
  {
    name: 'overview',
    query: { metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration'] },
    usual: (join) => overview('$2', '$3', join),
  },
  {
    name: 'series by day',
    query: { metrics: ['visitors', 'visits', 'pageviews'], dimensions: ['time:day'] },
    usual: (join) => series(join),
  },
  { name: 'sources', query: { ...TOP, dimensions: ['visit:source'] }, usual: (join) => top('e.referrer_domain', join) },
  { name: 'countries', query: { ...TOP, dimensions: ['visit:country'] }, usual: (join) => top('s.country', join) },
  { name: 'browsers', query: { ...TOP, dimensions: ['visit:browser'] }, usual: (join) => top('s.browser', join) },
  { name: 'pages', query: { ...TOP, dimensions: ['event:page'] }, usual: (join) => top('e.url_path', join) },
];

/** One that a fifth of the visitors see; a click on a page's row asks for these. */
const PAGE = '/docs/coffee-why-1';
const SAW: Report['query']['filters'] = [['is', 'event:page', [PAGE]]];
const USUAL_SAW = `join (select) p on e.url_path = '${PAGE}'`;

const REPORTS: Report[] = [
  {
    name: 'overview with the previous period',
    query: {
      metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration'],
      include: { comparisons: { mode: 'previous_period' } },
    },
    usual: `${overview('$2', '$3')} union all ${overview('$4', '$5')}`,
    goal: [400, 6],
    sealed: [20, 50],
  },
  {
    name: 'series by day, three metrics',
    query: { metrics: ['visitors', 'visits', 'pageviews'], dimensions: ['time:day'] },
    usual: series(),
    goal: [400, 5],
    sealed: [20, 50],
  },
  {
    name: 'top ten sources',
    query: { metrics: ['visitors'], dimensions: ['visit:source'], pagination: page },
    usual: top('e.referrer_domain'),
    goal: [600, 6],
    sealed: [30, 50],
  },
  {
    name: 'top ten countries',
    query: { metrics: ['visitors'], dimensions: ['visit:country'], pagination: page },
    usual: top('s.country', joined),
    goal: [600, 6],
    sealed: [30, 50],
  },
  {
    name: 'top ten browsers',
    query: { metrics: ['visitors'], dimensions: ['visit:browser'], pagination: page },
    usual: top('s.browser', joined),
    goal: [600, 6],
    sealed: [30, 50],
  },
  {
    name: 'top ten pages, visitors and views',
    query: { metrics: ['visitors', 'pageviews'], dimensions: ['event:page'], pagination: page },
    usual: `select e.url_path, count(distinct e.session_id), count(*) from usual.website_event e
      where ${inRange} and e.event_type = 1 group by 1 order by 2 desc limit 10`,
    goal: [2_500, 1.5],
    sealed: [30, 50],
  },
  ...FILTERED.map(({ name, query, usual }) => ({
    name: `${name} with two filters`,
    query: { ...query, filters: TWO },
    usual: usual(USUAL_TWO),
    goal: name === 'sources' ? ([150, 3] as Goal) : null,
    sealed: [50, 10] as Goal,
  })),
  {
    name: 'sources with an `or` and a `not`',
    query: {
      ...TOP,
      dimensions: ['visit:source'],
      filters: [
        [
          'or',
          [
            ['is', 'visit:country', ['AA', 'AB']],
            ['is', 'visit:browser', ['Firefox']],
          ],
        ],
        ['not', ['is', 'visit:device', ['Mobile']]],
      ],
    },
    usual: top(
      'e.referrer_domain',
      `${joined} and (s.country in ('AA', 'AB') or s.browser = 'Firefox') and s.device <> 'Mobile'`,
    ),
    goal: null,
    sealed: [50, 10],
  },
  ...FILTERED.filter(({ name }) => ['overview', 'series by day', 'sources'].includes(name)).map(
    ({ name, query, usual }) => ({
      name: `${name} of who saw a page`,
      query: { ...query, filters: SAW },
      usual: usual(USUAL_SAW),
      goal: null,
      sealed: null,
    }),
  ),
];

/** What the dashboard asks when it is opened, each panel; and the same the usual way. */
const LIST: Omit<Report['query'], 'dimensions'> = {
  metrics: ['visitors', 'percentage'],
  include: { total_rows: true },
  pagination: { limit: 9 },
};
const PANELS: Report['query'][] = [
  ...REPORTS.slice(0, 1).map(({ query }) => query),
  { metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration'], dimensions: ['time:day'] },
  ...(['visit:source', 'event:page', 'visit:country', 'visit:browser'] as const).map((dimension) => ({
    ...LIST,
    dimensions: [dimension],
  })),
];
const USUAL_PANELS = [
  ...REPORTS.slice(0, 6).map(({ usual }) => usual),
  `select e.event_name, count(distinct e.session_id), count(*) from usual.website_event e where ${inRange} and e.event_type = 2
    group by 1 order by 2 desc`,
];
const DASHBOARD = 'the whole dashboard, every panel';
/** A click on a country does the first, a click on a page the other. */
const CLICKED = { 'a country': [['is', 'visit:country', ['AA']]], 'a page': SAW } satisfies Record<
  string,
  Report['query']['filters']
>;
/** Milliseconds at most, and at least so many times as fast as the usual way. */
const DASHBOARD_GOAL: Goal = [200, 40];

const server = await benchServer({ buffers: '1GB' });
if (!server) throw new Error('This needs a PostgreSQL: DATABASE_URL, or one that is installed.');
try {
  await migrateServer(server.url);
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { site, now } = await filled(client);
  for (const setting of ["work_mem = '64MB'", 'jit = off', 'max_parallel_workers_per_gather = 0']) {
    await client.query(`set ${setting}`);
  }
  const reports = REPORTS.filter(({ name }) => name.includes(values.only ?? ''));
  type Line = [name: string, asked: Asked, goal: Goal | null, sealed: Goal | null];
  const asOne = ({ name, query, usual, goal, sealed }: Report): Line => [
    name,
    { queries: [query], usual: [usual] },
    goal,
    sealed,
  ];
  const whole: Line = [DASHBOARD, { queries: PANELS, usual: USUAL_PANELS, goals: true }, null, DASHBOARD_GOAL];
  const clicked = Object.entries(CLICKED).map(
    ([by, filters]): Line => [
      `the same filtered by ${by}, without goals`,
      { queries: PANELS.map((query) => ({ ...query, filters })), usual: [] },
      null,
      null,
    ],
  );
  const lines = [...reports.map(asOne), ...(values.only ? [] : [whole, ...clicked])];
  console.log(await sealed(client, site, now));
  const open: string[][] = [];
  for (const days of [30, DAYS]) {
    for (const [name, asked] of lines) {
      const took = await measured(client, site, now, days, { ...asked, usual: [] });
      open.push([`${name}, ${days} days`, ms(took.sealed), ms(took.rows), took.by]);
    }
  }
  // And as it will be when today is over.
  await sealDue(ownDb(client), site, now + 2 * DAY);
  await mapDue(ownDb(client), site, { visits: STEP_VISITS_BY_HAND });
  const rows: string[][] = [];
  const seals: string[][] = [];
  for (const days of [...new Set([30, DAYS])]) {
    for (const [name, asked, goal, sealedGoal] of lines) {
      const took = await measured(client, site, now, days, asked);
      const line = (ours: number, goal: Goal | null) => [
        `${name}, ${days} days`,
        ms(ours),
        String(goal?.[0] ?? ''),
        known(took.usual, 0),
        known(took.usual / ours, 1),
        String(goal?.[1] ?? ''),
      ];
      if (days === DAYS && goal) rows.push(line(took.rows, goal));
      seals.push([...line(took.sealed, sealedGoal), (took.rows / took.sealed).toFixed(1), took.by]);
    }
  }
  const heads = (way: string) => [way, 'ours, ms', 'at most', 'usual, ms', 'ratio', 'at least'];
  console.log(`\n${iso(Date.now())}, ${server.version}, Node ${process.version}, median of ${RUNS}\n`);
  console.log(table([heads('rows'), ...rows]));
  console.log(`\n${table([[...heads('sealed days'), 'ratio to rows', 'answered by'], ...seals])}`);
  console.log(`\n${table([['up to now, the last 90 minutes open', 'ours, ms', 'rows, ms', 'answered by'], ...open])}`);
  await client.end();
} finally {
  server.stop();
}

function ms(took: number): string {
  return took.toFixed(took < 100 ? 1 : 0);
}

function known(number: number, digits: number): string {
  return Number.isNaN(number) ? '' : number.toFixed(digits);
}

function iso(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The site and its last moment. A database that `DATABASE_URL` names keeps what was made, for the next run. */
async function filled(client: pg.Client): Promise<{ site: Scoped; now: number }> {
  await client.query("insert into site (domain) values ('seed.example') on conflict (domain) do nothing");
  await client.query(`insert into goal (site_id, name, event, path)
    select id, name, event, path from site, (values
      ('Signed up', 'signup', null), ('Bought', 'purchase', null), ('Read the docs', null, '/docs/**')) g (name, event, path)
    where domain = 'seed.example' on conflict do nothing`);
  const { rows } = await client.query<{ id: number; full: boolean; usual: boolean }>(
    `select id, exists (select from session where site_id = site.id) as full, to_regclass('usual.website') is not null as usual
     from site where domain = 'seed.example'`,
  );
  const { id = 0, full, usual } = rows[0] ?? {};
  const site: Scoped = { id, timezone: 'UTC', week_start: 1, mode: 'persistent', kept: null };
  const run = async (text: string, params: unknown[] = []) => (await client.query(text, params)).rows;
  const from = performance.now();
  const seconds = () => ((performance.now() - from) / 1000).toFixed(0);
  if (!full) {
    const made = await seed(run, site, large(Number(values.events), DAYS), END);
    console.log(`${made.events} events of ${made.visits} visits, made in ${seconds()} s`);
  }
  if (values.usual && !usual) {
    await fillUsual(client, site.id);
    console.log(`the same in the usual tables: ${seconds()} s`);
  }
  if (!full || (values.usual && !usual)) await client.query('vacuum analyze');
  const last = await client.query<{ now: Date }>('select max(start) as now from session where site_id = $1', [id]);
  return { site, now: last.rows[0]?.now.getTime() ?? Date.now() };
}

/** Seals all of the site that is over by now. @returns how fast, and what seals take */
async function sealed(client: pg.Client, site: Scoped, now: number): Promise<string> {
  const from = performance.now();
  const { days } = await sealDue(ownDb(client), site, now, { visits: STEP_VISITS_BY_HAND });
  const seconds = (performance.now() - from) / 1000;
  const mapping = performance.now();
  await mapDue(ownDb(client), site, { visits: STEP_VISITS_BY_HAND });
  const mapped = (performance.now() - mapping) / 1000;
  if (days > 0) await vacuumSeals(client);
  const { rows } = await client.query<{ visits: string; bytes: string; slices: string; bitmaps: string; rows: string }>(
    `select (select count(*) from session where site_id = $1) as visits,
       pg_total_relation_size('sealed_sum') + pg_total_relation_size('sealed_visitor')
         + pg_total_relation_size('sealed_goal') as bytes,
       pg_total_relation_size('sealed_slice') as slices,
       pg_total_relation_size('sealed_bitmap') + pg_total_relation_size('sealed_segment') + pg_total_relation_size('sealed_place') as bitmaps,
       (select sum(pg_total_relation_size(oid)) from pg_class
         where relname ~ '^(event_\\d+|session)$' and relkind = 'r') as rows`,
    [site.id],
  );
  const [visits = 0, bytes = 0, slices = 0, bitmaps = 0, raw = 0] = Object.values(rows[0] ?? {}).map(Number);
  const speed =
    days > 0
      ? `${days} days sealed in ${seconds.toFixed(0)} s, ${(visits / seconds).toFixed(0)} visits a second; bitmaps made in ${mapped.toFixed(0)} s; `
      : '';
  const took = (what: number) => `${(what / 1e6).toFixed(1)} MB, ${(what / visits).toFixed(1)} bytes a visit`;
  return `${speed}seals take ${took(bytes)}; slices ${took(slices)}; bitmaps ${took(bitmaps)}; rows ${(raw / 1e6).toFixed(0)} MB`;
}

interface Took {
  rows: number;
  sealed: number;
  usual: number;
  /** Which way the question was answered that might be answered of sealed days. */
  by: string;
}

interface Asked {
  queries: Report['query'][];
  usual: string[];
  /** Whether the goals' report is asked for as well. */
  goals?: boolean;
}

async function measured(client: pg.Client, site: Scoped, now: number, days: number, asked: Asked): Promise<Took> {
  // The same statements over another driver.
  const db = drizzle(client, { schema }) as unknown as Sql;
  const range: [string, string] = [iso(now - (days - 1) * DAY), iso(now)];
  const parsed = asked.queries.map((query) => Query.parse({ ...query, site_id: site.id, date_range: range }));
  const ask = async (engine: Engine) => {
    const ways = new Set<string>();
    for (const query of parsed) ways.add((await answer(db, site, query, now, engine)).meta.engine.answered_by);
    if (asked.goals) await goalReport(db, site, { date_range: range, filters: [] }, now, { engine });
    return [...ways].join(', ');
  };
  const sealed = await median(() => ask('any'));
  const rows = await median(() => ask('rows'));
  const by = await ask('any');
  if (values.explain) for (const query of parsed) await explained(client, site, query, now);
  if (!values.usual || asked.usual.length === 0) return { rows, sealed, usual: Number.NaN, by };
  const times = ([first, last]: [string, string]) => [`${first} 00:00Z`, `${last} 23:59:59.999Z`];
  const before: [string, string] = [iso(now - (2 * days - 1) * DAY), iso(now - days * DAY)];
  const website = await client.query<{ id: string }>('select website_id as id from usual.website');
  const usual = await median(async () => {
    for (const text of asked.usual) {
      const params = [website.rows[0]?.id, ...times(range), ...(text.includes('$5') ? times(before) : [])];
      await client.query(text, params);
    }
  });
  return { rows, sealed, usual, by };
}

async function median(work: () => Promise<unknown>): Promise<number> {
  await work();
  const took: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const from = performance.now();
    await work();
    took.push(performance.now() - from);
  }
  return took.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
}

/** Prints the plans of a question's statements. */
async function explained(client: pg.Client, site: Scoped, query: Query, now: number): Promise<void> {
  const db = drizzle(client, {
    logger: { logQuery: (text, params) => void plans.push([text, params]) },
  }) as unknown as Sql;
  const plans: [string, unknown[]][] = [];
  await answer(db, site, query, now);
  for (const [text, params] of plans) {
    const { rows } = await client.query(`explain (analyze, buffers) ${text}`, params);
    console.log(rows.map((row) => row['QUERY PLAN']).join('\n'));
  }
}
