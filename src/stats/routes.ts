import { Hono, type Context as HonoContext } from 'hono';
import { z } from 'zod';
import { asker, guard, type Site } from '../accounts/guard.ts';
import type { Context } from '../app.ts';
import { parseJson, readBody } from '../body.ts';
import { flushSite } from '../collectors.ts';
import { parseQuery } from '../contract/address.ts';
import { Query } from '../contract/query.ts';
import { LIMITS } from '../contract/wire.ts';
import { dependsOn, reckonedOnce } from './again.ts';
import { answered, understood } from './answer.ts';
import { bounded } from './bounded.ts';
import type { Engine } from './question.ts';

/** The numbers. */
export const stats = new Hono<Context>();

stats.post('/query', async (c) => {
  const body = await readBody(c.req.raw, LIMITS.bodyBytes);
  const site = await asked(c, () => parseJson(body));
  return told(c, site, Query.parse(parseJson(body)), engineOf(c));
});

/** The same in an address: `?site_id=shop.example&period=30d&dimensions=source`, as the dashboard's own address has it. */
stats.get('/query', async (c) => {
  const search = new URL(c.req.url).searchParams;
  const site = await asked(c, () => ({ site_id: search.get('site_id') ?? undefined }));
  const engine = engineOf(c);
  for (const own of ['site_id', 'engine']) search.delete(own);
  return told(c, site, { ...parseQuery(search.toString()), site_id: site.id }, engine);
});

async function told(c: HonoContext<Context>, site: Site, query: Query, engine: Engine): Promise<Response> {
  await flushSite(c.env, site);
  const db = bounded(c.env);
  const question = await understood(db, site, query, Date.now(), engine);
  return reckonedOnce(c, dependsOn(question), () => answered(db, question));
}

const EngineAddress = z.object({ engine: z.enum(['any', 'rows']).default('any') });

const engineOf = (c: HonoContext<Context>) => EngineAddress.parse({ engine: c.req.query('engine') }).engine;

const Named = z.object({ site_id: Query.shape.site_id });

/** The site that a query names. Who asks is known before anything is said about what they ask. */
async function asked(c: HonoContext<Context>, query: () => unknown): Promise<Site> {
  try {
    const { site_id } = Named.parse(query());
    return await guard(c, site_id, 'read');
  } catch (error) {
    await asker(c, 'read');
    throw error;
  }
}
