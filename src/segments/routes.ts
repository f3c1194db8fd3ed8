import { Hono } from 'hono';
import { guard } from '../accounts/guard.ts';
import type { Context } from '../app.ts';
import { SegmentInput } from '../contract/api.ts';
import { connect } from '../db/client.ts';
import { idOf, input } from '../input.ts';
import { create, get, list, remove, replace } from './segments.ts';

/** Filters kept under a name. */
export const segments = new Hono<Context>();

segments.get('/sites/:site/segments', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  return c.json({ segments: await list(connect(c.env), site) });
});

segments.post('/sites/:site/segments', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  return c.json(await create(connect(c.env), site, await input(c.req.raw, SegmentInput)), 201);
});

segments.get('/sites/:site/segments/:segment', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  return c.json(await get(connect(c.env), site, idOf(c.req.param('segment'), 'segment')));
});

segments.put('/sites/:site/segments/:segment', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  const id = idOf(c.req.param('segment'), 'segment');
  return c.json(await replace(connect(c.env), site, id, await input(c.req.raw, SegmentInput)));
});

segments.delete('/sites/:site/segments/:segment', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  await remove(connect(c.env), site, idOf(c.req.param('segment'), 'segment'));
  return c.body(null, 204);
});
