import { Hono } from 'hono';
import { guard } from '../accounts/guard.ts';
import type { Context } from '../app.ts';
import { flushSite } from '../collectors.ts';
import { GoalInput, GoalReportInput } from '../contract/api.ts';
import { connect } from '../db/client.ts';
import { idOf, input } from '../input.ts';
import { bounded } from '../stats/bounded.ts';
import { create, get, list, remove, replace } from './goals.ts';
import { report } from './report.ts';

/** Goals and what reached them. */
export const goals = new Hono<Context>();

goals.get('/sites/:site/goals', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  return c.json({ goals: await list(connect(c.env), site) });
});

goals.post('/sites/:site/goals', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  return c.json(await create(connect(c.env), site, await input(c.req.raw, GoalInput)), 201);
});

goals.post('/sites/:site/goals/report', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  const scope = await input(c.req.raw, GoalReportInput);
  await flushSite(c.env, site);
  return c.json(await report(bounded(c.env), site, scope, Date.now(), scope.include));
});

goals.get('/sites/:site/goals/:goal', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  return c.json(await get(connect(c.env), site, idOf(c.req.param('goal'), 'goal')));
});

goals.put('/sites/:site/goals/:goal', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  const id = idOf(c.req.param('goal'), 'goal');
  return c.json(await replace(connect(c.env), site, id, await input(c.req.raw, GoalInput)));
});

goals.delete('/sites/:site/goals/:goal', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  await remove(connect(c.env), site, idOf(c.req.param('goal'), 'goal'));
  return c.body(null, 204);
});
