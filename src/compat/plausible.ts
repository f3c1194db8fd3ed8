import { viewNumber } from '../collect/view.ts';
import { Revenue } from '../contract/hit.ts';
import { ENGAGEMENT, type Hit } from '../contract/wire.ts';
import { Problem } from '../problem.ts';
import {
  type Fields,
  isFields,
  numbered,
  numberOf,
  pageOf,
  plainProps,
  textOf,
  unpacked,
  wholeUrl,
} from './foreign.ts';

/**
 * Plausible's events in our words. Its trackers say `n u d r p $ h`, its Events API says `name url domain referrer props
 * revenue`; old trackers pack what is nested as JSON into a string.
 * @see https://plausible.io/docs/events-api
 */
export interface PlausibleEvent {
  /** The sites it goes to: a tracker may name several, separated by commas. */
  domains: string[];
  /** The page's `#hash` is a part of its name. */
  hash: boolean;
  /** Not checked yet. */
  hit: Hit;
}

/** Sites that one event may go to. */
const DOMAINS_MAX = 10;
/** Longer engagement is a fault of old trackers, and left out: milliseconds. */
const ENGAGED_MAX_MS = 30 * 86_400_000;

/**
 * @param random 32 random bits
 * @throws Problem `bad_request`, where Plausible answers 400
 */
export function fromPlausible(body: unknown, random: number): PlausibleEvent {
  if (!isFields(body)) throw new Problem('bad_request', 'An event is a JSON object.');
  const given = textOf(body.u) ?? textOf(body.url);
  if (!given) throw new Problem('bad_request', 'url: is required');
  const domains = domainsOf(textOf(body.d) ?? textOf(body.domain) ?? URL.parse(given)?.hostname ?? '');
  const [domain] = domains;
  if (!domain) throw new Problem('bad_request', "domain: can't be blank");
  const url = wholeUrl(given, domain);
  if (!url) throw new Problem('bad_request', 'url: must be a valid url');
  const name = nameOf(body.n) ?? nameOf(body.name);
  if (!name) throw new Problem('bad_request', "event_name: can't be blank");
  const hash = numberOf(body.h ?? body.hashMode) === 1;
  if (name === ENGAGEMENT) return { domains, hash, hit: engagement(body, url, hash) };
  const referrer = textOf(body.r) ?? textOf(body.referrer);
  const width = numberOf(body.w ?? body.screen_width);
  const props = plainProps(unpacked(body.m ?? body.meta ?? body.p ?? body.props));
  const revenue = Revenue.safeParse(unpacked(body.$ ?? body.revenue));
  const hit: Hit = {
    name,
    url,
    ...numbered(name, url, hash, random),
    ...(referrer ? { referrer } : {}),
    ...(props ? { props } : {}),
    ...(revenue.success ? { revenue: revenue.data } : {}),
    ...((body.i ?? body.interactive) === false ? { interactive: false } : {}),
    ...(width > 0 && Number.isFinite(width) ? { width } : {}),
  };
  return { domains, hash, hit };
}

function domainsOf(given: string): string[] {
  const domains = given.split(',').map((domain) => domain.trim().toLowerCase());
  return [...new Set(domains.filter(Boolean))].slice(0, DOMAINS_MAX);
}

/** Whole numbers are names, too: trackers of missing pages send 404. */
function nameOf(value: unknown): string | undefined {
  return Number.isInteger(value) ? String(value) : textOf(value);
}

/** Time and depth of a page, since the last report: ours are sums, so that these are added. */
function engagement(body: Fields, url: string, hash: boolean): Hit {
  const [engaged, scroll] = [whole(body.e), whole(body.sd)];
  const time = engaged !== undefined && engaged < ENGAGED_MAX_MS ? engaged : undefined;
  if (time === undefined && scroll === undefined) {
    throw new Problem('bad_request', 'event_name: engagement needs a whole number in at least one of sd and e');
  }
  const of = viewNumber(pageOf(url, hash), 0);
  return { name: ENGAGEMENT, url, of, engaged: time ?? 0, scroll: Math.min(scroll ?? 0, 100) };
}

function whole(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
