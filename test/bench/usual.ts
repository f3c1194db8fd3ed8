import { neon, neonConfig } from '@neondatabase/serverless';
import { browserName, detectOS } from 'detect-browser';
import { isbot } from 'isbot';
import { z } from 'zod';

/**
 * The usual way, to measure ours against: a small Worker that inserts each hit by itself into a wide row of text with a
 * dozen indexes, as Umami does (https://github.com/umami-software/umami, `prisma/schema.prisma`, `src/app/api/send/route.ts`).
 * Of what that route does there is here, in its order and with its libraries: the body's schema (zod); the website, looked up
 * when the tracker sends no token of an earlier answer; isbot; browser and system (detect-browser) for every hit; ids, which
 * are hashes of the sender; the visit's row, when there is no token; the event's row; and the next token, signed. Not here:
 * the framework, the ORM, the check of the token that comes, places from a file where the platform doesn't tell them.
 */

interface Env {
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
let signing: CryptoKey | undefined;

const columns =
  'event_id, website_id, session_id, visit_id, url_path, url_query, referrer_path, referrer_query, referrer_domain, page_title, event_type, event_name, hostname';

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    // What a request costs this runtime anyway.
    if (request.url.endsWith('/nothing')) {
      await request.arrayBuffer();
      return new Response(null, { status: 202 });
    }
    neonConfig.fetchEndpoint = env.NEON_ENDPOINT;
    const db = neon(env.DATABASE_URL);
    const { payload } = Body.parse(await request.json());
    const fresh = !request.headers.has('x-umami-cache');
    if (fresh) {
      const found = await db.query('select * from usual.website where website_id = $1 limit 1', [payload.website]);
      if (found.length === 0) return new Response('Website not found.', { status: 400 });
    }
    const userAgent = request.headers.get('user-agent') ?? '';
    const { browser, os, device } = agent(userAgent);
    if (isbot(userAgent)) return Response.json({ beep: 'boop' });
    const month = new Date().toISOString().slice(0, 7);
    const hour = new Date().toISOString().slice(0, 13);
    const address = request.headers.get('cf-connecting-ip') ?? '';
    const session = await uuid(payload.website, address, userAgent, month);
    const visit = await uuid(session, hour);
    if (fresh) {
      const { cf } = request as { cf?: { country?: string; region?: string; city?: string } };
      await db.query(
        `insert into usual.session (session_id, website_id, browser, os, device, screen, language, country, region, city)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
        [
          session,
          payload.website,
          browser,
          os,
          device,
          payload.screen,
          payload.language,
          cf?.country,
          cf?.region,
          cf?.city,
        ],
      );
    }
    const url = new URL(payload.url, `https://${payload.hostname}`);
    const from = payload.referrer && URL.canParse(payload.referrer) ? new URL(payload.referrer) : null;
    await db.query(
      `insert into usual.website_event (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        crypto.randomUUID(),
        payload.website,
        session,
        visit,
        url.pathname,
        url.search.slice(1),
        from?.pathname,
        from?.search.slice(1),
        from?.hostname.replace(/^www\./, ''),
        payload.title,
        payload.name ? 2 : 1,
        payload.name,
        payload.hostname,
      ],
    );
    const cache = await token({ websiteId: payload.website, sessionId: session, visitId: visit, type: 'cache' });
    return Response.json({ cache, sessionId: session, visitId: visit });
  },
};

async function uuid(...parts: string[]): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-512', encoder.encode(parts.join('')));
  const hex = Array.from(new Uint8Array(hash, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** As `jsonwebtoken` signs: HMAC-SHA256 over header and claims. */
async function token(claims: object): Promise<string> {
  const raw = encoder.encode('a secret of the deployment’s');
  signing ??= await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const signed = `${btoa('{"alg":"HS256","typ":"JWT"}')}.${btoa(JSON.stringify(claims))}`;
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', signing, encoder.encode(signed)));
  return `${signed}.${btoa(String.fromCharCode(...mac))}`;
}

function agent(userAgent: string): { browser: string | null; os: string | null; device: string } {
  const os = detectOS(userAgent);
  return { browser: browserName(userAgent), os, device: os === 'Android OS' || os === 'iOS' ? 'mobile' : 'desktop' };
}
