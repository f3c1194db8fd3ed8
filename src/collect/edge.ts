import { collectorOf, type Settings } from '../collectors.ts';
import { type ExcludedReason, excluded } from '../contract/exclude.ts';
import { mustParse } from '../contract/url.ts';
import { type Bindings, vars } from '../env.ts';
import { Problem } from '../problem.ts';
import { hashAddress } from './address.ts';
import { type Platform, requestRules } from './bot.ts';
import type { EdgeSettings } from './collector.ts';
import type { Sender } from './enrich.ts';
import { readKey } from './key.ts';
import { placeOf } from './place.ts';
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
 * The site of a public key.
 * @throws Problem `unknown_key` for a key this deployment never signed, before anything is woken; `site_deleted`
 */
export async function siteOfKey(env: Bindings, key: string, now: number): Promise<EdgeSite> {
  const id = await readKey(vars(env).FOOTFALL_SECRET, key);
  if (id === null) throw new Problem('unknown_key', 'This deployment never issued that site key.');
  return siteOfId(env, id, now);
}

/**
 * The site of a number that is known to be one of ours.
 * @throws Problem `site_deleted`
 */
export async function siteOfId(env: Bindings, id: number, now: number): Promise<EdgeSite> {
  let known = kept.get(id);
  if (!known || known.until <= now) {
    const answer = await collectorOf(env, id, 0).settings();
    if (kept.size >= KEPT_MAX) kept.clear();
    known = { until: Math.min(now + SETTINGS_MS, answer === 'unknown' ? Infinity : answer.saltUntil), answer };
    kept.set(id, known);
  }
  if (known.answer === 'unknown') throw new Problem('site_deleted', 'The site of this key is gone.');
  return known.answer;
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
export async function leftOut(env: Bindings, { settings }: EdgeSite, request: Request, country: string | null) {
  const { exclude, id } = settings;
  const address = exclude.addresses.length
    ? await hashAddress(vars(env).FOOTFALL_SECRET, id, addressOf(request))
    : null;
  return ({ url, ignore = false }: { url: string; ignore?: boolean }): ExcludedReason | null =>
    excluded(exclude, { url: mustParse(url), country, address, ignore });
}

/** What the platform tells of whoever sent a request. The address isn't in it: see `senderHash`. */
export function senderOf(request: Request): Sender {
  const cf = request.cf as Platform | undefined;
  const { protocol, hostname } = mustParse(request.url);
  const secure = protocol === 'https:' || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
  return {
    userAgent: request.headers.get('user-agent') ?? '',
    language: request.headers.get('accept-language'),
    ...placeOf(cf),
    rules: requestRules({ headers: request.headers, secure, cf }),
  };
}

/** Ends here: nothing but hashes of it go on. */
function addressOf(request: Request): string {
  return request.headers.get('cf-connecting-ip') ?? '';
}

/** Today's hash of address and user agent: the visitor where there is no other id, and whoever sends too much. */
export function senderHash(site: EdgeSite, request: Request): number {
  return hashVisitor(site.salt, site.settings.id, addressOf(request), request.headers.get('user-agent') ?? '');
}

/**
 * The visitor that the site's own user is, on whatever device: a hash with the deployment's secret, so that nobody who has
 * the database alone can find out who it was.
 */
export function userOf(env: Bindings, { settings }: EdgeSite, user: string | undefined): { user: number } | undefined {
  return user === undefined ? undefined : { user: visitorOfUser(env, settings, user) };
}

export function visitorOfUser(env: Bindings, { id }: { id: number }, user: string): number {
  return hashVisitor(vars(env).FOOTFALL_SECRET, id, 'user', user);
}

/** The visitor's own id, or, where the site or the browser keeps none, the sender's hash. */
export function visitorOf(site: EdgeSite, sender: number, own: number | undefined): number {
  return own !== undefined && site.settings.mode === 'persistent' ? own : sender;
}
