import { Hono } from 'hono';
import { guard } from '../accounts/guard.ts';
import type { Context } from '../app.ts';
import { visitorOfUser } from '../collect/edge.ts';
import { flushSite, forgetRecordings, forgetVisitorAtEdge } from '../collectors.ts';
import { parseQuery } from '../contract/address.ts';
import { VisitorInput } from '../contract/api.ts';
import { connect } from '../db/client.ts';
import { input, sessionOf } from '../input.ts';
import { Problem } from '../problem.ts';
import { objectStore } from '../replays/store.ts';
import { bounded } from '../stats/bounded.ts';
import { forgetVisitor, recordingsOf } from './forget.ts';
import { findVisit, visits as list } from './list.ts';

/** Visits: what numbers are made of. */
export const visits = new Hono<Context>();

visits.get('/sites/:site/sessions/:session', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  const id = sessionOf(c.req.param('session'));
  await flushSite(c.env, site);
  const found = await findVisit(connect(c.env), site, id);
  if (!found) throw new Problem('not_found', 'There is no such visit.');
  return c.json(found);
});

/** Visits of one answer, unless `limit` says fewer or more. */
const USUAL = 50;
const MOST = 200;

visits.get('/sites/:site/sessions', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  const asked = new URL(c.req.url).searchParams;
  const row = asked.getAll('row');
  // Whatever was asked of the rows, visits are what is behind them.
  asked.set('metrics', 'visits');
  for (const name of ['order_by', 'compare', 'compare_from', 'compare_to', 'row']) asked.delete(name);
  const { pagination, ...view } = parseQuery(asked.toString());
  const limit = asked.has('limit') ? Math.min(pagination.limit, MOST) : USUAL;
  const query = { ...view, pagination: { ...pagination, limit }, site_id: site.id };
  await flushSite(c.env, site);
  return c.json(await list(bounded(c.env), site, { query, row }, Date.now()));
});

/** The edge forgets him first: what was written of a visit there would be written anew with its next hit. */
visits.post('/sites/:site/visitors/forget', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  const { visitor, user } = await input(c.req.raw, VisitorInput);
  const known = { site: site.id, visitor: user === undefined ? Number(visitor) : visitorOfUser(c.env, site, user) };
  await forgetVisitorAtEdge(c.env, site, known.visitor);
  const db = connect(c.env);
  const recordings = await recordingsOf(db, known);
  await forgetRecordings(c.env, site, recordings);
  return c.json(await forgetVisitor(db, objectStore(c.env), known, recordings));
});
