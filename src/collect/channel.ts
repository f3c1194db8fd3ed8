import { ReferrerParser } from '@tryghost/referrer-parser';

/** Where a visit came from. `source` and `referrer` are null for a direct one. */
export interface Origin {
  /** Referring host and path, without query: `news.ycombinator.com/item`. */
  referrer: string | null;
  source: string | null;
  channel: string;
  utm_source: string | null;
  utm_medium: string | null;
  utm_campaign: string | null;
  utm_content: string | null;
  utm_term: string | null;
}

const parser = new ReferrerParser();

/** What the public list said, by referring host and path: it is sorted anew for each question, which takes a millisecond. */
const asked = new Map<string, { source: string; medium: string }>();
const ASKED_MAX = 5_000;

/** What the public list doesn't know yet: AI assistants, above all. Host suffix → source, medium. */
const MORE: Record<string, [source: string, medium: string]> = {
  'chatgpt.com': ['ChatGPT', 'ai'],
  'chat.openai.com': ['ChatGPT', 'ai'],
  'perplexity.ai': ['Perplexity', 'ai'],
  'claude.ai': ['Claude', 'ai'],
  'gemini.google.com': ['Gemini', 'ai'],
  'copilot.microsoft.com': ['Copilot', 'ai'],
  'chat.deepseek.com': ['DeepSeek', 'ai'],
  'chat.mistral.ai': ['Le Chat', 'ai'],
  'grok.com': ['Grok', 'ai'],
  'meta.ai': ['Meta AI', 'ai'],
  'poe.com': ['Poe', 'ai'],
  'you.com': ['You.com', 'ai'],
  'phind.com': ['Phind', 'ai'],
  'tiktok.com': ['TikTok', 'video'],
  'youtube.com': ['YouTube', 'video'],
  'youtu.be': ['YouTube', 'video'],
  'vimeo.com': ['Vimeo', 'video'],
  'twitch.tv': ['Twitch', 'video'],
  'dailymotion.com': ['Dailymotion', 'video'],
  'threads.net': ['Threads', 'social'],
  'threads.com': ['Threads', 'social'],
  'x.com': ['X', 'social'],
  't.co': ['X', 'social'],
  'twitter.com': ['X', 'social'],
  'lobste.rs': ['Lobsters', 'social'],
  'discord.com': ['Discord', 'social'],
  'search.brave.com': ['Brave', 'search'],
  'kagi.com': ['Kagi', 'search'],
  'ecosia.org': ['Ecosia', 'search'],
};

/** utm_source as people write it → the source it means. */
const SPELLINGS: Record<string, string> = {
  google: 'Google',
  adwords: 'Google',
  bing: 'Bing',
  duckduckgo: 'DuckDuckGo',
  facebook: 'Facebook',
  fb: 'Facebook',
  instagram: 'Instagram',
  ig: 'Instagram',
  twitter: 'X',
  x: 'X',
  linkedin: 'LinkedIn',
  reddit: 'Reddit',
  youtube: 'YouTube',
  tiktok: 'TikTok',
  'chatgpt.com': 'ChatGPT',
  chatgpt: 'ChatGPT',
  perplexity: 'Perplexity',
};

/** A click id tells a paid click, and whose. */
const CLICK_IDS: [parameter: string, source: string, channel: string][] = [
  ['gclid', 'Google', 'Paid Search'],
  ['gbraid', 'Google', 'Paid Search'],
  ['wbraid', 'Google', 'Paid Search'],
  ['msclkid', 'Bing', 'Paid Search'],
];

const CHANNEL_OF_MEDIUM: Record<string, string> = {
  search: 'Organic Search',
  social: 'Organic Social',
  video: 'Organic Video',
  email: 'Email',
  ai: 'AI Assistants',
  paid: 'Display',
};

const SEARCH_SOURCES = /^(google|bing|duckduckgo|yahoo!?|yandex|baidu|ecosia|brave|kagi|qwant|startpage)$/i;
const SOCIAL_SOURCES =
  /^(facebook|instagram|x|linkedin|reddit|pinterest|threads|bluesky|mastodon|hacker news|lobsters|snapchat|whatsapp|discord)$/i;
const VIDEO_SOURCES = /^(youtube|tiktok|vimeo|twitch|dailymotion)$/i;

