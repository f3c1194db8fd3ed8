import { remembering } from './remember.ts';

/** An address taken apart, as `URL` does it. Plain fields: those of `URL` are worked out anew each time they are read. */
export type Parts = Readonly<Pick<URL, 'href' | 'protocol' | 'host' | 'hostname' | 'pathname' | 'search' | 'hash'>>;

/** An absolute address, taken apart; null for what is none. The same pages and referrers come again and again. */
export const partsOf = remembering(2_000, (text): Parts | null => {
  if (!URL.canParse(text)) return null;
  const { href, protocol, host, hostname, pathname, search, hash } = new URL(text);
  return { href, protocol, host, hostname, pathname, search, hash };
});

/** The same of an address that was checked. @throws TypeError as `URL` does */
export function mustParse(text: string): Parts {
  const parts = partsOf(text);
  if (!parts) throw new TypeError(`Not an absolute address: ${text}`);
  return parts;
}

/** Whether a host is a site's domain or below it; `www.` and the port are no difference. */
export function isOfSite(hostname: string, domain: string): boolean {
  const own = (URL.parse(`http://${domain}`)?.hostname ?? domain).replace(/^www\./, '');
  return hostname === own || hostname.endsWith(`.${own}`);
}
