import { Hono, type Context as HonoContext } from 'hono';
import { guardAs, type Site } from '../accounts/guard.ts';
import type { Context } from '../app.ts';
import { SegmentInput } from '../contract/api.ts';
import { connect } from '../db/client.ts';
import { idOf, input } from '../input.ts';
import { invalidAt } from '../problem.ts';
import { create, get, list, remove, replace } from './segments.ts';

/** Filters kept under a name. */
export const segments = new Hono<Context>();

segments.get('/sites/:site/segments', async (c) => {
  const { site, whose } = await asked(c, 'read');
  return c.json({ segments: await list(connect(c.env), site, whose) });
});

segments.post('/sites/:site/segments', async (c) => {
  const { site, whose } = await asked(c, 'write');
  return c.json(await create(connect(c.env), site, whose, allowed(whose, await input(c.req.raw, SegmentInput))), 201);
});

segments.get('/sites/:site/segments/:segment', async (c) => {
  const { site, whose } = await asked(c, 'read');
  return c.json(await get(connect(c.env), site, whose, idOf(c.req.param('segment'), 'segment')));
});

segments.put('/sites/:site/segments/:segment', async (c) => {
  const { site, whose } = await asked(c, 'write');
  const id = idOf(c.req.param('segment'), 'segment');
  return c.json(await replace(connect(c.env), site, whose, id, allowed(whose, await input(c.req.raw, SegmentInput))));
});

segments.delete('/sites/:site/segments/:segment', async (c) => {
  const { site, whose } = await asked(c, 'write');
  await remove(connect(c.env), site, whose, idOf(c.req.param('segment'), 'segment'));
  return c.body(null, 204);
});

/** The site, and whose own segments are seen beside the shared ones: nobody's by a key, which programs hold. */
async function asked(c: HonoContext<Context>, need: 'read' | 'write'): Promise<{ site: Site; whose: string | null }> {
  const { site, user, by } = await guardAs(c, c.req.param('site') ?? '', need);
  return { site, whose: by === 'session' ? user : null };
}

/** @throws Problem `invalid` for what would be a key’s own */
function allowed(whose: string | null, segment: SegmentInput): SegmentInput {
  if (whose !== null || segment.shared !== false) return segment;
  throw invalidAt(['shared'], 'true: an API key has no segments of its own');
}
