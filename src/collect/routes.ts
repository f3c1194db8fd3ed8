import { Hono, type Context as HonoContext } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Context } from '../app.ts';
import { parseJson, readBody } from '../body.ts';
import { type CheckedHit, EnvelopeSchema, parseHits, SheetHashes } from '../contract/hit.ts';
import { mustParse } from '../contract/url.ts';
import { type HitAnswer, LIMITS, PAGEVIEW } from '../contract/wire.ts';
import type { Bindings } from '../env.ts';
import { forAnyOrigin, hitHeaders } from '../headers.ts';
import { Problem } from '../problem.ts';
import type { Platform } from './bot.ts';
import { deliverChunk, deliverHits, firstCollector, note, settled } from './deliver.ts';
import { type EdgeSite, leftOut, optedOut, senderHash, senderOf, siteOfKey, visitorOf, visitorOfUser } from './edge.ts';
import { type Added, type Enriched, enrich, pageOf } from './enrich.ts';
import { placeOf } from './place.ts';
import { repack } from './repack.ts';
import { type SiteScripts, type SnippetTexts, siteScripts } from './snippet.ts';

/** The snippet's texts. Put in by the build. */
declare const __SNIPPET__: SnippetTexts;

/** A transparent GIF of one pixel. */
const PIXEL = Uint8Array.from(atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'), (char) =>
  char.charCodeAt(0),
);

/** Whose refusals are counted: the site, once its key was read. */
export interface CollectContext extends Context {
  Variables: { site?: EdgeSite };
}

/** Who sends hits, and what they are handled with. */
type Asking = Pick<HonoContext<Context>, 'env' | 'executionCtx'> & { req: { raw: Request } };

/** Whatever a site's door refuses is counted for its status page; what has no valid key wakes nobody. */
export const counted = createMiddleware<CollectContext>(async (c, next) => {
  await next();
  const site = c.get('site');
  const reason = c.res.headers.get('x-footfall-reason');
  if (site && reason && c.res.status >= 400 && c.res.status !== 429)
    note(c, site, { fate: 'refused', reason, count: 1 });
});

/** The data plane: what a stranger's browser may call. Nothing here touches Postgres. */
export const collect = new Hono<CollectContext>();

collect.use('/e/*', forAnyOrigin('X-Footfall-Reason'), counted);
collect.use('/r/*', forAnyOrigin('X-Footfall-Reason', 'X-Footfall-Watched'), counted);

/** What a page loads: a script, for any page to load, kept as long as `keep` says. */
const SCRIPT = { 'content-type': 'text/javascript; charset=utf-8', 'access-control-allow-origin': '*' };
/** Settings reach visitors within five minutes; somebody who wants to be left out is told so in the script. */
const BRIEFLY = { ...SCRIPT, 'cache-control': 'public, max-age=300', vary: 'Sec-GPC, DNT' };
const FOR_GOOD = { ...SCRIPT, 'cache-control': 'public, max-age=31536000, immutable' };

// Before the route of the first: it would take this for a strange key.
collect.get('/s/:key/:name{[\\w-]+\\.js}', async (c) => {
  const { second, name } = await scriptsOf(c, c.req.param('key'));
  // Of another name than it has now: asked for by a first script that was kept. The page gets what there is.
  return c.body(second, 200, c.req.param('name') === `${name}.js` ? FOR_GOOD : BRIEFLY);
});

collect.get('/s/:file{.+\\.m?js}', async (c) => {
  const [key = '', ending] = c.req.param('file').split(/\.(?=m?js$)/);
  const { first } = await scriptsOf(c, key);
  return c.body(first + (ending === 'mjs' ? ';export const footfall = window.footfall;' : ''), 200, BRIEFLY);
});

/** The scripts of the site with this key, for whoever asks. */
async function scriptsOf(c: HonoContext<CollectContext>, key: string): Promise<SiteScripts> {
  const site = await siteOfKey(c.env, key, Date.now());
  const quiet = optedOut(site, c.req.raw) !== null;
  const { country } = placeOf(c.req.raw.cf as Platform | undefined);
  return siteScripts(__SNIPPET__, site.settings, { host: new URL(c.req.url).origin, key, quiet, country });
}

