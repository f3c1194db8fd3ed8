import { locale } from './words/language.ts';

/** What codes are called: `EE` Estonia, `et` Estonian. Regions and cities come as names. Pure but for the browser's own tables. */

const tables = new Map<string, Intl.DisplayNames>();

function names(type: 'region' | 'language'): Intl.DisplayNames {
  const name = `${locale()} ${type}`;
  const known = tables.get(name) ?? new Intl.DisplayNames(locale(), { type, fallback: 'none' });
  tables.set(name, known);
  return known;
}

export function country(code: string): string {
  if (code === 'T1') return 'Tor'; // Cloudflare's word for it
  try {
    return names('region').of(code.toUpperCase()) ?? code;
  } catch {
    return code;
  }
}

export function language(tag: string): string {
  try {
    return names('language').of(tag) ?? tag;
  } catch {
    return tag;
  }
}
