import { collectorOf, type Settings } from '../collectors.ts';
import { type Bindings, vars } from '../env.ts';
import { Problem } from '../problem.ts';
import type { EdgeSettings } from './collector.ts';
import type { Sender } from './enrich.ts';
import { readKey } from './key.ts';
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

/** Whether the browser asks, by Global Privacy Control, to be left out: https://www.w3.org/TR/gpc/ */
export function optedOut({ settings }: EdgeSite, request: Request): boolean {
  return settings.gpc && request.headers.get('sec-gpc') === '1';
}

/** What the platform tells of whoever sent a request. The address isn't in it: see `senderHash`. */
export function senderOf(request: Request): Sender {
  const cf = request.cf as Partial<IncomingRequestCfProperties> | undefined;
  return {
    userAgent: request.headers.get('user-agent') ?? '',
    language: request.headers.get('accept-language'),
    country: cf?.country ?? null,
    region: cf?.region ?? null,
    city: cf?.city ?? null,
  };
}

/** Today's hash of address and user agent: the visitor where there is no other id, and whoever sends too much. */
export function senderHash(site: EdgeSite, request: Request): Promise<number> {
  const address = request.headers.get('cf-connecting-ip') ?? '';
  return hashVisitor(site.salt, site.settings.id, address, request.headers.get('user-agent') ?? '');
}

/** The visitor's own id, or, where the site or the browser keeps none, the sender's hash. */
export function visitorOf(site: EdgeSite, sender: number, own: number | undefined): number {
  return own !== undefined && site.settings.mode === 'persistent' ? own : sender;
}
