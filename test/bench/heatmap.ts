import { parseArgs } from 'node:util';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { migrateServer } from '../../local/migrate.ts';
import { large } from '../../local/seed-profiles.ts';
import { seed } from '../../local/seed-site.ts';
import { DEVICES } from '../../src/contract/replay.ts';
import { SIGNALS } from '../../src/contract/wire.ts';
import * as schema from '../../src/db/schema.ts';
import { TERM } from '../../src/db/schema.ts';
import { heatmap, type Wanted } from '../../src/heatmap/heatmap.ts';
import type { Scoped, Sql } from '../../src/stats/question.ts';
import { benchServer } from './database.ts';
import { table } from './drive.ts';

/**
 * `npm run bench:heatmap`: how long the heat map of a page takes on a site with 300,000 recorded clicks and more, and beside it, in the
 * same run and turn by turn, its clicks alone from a table with a row a click and an index made for the question. Median,
 * warm, on one core, with the settings that the Worker gives its questions. `--explain` prints the plans.
 */

const { values } = parseArgs({
  options: {
    clicks: { type: 'string', default: '300000' },
    runs: { type: 'string', default: '9' },
    explain: { type: 'boolean', default: false },
  },
});
const RUNS = Number(values.runs);
const DAYS = 90;
const DAY = 86_400_000;
/** Clicks of a visit on a page, and elements of a page. */
const CLICKS = 2;
const ELEMENTS = 200;

const watcher = { how: 'heatmap', user: null, share: null } as const;

const server = await benchServer({ buffers: '512MB' });
if (!server) throw new Error('This needs a PostgreSQL: DATABASE_URL, or one that is installed.');
try {
  await migrateServer(server.url);
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { site, pages, clicks, now } = await filled(client);
  for (const setting of ["work_mem = '64MB'", 'jit = off', 'max_parallel_workers_per_gather = 0'])
    await client.query(`set ${setting}`);
  const range = { from: now - DAYS * DAY, to: now + DAY };
  const all = { site, range, filters: [], bots: false, picture: 0 } as unknown as Wanted;
  const [most = '', some = ''] = pages;
  const questions: [string, Wanted][] = [
    ['the page clicked most, desktops', { ...all, page: most, device: DEVICES[0] }],
    ['the page clicked most, all devices', { ...all, page: most }],
    ['the same, of one country', { ...all, page: most, filters: [['is', 'visit:country', ['AA']]] }],
    ['a page clicked seldom', { ...all, page: some }],
    ['the page clicked most, 7 days', { ...all, page: most, range: { ...range, from: now - 7 * DAY } }],
  ];
  const rows: (string | number)[][] = [];
  for (const [name, wanted] of questions) {
    const took: number[][] = [[], []];
    let [found, other] = [0, 0];
    for (let run = 0; run <= RUNS; run += 1)
      for (const [i, ask] of [() => ours(client, wanted), () => usual(client, wanted)].entries()) {
        const from = performance.now();
        const answer = await ask();
        if (i === 0) found = answer;
        else other = answer;
        // The first of each is for the caches.
        if (run > 0) took[i]?.push(performance.now() - from);
      }
    if (!wanted.device && wanted.filters.length === 0 && found !== other)
      throw new Error(`${name}: ${found} clicks, where there are ${other}`);
    const [own = 0, theirs = 0] = took.map((times) => times.sort((a, b) => a - b)[RUNS >> 1]);
    rows.push([name, found, own.toFixed(1), theirs.toFixed(1), (own / theirs).toFixed(1)]);
    if (values.explain) await explained(client, wanted);
  }
  console.log(`\n${new Date().toISOString().slice(0, 10)}, ${server.version}, ${clicks} clicks, median of ${RUNS}\n`);
  console.log(table([['', 'clicks', 'the whole map, ms', 'a row a click, ms', 'ratio'], ...rows]));
  await client.end();
} finally {
  server.stop();
}

async function ours(client: pg.Client, wanted: Wanted): Promise<number> {
  const db = drizzle(client, { schema }) as unknown as Sql;
  return (await heatmap(db, wanted, watcher)).totals.clicks;
}

/** Clicks by element and place: of all devices, whoever they were of. */
async function usual(client: pg.Client, { site, page, range }: Wanted): Promise<number> {
  const { rows } = await client.query<{ n: string }>(
    `select element, x, y, count(*) as n, count(distinct session_id) from usual_click
     where site_id = $1 and path = $2 and at >= to_timestamp($3::float8 / 1000) and at < to_timestamp($4::float8 / 1000) and kind = 'click'
     group by element, x, y`,
    [site.id, page, range.from, range.to],
  );
  return rows.reduce((sum, { n }) => sum + Number(n), 0);
}

