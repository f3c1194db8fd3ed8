import { and, eq, getTableColumns, gt, isNull, type SQL } from 'drizzle-orm';
import type { Context as HonoContext } from 'hono';
import type { Context } from '../app.ts';
import { connect, type Db } from '../db/client.ts';
import { api_key, auth_session, member, site } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { type Credentials, credentials } from './credentials.ts';
import { keyUsed } from './key-use.ts';

declare const guarded: unique symbol;

/**
 * A site that the asker may see, or change if the guard was asked for that. Only the guard makes one, so that whoever
 * holds one needs no further check. What works on more than one site at a time is named `unscoped…`.
 */
export type Site = typeof site.$inferSelect & { readonly [guarded]: true };

/** Who asks. */
export interface Asker {
  user: string;
  by: 'session' | 'key';
}

type Need = 'read' | 'write';

/**
 * The site that `ref`, its id or its domain, names, for whoever asks.
 * @throws Problem `not_signed_in`, `read_only_key`, `wrong_origin`; `not_found` for a missing site and somebody else's alike
 */
export async function guard(c: HonoContext<Context>, ref: string | number, need: Need): Promise<Site> {
  return (await guardAs(c, ref, need)).site;
}

/** The same, and who asks. */
export async function guardAs(
  c: HonoContext<Context>,
  ref: string | number,
  need: Need,
): Promise<{ site: Site } & Asker> {
  const given = await credentials(c);
  const wanted = where(ref);
  const { user, row } = await ask(c, given, need, wanted);
  if (!row) throw new Problem('not_found', 'There is no such site, or it is not yours.');
  return { site: row as Site, user, by: given.by };
}

/** Who asks, where no site is concerned. @throws Problem as `guard` */
export async function asker(c: HonoContext<Context>, need: Need): Promise<Asker> {
  const given = await credentials(c);
  const { user } = await ask(c, given, need, null);
  return { user, by: given.by };
}

/** One statement: who holds these credentials, and the site if it is theirs. */
async function ask(c: HonoContext<Context>, given: Credentials, need: Need, wanted: SQL | null) {
  const db = connect(c.env);
  if (given.by === 'session') {
    const [found] = await bySession(db, given.token, wanted);
    if (!found) throw new Problem('not_signed_in', 'Your session has ended. Sign in again.');
    return { user: found.user, row: found.role ? found.site : null };
  }
  const [found] = await byKey(db, given.hash, wanted);
  if (!found) throw new Problem('not_signed_in', 'This API key is unknown or has been revoked.');
  if (need === 'write' && found.scope !== 'write') throw new Problem('read_only_key', 'This API key may only read.');
  keyUsed(c, found.key, found.used);
  return { user: found.user, row: found.role ? found.site : null };
}

const nothing = eq(site.id, 0);

function bySession(db: Db, token: string, wanted: SQL | null) {
  return db
    .select({ user: auth_session.userId, site: getTableColumns(site), role: member.role })
    .from(auth_session)
    .leftJoin(site, wanted ?? nothing)
    .leftJoin(member, and(eq(member.site_id, site.id), eq(member.user_id, auth_session.userId)))
    .where(and(eq(auth_session.token, token), gt(auth_session.expiresAt, new Date())));
}

function byKey(db: Db, hash: string, wanted: SQL | null) {
  return db
    .select({
      user: api_key.user_id,
      key: api_key.id,
      scope: api_key.scope,
      used: api_key.last_used,
      site: getTableColumns(site),
      role: member.role,
    })
    .from(api_key)
    .leftJoin(site, wanted ?? nothing)
    .leftJoin(member, and(eq(member.site_id, site.id), eq(member.user_id, api_key.user_id)))
    .where(and(eq(api_key.hash, hash), isNull(api_key.revoked)));
}

/** Digits are an id, anything else a domain. What can't be either names no site. */
function where(ref: string | number): SQL {
  if (/^\d+$/.test(String(ref))) {
    const id = Number(ref);
    return id < 2 ** 31 ? eq(site.id, id) : nothing;
  }
  const domain = String(ref).toLowerCase();
  return domain.length <= 253 && !domain.includes('\0') ? eq(site.domain, domain) : nothing;
}
