import { Hono, type Context as HonoContext } from 'hono';
import { z } from 'zod';
import { asker, guard, type Site } from '../accounts/guard.ts';
import type { Context } from '../app.ts';
import { parseJson, readBody } from '../body.ts';
import { flushSite } from '../collectors.ts';
import { parseQuery } from '../contract/address.ts';
import { RangeAsked } from '../contract/api.ts';
import { Queries, Query } from '../contract/query.ts';
import { LIMITS } from '../contract/wire.ts';
import { dependsOn, reckonedOnce, tagged } from './again.ts';
import { answered, standOf, understood } from './answer.ts';
import { asTheyCome } from './as-they-come.ts';
import { bounded } from './bounded.ts';
import { properties } from './properties.ts';
import type { Engine } from './question.ts';
import { resolveRange } from './range.ts';

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

/** Several questions of one site: who asks, what waits at the edge and how far it is sealed are looked up once for all. */
stats.post('/queries', async (c) => {
  const body = await readBody(c.req.raw, LIMITS.bodyBytes);
  const site = await asked(c, () => parseJson(body));
  const { queries } = Queries.parse(parseJson(body));
  const engine = engineOf(c);
  await flushSite(c.env, site);
  const db = bounded(c.env);
  const [stand, now] = [await standOf(db, site), Date.now()];
  return asTheyCome(c, queries, async (query) => {
    const question = await understood(db, site, { ...query, site_id: site.id }, now, engine, stand);
    const { body } = await reckonedOnce(c, dependsOn(question), () => answered(db, question));
    return new Response(await body()).text();
  });
});

/** Which properties there are to ask for. */
stats.get('/sites/:site/properties', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  const { date_range } = RangeAsked.parse(c.req.query());
  await flushSite(c.env, site);
  // Before 1970 nothing happened: `all` needs no question for the first visit.
  const range = resolveRange(date_range, { zone: site.timezone, now: Date.now(), first: 0 });
  return c.json({ properties: await properties(bounded(c.env), site, range) });
});

async function told(c: HonoContext<Context>, site: Site, query: Query, engine: Engine): Promise<Response> {
  await flushSite(c.env, site);
  const db = bounded(c.env);
  const question = await understood(db, site, query, Date.now(), engine);
  return tagged(c, await reckonedOnce(c, dependsOn(question), () => answered(db, question)));
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