/** Hits that the door could not take, on their way to where refusals are put into words: why, and whose they are if that was known. */
const refused = new WeakMap<Request, { error: unknown; site: EdgeSite | undefined }>();

type Fetch = (request: Request, env: Bindings, executionCtx: ExecutionContext) => Response | Promise<Response>;

/**
 * What stands before everything, for `POST /e/:key`, where microseconds count: it answers by itself, without a router and what
 * stands around all routes. What it can't take goes on to them.
 */
export function hitDoor(otherwise: Fetch): Fetch {
  return async (request, env, executionCtx) => {
    const key = request.method === 'POST' ? /^https?:\/\/[^/]+\/e\/([\w-]+)$/.exec(request.url)?.[1] : undefined;
    if (key === undefined) return otherwise(request, env, executionCtx);
    let site: EdgeSite | undefined;
    try {
      const now = Date.now();
      site = await siteOfKey(env, key, now);
      return await answerHits({ env, executionCtx, req: { raw: request } }, site, now);
    } catch (error) {
      refused.set(request, { error, site });
      return otherwise(request, env, executionCtx);
    }
  };
}

collect.post('/e/:key', async (c) => {
  const before = refused.get(c.req.raw);
  if (before) {
    if (before.site) c.set('site', before.site);
    throw before.error;
  }
  const now = Date.now();
  return answerHits(c, await known(c, c.req.param('key'), now), now);
});

const headersOf = hitHeaders('X-Footfall-Reason');

async function answerHits(c: Asking, site: EdgeSite, now: number): Promise<Response> {
  const body = parseJson(await readBody(c.req.raw, LIMITS.bodyBytes));
  if (Array.isArray(body) && body.length > LIMITS.batchEvents) {
    throw new Problem('body_too_large', `An array holds at most ${LIMITS.batchEvents} hits.`);
  }
  const answer = await takeHits(c, site, parseHits(body), now);
  const { told, silent } = headersOf(c.req.raw);
  // The script in a page reads no more than the status; a body would be one more packet for each hit.
  if (answer.ignored.length === 0 && c.req.raw.headers.has('origin')) {
    return new Response(null, { status: 204, headers: silent });
  }
  const response = new Response(JSON.stringify(answer), { status: 202, headers: told });
  const reason = answer.ignored[0]?.reason;
  if (reason) response.headers.set('x-footfall-reason', reason);
  return response;
}

collect.get('/p/:file{.+\\.gif}', async (c) => {
  const now = Date.now();
  const site = await known(c, c.req.param('file').slice(0, -4), now);
  const url = c.req.query('u') ?? c.req.header('referer');
  if (!url) throw new Problem('bad_request', "Give the page's address as ?u=…");
  const { r: referrer, t: title } = c.req.query();
  const hits = parseHits({ name: PAGEVIEW, url, ...(referrer ? { referrer } : {}), ...(title ? { title } : {}) });
  const { ignored } = await takeHits(c, site, hits, now);
  return c.body(PIXEL, 200, {
    'content-type': 'image/gif',
    'cache-control': 'no-store',
    'cross-origin-resource-policy': 'cross-origin',
    ...(ignored[0] ? { 'x-footfall-reason': ignored[0].reason } : {}),
  });
});

