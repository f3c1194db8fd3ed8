import { sql } from 'drizzle-orm';
import { Hono } from 'hono';
import { guard, type Site } from '../accounts/guard.ts';
import type { Context } from '../app.ts';
import { flushSite, raiseCollectors, releaseEvent, statusOf } from '../collectors.ts';
import { CollectorsInput, type QuarantineJson, type StatusJson } from '../contract/api.ts';
import { connect, type Db } from '../db/client.ts';
import { input } from '../input.ts';
import { Problem } from '../problem.ts';
import { keptFrom } from '../stats/kept.ts';

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
