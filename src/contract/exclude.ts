import { matchesPath } from './pattern.ts';
import type { Parts } from './url.ts';

/** Whose hits a site leaves out. Pure. */
export interface Exclude {
  /** Keyed hashes of addresses; the addresses themselves are kept nowhere. */
  addresses: string[];
  /** Paths; `*` stands for anything but a slash, `**` for anything. */
  paths: string[];
  /** Hostnames, without `www.`; `*.example.com` stands for any below it. */
  hostnames: string[];
  /** ISO 3166-1 alpha-2. */
  countries: string[];
}

export const NOTHING_EXCLUDED: Exclude = { addresses: [], paths: [], hostnames: [], countries: [] };

/** Why a hit was left out: `X-Footfall-Reason` and the status page say it. */
export type ExcludedReason =
  | 'excluded_self'
  | 'excluded_address'
  | 'excluded_country'
  | 'excluded_hostname'
  | 'excluded_path';

export interface Excludable {
  /** The page's address. */
  url: Pick<Parts, 'hostname' | 'pathname'>;
  country: string | null;
  /** Hash of the sender's address, null when nobody asks for it. */
  address: string | null;
  /** The browser says that it is the owner's. */
  ignore: boolean;
}

/** Why a hit is to be left out, null when it isn't. */
export function excluded(exclude: Exclude, { url, country, address, ignore }: Excludable): ExcludedReason | null {
  if (ignore) return 'excluded_self';
  if (address !== null && exclude.addresses.includes(address)) return 'excluded_address';
  if (country !== null && exclude.countries.includes(country)) return 'excluded_country';
  if (exclude.hostnames.length > 0) {
    const hostname = url.hostname.replace(/^www\./, '');
    if (exclude.hostnames.some((pattern) => matchesHost(pattern, hostname))) return 'excluded_hostname';
  }
  if (exclude.paths.length === 0) return null;
  const path = readable(url.pathname);
  return exclude.paths.some((pattern) => matchesPath(pattern, path)) ? 'excluded_path' : null;
}

function matchesHost(pattern: string, hostname: string): boolean {
  return pattern.startsWith('*.') ? hostname.endsWith(pattern.slice(1)) : hostname === pattern;
}

/** A path as people read it: `/kohv/õ`, not `/kohv/%C3%B5`; left alone when it isn't valid UTF-8. */
export function readable(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
