import { sql } from 'drizzle-orm';
import { keyHash } from '../accounts/key-use.ts';
import type { ShareJson } from '../contract/api.ts';
import type { Db } from '../db/client.ts';
import { Problem } from '../problem.ts';
import { ms } from './visit.ts';

/** Links that open one recording and nothing else, until they run out or are taken back. */

const shareRow = sql`json_build_object('id', id, 'name', name, 'created', ${ms(sql`created`)},
  'expires', ${ms(sql`expires`)}, 'revoked', ${ms(sql`revoked`)})`;

type ShareRow = Pick<ShareJson, 'id' | 'name'> & { created: number; expires: number; revoked: number | null };

const iso = (time: number) => new Date(time).toISOString();

function shareJson({ created, expires, revoked, ...row }: ShareRow): ShareJson {
  return { ...row, created: iso(created), expires: iso(expires), revoked: revoked === null ? null : iso(revoked) };
}

/** A recording's links, newest first; null when there is no such recording. */
export async function listShares(db: Db, site: number, session: number): Promise<ShareJson[] | null> {
  const { rows } = await db.execute<{ shares: ShareRow[] }>(sql`
    select (select coalesce(json_agg(${shareRow} order by id desc), '[]') from replay_share h
      where h.site_id = r.site_id and h.session_id = r.session_id) as shares
    from replay r where r.site_id = ${site} and r.session_id = ${session}`);
  return rows[0]?.shares.map(shareJson) ?? null;
}

/** The new link, its token in it; null when there is no such recording. */
export async function makeShare(
  db: Db,
  site: number,
  session: number,
  { name, hours }: { name: string; hours: number },
): Promise<ShareJson | null> {
  const token = `fs_${crypto.getRandomValues(new Uint8Array(32)).toBase64({ alphabet: 'base64url', omitPadding: true })}`;
  const { rows } = await db.execute<{ share: ShareRow }>(sql`
    insert into replay_share (site_id, session_id, name, hash, expires)
    select site_id, session_id, ${name}, ${await keyHash(token)}, now() + ${hours}::int * interval '1 hour'
    from replay where site_id = ${site} and session_id = ${session}
    returning ${shareRow} as share`);
  return rows[0] ? { ...shareJson(rows[0].share), token } : null;
}

/** Takes a link back; asked twice, it stays so. False when the recording has no such link. */
export async function revokeShare(db: Db, site: number, session: number, id: number): Promise<boolean> {
  const { rows } = await db.execute(sql`
    update replay_share set revoked = coalesce(revoked, now())
    where site_id = ${site} and session_id = ${session} and id = ${id} returning 1`);
  return rows.length > 0;
}

/** What a link opens. Made by `sharedBy` alone: who holds one may see this recording, and no more. */
export interface Shared {
  share: number;
  site: number;
  session: number;
  domain: string;
  timezone: string;
  expires: string;
}

/**
 * The recording that the token in a request's `Authorization` opens.
 * @throws Problem `not_found`, whatever is wrong with it
 */
export async function sharedBy(db: Db, authorization: string | undefined): Promise<Shared> {
  const token = /^Bearer (fs_[\w-]{43})$/i.exec(authorization ?? '')?.[1];
  const { rows } = token
    ? await db.execute<{ shared: Omit<Shared, 'expires'> & { expires: number } }>(sql`
        select json_build_object('share', h.id, 'site', h.site_id, 'session', h.session_id, 'expires', ${ms(sql`h.expires`)},
          'domain', site.domain, 'timezone', site.timezone) as shared
        from replay_share h join site on site.id = h.site_id
        where h.hash = ${await keyHash(token)} and h.revoked is null and h.expires > now()`)
    : { rows: [] };
  const shared = rows[0]?.shared;
  if (!shared) throw new Problem('not_found', 'This link opens nothing: it has run out, or it was taken back.');
  return { ...shared, expires: iso(shared.expires) };
}
