import { Hono } from 'hono';
import { guard } from '../accounts/guard.ts';
import type { Context } from '../app.ts';
import { AnnotationInput } from '../contract/api.ts';
import { connect } from '../db/client.ts';
import { idOf, input } from '../input.ts';
import { create, list, remove, replace } from './annotations.ts';

/** What happened when. */
export const annotations = new Hono<Context>();

annotations.get('/sites/:site/annotations', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  return c.json({ annotations: await list(connect(c.env), site) });
});

annotations.post('/sites/:site/annotations', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  return c.json(await create(connect(c.env), site, await input(c.req.raw, AnnotationInput)), 201);
});

annotations.put('/sites/:site/annotations/:annotation', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  const id = idOf(c.req.param('annotation'), 'annotation');
  return c.json(await replace(connect(c.env), site, id, await input(c.req.raw, AnnotationInput)));
});

annotations.delete('/sites/:site/annotations/:annotation', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  await remove(connect(c.env), site, idOf(c.req.param('annotation'), 'annotation'));
  return c.body(null, 204);
});
