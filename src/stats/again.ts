import type { Context as HonoContext } from 'hono';
import type { Context } from '../app.ts';
import { TITLE } from '../contract/words.ts';
import { vars } from '../env.ts';
import type { Understood } from './answer.ts';

/**
 * Answers that are asked for twice. Of days that are sealed nothing changes but by writing `seal` anew, so what is reckoned
 * of them alone is kept at the edge, under a name made of all that it depends on: nothing kept is ever wrong, and nothing has to
 * be thrown away. Of any answer the name tells a browser that it has it already.
 */

/** The build's name for the sources that it was made of: another engine answers anew. */
declare const __RELEASE__: string;

/** For so long the edge may keep an answer. */
const KEPT_SECONDS = 86_400;

/**
 * All that the answer to a question depends on, when that can't change any more but with the seals; null as long as it can. Which
 * way it is answered makes no difference: whatever changes a visit or an event of a sealed day opens that day.
 */
export function dependsOn({ query, question, earlier, unit, upto }: Understood): unknown[] | null {
  if (upto === null || Math.max(question.range.to, earlier?.range.to ?? 0) > upto) return null;
  const { site, version, range, filters, goals } = question;
  // A page that had no title gets one whenever it is first told, for its events of before, too.
  if (JSON.stringify([query, filters]).includes(TITLE)) return null;
  const { id, week_start, mode, kept } = site;
  const { site_id, ...rest } = query;
  return [id, upto, version, week_start, mode, kept, site_id, rest, unit, range, earlier?.range, filters, goals];
}

/** An answer under its name, reckoned when it is wanted. */
export interface Named {
  name: string;
  body: () => Promise<BodyInit | null>;
}

/**
 * What is kept under that name, or what `make` makes, which is kept then. Who asks has passed the guard, and
 * the site is of what the name is made of. Where the platform keeps nothing (workers.dev), all is made.
 * @param depends null for what isn't to be kept: it is named by what it says
 */
export async function reckonedOnce(
  c: HonoContext<Context>,
  depends: unknown[] | null,
  make: () => Promise<object>,
): Promise<Named> {
  if (!depends) {
    const body = JSON.stringify(await make());
    return { name: await nameOf(c, body), body: async () => body };
  }
  const name = await nameOf(c, depends);
  const body = async () => {
    // Nobody is answered at this address: the Worker stands before the cache.
    const address = new URL(`/api/v1/answers/${name}`, c.req.url);
    const found = await caches.default.match(address);
    if (found) return found.body;
    const body = JSON.stringify(await make());
    const answer = new Response(body, { headers: { 'cache-control': `max-age=${KEPT_SECONDS}` } });
    c.executionCtx.waitUntil(caches.default.put(address, answer));
    return body;
  };
  return { name, body };
}

/** With the name as its ETag, a weak one since it may be compressed on its way; 304 where a browser has it already. */
export async function tagged(c: HonoContext<Context>, { name, body }: Named): Promise<Response> {
  const headers = { etag: `W/"${name}"`, 'cache-control': 'private, no-cache', vary: 'Authorization, Cookie' };
  // What a POST is answered with is no browser's to keep.
  const had = c.req.method === 'POST' ? '' : (c.req.header('if-none-match') ?? '');
  if (had.trim() === '*' || had.includes(`"${name}"`)) return new Response(null, { status: 304, headers });
  return new Response(await body(), { headers: { ...headers, 'content-type': 'application/json' } });
}

/** A name that nobody else can make: of another secret's or database's answers, too, none is mistaken for one of these. */
async function nameOf({ env }: HonoContext<Context>, what: unknown): Promise<string> {
  const { FOOTFALL_SECRET, DATABASE_URL } = vars(env);
  const text = JSON.stringify([FOOTFALL_SECRET, DATABASE_URL, __RELEASE__, what]);
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return new Uint8Array(hash, 0, 18).toBase64({ alphabet: 'base64url' });
}