collect.post('/r/:key', async (c) => {
  const site = await known(c, c.req.param('key'), Date.now());
  const body = await readBody(c.req.raw, LIMITS.chunkBytes);
  const end = body.indexOf(10);
  if (end < 0) throw new Problem('malformed_chunk', 'A chunk is one line of JSON, a newline, and gzipped events.');
  if (end > LIMITS.envelopeBytes) {
    throw new Problem('body_too_large', `A chunk's envelope is at most ${LIMITS.envelopeBytes} bytes.`);
  }
  const envelope = EnvelopeSchema.parse(parseJson(body.subarray(0, end)));
  const events = body.subarray(end + 1);
  if (events[0] !== 0x1f || events[1] !== 0x8b) {
    throw new Problem('malformed_chunk', 'What follows the envelope is not gzip.');
  }
  const { country } = placeOf(c.req.raw.cf as Platform | undefined);
  const reason = optedOut(site, c.req.raw) ?? (await leftOut(c.env, site, c.req.raw, country))(envelope);
  if (reason) {
    note(c, site, { fate: 'ignored', reason, count: 1 });
    return c.body(null, 202, { 'x-footfall-reason': reason });
  }
  const sender = senderHash(site, c.req.raw);
  const visitor = visitorOf(site, c.req.raw, envelope.visitor);
  if (site.settings.mode === 'cookieless') delete envelope.session;
  const page = pageOf(mustParse(envelope.url), site.settings);
  const watched = await deliverChunk(c, site, { ...envelope, page }, { visitor, sender }, events);
  return c.body(null, 202, watched ? { 'x-footfall-watched': '1' } : {});
});

/** Which of these style sheets the site has not. */
collect.get('/r/:key/sheets/:hashes', async (c) => {
  const site = await known(c, c.req.param('key'), Date.now());
  const hashes = SheetHashes.parse(c.req.param('hashes').split(','));
  const missing = settled(await firstCollector(c, site).missingSheets(hashes, senderHash(site, c.req.raw)));
  // What the site has, it has for longer than a day (`replays/sheets.ts`).
  return c.json(missing, 200, { 'cache-control': missing.length ? 'no-store' : 'private, max-age=86400' });
});

/** A style sheet that the site had not. Its address is its own hash: nobody can put another one there. */
collect.post('/r/:key/sheets/:hash', async (c) => {
  const site = await known(c, c.req.param('key'), Date.now());
  const [hash = ''] = SheetHashes.parse([c.req.param('hash')]);
  const body = await repack(await readBody(c.req.raw, LIMITS.sheetBytes), hash);
  settled(await firstCollector(c, site).keepSheet(hash, senderHash(site, c.req.raw), body));
  return c.body(null, 202);
});

/** Hits as a page sends them, to their collectors; what is left out is told in their order. */
export async function takeHits(
  c: Asking,
  site: EdgeSite,
  hits: (CheckedHit & Added)[],
  now: number,
): Promise<HitAnswer> {
  const request = c.req.raw;
  const wish = optedOut(site, request);
  if (wish) {
    note(c, site, { fate: 'ignored', reason: wish, count: hits.length });
    return { accepted: 0, ignored: hits.map((_, index) => ({ index, reason: wish })) };
  }
  const origin = senderOf(request);
  const excluded = await leftOut(c.env, site, request, origin.country);
  const sender = senderHash(site, request, origin.userAgent);
  const ignored: HitAnswer['ignored'] = [];
  const enriched: Enriched[] = [];
  const places: number[] = [];
  for (const [index, hit] of hits.entries()) {
    const reason = excluded(hit) ?? ((hit.age ?? 0) > LIMITS.ageMs ? 'too_old' : null);
    if (reason) {
      ignored.push({ index, reason });
      note(c, site, { fate: 'ignored', reason, count: 1 });
      continue;
    }
    const visitor = visitorOf(site, request, hit.visitor);
    const user = hit.user === undefined ? undefined : visitorOfUser(c.env, site.settings, hit.user);
    enriched.push(enrich(hit, origin, { visitor, user, sender }, now, site.settings));
    places.push(index);
  }
  const taken = await deliverHits(c, site, enriched);
  for (const [i, how] of taken.entries()) {
    if (how !== 'accepted') ignored.push({ index: places[i] ?? 0, reason: how });
  }
  ignored.sort((a, b) => a.index - b.index);
  return { accepted: hits.length - ignored.length, ignored };
}

async function known(c: HonoContext<CollectContext>, key: string, now: number): Promise<EdgeSite> {
  const site = await siteOfKey(c.env, key, now);
  c.set('site', site);
  return site;
}
