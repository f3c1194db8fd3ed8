import { viewNumber } from '../collect/view.ts';
import { Revenue } from '../contract/hit.ts';
import { ENGAGEMENT, type Hit, LIMITS, PAGEVIEW } from '../contract/wire.ts';
import { Problem } from '../problem.ts';
import { type Fields, isFields, numbered, numberOf, pageOf, plainProps, textOf, wholeUrl } from './foreign.ts';

/**
 * Umami's events in our words: `{ type, payload }` with `payload.website`, a UUID.
 * @see https://umami.is/docs/api/sending-stats
 */
export interface UmamiEvent {
  website: string;
  /** Not checked yet; null for what we don't keep. */
  hit(site: { domain: string; hash: boolean }): Hit | null;
}

/** Levels of nested data that become `a.b.c`. */
const DEPTH_MAX = 4;

/**
 * @param now milliseconds since 1970
 * @param random 32 random bits
 * @throws Problem `bad_request`, where Umami answers 400
 */
export function fromUmami(body: unknown, now: number, random: number): UmamiEvent {
  const payload = isFields(body) ? body.payload : undefined;
  if (!isFields(body) || !isFields(payload)) {
    throw new Problem('bad_request', 'An event is { "type": …, "payload": { "website": … } }.');
  }
  const website = textOf(payload.website);
  if (!website) throw new Problem('bad_request', 'payload.website: a website id is required');
  const type = textOf(body.type);
  if (!type) throw new Problem('bad_request', 'type: is required');
  const hit = ({ domain, hash }: { domain: string; hash: boolean }) => {
    const host = textOf(payload.hostname) ?? domain;
    const url = wholeUrl(textOf(payload.url) ?? '/', URL.canParse(`https://${host}/`) ? host : domain);
    if (!url) throw new Problem('bad_request', 'payload.url: a path or an address');
    const age = ageOf(payload.timestamp, now);
    if (type === 'engagement') return engagement(payload, url, hash);
    const user = textOf(payload.id)?.slice(0, LIMITS.userChars);
    const told = { url, ...page(payload, url), ...(user ? { user } : {}), ...(age ? { age } : {}) };
    if (type === 'performance') return { ...told, ...vitals(payload), name: 'Web Vitals', interactive: false };
    if (type === 'identify') return { ...told, name: 'identify', interactive: false };
    if (type !== 'event') return null;
    const name = textOf(payload.name)?.slice(0, LIMITS.nameChars) ?? PAGEVIEW;
    return { ...told, name, ...numbered(name, url, hash, random) };
  };
  return { website: website.toLowerCase(), hit };
}

function page(payload: Fields, url: string): Partial<Hit> {
  const { hostname, protocol } = new URL(url);
  const title = textOf(payload.title);
  const referrer = textOf(payload.referrer);
  // A path is one of the site's own.
  const whole = referrer && URL.parse(referrer, `${protocol}//${hostname}/`)?.href;
  const width = Number.parseInt(textOf(payload.screen) ?? '', 10);
  const language = textOf(payload.language);
  const data = flat(payload.data);
  const props = plainProps({ ...data, ...(textOf(payload.tag) ? { tag: payload.tag } : {}) });
  const revenue = Revenue.safeParse({ amount: data.revenue, currency: data.currency });
  return {
    ...(title ? { title } : {}),
    ...(whole ? { referrer: whole } : {}),
    ...(props ? { props } : {}),
    ...(revenue.success ? { revenue: revenue.data } : {}),
    ...(width > 0 ? { width } : {}),
    ...(language ? { language } : {}),
  };
}

/** As our own snippet tells them. */
function vitals({ ttfb, fcp, lcp, inp, cls }: Fields): Partial<Hit> {
  const props = plainProps({ ttfb, fcp, lcp, inp, cls });
  return props ? { props } : {};
}

/** `{ a: { b: 1 }, c: [2] }` as `{ 'a.b': 1, c: '[2]' }`, as Umami keeps it. */
function flat(data: unknown): Fields {
  const all: [string, unknown][] = [];
  const walk = (value: unknown, path: string, depth: number): void => {
    if (Array.isArray(value)) all.push([path, listed(value)]);
    else if (!isFields(value)) all.push([path, value]);
    else if (depth < DEPTH_MAX) {
      for (const [key, part] of Object.entries(value)) walk(part, path ? `${path}.${key}` : key, depth + 1);
    }
  };
  walk(data, '', 0);
  return Object.fromEntries(all);
}

/** A list as text; one that is nested beyond reason is left out. */
function listed(value: unknown[]): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

function engagement({ engagement }: Fields, url: string, hash: boolean): Hit | null {
  if (typeof engagement !== 'number') return null;
  return { name: ENGAGEMENT, url, of: viewNumber(pageOf(url, hash), 0), engaged: engagement };
}

/** Milliseconds since a Unix time in seconds, as senders of the past give it. */
function ageOf(timestamp: unknown, now: number): number {
  const at = numberOf(timestamp) * 1000;
  return Number.isFinite(at) ? Math.max(0, now - at) : 0;
}
