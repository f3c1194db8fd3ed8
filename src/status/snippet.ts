import type { PageCheck } from '../contract/api.ts';
import { refusing } from './policy.ts';

/** A page as its server sent it. */
export interface Page {
  url: URL;
  html: string;
  /** Its Content-Security-Policy, of the header. */
  policy: string | null;
}

/** An address of ours in a page. */
interface Mention {
  key: string;
  as: 'script' | 'pixel';
  origin: string;
  /** Of the tag that loads it, null when that has none; undefined when nothing but a script speaks of it. */
  nonce?: string | null | undefined;
}

/** Each attribute, or what of it is there when the page ends. */
const ATTRIBUTES = `(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^"'>])*`;

/** Comments, scripts with what is in them, and other tags that matter. Whatever isn't closed goes to the end: one pass does it. */
const PIECES = new RegExp(
  `<!--[^]*?(?:-->|$)|<(script)\\b(${ATTRIBUTES})(?:>|$)([^]*?)(?:</script|$)|<(img|link|meta)\\b(${ATTRIBUTES})(?:>|$)`,
  'gi',
);

const ADDRESS = /\/(?:s\/([\w-]{16})\.m?js|p\/([\w-]{16})\.gif)/g;

/** Characters before an address's path that can be its host. */
const BEFORE = 300;

/** Whether a page has a site's snippet, and what its policy says to that. Other keys count on our own host alone. */
export function findSnippet(page: Page, { origin, key }: { origin: string; key: string }) {
  const policies = page.policy === null ? [] : [page.policy];
  const mentions: Mention[] = [];
  for (const [, script, attributes = '', text = '', other, ofOther = ''] of page.html.matchAll(PIECES)) {
    if (script) {
      const nonce = attribute(attributes, 'nonce');
      mentions.push(...mentioned(attributes, page.url).map((one) => ({ ...one, nonce })), ...mentioned(text, page.url));
    } else if (other?.toLowerCase() === 'meta') {
      const equiv = attribute(ofOther, 'http-equiv')?.toLowerCase();
      if (equiv === 'content-security-policy') policies.push(attribute(ofOther, 'content') ?? '');
    } else mentions.push(...mentioned(ofOther, page.url));
  }
  const own = mentions.filter((one) => one.key === key);
  // A tag tells more than a script that speaks of the address, and a script does more than a picture.
  const best = own.find(({ nonce }) => nonce !== undefined) ?? own.find(({ as }) => as === 'script') ?? own[0];
  const snippet = best ? 'found' : mentions.some((one) => one.origin === origin) ? 'other_key' : 'missing';
  return {
    snippet,
    refused_by: refusal(page, policies, best ?? { as: 'script', origin, key }),
  } satisfies Partial<PageCheck>;
}

function refusal({ url }: Page, policies: string[], { as, origin, key, nonce }: Mention) {
  const at = (path: string) => new URL(path, origin);
  if (as === 'pixel') return refusing(policies, { as, url: at(`/p/${key}.gif`) }, url);
  return (
    refusing(policies, { as, url: at(`/s/${key}.js`), nonce }, url) ??
    refusing(policies, { as: 'hit', url: at(`/e/${key}`) }, url)
  );
}

function mentioned(written: string, page: URL): Mention[] {
  // As JSON in a script may have it.
  const text = written.replaceAll('\\/', '/');
  return [...text.matchAll(ADDRESS)].map(({ index, 0: path, 1: script, 2: pixel }) => {
    const [before = ''] = /[^\s"'=<>(),\\]*$/.exec(text.slice(Math.max(0, index - BEFORE), index)) ?? [];
    const url = URL.parse(before + path, page) ?? page;
    return { key: script ?? pixel ?? '', as: script ? 'script' : 'pixel', origin: url.origin };
  });
}

/** An attribute's value out of a tag's; null when it isn't there. */
function attribute(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|[\\s"'/])${name}\\s*=\\s*(?:"([^"]*)|'([^']*)|([^\\s"'>]+))`, 'i').exec(attributes);
  const value = found?.[1] ?? found?.[2] ?? found?.[3];
  if (value === undefined) return null;
  return value
    .replace(/&(?:#39|#x27|apos);/gi, "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
