import { createMiddleware } from 'hono/factory';
import type { Context } from './app.ts';

/**
 * What a page of the dashboard may load. The player rebuilds the recorded page inside a sandboxed frame that inherits this
 * policy: so style sheets, pictures and fonts may come from where the recorded site has them. No script does but ours.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline' https: http:",
  "img-src 'self' data: blob: https: http:",
  "font-src 'self' data: https: http:",
  "media-src 'self' data: blob: https: http:",
  "connect-src 'self'",
  "frame-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
};

const PAGE = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
};

const API = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** What other people's pages load: the snippet, the recorder, the pixel, and where they report to. */
const FOR_ANY_PAGE = /^\/([sepr]\/|recorder-)/;
/** Files whose name changes with what is in them. */
const HASHED = /^\/(assets\/|recorder-)/;

/** Headers of every answer, whoever made it: see the table above. */
export const securityHeaders = createMiddleware<Context>(async (c, next) => {
  await next();
  // A WebSocket's handshake: its headers are the platform's.
  if (c.res.status === 101) return;
  const { pathname, protocol } = new URL(c.req.url);
  const set: Record<string, string> = { ...ALWAYS };
  if (pathname.startsWith('/api/')) Object.assign(set, API);
  else if (!FOR_ANY_PAGE.test(pathname)) Object.assign(set, PAGE);
  set['cross-origin-resource-policy'] = FOR_ANY_PAGE.test(pathname) ? 'cross-origin' : 'same-origin';
  if (HASHED.test(pathname) && c.res.ok) set['cache-control'] = 'public, max-age=31536000, immutable';
  if (protocol === 'https:') set['strict-transport-security'] = 'max-age=31536000';
  for (const [name, value] of Object.entries(set)) c.header(name, value);
});
