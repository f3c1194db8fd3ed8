import { neonConfig } from '@neondatabase/serverless';
import { PrismaNeonHttp } from '@prisma/adapter-neon';
import jwt from 'jsonwebtoken';
import { type Env, type EventRow, route, type SessionRow, type Way } from '../usual-route.ts';
import { PrismaClient } from './dist/client.ts';

/**
 * The usual way as Umami goes it: rows through Prisma Client, with its models (`schema.prisma`) and as its `createSession` and
 * `saveEvent` write them, and tokens checked and signed by `jsonwebtoken`. One client for all requests, as Umami has it, which
 * keeps the plans of its statements: a client for each, as Prisma's examples for Workers have it, takes four times as long. So
 * what one request opened no other may need: rows go by Neon's adapter over HTTP, with the driver that the other Workers have
 * (Umami's own, `pg`, would connect to Postgres for each hit).
 */

const SECRET = 'a secret of the deployment’s';
/** Umami's FIELD_LENGTH. */
const [URL_LENGTH, VALUE_LENGTH, NAME_LENGTH, HOSTNAME_LENGTH] = [500, 255, 50, 100];

let orm: Way | undefined;

export default {
  fetch(request: Request, env: Env): Promise<Response> {
    orm ??= prisma(env);
    return route(request, orm);
  },
};

function prisma(env: Env): Way {
  neonConfig.fetchEndpoint = env.NEON_ENDPOINT;
  const client = new PrismaClient({ adapter: new PrismaNeonHttp(env.DATABASE_URL, {}), errorFormat: 'pretty' });
  return {
    async website(id) {
      // Umami's `findUnique` gathers what comes in one turn of the loop, across requests, and all but one of these would hang.
      const website = await client.website.findFirst({ where: { id } });
      return website !== null && website.deletedAt === null;
    },
    async session(row: SessionRow) {
      try {
        await client.session.create({ data: row });
      } catch (error) {
        if (!(error as Error).message.toLowerCase().includes('unique constraint')) throw error;
      }
    },
    async event({ id, websiteId, sessionId, visitId, url, referrer, title, type, name, tag, hostname }: EventRow) {
      const param = (key: string) => cut(url.searchParams.get(key), VALUE_LENGTH);
      await client.websiteEvent.create({
        data: {
          id,
          websiteId,
          sessionId,
          visitId,
          urlPath: cut(decodeURI(url.pathname + url.hash), URL_LENGTH),
          urlQuery: cut(url.search.slice(1), URL_LENGTH),
          utmSource: param('utm_source'),
          utmMedium: param('utm_medium'),
          utmCampaign: param('utm_campaign'),
          utmContent: param('utm_content'),
          utmTerm: param('utm_term'),
          referrerPath: cut(referrer?.pathname, URL_LENGTH),
          referrerQuery: cut(referrer?.search.slice(1), URL_LENGTH),
          referrerDomain: cut(referrer?.hostname.replace(/^www\./, ''), URL_LENGTH),
          pageTitle: cut(title, URL_LENGTH),
          gclid: param('gclid'),
          fbclid: param('fbclid'),
          msclkid: param('msclkid'),
          ttclid: param('ttclid'),
          lifatid: param('li_fat_id'),
          twclid: param('twclid'),
          eventType: type,
          eventName: cut(name, NAME_LENGTH) ?? null,
          tag: cut(tag, NAME_LENGTH),
          hostname: cut(hostname, HOSTNAME_LENGTH),
          createdAt: new Date(),
        },
      });
    },
    knows(token, website) {
      try {
        const claims = jwt.verify(token, SECRET) as jwt.JwtPayload;
        return claims.type === 'cache' && claims.websiteId === website;
      } catch {
        return false;
      }
    },
    sign: (claims) => jwt.sign(claims, SECRET),
  };
}

function cut<T extends string | null | undefined>(value: T, length: number): T {
  return (typeof value === 'string' ? value.slice(0, length) : value) as T;
}
