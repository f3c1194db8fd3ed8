import { viewNumber } from '../collect/view.ts';
import { LIMITS, PAGEVIEW } from '../contract/wire.ts';

/** What the clients of other products have in common: they send what they like, and number nothing. */

type Props = Record<string, string | number | boolean>;

/** A body's fields, none of them of a known type. */
export type Fields = { readonly [name: string]: unknown };

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** A number, or text that is one; nothing else is asked what number it might be. */
export const numberOf = (value: unknown): number =>
  typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;

/** JSON in a string, as older clients send what is nested; anything else is itself. */
export function unpacked(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** A page's address, whole. Apps say `app://localhost/screen`, servers `/path`: both get the site's own host. */
export function wholeUrl(given: string, host: string): string | null {
  const url = URL.parse(given) ?? URL.parse(given, `https://${host}/`);
  if (!url) return null;
  if (/^https?:$/.test(url.protocol)) return url.href;
  return url.host ? (URL.parse(url.pathname + url.search + url.hash, `https://${host}/`)?.href ?? null) : null;
}

/** Properties as we keep them: text, numbers, booleans; what is empty goes, and what is too much. */
export function plainProps(value: unknown): Props | undefined {
  const kept = isFields(value) ? Object.entries(value).filter(isPlain).slice(0, LIMITS.props) : [];
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

function isPlain(entry: [string, unknown]): entry is [string, string | number | boolean] {
  const [key, value] = entry;
  if (key === '' || key.length > LIMITS.propKeyChars) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

/**
 * What a view of a page is numbered by, and what a report of engagement names: see `viewNumber`.
 * @param random 32 random bits
 */
export function numbered(name: string, url: string, hash: boolean, random: number): { seq?: number } {
  return name === PAGEVIEW ? { seq: viewNumber(pageOf(url, hash), random) } : {};
}

export function pageOf(url: string, hash: boolean): string {
  const parsed = new URL(url);
  return parsed.host + parsed.pathname + (hash ? parsed.hash : '');
}
