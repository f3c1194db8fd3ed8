import Bowser from 'bowser';
import { remembering } from '../contract/remember.ts';
import type { DeviceClass, ScreenClass } from '../contract/words.ts';

/** What a user agent says of itself; null where it doesn't. The text itself never leaves the edge. */
export interface Agent {
  browser: string | null;
  /** Major version. */
  browser_version: string | null;
  os: string | null;
  /** Major and minor version. */
  os_version: string | null;
  device: DeviceClass | null;
}

/** Names as people say them, where Bowser's differ. */
const NAMES: Record<string, string> = {
  'Microsoft Edge': 'Edge',
  'Samsung Internet for Android': 'Samsung Internet',
};

const DEVICES: Record<string, DeviceClass> = { desktop: 'Desktop', mobile: 'Mobile', tablet: 'Tablet', tv: 'TV' };

const UNKNOWN: Agent = { browser: null, browser_version: null, os: null, os_version: null, device: null };

/** Browser, system and device class of a `User-Agent` header. One isolate meets the same few hundred again and again. */
export const agent = remembering(2_000, (userAgent): Agent => {
  if (!userAgent) return UNKNOWN;
  const { browser, os, platform } = Bowser.parse(userAgent.slice(0, 512));
  return {
    browser: browser.name ? (NAMES[browser.name] ?? browser.name) : null,
    browser_version: browser.version?.split('.')[0] || null,
    os: os.name ?? null,
    os_version: os.version?.split('.').slice(0, 2).join('.') ?? null,
    device: DEVICES[platform.type ?? ''] ?? null,
  };
});

/** By width in CSS pixels. */
export function screenClass(width: number | undefined): ScreenClass | null {
  if (!width || width <= 0) return null;
  if (width < 576) return 'Mobile';
  if (width < 992) return 'Tablet';
  if (width < 1440) return 'Laptop';
  return 'Desktop';
}
