import { Hono, type Context as HonoContext } from 'hono';
import { guard, guardAs } from '../accounts/guard.ts';
import type { Context } from '../app.ts';
import { flushSite, forgetRecordings, heldChunks, listen } from '../collectors.ts';
import { ChunksAsked, NoteInput, PageAsked, ReplaysInput, ShareInput } from '../contract/api.ts';
import { SHEET_HASH } from '../contract/wire.ts';
import { connect } from '../db/client.ts';
import { idOf, input, sessionOf, wantsSocket } from '../input.ts';
import { Problem } from '../problem.ts';
import { definitions } from '../stats/definitions.ts';
import { resolveRange } from '../stats/range.ts';
import { readChunks } from './chunks.ts';
import { findReplay, listReplays } from './list.ts';
import { addNote, removeNote } from './notes.ts';
import { removeRecordings } from './remove.ts';
import { listShares, makeShare, revokeShare, sharedBy } from './shares.ts';
import { readSheet } from './sheets.ts';
import { objectStore } from './store.ts';
import { listWatched, noteWatching, type Watcher } from './watched.ts';

/** Not `content-encoding`: the page inflates it itself, and no proxy may do so on the way. */
const PACKED = { 'content-type': 'application/gzip', 'content-disposition': 'attachment' };

export const replays = new Hono<Context>();

replays.post('/sites/:site/replays', async (c) => {
  const { site, user } = await guardAs(c, c.req.param('site'), 'read');
  const { date_range, filters, include, pagination: page, ...chosen } = await input(c.req.raw, ReplaysInput);
  await flushSite(c.env, site);
  // Before 1970 nobody was recorded: `all` needs no question for the first visit.
  const range = resolveRange(date_range, { zone: site.timezone, now: Date.now(), first: 0 });
  const db = connect(c.env);
  const defined = await definitions(db, site, { filters });
  return c.json(await listReplays(db, { site, range, ...defined, bots: include.bots, page, user, ...chosen }));
});

replays.get('/sites/:site/replays/:session', async (c) => {
  const { site, session, watcher } = await watcherOf(c, c.req.param());
  const found = await findReplay(connect(c.env), site.id, session, watcher);
  if (!found) throw missing();
  return c.json(found);
});

/** The recording as it goes on: a visit of which nothing has been sent, since it is held back or not recorded, has none. */
replays.get('/sites/:site/replays/:session/live', async (c) => {
  const { site, session, watcher } = await watcherOf(c, c.req.param());
  if (!(await noteWatching(connect(c.env), site.id, session, watcher))) throw missing();
  wantsSocket(c.req.raw);
  return listen(c.env, site, session);
});

/** Who wants to see which recording; what waits of it at the edge is in the database then. */
async function watcherOf(c: HonoContext<Context>, asked: { site: string; session: string }) {
  const { site, user, by } = await guardAs(c, asked.site, 'read');
  const session = sessionOf(asked.session);
  await flushSite(c.env, site);
  const watcher: Watcher = { how: by === 'key' ? 'key' : 'dashboard', user, share: null };
  return { site, session, watcher };
}

replays.get('/sites/:site/replays/:session/chunks/:stream/:n', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  const { count } = ChunksAsked.parse(c.req.query());
  return forGood(await chunksOf(c, { site: site.id, session: sessionOf(c.req.param('session')), count }));
});

/** Bytes as they were recorded, of the chunks that the address names. */
async function chunksOf(
  c: HonoContext<Context>,
  { site, session, count }: { site: number; session: number; count: number },
): Promise<Response> {
  const { stream = '', n = '' } = c.req.param() as { stream?: string; n?: string };
  const run = { site_id: site, session_id: session, stream: number(stream), n: number(n), count };
  const bytes = await readChunks(connect(c.env), objectStore(c.env), run, (held) => heldChunks(c.env, held));
  if (!bytes) throw new Problem('not_found', 'There is no such chunk.');
  return new Response(bytes, { headers: PACKED });
}

/** A style sheet that recordings of the site name. */
replays.get('/sites/:site/sheets/:hash', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  return forGood(await sheetOf(c, site.id, c.req.param('hash')));
});

