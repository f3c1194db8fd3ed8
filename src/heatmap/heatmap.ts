import { type SQL, sql } from 'drizzle-orm';
import type { HeatmapJson } from '../contract/api.ts';
import { unset } from '../contract/query.ts';
import { DEPTHS } from '../contract/replay.ts';
import { TOUCHES } from '../contract/wire.ts';
import { moment, rowsOf, visitIdsAround } from '../db/rows.ts';
import { pageviewName, termIds } from '../goals/match.ts';
import { chunkRow, fits } from '../replays/list.ts';
import { type Watcher, watching } from '../replays/watched.ts';
import type { Sql } from '../stats/question.ts';
import { counted, LONGEST_VISIT, visitsInRange } from '../stats/rows.ts';
import type { Asked } from '../stats/where.ts';
import { elementIn, kindIn, xIn, yIn } from './points.ts';

/** One page in the visits that began in a range and fit. */
export interface Wanted extends Asked {
  page: string;
  /** A class of devices, as visits name it; all of them without. */
  device?: string;
  /** Which of the visits' pictures: 0 is the latest one's. */
  picture: number;
}

/** Elements of one answer, the most clicked; and places told of each, the most clicked. */
const ELEMENTS = 300;
const SPOTS = 300;

/** Where a page was clicked, how far down it was seen, and what to draw that over. */
export async function heatmap(db: Sql, wanted: Wanted, watcher: Watcher): Promise<HeatmapJson> {
  const [clicked, scroll] = await Promise.all([clicks(db, wanted, watcher), scrolled(db, wanted)]);
  return { ...clicked, scroll };
}

/** Whether a device, as a term, is of the class that is asked for. */
function isOf(column: SQL, { site, device }: Wanted): SQL {
  if (device === undefined) return sql`true`;
  if (device === unset('visit:device')) return sql`${column} is null`;
  return sql`${column} = (${termIds(site.id, 'device', sql`value = ${device}`)})`;
}

/**
 * Of recorded visits alone. That a moment of one is looked at is written down. Visits are in their order before their chunks are
 * looked up, so that this ends with the first that has a picture.
 */
async function clicks(db: Sql, wanted: Wanted, watcher: Watcher): Promise<Omit<HeatmapJson, 'scroll'>> {
  const { range, bots } = wanted;
  const site = wanted.site.id;
  const point = sql`point`;
  const { rows } = await db.execute(sql`
    with fitting as materialized (
      select h.*, s.device
      from replay_page h join session s on s.site_id = h.site_id and s.id = h.session_id
      where h.site_id = ${site} and ${visitIdsAround(sql`h.session_id`, range)}
        and h.page = (${termIds(site, 'path', sql`value = ${wanted.page}`)})
        and s.start >= ${moment(range.from)} and s.start < ${moment(range.to)}
        and ${counted(bots, sql`s.flags`)} and ${fits(wanted)}
    ), mine as (
      select * from fitting where ${isOf(sql`device`, wanted)}
    ), touched as materialized (
      select session_id, ${elementIn(point)} as element, ${kindIn(point)} as kind, point
      from (select session_id, unnest(points) as point from mine) t
    ), elements as (
      select element, ${sums}, count(distinct session_id)::int as visits
      from touched group by element order by clicks desc, element limit ${ELEMENTS}::int
    ), spots as (
      select element, kind, ${xIn(point)} as x, ${yIn(point)} as y, count(*)::int as n,
        row_number() over (partition by element, kind order by count(*) desc, point) as place
      from touched t where element in (select element from elements) group by element, kind, point
    ), chosen as (
      select m.*, k.n as keyframe from (select * from mine order by session_id desc offset 0) m cross join lateral (
        select max(c.n) as n from replay_chunk c
        where c.site_id = m.site_id and c.session_id = m.session_id and c.stream = m.stream and c.n <= m.n and c.keyframe
      ) k
      where k.n is not null order by m.session_id desc offset ${wanted.picture}::int limit 1
    ), watched as (
      ${watching(site, sql`(select session_id from chosen)`, watcher)}
    )
    select json_build_object(
      'visits', (select count(*)::int from mine),
      'devices', (
        select coalesce(json_agg(json_build_object('device', coalesce(w.value, ${unset('visit:device')}), 'visits', n)
          order by n desc, w.value), '[]')
        from (select device, count(*)::int as n from fitting group by device) d
          left join term w on w.site_id = ${site} and w.id = d.device),
      'totals', (select row_to_json(t) from (select ${sums} from touched) t),
      'window', (select json_build_object('width', round(avg(width))::int, 'height', round(avg(height))::int)
        from mine having count(*) > 0),
      'elements', (select coalesce(json_agg(json_build_object('element', w.value, 'clicks', clicks, 'dead_clicks', dead_clicks,
        'rage_clicks', rage_clicks, 'visits', visits, 'spots', s.spots) order by clicks desc, w.value), '[]')
        from elements e join term w on w.site_id = ${site} and w.id = e.element join (
          select element, json_agg(json_build_array(kind, x, y, n) order by kind, place) as spots
          from spots where place <= ${SPOTS}::int group by element
        ) s on s.element = e.element),
      'picture', (select json_build_object('session', p.session_id, 'chunks', (
        select json_agg(${chunkRow} order by c.n) from replay_chunk c
        where c.site_id = p.site_id and c.session_id = p.session_id and c.stream = p.stream and c.n >= p.keyframe
          and (c.n <= p.n or c.n = p.n + 1 and c.url = (select url from replay_chunk f
            where f.site_id = p.site_id and f.session_id = p.session_id and f.stream = p.stream and f.n = p.n)))) from chosen p)
    ) as found`);
  return (rows[0] as { found: Omit<HeatmapJson, 'scroll'> }).found;
}

const sums = sql.join(
  TOUCHES.map((name, kind) => sql`(count(*) filter (where kind = ${kind}::int))::int as ${sql.identifier(name)}`),
  sql`, `,
);

/** Of all visits, recorded or not: each tells by itself how far down it saw a page. */
async function scrolled(db: Sql, wanted: Wanted): Promise<HeatmapJson['scroll']> {
  const { range } = wanted;
  const site = wanted.site.id;
  const { rows } = await db.execute(sql`
    with fitting as materialized (
      select s.id from session s where ${visitsInRange(wanted)} and ${fits(wanted)}
        and ${isOf(sql`s.device`, wanted)}
    ), deepest as (
      select max(e.scroll) as depth from event e join fitting f on f.id = e.session_id
      where ${rowsOf('e', site, { from: range.from, to: range.to + LONGEST_VISIT })}
        and e.page = (${termIds(site, 'path', sql`value = ${wanted.page}`)}) and e.name = ${pageviewName(site)}
        and e.scroll is not null
      group by e.session_id
    )
    select depth, count(*)::int as visits from deepest group by depth`);
  return reached(rows as { depth: number; visits: number }[]);
}

/** How many visits saw each depth: all those whose deepest point is there, or further down. */
export function reached(deepest: { depth: number; visits: number }[]): HeatmapJson['scroll'] {
  const sum = (least: number) =>
    deepest.reduce((all, { depth, visits }) => (Number(depth) >= least ? all + Number(visits) : all), 0);
  return { visits: sum(0), reached: DEPTHS.map(sum) };
}
