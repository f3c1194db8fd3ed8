import { Hono, type Context as HonoContext } from 'hono';
import { parseJson, readBody } from '../body.ts';
import { note } from '../collect/deliver.ts';
import { type EdgeSite, optedOut, strangerOf } from '../collect/edge.ts';
import type { Added } from '../collect/enrich.ts';
import { type CollectContext, counted, takeHits } from '../collect/routes.ts';
import { type CheckedHit, Hits } from '../contract/hit.ts';
import { ENGAGEMENT, type Hit, LIMITS } from '../contract/wire.ts';
import { vars } from '../env.ts';
import { forAnyOrigin } from '../headers.ts';
import { Problem } from '../problem.ts';
import { siteNamed } from './names.ts';
import { fromPlausible } from './plausible.ts';
import { nameless, readToken, signToken } from './token.ts';
import { fromUmami } from './umami.ts';

/**
 * The doors that Plausible's and Umami's clients knock at, as those products have them. What comes in lands as ordinary
 * events; nothing here touches Postgres either.
 */
export const compat = new Hono<CollectContext>();

type Ask = HonoContext<CollectContext>;

const open = forAnyOrigin('X-Footfall-Reason', 'X-Plausible-Dropped');
for (const path of ['/api/event', '/api/send', '/api/batch']) compat.use(path, open, counted);

/** Plausible answers 202 `ok` to whatever it understands, and says in a header how many sites left it out. */
compat.post('/api/event', async (c) => {
  const now = Date.now();
  const { domains, hash, hit } = fromPlausible(parseJson(await readBody(c.req.raw, LIMITS.bodyBytes)), random());
  const reasons: string[] = [];
  for (const domain of domains) {
    const site = await siteNamed(c.env, domain, now);
    if (!site) {
      reasons.push('unknown_domain');
      continue;
    }
    c.set('site', site);
    const paged = hash ? { ...site, settings: { ...site.settings, hash } } : site;
    const { ignored } = await takeHits(c, paged, [checked(hit)], now);
    if (ignored[0]) reasons.push(ignored[0].reason);
  }
  if (reasons[0]) {
    c.header('x-plausible-dropped', String(reasons.length));
    c.header('x-footfall-reason', reasons[0]);
  }
  return c.text('ok', 202);
});

compat.post('/api/send', async (c) => {
  const body = parseJson(await readBody(c.req.raw, LIMITS.bodyBytes));
  const { reply, reason } = await takeUmami(c, body, Date.now());
  if (reason) c.header('x-footfall-reason', reason);
  return c.json(reply);
});

/** Many events of Umami's at once; one that is wrong doesn't keep the others out. */
compat.post('/api/batch', async (c) => {
  const now = Date.now();
  const body = parseJson(await readBody(c.req.raw, LIMITS.bodyBytes));
  if (!Array.isArray(body)) throw new Problem('bad_request', 'A batch is an array of events.');
  if (body.length > LIMITS.batchEvents) {
    throw new Problem('body_too_large', `A batch holds at most ${LIMITS.batchEvents} events.`);
  }
  const all = await Promise.all(body.map((item) => refusable(() => takeUmami(c, item, now))));
  const details = all.flatMap((one, index) => ('refused' in one ? [{ index, response: one.refused }] : []));
  const replies = all.flatMap((one) => ('reply' in one ? [one.reply] : []));
  const reason = all.find((one) => 'refused' in one || one.reason)?.reason;
  if (reason) c.header('x-footfall-reason', reason);
  const { cache } = replies.findLast((reply) => 'cache' in reply) ?? {};
  return c.json({ size: all.length, processed: replies.length, errors: details.length, details, cache });
});

/** Umami's answer to one event: the token for the next one, or that none is wanted from this browser. */
type Reply = { cache?: string; sessionId: string; visitId: string } | { disabled: true; cache?: undefined };

interface Answered {
  reply: Reply;
  reason?: string | undefined;
}

const HOUR_MS = 3_600_000;

async function takeUmami(c: Ask, body: unknown, now: number): Promise<Answered> {
  const event = fromUmami(body, now, random());
  const site = await siteNamed(c.env, event.website, now);
  if (!site) throw new Problem('unknown_website', 'No site here has this Umami website id.');
  c.set('site', site);
  const hit = event.hit(site.settings);
  const wish = optedOut(site, c.req.raw);
  if (wish) {
    note(c, site, { fate: 'ignored', reason: wish, count: 1 });
    return { reply: { disabled: true }, reason: wish };
  }
  const visitor = await visitorIn(c, site, now);
  const reply = {
    cache: await signToken(vars(c.env).FOOTFALL_SECRET, site.settings.id, visitor, now),
    sessionId: await nameless(site, visitor),
    visitId: await nameless(site, visitor, Math.floor(now / HOUR_MS)),
  };
  if (!hit) {
    note(c, site, { fate: 'ignored', reason: 'not_kept', count: 1 });
    return { reply, reason: 'not_kept' };
  }
  const { ignored } = await takeHits(c, site, [checked({ ...hit, visitor })], now);
  return { reply, reason: ignored[0]?.reason };
}

/** Whom the token of Umami's client was made for, else address and browser; a cookieless site knows the last alone. */
async function visitorIn(c: Ask, site: EdgeSite, now: number): Promise<number> {
  const token = site.settings.mode === 'persistent' ? c.req.header('x-umami-cache') : undefined;
  const known = token ? await readToken(vars(c.env).FOOTFALL_SECRET, site.settings.id, token, now) : null;
  return known ?? strangerOf(site, c.req.raw);
}

/** A hit as ours are checked; what doesn't fit is 400, as those products answer. */
function checked(hit: Hit): CheckedHit & Added {
  const { data, error } = Hits.safeParse(hit);
  const [first] = data ?? [];
  if (first) return hit.name === ENGAGEMENT ? { ...first, adds: true } : first;
  const issues = (error?.issues ?? []).map(({ path, message }) => ({ path: path.slice(1).join('.'), message }));
  throw new Problem('bad_request', `${issues[0]?.path}: ${issues[0]?.message}`, { issues });
}

async function refusable(work: () => Promise<Answered>): Promise<Answered | { refused: unknown; reason: string }> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'too_many_requests') throw error;
    return { refused: await error.toResponse().json(), reason: error.code };
  }
}

function random(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
