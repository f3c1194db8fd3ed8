import { Hono } from 'hono';
import { guard } from '../accounts/guard.ts';
import type { Context } from '../app.ts';
import { flushSite } from '../collectors.ts';
import { RangeAsked } from '../contract/api.ts';
import { connect } from '../db/client.ts';
import { bounded } from '../stats/bounded.ts';
import { begin, goOn } from './rejudge.ts';
import { report } from './report.ts';

/** How much of a site's traffic is programs, why they are taken for that, and judging them anew. */
export const bots = new Hono<Context>();

bots.get('/sites/:site/bots', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  const { date_range } = RangeAsked.parse(c.req.query());
  await flushSite(c.env, site);
  return c.json(await report(bounded(c.env), site, date_range, Date.now()));
});

bots.post('/sites/:site/bots/rejudge', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  const db = connect(c.env);
  await flushSite(c.env, site);
  await begin(db, site);
  return c.json(await goOn(db, site));
});
