import type { SheetName } from '../../src/contract/wire.ts';
import { gzip } from './gzip.ts';

/** SHA-256 in hex. */
const hashOf = async (text: string) => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => (byte + 256).toString(16).slice(1)).join('');
};

/** Style sheets of 2,000 characters and more in events as JSON: within a text their quotation marks would be escaped. */
const SHEETS = /"_cssText":"(?:[^"\\]|\\.){2000,}"/g;

/**
 * Sends style sheets apart, each once for all of the site's visitors, and names them in the chunk where they stood. Whatever
 * the site can't take stays where it is; so does everything on an insecure origin, which has no `crypto.subtle`.
 * What the site was found to have the browser's own cache knows, for a day.
 * @param json events, masked
 * @param url where chunks go
 */
export async function apart(json: string, url: string): Promise<string> {
  const found = [...new Set(json.match(SHEETS))];
  if (!found.length) return json;
  try {
    const texts = found.map((sheet) => JSON.parse(`{${sheet}}`)._cssText as string);
    const hashes = await Promise.all(texts.map(hashOf));
    const asked = await fetch(`${url}/sheets/${hashes}`, { credentials: 'omit' });
    const missing = (await asked.json()) as string[];
    for (const [i, hash] of hashes.entries()) {
      if (missing.includes(hash)) {
        const init = { method: 'POST', body: await gzip(texts[i] as string), credentials: 'omit' } as const;
        if (!(await fetch(`${url}/sheets/${hash}`, init)).ok) continue;
      }
      json = json.replaceAll(found[i] as string, `"_cssText":"${`sha256-${hash}` satisfies SheetName}"`);
    }
  } catch {} // no crypto.subtle, no network, no answer that says so: it goes as it is
  return json;
}
