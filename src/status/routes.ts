import { sql } from 'drizzle-orm';
import { Hono } from 'hono';
import { guard, type Site } from '../accounts/guard.ts';
import type { Context } from '../app.ts';
import { signKey } from '../collect/key.ts';
import { flushSite, raiseCollectors, releaseEvent, statusOf } from '../collectors.ts';
import { CollectorsInput, type PageCheck, PageInput, type QuarantineJson, type StatusJson } from '../contract/api.ts';
import { isOfSite } from '../contract/url.ts';
import { connect, type Db } from '../db/client.ts';
import { TERM } from '../db/schema.ts';
import { vars } from '../env.ts';
import { input } from '../input.ts';
import { invalidAt, Problem } from '../problem.ts';
import { keptFrom } from '../stats/kept.ts';
import { isPrivate, readPage } from './page.ts';
import { findSnippet } from './snippet.ts';

/** "Why is my hit missing": what became of a site's hits, and those that Postgres refused. */
export const status = new Hono<Context>();

/** Newest of a quarantine that one answer shows. */
const SHOWN = 100;

status.get('/sites/:site/status', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  const [collectors, quarantined] = await Promise.all([statusOf(c.env, site), count(connect(c.env), site)]);
  const answer: StatusJson = { ...collectors, quarantined };
  return c.json(answer);
});

status.post('/sites/:site/installation', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  const url = new URL((await input(c.req.raw, PageInput)).url);
  // Who runs at a private address looks at pages that do, too.
  const inside = isPrivate(new URL(c.req.url).hostname);
  const may = async (page: URL) =>
    /^https?:$/.test(page.protocol) &&
    (inside || !isPrivate(page.hostname)) &&
    (page.host === site.domain ||
      (page.port === '' && (isOfSite(page.hostname, site.domain) || (await isKnown(connect(c.env), site, page)))));
  if (!(await may(url))) {
    throw invalidAt(['url'], `a page on ${site.domain}, on a public host below it, or on one that hits came from`);
  }
  const page = await readPage(url, may);
  const origin = new URL(c.req.url).origin;
  const key = await signKey(vars(c.env).FOOTFALL_SECRET, site.id);
  const answer: PageCheck =
    'unread' in page
      ? { snippet: 'unread', ...page, refused_by: null }
      : { unread: null, status: 200, ...findSnippet(page, { origin, key }) };
  return c.json(answer);
});

status.post('/sites/:site/collectors', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  const { count: wanted } = await input(c.req.raw, CollectorsInput);
  const collectors = await raiseCollectors(c.env, site, wanted);
  if (collectors > wanted)
    throw new Problem('conflict', `There are ${collectors} already; their number can only grow.`);
  return c.json({ count: collectors });
});

status.get('/sites/:site/quarantine', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  await flushSite(c.env, site);
  const { rows } = await connect(c.env).execute<{ id: string; at: string; reason: string; event: string }>(sql`
    select id, at, reason, event from quarantine where site_id = ${site.id} order by id desc limit ${SHOWN}`);
  const results: QuarantineJson[] = rows.map(({ id, at, reason, event }) => ({
    id: Number(id),
    at: new Date(at).toISOString(),
    reason,
    event: JSON.parse(event) as Record<string, unknown>,
  }));
  return c.json({ results });
});

status.post('/sites/:site/quarantine/:id/release', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  const { rows } = await connect(c.env).execute<{ event: string }>(sql`
    select event from quarantine where site_id = ${site.id} and id = ${numbered(c.req.param('id'))}`);
  if (!rows[0]) throw gone();
  if (timeOf(rows[0].event) < keptFrom(site)) {
    throw new Problem('conflict', 'Of its day there are numbers alone: nothing can be added to it any more.');
  }
  if (!(await releaseEvent(c.env, site.id, numbered(c.req.param('id')), rows[0].event))) {
    throw new Problem('conflict', 'Only events can be released; a replay chunk is kept without its bytes.');
  }
  await flushSite(c.env, site);
  return c.body(null, 204);
});

status.delete('/sites/:site/quarantine/:id', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  if (!(await drop(connect(c.env), site, c.req.param('id')))) throw gone();
  return c.body(null, 204);
});

/** Whether a hit came from a host: those of all that landed are in the dictionary. */
async function isKnown(db: Db, { id }: Site, { hostname }: URL): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select 1 from term
    where site_id = ${id} and kind = ${TERM.hostname} and value = ${hostname.replace(/^www\./, '')}`);
  return rows.length > 0;
}

async function count(db: Db, { id }: Site): Promise<number> {
  const { rows } = await db.execute<{ n: string }>(sql`select count(*) as n from quarantine where site_id = ${id}`);
  return Number(rows[0]?.n ?? 0);
}

async function drop(db: Db, { id: site }: Site, id: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    delete from quarantine where site_id = ${site} and id = ${numbered(id)} returning id`);
  return rows.length > 0;
}

/** When an event in quarantine happened, or the page view that it is about; of what has no time, now. */
function timeOf(event: string): number {
  const { time, viewed = time } = JSON.parse(event) as { time?: number; viewed?: number };
  return viewed ?? Date.now();
}

function numbered(id: string): number {
  if (!/^\d{1,15}$/.test(id)) throw gone();
  return Number(id);
}

function gone(): Problem {
  return new Problem('not_found', 'There is no such event in quarantine.');
}
