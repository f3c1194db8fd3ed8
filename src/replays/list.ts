import { type SQL, sql } from 'drizzle-orm';
import type { ReplayDetail, ReplayJson } from '../contract/api.ts';
import { filtered, isEvent } from '../contract/query.ts';
import type { Db } from '../db/client.ts';
import { moment, rowsOf } from '../db/rows.ts';
import { SESSION_FLAG } from '../db/schema.ts';
import { LONGEST_VISIT } from '../stats/rows.ts';
import { type Asked, where } from '../stats/where.ts';
import { ms, type ReplayRow, replayJson, replayRow, storyRows } from './visit.ts';

/** Recordings of which visits: when the visit began counts, as in every report. */
export interface Wanted extends Asked {
  page: { limit: number; offset: number };
}

/** Recordings, newest first, of visits that fit; those whose page view has not arrived fit where nothing is filtered. */
export async function listReplays(db: Db, wanted: Wanted): Promise<{ results: ReplayJson[]; total: number }> {
  const { range, bots, page } = wanted;
  const [from, to] = [moment(range.from), moment(range.to)];
  const site = wanted.site.id;
  const { rows } = await db.execute<{ results: ReplayRow[]; total: number }>(sql`
    with fitting as (
      select r.*
      from replay r left join session s on s.site_id = r.site_id and s.id = r.session_id
      where r.site_id = ${site}
        and r.start >= ${from} - interval '1 day' and r.start < ${to} + interval '1 day'
        and coalesce(s.start, r.start) >= ${from} and coalesce(s.start, r.start) < ${to}
        and ${bots ? sql`true` : sql`coalesce(s.flags, 0) & ${SESSION_FLAG.bot}::int = 0`}
        and ${fits(wanted)}
    ), page as (
      select * from fitting order by start desc, session_id desc limit ${page.limit} offset ${page.offset}
    )
    select
      (select count(*)::int from fitting) as total,
      (select coalesce(json_agg(${replayRow} order by r.start desc, r.session_id desc), '[]')
       from page r left join session s on s.site_id = r.site_id and s.id = r.session_id) as results`);
  const found = rows[0] ?? { results: [], total: 0 };
  return { results: found.results.map(replayJson), total: found.total };
}

/** A filter on events asks for a visit that has such an event. */
function fits(wanted: Wanted): SQL {
  const { site, range, filters } = wanted;
  if (filters.length === 0) return sql`true`;
  if (!filtered(filters).some(isEvent)) return sql`s.id is not null and ${where(wanted, sql`s.visitor`)}`;
  const last = sql`(select max(s.last) from session s where ${rowsOf('s', site.id, range)})`;
  return sql`exists (
    select 1 from event e
    where ${rowsOf('e', site.id, { from: range.from, to: range.to + LONGEST_VISIT })} and minute(e.time) <= minute(${last})
      and e.session_id = s.id and ${where(wanted, sql`e.visitor`)})`;
}

/** Everything about one recording but its bytes; null when there is none. */
export async function findReplay(db: Db, site: number, session: number): Promise<ReplayDetail | null> {
  type Detail = Pick<ReplayDetail, 'chunks' | 'events'> & { replay: ReplayRow };
  const { rows } = await db.execute<{ detail: Detail }>(sql`
    select json_build_object(
      'replay', ${replayRow},
      'chunks', (
        select coalesce(json_agg(json_build_object(
          'stream', c.stream, 'n', c.n, 'from', ${ms(sql`c."from"`)}, 'to', ${ms(sql`c."to"`)}, 'skew', c.skew,
          'events', c.events, 'bytes', c.bytes, 'keyframe', c.keyframe, 'url', c.url, 'signals', c.signals)
          order by c."from", c.stream, c.n), '[]')
        from replay_chunk c where c.site_id = r.site_id and c.session_id = r.session_id),
      'events', ${storyRows(site)}
    ) as detail
    from replay r left join session s on s.site_id = r.site_id and s.id = r.session_id
    where r.site_id = ${site} and r.session_id = ${session}`);
  const detail = rows[0]?.detail;
  return detail ? { ...replayJson(detail.replay), chunks: detail.chunks, events: detail.events } : null;
}
