import { Hono } from 'hono';
import { guardAs } from '../accounts/guard.ts';
import type { Context } from '../app.ts';
import { flushSite } from '../collectors.ts';
import { HeatmapInput } from '../contract/api.ts';
import { input } from '../input.ts';
import { bounded } from '../stats/bounded.ts';
import { definitions } from '../stats/definitions.ts';
import { resolveRange } from '../stats/range.ts';
import { heatmap } from './heatmap.ts';

/** Where a page was clicked, and how far down it was seen. */
export const heatmaps = new Hono<Context>();

heatmaps.post('/sites/:site/heatmap', async (c) => {
  const { site, user } = await guardAs(c, c.req.param('site'), 'read');
  const { date_range, filters, include, ...asked } = await input(c.req.raw, HeatmapInput);
  await flushSite(c.env, site);
  // Before 1970 nobody was recorded: `all` needs no question for the first visit.
  const range = resolveRange(date_range, { zone: site.timezone, now: Date.now(), first: 0 });
  const db = bounded(c.env);
  const defined = await definitions(db, site, { filters });
  const watcher = { how: 'heatmap', user, share: null } as const;
  return c.json(await heatmap(db, { site, range, ...defined, bots: include.bots, ...asked }, watcher));
});