/** A site whose visits are all recorded. @returns its pages, the one clicked most and one of the seldomest first */
async function filled(client: pg.Client) {
  const run = async (text: string, params: unknown[] = []) => (await client.query(text, params)).rows;
  const [made] = await run("insert into site (domain) values ('heat.example') returning id");
  const id = Number(made?.id);
  const site: Scoped = { id, timezone: 'UTC', week_start: 1, mode: 'persistent', kept: null };
  const now = Math.floor(Date.now() / DAY) * DAY - DAY / 2;
  // Of five events a visit three in four are page views, of which some are of one page.
  await seed(run, site, large((Number(values.clicks) / CLICKS) * 1.55, DAYS), now);
  await run(
    `insert into term (site_id, kind, value)
     select $1, ${TERM.element}, '#main>section:' || i % 20 + 1 || '>div:' || i / 20 + 1 || '>a' from generate_series(0, $2::int - 1) i`,
    [id, ELEMENTS],
  );
  await run(
    `insert into replay (site_id, session_id, visitor, start, last, chunks, bytes, ${SIGNALS.join()})
     select site_id, id, visitor, start, last, 12, 36000, ${SIGNALS.map(() => 0).join()} from session where site_id = $1`,
    [id],
  );
  await run(
    `insert into replay_chunk (site_id, session_id, stream, n, "from", "to", skew, events, bytes, keyframe, url, part, at)
     select r.site_id, r.session_id, 1, n, start, last, 0, 40, 3000, n % 4 = 0, 'https://heat.example/', 1, n * 3000
     from replay r, generate_series(0, 11) n where r.site_id = $1`,
    [id],
  );
  // Few elements have most of the clicks, and each its clicks all over it.
  await run(
    `with element as (
      select array_agg(id order by id) as ids from term where site_id = $1 and kind = ${TERM.element}
    ), page as (
      select site_id, session_id, page, row_number() over (partition by session_id order by min(time)) - 1 as n
      from event where site_id = $1 and name = (select id from term where site_id = $1 and kind = ${TERM.event} and value = 'pageview')
      group by site_id, session_id, page
    )
    insert into replay_page (site_id, session_id, page, stream, n, width, height, points)
    select site_id, session_id, page, 1, least(n, 11), 1280, 720, array(
      select (ids[1 + floor(power((hash & 65535) / 65536.0, 3) * ${ELEMENTS})::int]::bigint << 22)
        | ((case when hash & 1023 < 80 then 1 else 0 end)::bigint << 20) | (((hash >> 20) & 511) << 10) | ((hash >> 34) & 511)
      from (select abs(hashint8extended(session_id * 31 + page * 7 + i, 11)) as hash from generate_series(1, ${CLICKS}) i) h)
    from page, element`,
    [id],
  );
  await run(
    `create table usual_click (site_id int, session_id bigint, at timestamptz, path text, element text, kind text, x smallint, y smallint)`,
  );
  await run(
    `insert into usual_click select p.site_id, p.session_id, s.start, path.value, element.value,
       case when ((point >> 20) & 3) = 0 then 'click' else 'dead' end, (point >> 10) & 1023, point & 1023
     from replay_page p cross join unnest(points) point join session s on s.site_id = p.site_id and s.id = p.session_id
       join term path on path.site_id = p.site_id and path.id = p.page
       join term element on element.site_id = p.site_id and element.id = (point >> 22)::int
     where p.site_id = $1 and s.flags & 1 = 0 order by s.start`,
    [id],
  );
  await run('create index on usual_click (site_id, path, at)');
  await run('vacuum analyze');
  const pages = await run(
    `select value, sum(cardinality(points))::int as clicks from replay_page p join term t on t.site_id = p.site_id and t.id = p.page
     where p.site_id = $1 group by value order by clicks desc`,
    [id],
  );
  const clicks = pages.reduce((sum, one) => sum + Number(one.clicks), 0);
  return { site, pages: [pages[0], pages.at(-10)].map((one) => String(one?.value)), clicks, now };
}

async function explained(client: pg.Client, wanted: Wanted): Promise<void> {
  const plans: [string, unknown[]][] = [];
  const logger = { logQuery: (text: string, params: unknown[]) => void plans.push([text, params]) };
  await heatmap(drizzle(client, { schema, logger }) as unknown as Sql, wanted, watcher);
  for (const [text, params] of plans) {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (analyze, buffers) ${text}`, params);
    console.log(`\n${rows.map((row) => row['QUERY PLAN']).join('\n')}`);
  }
}
