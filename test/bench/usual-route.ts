import { browserName, detectOS } from 'detect-browser';
import { isbot } from 'isbot';
import { z } from 'zod';

/**
 * What Umami's route does for each hit (https://github.com/umami-software/umami, `src/app/api/send/route.ts`), in its order
 * and with its libraries: the body's schema (zod); the website, looked up when the tracker sends no token of an earlier
 * answer; isbot; browser and system (detect-browser); ids, which are hashes of the sender (two, where it takes seven); the
 * visit's row, when there is no token; the event's row; and the next token. How rows are read and written, and tokens checked
 * and signed, is each way's own. In none of them: the framework, and places from a file where the platform doesn't tell them.
 */

/** A way to keep what comes. */
export interface Way {
  /** Whether there is such a website. */
  website(id: string): Promise<boolean>;
  session(row: SessionRow): Promise<unknown>;
  event(row: EventRow): Promise<unknown>;
  /** Whether a tracker's token is one of ours, for this website. */
  knows(token: string, website: string): boolean;
  sign(claims: object): string | Promise<string>;
}

export interface SessionRow {
  id: string;
  websiteId: string;
  browser: string | null;
  os: string | null;
  device: string;
  screen: string | undefined;
  language: string | undefined;
  country: string | undefined;
  region: string | undefined;
  city: string | undefined;
}

export interface EventRow {
  id: string;
  websiteId: string;
  sessionId: string;
  visitId: string;
  url: URL;
  referrer: URL | null;
  title: string | undefined;
  type: number;
  name: string | undefined;
  tag: string | undefined;
  hostname: string | undefined;
}

export interface Env {
  DATABASE_URL: string;
  NEON_ENDPOINT: string;
}

const text = z.string().optional();
const Body = z.object({
  type: z.literal('event'),
  payload: z.object({
    website: z.uuid(),
    hostname: text,
    screen: text,
    language: text,
    title: text,
    url: z.string(),
    referrer: text,
    name: text,
    tag: text,
    id: text,
    data: z.record(z.string(), z.unknown()).optional(),
  }),
});

const encoder = new TextEncoder();

export async function route(request: Request, way: Way): Promise<Response> {
  const { payload } = Body.parse(await request.json());
  const token = request.headers.get('x-umami-cache');
  const fresh = !token || !way.knows(token, payload.website);
  if (fresh && !(await way.website(payload.website))) return new Response('Website not found.', { status: 400 });
  const userAgent = request.headers.get('user-agent') ?? '';
  const { browser, os, device } = agent(userAgent);
  if (isbot(userAgent)) return Response.json({ beep: 'boop' });
  const month = new Date().toISOString().slice(0, 7);
  const hour = new Date().toISOString().slice(0, 13);
  const address = request.headers.get('cf-connecting-ip') ?? '';
  const sessionId = await uuid(payload.website, address, userAgent, month);
  const visitId = await uuid(sessionId, hour);
  if (fresh) {
    const { cf } = request as { cf?: { country?: string; region?: string; city?: string } };
    await way.session({
      id: sessionId,
      websiteId: payload.website,
      browser,
      os,
      device,
      screen: payload.screen,
      language: payload.language,
      country: cf?.country,
      region: cf?.region,
      city: cf?.city,
    });
  }
  await way.event({
    id: crypto.randomUUID(),
    websiteId: payload.website,
    sessionId,
    visitId,
    url: new URL(payload.url, `https://${payload.hostname}`),
    referrer: payload.referrer && URL.canParse(payload.referrer) ? new URL(payload.referrer) : null,
    title: payload.title,
    type: payload.name ? 2 : 1,
    name: payload.name,
    tag: payload.tag,
    hostname: payload.hostname,
  });
  const cache = await way.sign({ websiteId: payload.website, sessionId, visitId, type: 'cache' });
  return Response.json({ cache, sessionId, visitId });
}

async function uuid(...parts: string[]): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-512', encoder.encode(parts.join('')));
  const hex = Array.from(new Uint8Array(hash, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function agent(userAgent: string): { browser: string | null; os: string | null; device: string } {
  const os = detectOS(userAgent);
  return { browser: browserName(userAgent), os, device: os === 'Android OS' || os === 'iOS' ? 'mobile' : 'desktop' };
}
