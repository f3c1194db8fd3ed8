import { type BotSettings, verdict } from '../contract/bots.ts';
import { readable } from '../contract/exclude.ts';
import type { CheckedHit } from '../contract/hit.ts';
import { remembering } from '../contract/remember.ts';
import { mustParse, type Parts, partsOf } from '../contract/url.ts';
import { ENGAGEMENT, LIMITS, NOT_FOUND, PAGEVIEW, type Track } from '../contract/wire.ts';
import type { TermKind } from '../db/schema.ts';
import { agent, screenClass } from './agent.ts';
import { hitRules } from './bot.ts';
import { origin } from './channel.ts';
import { clean, clip } from './text.ts';

/** What the edge knows of a request, apart from its body. Address and user agent are used here and go no further. */
export interface Sender {
  userAgent: string;
  /** `Accept-Language`, for hits that don't say. */
  language: string | null;
  country: string | null;
  region: string | null;
  city: string | null;
  /** `BOT_RULES` that the request fires, as bits. */
  rules: number;
}

/** Columns of a visit, as text. */
export type Facts = Partial<Record<Exclude<TermKind, 'event' | 'path' | 'title' | 'currency' | 'element'>, string>>;

/** A hit with everything derived: what a collector takes. Carries no address and no user agent. */
export interface Enriched {
  kind: 'pageview' | 'event' | 'engagement';
  visitor: number;
  /** The visitor that the site's own user is, where the site named one. */
  user?: number;
  /** Today's hash of address and browser: whoever sends too much is told by it. Not kept. */
  sender: number;
  /** The browser's own visit id, 0 when it has none. */
  client: number;
  /** The browser's number of this hit, null when it gave none. */
  seq: number | null;
  /** Milliseconds since 1970, server clock. */
  time: number;
  name: string;
  page: string;
  title?: string;
  hostname: string;
  bot: boolean;
  /** `BOT_RULES` that fired, as bits. */
  rules: number;
  /** No person did it. */
  quiet?: true;
  facts: Facts;
  props?: Record<string, string | number | boolean>;
  amount?: string;
  currency?: string;
  of?: number;
  engaged?: number;
  scroll?: number;
  /** See `Added`. */
  adds?: true;
}

/** A report of engagement that names its page instead of a page view (see `viewNumber`), and adds to what was reported. */
export interface Added {
  adds?: true;
}

/** A day is more than anyone looks at one page. */
const ENGAGED_MAX_MS = 86_400_000;

/**
 * Derives what is stored from what was sent.
 * @param who the visitor's id, the page's own or derived; the user's, where the site named one; and the sender's hash
 * @param now milliseconds since 1970
 * @param site whether its pages differ by their `#hash`, whether it believes ids that browsers keep, whom it takes for a
 *   bot, whether what it calls its users stays here, and whether it wants to know titles
 */
export function enrich(
  hit: CheckedHit & Added,
  sender: Sender,
  who: { visitor: number; user?: number | undefined; sender: number },
  now: number,
  site: {
    hash: boolean;
    mode: 'persistent' | 'cookieless';
    hash_identify: boolean;
    track?: Partial<Track>;
  } & BotSettings,
): Enriched {
  const url = mustParse(hit.url);
  const rules = sender.rules | hitRules(hit);
  const kind = hit.name === PAGEVIEW ? 'pageview' : hit.name === ENGAGEMENT ? 'engagement' : 'event';
  const enriched: Enriched = {
    kind,
    visitor: who.visitor,
    sender: who.sender,
    client: site.mode === 'persistent' ? (hit.session ?? 0) : 0,
    seq: hit.seq ?? null,
    time: now - bounded(hit.age ?? 0, 0, LIMITS.ageMs),
    name: clip(hit.name, LIMITS.termBytes),
    page: pageOf(url, site),
    hostname: clip(url.hostname.replace(/^www\./, ''), LIMITS.termBytes),
    bot: verdict(rules, site).bot,
    rules,
    facts: kind === 'engagement' ? {} : facts(hit, url, sender),
  };
  if (who.user !== undefined) enriched.user = who.user;
  const title = kind === 'engagement' || site.track?.titles === false ? '' : titleOf(hit.title ?? '');
  if (title) enriched.title = title;
  const given = hit.props ? props(hit.props) : {};
  if (hit.name === NOT_FOUND) given.path ??= enriched.page;
  if (hit.user !== undefined && site.hash_identify === false) given.user ??= clean(hit.user);
  if (Object.keys(given).length > 0) enriched.props = given;
  if (hit.interactive === false) enriched.quiet = true;
  if (hit.revenue) {
    enriched.amount = hit.revenue.amount;
    enriched.currency = hit.revenue.currency.toUpperCase();
  }
  if (kind === 'engagement') {
    enriched.of = hit.of ?? 0;
    if (hit.adds) enriched.adds = true;
    enriched.engaged = Math.round(bounded(hit.engaged ?? 0, 0, ENGAGED_MAX_MS));
    enriched.scroll = Math.round(bounded(hit.scroll ?? 0, 0, 100));
  }
  return enriched;
}

/** What a page is called by its address. */
export const pageOf = (url: Parts, { hash }: { hash: boolean }): string =>
  clip(readable(url.pathname) + (hash ? url.hash : ''), LIMITS.termBytes);

/** A page's title as browsers have it, with single spaces, whoever sent it. */
const titleOf = (title: string): string =>
  clip(title.slice(0, LIMITS.titleChars).replace(/\s+/g, ' ').trim(), LIMITS.termBytes);

function facts(hit: CheckedHit, url: Parts, sender: Sender): Facts {
  const { browser, browser_version, os, os_version, device } = agent(sender.userAgent);
  const referrer = hit.referrer ? partsOf(hit.referrer) : null;
  const from = origin(url, referrer && /^(https?|android-app):$/.test(referrer.protocol) ? referrer : null);
  const kept: Facts = {};
  const keep = (name: keyof Facts, value: string | null) => {
    if (value) kept[name] = clip(value, LIMITS.termBytes);
  };
  for (const name in from) keep(name as keyof typeof from, from[name as keyof typeof from]);
  keep('hostname', url.hostname.replace(/^www\./, ''));
  keep('country', sender.country);
  keep('region', sender.region);
  keep('city', sender.city);
  keep('browser', browser);
  keep('browser_version', browser && browser_version);
  keep('os', os);
  keep('os_version', os && os_version);
  keep('device', device);
  keep('screen', screenClass(hit.width));
  keep('language', language(hit.language ?? sender.language ?? ''));
  return kept;
}

/** `en-GB`, `pt`; null for what is no language tag. */
const language = remembering(1_000, (tag): string | null => {
  const first = tag.split(/[,;]/)[0]?.trim() ?? '';
  return /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$/.test(first) ? first.replaceAll('_', '-') : null;
});

function props(given: Record<string, string | number | boolean>): Record<string, string | number | boolean> {
  const cleaned = Object.entries(given).map(([key, value]) => [
    clean(key),
    typeof value === 'string' ? clean(value.slice(0, LIMITS.propValueChars)) : value,
  ]);
  return Object.fromEntries(cleaned);
}

function bounded(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