async function sheetOf(c: HonoContext<Context>, site: number, hash: string): Promise<Response> {
  const bytes = SHEET_HASH.test(hash) && (await readSheet(connect(c.env), objectStore(c.env), site, hash));
  if (!bytes) throw new Problem('not_found', 'There is no such style sheet.');
  return new Response(bytes, { headers: PACKED });
}

/** Bytes of recordings never change, so the browser may keep them; nobody in between may. */
function forGood(answer: Response): Response {
  answer.headers.set('cache-control', 'private, max-age=31536000, immutable');
  return answer;
}

/** Kept for as long as somebody watches: a link that is taken back opens nothing an hour later. */
function forNow(answer: Response): Response {
  answer.headers.set('cache-control', 'private, max-age=3600');
  answer.headers.set('vary', 'authorization');
  return answer;
}

// ── Notes ──

replays.post('/sites/:site/replays/:session/notes', async (c) => {
  const { site, user } = await guardAs(c, c.req.param('site'), 'write');
  const session = sessionOf(c.req.param('session'));
  const made = await addNote(connect(c.env), site.id, session, { ...(await input(c.req.raw, NoteInput)), user });
  if (!made) throw missing();
  return c.json(made, 201);
});

replays.delete('/sites/:site/replays/:session/notes/:note', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  const id = idOf(c.req.param('note'), 'note');
  const session = sessionOf(c.req.param('session'));
  if (!(await removeNote(connect(c.env), site.id, session, id))) throw missing();
  return c.body(null, 204);
});

// ── Links that open one recording ──

replays.get('/sites/:site/replays/:session/shares', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  const shares = await listShares(connect(c.env), site.id, sessionOf(c.req.param('session')));
  if (!shares) throw missing();
  return c.json({ shares });
});

replays.post('/sites/:site/replays/:session/shares', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  const session = sessionOf(c.req.param('session'));
  const made = await makeShare(connect(c.env), site.id, session, await input(c.req.raw, ShareInput));
  if (!made) throw missing();
  return c.json(made, 201);
});

replays.delete('/sites/:site/replays/:session/shares/:share', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  const id = idOf(c.req.param('share'), 'link');
  const session = sessionOf(c.req.param('session'));
  if (!(await revokeShare(connect(c.env), site.id, session, id))) throw missing();
  return c.body(null, 204);
});

/** For whoever has the link: the recording, without whose visit it was and what was noted of it. */
replays.get('/shared', async (c) => {
  const db = connect(c.env);
  const { site, session, share, ...told } = await sharedBy(db, c.req.header('authorization'));
  await flushSite(c.env, { id: site });
  const found = await findReplay(db, site, session, { how: 'link', user: null, share });
  if (!found) throw missing();
  const { notes: _, ...recording } = found;
  const { visitor: __, ...visit } = found.visit ?? { visitor: '' };
  return c.json({ ...recording, ...told, visit: found.visit && visit });
});

replays.get('/shared/chunks/:stream/:n', async (c) => {
  const { site, session } = await sharedBy(connect(c.env), c.req.header('authorization'));
  const { count } = ChunksAsked.parse(c.req.query());
  return forNow(await chunksOf(c, { site, session, count }));
});

replays.get('/shared/sheets/:hash', async (c) => {
  const { site } = await sharedBy(connect(c.env), c.req.header('authorization'));
  return forNow(await sheetOf(c, site, c.req.param('hash')));
});

replays.get('/sites/:site/watched', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  return c.json(await listWatched(connect(c.env), site.id, PageAsked.parse(c.req.query())));
});

replays.delete('/sites/:site/replays/:session', async (c) => {
  const site = await guard(c, c.req.param('site'), 'write');
  const session = sessionOf(c.req.param('session'));
  // What still waits at the edge belongs to it: it is known, and then its bytes go unwritten.
  await flushSite(c.env, site);
  await forgetRecordings(c.env, site, [session]);
  const known = await removeRecordings(connect(c.env), objectStore(c.env), [{ site_id: site.id, session_id: session }]);
  if (known === 0) throw missing();
  return c.body(null, 204);
});

const MAX_INT = 2 ** 31 - 1;

/** A number in a path; whatever else stands there names nothing. */
function number(text: string): number {
  const n = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(n <= MAX_INT)) throw missing();
  return n;
}

function missing(): Problem {
  return new Problem('not_found', 'There is no such recording.');
}
