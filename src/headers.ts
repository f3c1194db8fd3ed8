import type { Context as HonoContext } from 'hono';
import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import type { Context } from './app.ts';

/** What a page of the dashboard may load: what is ours, and nothing else. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * What a recorded page may load. The player rebuilds it in a sandboxed frame within `/stage`, from which that frame
 * inherits this policy: styles, pictures and fonts from where the recorded site has them; no script, no frame, no request.
 */
const STAGE_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline' https: http:",
  'img-src data: blob: https: http:',
  'font-src data: https: http:',
  'media-src data: blob: https: http:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-same-origin',
].join('; ');

const ALWAYS = { 'x-content-type-options': 'nosniff' };

const PAGE = {
  'referrer-policy': 'same-origin',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
};

const STAGE = {
  ...PAGE,
  'content-security-policy': STAGE_POLICY,
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'no-referrer',
};

const API = {
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** What other people's pages load: the snippet's scripts, the pixel, and where they report to. */
const FOR_ANY_PAGE = /^\/([sepr]\/|(recorder|fuller|vitals|errors)-|api\/(event|send|batch)$)/;
/** The player's empty frame: by the name of its file, and as the platform shortens that. */
const IS_STAGE = /^\/stage(\.html)?$/;
/** Files whose name changes with what is in them. */
const HASHED = /^\/(assets\/|(recorder|fuller|vitals|errors)-)/;

/** Whether a path names a file, by the folders that the build makes: a page's address never begins so. */
export function isFile(path: string): boolean {
  return HASHED.test(path) || path.startsWith('/flags/');
}

/** Whether a path begins as those of a site's own: no page of the dashboard's does. */
export function isDoor(path: string): boolean {
  return /^\/[sepr]\//.test(path);
}

/** Headers of every answer, whoever made it: see the tables above. */
export const securityHeaders = createMiddleware<Context>(async (c, next) => {
  await next();
  // A WebSocket's handshake: its headers are the platform's.
  if (c.res.status === 101) return;
  const { pathname, protocol } = new URL(c.req.url);
  const set = headersAt(pathname, protocol);
  // What may be kept says so itself: a recording's bytes, the API's document.
  if (c.res.headers.has('cache-control')) delete set['cache-control'];
  if (HASHED.test(pathname) && c.res.ok) set['cache-control'] = 'public, max-age=31536000, immutable';
  put(c, set);
});

/** What the tables say of an address. */
function headersAt(pathname: string, protocol: string): Record<string, string> {
  const set: Record<string, string> = { ...ALWAYS };
  if (pathname.startsWith('/api/')) Object.assign(set, API);
  else if (IS_STAGE.test(pathname)) Object.assign(set, STAGE);
  else if (!FOR_ANY_PAGE.test(pathname)) Object.assign(set, PAGE, askedAhead(pathname));
  if (FOR_ANY_PAGE.test(pathname) && HASHED.test(pathname)) set['access-control-allow-origin'] = '*';
  set['cross-origin-resource-policy'] = FOR_ANY_PAGE.test(pathname) ? 'cross-origin' : 'same-origin';
  if (protocol === 'https:') set['strict-transport-security'] = 'max-age=31536000';
  return set;
}

/**
 * What a site's page must know before it can ask for numbers: a browser asks for it while the page's code is on its way.
 * An address in it is as the browser sent it, where nothing ends what stands between angle brackets.
 */
function askedAhead(pathname: string): { link?: string } {
  const [, ref] = /^\/sites\/([^/<>]+)$/.exec(pathname) ?? [];
  if (ref === undefined) return {};
  const links = ['', '/goals'].map((rest) => `</api/v1/sites/${ref}${rest}>; rel=preload; as=fetch; crossorigin`);
  return { link: links.join(', ') };
}

/** Sets headers of an answer that is made. `c.header` would copy it for each; what came from elsewhere can't be changed but so. */
function put(c: HonoContext<Context>, headers: Record<string, string>): void {
  const all = Object.entries(headers);
  try {
    for (const [name, value] of all) c.res.headers.set(name, value);
  } catch {
    for (const [name, value] of all) c.header(name, value);
  }
}

/** Headers that let pages of any origin read an answer, and some of its headers. */
function openTo(exposed: string[]): Record<string, string> {
  return { 'access-control-allow-origin': '*', 'access-control-expose-headers': exposed.join(',') };
}

/** Headers of an answer that says something in its body, and of one that doesn't. */
interface HitHeaders {
  told: Headers;
  silent: Headers;
}

/**
 * All headers of an answer to a hit, for one that is made with them, which copies them: what is set one by one afterwards, or
 * given as texts each time, costs more than the rest of the answer; and so does each that says nothing.
 */
export function hitHeaders(exposed: string): (request: Request) => HitHeaders {
  const at = (protocol: string): HitHeaders => {
    const open = { ...headersAt('/e/', protocol), ...openTo([exposed]) };
    const told = new Headers({ ...open, 'content-type': 'application/json' });
    const silent = new Headers(open);
    silent.delete('access-control-expose-headers');
    return { told, silent };
  };
  const [plain, secure] = [at('http:'), at('https:')];
  return ({ url }) => (url.startsWith('https:') ? secure : plain);
}

/** Lets pages of any origin call and read some of the answer's headers. Of Hono's own only the preflight's part: it copies. */
export function forAnyOrigin(...exposed: string[]) {
  const headers = openTo(exposed);
  const preflight = cors({ origin: '*', exposeHeaders: exposed, maxAge: 86_400 });
  return createMiddleware(async (c, next) => {
    if (c.req.method === 'OPTIONS') return preflight(c, next);
    await next();
    put(c, headers);
    return undefined;
  });
}
