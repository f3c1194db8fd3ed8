import { type SQL, sql } from 'drizzle-orm';
import type { WatchedJson } from '../contract/api.ts';
import type { WatchedHow } from '../contract/replay.ts';
import type { Db } from '../db/client.ts';
import { ms, type VisitRow, visitJson, visitRow } from './visit.ts';

/** Who watched what: written in the statement that opens a recording, so that nothing is opened unseen. */

export interface Watcher {
  how: WatchedHow;
  user: string | null;
  share: number | null;
}

/** Opened again within so long, it is the same watching: the player asks again while a visit goes on. */
const SAME = sql`interval '30 minutes'`;

/** Writes down that a recording is opened, if it is there: to stand in a `with`. */
export const watching = (site: number, session: number | SQL, { how, user, share }: Watcher) => sql`
  insert into replay_watch (site_id, session_id, how, user_id, share_id)
  select site_id, session_id, ${how}, ${user}, ${share}::int from replay r
  where r.site_id = ${site} and r.session_id = ${session} and not exists (
    select 1 from replay_watch w
    where w.site_id = r.site_id and w.session_id = r.session_id and w.how = ${how}
      and w.user_id is not distinct from ${user}::text
      and w.share_id is not distinct from ${share}::int and w.at > now() - ${SAME})`;

/** The same by itself. @returns whether there is such a recording */
export async function noteWatching(db: Db, site: number, session: number, watcher: Watcher): Promise<boolean> {
  const { rows } = await db.execute(sql`
    with watched as (${watching(site, session, watcher)})
    select 1 from replay where site_id = ${site} and session_id = ${session}`);
  return rows.length > 0;
}

/** Whether an account had watched the recording `r` in the dashboard: by now, or by a date-time. */
export const seenBy = (user: string, by?: string) => sql`exists (
  select 1 from replay_watch w
  where w.site_id = r.site_id and w.session_id = r.session_id and w.how = 'dashboard' and w.user_id = ${user}
    and ${by === undefined ? sql`true` : sql`w.at <= ${by}::timestamptz`})`;

/** Names of the accounts that have watched the recording `r` in the dashboard, the last one first. */
export const watchersRow = sql`(
  select coalesce(json_agg(name order by last desc), '[]') from (
    select u.name, max(w.at) as last
    from replay_watch w join auth_user u on u.id = w.user_id
    where w.site_id = r.site_id and w.session_id = r.session_id and w.how = 'dashboard'
    group by u.id, u.name
  ) watchers)`;

/** The whole log, newest first, with what was watched. */
export async function listWatched(
  db: Db,
  site: number,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ results: WatchedJson[]; total: number }> {
  type Row = Omit<WatchedJson, 'at' | 'visit'> & { at: number; visit: VisitRow | null };
  const { rows } = await db.execute<{ results: Row[]; total: number }>(sql`
    select
      (select count(*)::int from replay_watch where site_id = ${site}) as total,
      (select coalesce(json_agg(json_build_object(
          'at', ${ms(sql`w.at`)}, 'session', w.session_id, 'how', w.how, 'who', coalesce(u.name, h.name), 'email', u.email,
          'recorded', exists (select 1 from replay r where r.site_id = w.site_id and r.session_id = w.session_id),
          'visit', case when s.id is not null then ${visitRow} end)
          order by w.id desc), '[]')
       from (select * from replay_watch where site_id = ${site} order by id desc limit ${limit} offset ${offset}) w
       left join session s on s.site_id = w.site_id and s.id = w.session_id
       left join auth_user u on u.id = w.user_id
       left join replay_share h on h.site_id = w.site_id and h.id = w.share_id) as results`);
  const { results, total } = rows[0] ?? { results: [], total: 0 };
  return {
    results: results.map(({ visit, ...row }) => ({
      ...{ ...row, at: new Date(row.at).toISOString() },
      visit: visit && visitJson(visit),
    })),
    total,
  };
}
