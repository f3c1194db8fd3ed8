import { sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { type ObjectStore, objectName } from './store.ts';

/** A style sheet of a site's pages, by the hash of its text. */
export interface Sheet {
  hash: string;
  /** Day on which it was last asked about, `YYYY-MM-DD`. */
  used: string;
  /** Gzipped; null of one that was kept before. */
  body: Uint8Array | null;
}

/** Style sheets that are forgotten in one step. */
const DELETED_AT_ONCE = 1_000;

/** How long a recorder, and the cache of its browser, may rely on what it was told, and a day more. */
const RELIED_ON_DAYS = 2;

/**
 * Keeps style sheets, and when each was last used. Doing it again changes nothing.
 * @returns hashes of those that came without their bytes, and aren't kept
 */
export async function saveSheets(db: Db, store: ObjectStore, site: number, sheets: Sheet[]): Promise<string[]> {
  const given = await Promise.all(
    sheets.map(async ({ body, ...rest }) => {
      const left = body && (await store.put(objectName.sheet(site, rest.hash), body));
      return { ...rest, bytes: body?.length ?? null, body: left?.toBase64() ?? null };
    }),
  );
  const { rows } = await db.execute<{ hash: string }>(sql`
    with given as (
      select * from json_to_recordset(${JSON.stringify(given)}::json) as t(hash text, used date, bytes int, body text)
    ), fresh as (
      insert into replay_sheet (site_id, hash, used, bytes, body)
      select ${site}::int, hash, used, bytes, decode(body, 'base64') from given where bytes is not null
      on conflict (site_id, hash) do update set
        used = greatest(replay_sheet.used, excluded.used), body = coalesce(excluded.body, replay_sheet.body)
      returning hash
    ), known as (
      update replay_sheet s set used = greatest(s.used, given.used)
      from given where given.bytes is null and s.site_id = ${site} and s.hash = given.hash
      returning s.hash
    )
    select hash from given where hash not in (select hash from fresh union all select hash from known)`);
  return rows.map(({ hash }) => hash);
}

/** A style sheet's bytes, gzipped; null when it isn't kept. */
export async function readSheet(db: Db, store: ObjectStore, site: number, hash: string): Promise<Uint8Array | null> {
  const kept = await store.get(objectName.sheet(site, hash));
  if (kept) return kept;
  const { rows } = await db.execute<{ body: string | null }>(sql`
    select encode(body, 'base64') as body from replay_sheet where site_id = ${site} and hash = ${hash}`);
  const body = rows[0]?.body;
  return body ? Uint8Array.fromBase64(body) : null;
}

/**
 * Sites with style sheets that no recording of theirs can name any more, and the day since which those weren't used: before
 * the oldest recording was begun, and long enough ago.
 */
export async function unscopedUnused(db: Db, now: number): Promise<{ site: number; before: string }[]> {
  const { rows } = await db.execute<{ site: number; before: string }>(sql`
    select site_id as site, before::text from (
      select site_id, least(${new Date(now).toISOString().slice(0, 10)}::date,
        (select (min(start) at time zone 'UTC')::date from replay r where r.site_id = s.site_id)) - ${RELIED_ON_DAYS}::int as before
      from (select site_id, min(used) as used from replay_sheet group by site_id) s
    ) due
    where exists (select 1 from replay_sheet u where u.site_id = due.site_id and u.used < due.before)
    order by site_id`);
  return rows;
}

/** Forgets what wasn't used since a day, but for what is used `again`. */
export async function dropSheets(
  db: Db,
  store: ObjectStore,
  { site, before, again }: { site: number; before: string; again: (hash: string) => boolean },
): Promise<void> {
  const { rows } = await db.execute<{ hash: string }>(sql`
    select hash from replay_sheet where site_id = ${site} and used < ${before}::date`);
  const hashes = rows.map(({ hash }) => hash).filter((hash) => !again(hash));
  for (let from = 0; from < hashes.length; from += DELETED_AT_ONCE) {
    const some = hashes.slice(from, from + DELETED_AT_ONCE);
    await store.drop(some.map((hash) => objectName.sheet(site, hash)));
    await db.execute(sql`
      delete from replay_sheet
      where site_id = ${site} and hash in (select json_array_elements_text(${JSON.stringify(some)}::json))`);
  }
}
