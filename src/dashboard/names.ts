/** What codes are called: `EE` Estonia, `et` Estonian. Regions and cities come as names. Pure but for the browser's own tables. */

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

export function country(code: string): string {
  if (code === 'T1') return 'Tor'; // Cloudflare's word for it
  try {
    return countries.of(code.toUpperCase()) ?? code;
  } catch {
    return code;
  }
}

export function language(tag: string): string {
  try {
    return languages.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