/**
 * Source and channel of a visit, from its first page's address and referrer. Channels are those of Plausible, which
 * follow Google Analytics 4: https://plausible.io/docs/top-referrers#channels
 */
export function origin(page: URL, referrer: URL | null): Origin {
  const utm = (name: string) => page.searchParams.get(name)?.trim() || null;
  const utmSource = utm('utm_source') ?? utm('source') ?? utm('ref');
  const medium = utm('utm_medium');
  const campaign = utm('utm_campaign');
  const from = referrer && bareHost(referrer) !== bareHost(page) ? referrer : null;
  const known = from ? lookUp(from) : null;
  const click = CLICK_IDS.find(([parameter]) => page.searchParams.has(parameter));
  const source =
    (utmSource && (SPELLINGS[utmSource.toLowerCase()] ?? utmSource)) ?? known?.source ?? click?.[1] ?? null;
  return {
    referrer: from ? bareHost(from) + (from.pathname === '/' ? '' : from.pathname) : null,
    source,
    channel: channel(source, medium?.toLowerCase() ?? null, campaign, known?.medium ?? null, click?.[2] ?? null),
    utm_source: utm('utm_source'),
    utm_medium: medium,
    utm_campaign: campaign,
    utm_content: utm('utm_content'),
    utm_term: utm('utm_term'),
  };
}

function channel(
  source: string | null,
  medium: string | null,
  campaign: string | null,
  known: string | null,
  clicked: string | null,
): string {
  const paid = medium !== null && /^(.*cp.*|ppc|retargeting|paid.*)$/.test(medium);
  const kind = known ?? (source ? kindOf(source) : null);
  if (campaign && /cross-network/i.test(campaign)) return 'Cross-network';
  if (paid && kind === 'search') return 'Paid Search';
  if (clicked) return clicked;
  if (paid && kind === 'social') return 'Paid Social';
  if (paid && kind === 'video') return 'Paid Video';
  if (medium && /^(display|banner|expandable|interstitial|cpm)$/.test(medium)) return 'Display';
  if (paid) return 'Paid Other';
  if (medium && /^(social|social-network|social-media|sm|social network|social media)$/.test(medium)) {
    return 'Organic Social';
  }
  if (medium === 'video') return 'Organic Video';
  if (medium && /^(e-?mail|newsletter|e_mail|e mail)$/.test(medium)) return 'Email';
  if (source && /^(e-?mail|newsletter|e_mail|e mail)$/i.test(source)) return 'Email';
  if (medium && /^affiliate/.test(medium)) return 'Affiliates';
  if (medium === 'audio') return 'Audio';
  if (medium === 'sms' || source?.toLowerCase() === 'sms') return 'SMS';
  if (medium && /(push$|mobile|notification)/.test(medium)) return 'Mobile Push Notifications';
  if (medium === 'organic') return 'Organic Search';
  if (kind) return CHANNEL_OF_MEDIUM[kind] ?? 'Referral';
  return source || medium ? 'Referral' : 'Direct';
}

function kindOf(source: string): string | null {
  if (SEARCH_SOURCES.test(source)) return 'search';
  if (SOCIAL_SOURCES.test(source)) return 'social';
  if (VIDEO_SOURCES.test(source)) return 'video';
  return Object.values(MORE).find(([name]) => name === source)?.[1] ?? null;
}

function lookUp(referrer: URL): { source: string; medium: string } {
  const host = bareHost(referrer);
  for (let suffix = host; suffix.includes('.'); suffix = suffix.slice(suffix.indexOf('.') + 1)) {
    const more = Object.hasOwn(MORE, suffix) ? MORE[suffix] : undefined;
    if (more) return { source: more[0], medium: more[1] };
  }
  // The list knows paths of two steps at most.
  const place = referrer.protocol + referrer.host + /^(\/[^/]*){0,2}\/?/.exec(referrer.pathname)?.[0];
  let known = asked.get(place);
  if (!known) {
    const { referrerSource, referrerMedium } = parser.parse(referrer.href);
    known = { source: referrerSource ?? host, medium: referrerMedium ?? 'referral' };
    if (asked.size >= ASKED_MAX) asked.clear();
    asked.set(place, known);
  }
  return known;
}

function bareHost(url: URL): string {
  return url.host.replace(/^www\./, '');
}
