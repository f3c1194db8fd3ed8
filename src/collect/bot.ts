import { isbot } from 'isbot';
import { BOT_RULES, type BotRule } from '../contract/bots.ts';
import { remembering } from '../contract/remember.ts';

/** What the rules look at in a request. `secure`: browsers send client hints and fetch metadata, as they do over TLS only. */
export interface Asked {
  headers: Pick<Headers, 'get'>;
  /** As `headers` have them: each look into those costs. */
  userAgent: string;
  language: string | null;
  secure: boolean;
  cf: Platform | undefined;
}

/** As much of `request.cf` as is used here; the bot management part is there on plans that have it. */
export interface Platform {
  asn?: number | undefined;
  tlsVersion?: string;
  httpProtocol?: string;
  country?: string | undefined;
  region?: string | undefined;
  regionCode?: string | undefined;
  city?: string | undefined;
  botManagement?: { score?: number; verifiedBot?: boolean };
}

/**
 * Networks that rent out servers. Left out on purpose: those whose addresses people get from a VPN or a privacy relay
 * (M247, DataCamp, Cloudflare, Akamai's and Fastly's edges). Numbers: https://bgp.tools
 */
const DATA_CENTERS = new Set([
  ...[16509, 14618, 8987], // Amazon
  ...[15169, 396982, 19527], // Google
  ...[8075, 8068], // Microsoft
  14061, // DigitalOcean
  16276, // OVH
  ...[24940, 213230, 212317], // Hetzner
  63949, // Linode
  20473, // Vultr
  31898, // Oracle
  36351, // IBM
  ...[45102, 37963], // Alibaba
  ...[132203, 45090], // Tencent
  ...[136907, 55990], // Huawei
  12876, // Scaleway
  ...[51167, 40021, 141995], // Contabo
  ...[60781, 28753, 30633], // Leaseweb
  29802, // HIVELOCITY
  62567, // DigitalOcean, New York
  26496, // GoDaddy
  8560, // IONOS
]);

/** Wider than any wall of screens. */
const SCREEN_MAX = 16_384;
/** Cloudflare's own line between likely automated and likely human. */
const SCORE_MIN = 30;

/** Bits of the rules that a request fires, whatever it carries. */
export function requestRules({ headers, userAgent, language, secure, cf }: Asked): number {
  const agent = traits(userAgent);
  const hints = headers.get('sec-ch-ua') ?? '';
  const score = cf?.botManagement?.score ?? 0;
  return (
    bit('user_agent', agent.program || hints.includes('Headless')) |
    bit('verified', cf?.botManagement?.verifiedBot === true) |
    bit('score', score > 0 && score < SCORE_MIN) |
    bit('no_language', !language) |
    bit('no_accept', !headers.get('accept')) |
    bit('no_client_hints', secure && !hints && agent.sendsHints) |
    bit('hints_differ', hints !== '' && contradicts(hints, agent.chrome)) |
    bit('no_fetch_metadata', secure && agent.sendsFetchMetadata && !headers.get('sec-fetch-mode')) |
    bit('data_center', cf?.asn !== undefined && DATA_CENTERS.has(cf.asn)) |
    bit('old_protocol', isOld(cf))
  );
}

/** Bits of the rules that a hit itself fires. */
export function hitRules({ webdriver, width }: { webdriver?: boolean; width?: number }): number {
  const screen = width !== undefined && !(width >= 1 && width <= SCREEN_MAX);
  return bit('webdriver', webdriver === true) | bit('screen', screen);
}

const CHROME = /\bChrome\/(\d{1,4})/;
const FIREFOX = /\bFirefox\/(\d{1,4})/;
const SAFARI = /\bVersion\/(\d{1,4}\.\d{1,2}).*\bSafari\//;

/** Version of a browser in a user agent, 0 when it is another one. */
function version(userAgent: string, browser: RegExp): number {
  return Number(browser.exec(userAgent)?.[1] ?? 0);
}

/** What the rules want to know of a user agent. */
const traits = remembering(2_000, (userAgent) => {
  const chrome = version(userAgent, CHROME);
  return {
    program: !userAgent || isbot(userAgent),
    /** Version of Chrome, 0 when it is another browser. */
    chrome,
    sendsHints: chrome >= 89 && !userAgent.includes('; wv)'),
    sendsFetchMetadata: sendsFetchMetadata(userAgent),
  };
});

/** Only Chromium sends hints, and its version stands in both. */
function contradicts(hints: string, chrome: number): boolean {
  const chromium = Number(/"Chromium";v="(\d{1,4})/.exec(hints)?.[1] ?? chrome);
  return chrome === 0 || chrome !== chromium;
}

/** Since when: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Mode#browser_compatibility */
function sendsFetchMetadata(userAgent: string): boolean {
  const chrome = version(userAgent, CHROME);
  if (chrome > 0) return chrome >= 76 && !userAgent.includes('; wv)');
  return version(userAgent, FIREFOX) >= 90 || version(userAgent, SAFARI) >= 16.4;
}

function isOld({ tlsVersion, httpProtocol }: Platform = {}): boolean {
  return /^TLSv1(\.1)?$/.test(tlsVersion ?? '') || /^HTTP\/(1\.0|0\.9)$/.test(httpProtocol ?? '');
}

const bit = (rule: BotRule, fired: boolean): number => (fired ? BOT_RULES[rule].bit : 0);
