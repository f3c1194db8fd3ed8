import Bowser from 'bowser';

/** What a user agent says of itself; null where it doesn't. The text itself never leaves the edge. */
export interface Agent {
  browser: string | null;
  /** Major version. */
  browser_version: string | null;
  os: string | null;
  /** Major and minor version. */
  os_version: string | null;
  device: 'Desktop' | 'Mobile' | 'Tablet' | 'TV' | null;
}

/** Names as people say them, where Bowser's differ. */
const NAMES: Record<string, string> = {
  'Microsoft Edge': 'Edge',
  'Samsung Internet for Android': 'Samsung Internet',
};

const DEVICES: Record<string, Agent['device']> = { desktop: 'Desktop', mobile: 'Mobile', tablet: 'Tablet', tv: 'TV' };

const UNKNOWN: Agent = { browser: null, browser_version: null, os: null, os_version: null, device: null };

/** One isolate meets the same few hundred user agents again and again. */
const known = new Map<string, Agent>();
const KNOWN_MAX = 2_000;

/** Browser, system and device class of a `User-Agent` header. */
export function agent(userAgent: string): Agent {
  if (!userAgent) return UNKNOWN;
  let parsed = known.get(userAgent);
  if (!parsed) {
    if (known.size >= KNOWN_MAX) known.clear();
    parsed = parse(userAgent);
    known.set(userAgent, parsed);
  }
  return parsed;
}

function parse(userAgent: string): Agent {
  const { browser, os, platform } = Bowser.parse(userAgent.slice(0, 512));
  return {
    browser: browser.name ? (NAMES[browser.name] ?? browser.name) : null,
    browser_version: browser.version?.split('.')[0] || null,
    os: os.name ?? null,
    os_version: os.version?.split('.').slice(0, 2).join('.') ?? null,
    device: DEVICES[platform.type ?? ''] ?? null,
  };
}

/** Plausible's screen classes, by width in CSS pixels: https://plausible.io/docs/devices */
export function screenClass(width: number | undefined): string | null {
  if (!width || width <= 0) return null;
  if (width < 576) return 'Mobile';
  if (width < 992) return 'Tablet';
  if (width < 1440) return 'Laptop';
  return 'Desktop';
}
