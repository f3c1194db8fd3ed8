import type { PageCheck } from '../contract/api.ts';
import type { Page } from './snippet.ts';

/** Reads a page for its owner, who is told no more of it than whether the snippet is there. */

const PATIENCE_MS = 5_000;
const MOST_REDIRECTS = 3;
/** Bytes of a page that are read; what is behind them is not looked at. */
const PAGE_BYTES = 512_000;

type Unread = Pick<PageCheck, 'status'> & { unread: NonNullable<PageCheck['unread']> };

/** @param may whether an address may be asked: of each that the page leads on to; the first was asked before */
export async function readPage(
  first: URL,
  may: (url: URL) => Promise<boolean>,
  signal: AbortSignal = AbortSignal.timeout(PATIENCE_MS),
): Promise<Page | Unread> {
  let url = first;
  const silent = (): Unread => ({ unread: signal.aborted ? 'timeout' : 'unreachable', status: null });
  for (let redirects = 0; ; redirects++) {
    const answer = await get(url, signal);
    if (!answer) return silent();
    const { status, headers, body } = answer;
    const done = async (unread: Unread['unread']): Promise<Unread> => {
      await body?.cancel().catch(() => undefined);
      return { unread, status };
    };
    const location = status >= 300 && status < 400 ? headers.get('location') : null;
    if (location !== null) {
      const to = URL.parse(location, url);
      if (redirects === MOST_REDIRECTS) return done('redirects');
      if (!to || !(await may(to))) return done('elsewhere');
      await done('redirects');
      url = to;
      continue;
    }
    if (status !== 200) return done('status');
    if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(headers.get('content-type') ?? '')) return done('not_html');
    const html = await beginning(body).catch(() => null);
    return html === null ? silent() : { url, html, policy: headers.get('content-security-policy') };
  }
}

async function get(url: URL, signal: AbortSignal): Promise<Response | null> {
  const headers = { accept: 'text/html', 'user-agent': 'Mozilla/5.0 (compatible; Footfall installation check)' };
  return fetch(url.href, { redirect: 'manual', headers, signal }).catch(() => null);
}

/** The first bytes of a body, as text: what matters of it is ASCII. */
async function beginning(body: Response['body']): Promise<string> {
  const decoder = new TextDecoder('latin1');
  let text = '';
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    text += decoder.decode(part);
    // Leaving the loop ends the body.
    if (text.length >= PAGE_BYTES) break;
  }
  return text.slice(0, PAGE_BYTES);
}

/**
 * Whether a host is one that only a machine of the same network reaches.
 * @param hostname as a URL has it, so that every way to write an IPv4 address is the usual one
 */
export function isPrivate(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  // IPv6 has too many ways to say an IPv4 address: nobody's page is under a bare one.
  if (name.startsWith('[')) return true;
  const [a = -1, b = -1] = /^\d+\.\d+\.\d+\.\d+$/.test(name) ? name.split('.').map(Number) : [];
  if (a === -1) return !name.includes('.') || /\.(localhost|local|internal|home\.arpa)$/.test(name);
  return (
    [0, 10, 127].includes(a) ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && (b === 168 || b === 0)) ||
    (a === 198 && (b === 18 || b === 19))
  );
}
