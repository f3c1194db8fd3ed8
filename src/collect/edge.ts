import { collectorOf, type Settings } from '../collectors.ts';
import { type ExcludedReason, excluded } from '../contract/exclude.ts';
import { mustParse } from '../contract/url.ts';
import { type Bindings, vars } from '../env.ts';
import { Problem } from '../problem.ts';
import { hashAddress } from './address.ts';
import { type Platform, requestRules } from './bot.ts';
import type { EdgeSettings } from './collector.ts';
import type { Sender } from './enrich.ts';
import { knownKey, readKey } from './key.ts';
import { placeOf } from './place.ts';
import { quickHash } from './text.ts';
import { hashVisitor } from './visitor.ts';

/** A site as the edge knows it while a request is handled. */
export interface EdgeSite {
  settings: Settings;
  /** Collectors that share the site's traffic, as far as this isolate knows. */
  shards: number;
  salt: string;
}

/** How long an isolate believes a site's settings. */
const SETTINGS_MS = 5_000;
const KEPT_MAX = 10_000;

const kept = new Map<number, { until: number; answer: EdgeSettings }>();

/**
 * The site of a public key. At once where it is believed already, as `siteOfId`: promises cost more than the looking up.
 * @throws Problem `unknown_key` for a key this deployment never signed, before anything is woken; `site_deleted`
 */
export function siteOfKey(env: Bindings, key: string, now: number): EdgeSite | Promise<EdgeSite> {
  const id = knownKey(vars(env).FOOTFALL_SECRET, key);
  return id === undefined ? siteOfNewKey(env, key, now) : siteOfId(env, id, now);
}

async function siteOfNewKey(env: Bindings, key: string, now: number): Promise<EdgeSite> {
  const id = await readKey(vars(env).FOOTFALL_SECRET, key);
  if (id === null) throw new Problem('unknown_key', 'This deployment never issued that site key.');
  return siteOfId(env, id, now);
}

/**
 * The site of a number that is known to be one of ours.
 * @throws Problem `site_deleted`
 */
export function siteOfId(env: Bindings, id: number, now: number): EdgeSite | Promise<EdgeSite> {
  const known = kept.get(id);
  return known && known.until > now ? there(known.answer) : askedAnew(env, id, now);
}

async function askedAnew(env: Bindings, id: number, now: number): Promise<EdgeSite> {
  const answer = await collectorOf(env, id, 0).settings();
  if (kept.size >= KEPT_MAX) kept.clear();
  kept.set(id, { until: Math.min(now + SETTINGS_MS, answer === 'unknown' ? Infinity : answer.saltUntil), answer });
  return there(answer);
}

function there(answer: EdgeSettings): EdgeSite {
  if (answer === 'unknown') throw new Problem('site_deleted', 'The site of this key is gone.');
  return answer;
}

/**
 * Why nothing of a request is taken, null when it is: the site is archived, or the browser asks to be left out, in a way that
 * the site honours: Global Privacy Control, https://www.w3.org/TR/gpc/, and Do Not Track, https://www.w3.org/TR/tracking-dnt/
 */
export function optedOut({ settings }: EdgeSite, { headers }: Request): 'archived' | 'gpc' | 'dnt' | null {
  if (settings.archived) return 'archived';
  if (settings.gpc && headers.get('sec-gpc') === '1') return 'gpc';
  return settings.dnt && headers.get('dnt') === '1' ? 'dnt' : null;
}

/** Why the site leaves out what this request, from that country, brings about a page; null when it doesn't. */
export function leftOut(
  env: Bindings,
  { settings: { exclude, id } }: EdgeSite,
  request: Request,
  country: string | null,
): LeftOut | Promise<LeftOut> {
  const from =
    (address: string | null): LeftOut =>
    ({ url, ignore = false }) =>
      excluded(exclude, { url: mustParse(url), country, address, ignore });
  if (exclude.addresses.length === 0) return from(null);
  return hashAddress(vars(env).FOOTFALL_SECRET, id, addressOf(request)).then(from);
}

type LeftOut = (page: { url: string; ignore?: boolean }) => ExcludedReason | null;

/** What the platform tells of whoever sent a request. The address isn't in it: see `senderHash`. */
export function senderOf(request: Request): Sender {
  const { headers } = request;
  const cf = request.cf as Platform | undefined;
  const secure = /^https:|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(request.url);
  const userAgent = userAgentOf(request);
  const { country, region, city } = placeOf(cf);
  const language = headers.get('accept-language');
  const rules = requestRules({ headers, userAgent, language, secure, cf });
  return { userAgent, language, country, region, city, rules };
}

/** Ends here: nothing but hashes of it go on. */
function addressOf(request: Request): string {
  return request.headers.get('cf-connecting-ip') ?? '';
}

const userAgentOf = ({ headers }: Request): string => headers.get('user-agent') ?? '';

/** Today's hash of address and user agent that whoever sends too much is told by: a quick one, since nothing else hangs on it. */
export function senderHash({ salt }: EdgeSite, request: Request, userAgent = userAgentOf(request)): number {
  return quickHash([salt, addressOf(request), userAgent].join('\n'));
}

/** Who sent a request, where there is no other id: today's hash of address and user agent. */
export function strangerOf({ salt, settings }: EdgeSite, request: Request): number {
  return hashVisitor(salt, settings.id, addressOf(request), userAgentOf(request));
}

/**
 * The visitor that the site's own user is, on whatever device: a hash with the deployment's secret, so that nobody who has
 * the database alone can find out who it was.
 */
export function visitorOfUser(env: Bindings, { id }: { id: number }, user: string): number {
  return hashVisitor(vars(env).FOOTFALL_SECRET, id, 'user', user);
}

/** The visitor's own id, or, where the site or the browser keeps none, the sender's. */
export function visitorOf(site: EdgeSite, request: Request, own: number | undefined): number {
  return own !== undefined && site.settings.mode === 'persistent' ? own : strangerOf(site, request);
}
