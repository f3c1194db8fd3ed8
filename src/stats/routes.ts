import { Hono, type Context as HonoContext } from 'hono';
import { z } from 'zod';
import { asker, guard, type Site } from '../accounts/guard.ts';
import type { Context } from '../app.ts';
import { parseJson, readBody } from '../body.ts';
import { flushSite } from '../collectors.ts';
import { Query } from '../contract/query.ts';
import { LIMITS } from '../contract/wire.ts';
import { connect } from '../db/client.ts';
import { answer } from './answer.ts';

/** The numbers. */
export const stats = new Hono<Context>();

stats.post('/query', async (c) => {
  const body = await readBody(c.req.raw, LIMITS.bodyBytes);
  const site = await asked(c, body);
  const query = Query.parse(parseJson(body));
  await flushSite(c.env, site);
  return c.json(await answer(connect(c.env), site, query, Date.now()));
});

const Named = z.object({ site_id: Query.shape.site_id });

/** The site that a query names. Who asks is known before anything is said about what they ask. */
async function asked(c: HonoContext<Context>, body: Uint8Array): Promise<Site> {
  try {
    const { site_id } = Named.parse(parseJson(body));
    return await guard(c, site_id, 'read');
  } catch (error) {
    await asker(c, 'read');
    throw error;
  }
}
