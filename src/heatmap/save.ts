import { sql } from 'drizzle-orm';
import { TERM } from '../db/schema.ts';
import { packed } from './points.ts';

/** Clicks that are kept of a page in one visit. */
const MOST_POINTS = 1_000;

/**
 * What chunks say of their pages, written in the statement that keeps them: of those that are `fresh` among the `given`, so
 * that a chunk sent again counts once. The first chunk of a page stays the one where its picture begins. Stands in a `with`.
 */
export const savePages = sql`
  shown as materialized (
    select g.* from given g join fresh f using (site_id, session_id, stream, n) where g.page is not null and g.width is not null
  ), touched as materialized (
    select s.site_id, s.session_id, s.page, s."from", s.n, t.place, t.touch ->> 0 as kind, t.touch ->> 1 as element,
      t.touch ->> 2 as x, t.touch ->> 3 as y
    from shown s, json_array_elements(s.touches) with ordinality as t(touch, place)
  ), wanted as materialized (
    select site_id, ${TERM.path}::smallint as kind, page as value from shown
    union select site_id, ${TERM.element}::smallint, element from touched
  ), old_words as (
    select site_id, kind, value, t.id from wanted join term t using (site_id, kind, value)
  ), new_words as (
    insert into term (site_id, kind, value)
    select site_id, kind, value from wanted where (site_id, kind, value) not in (select site_id, kind, value from old_words)
    order by site_id, kind, value
    on conflict (site_id, kind, value) do update set value = excluded.value
    returning site_id, kind, value, id
  ), word as materialized (
    select * from old_words union all select * from new_words
  ), pages as (
    insert into replay_page (site_id, session_id, page, stream, n, width, height, points)
    select distinct on (s.site_id, s.session_id, p.id)
      s.site_id, s.session_id, p.id, s.stream, s.n, s.width, s.height,
      coalesce((
        select array_agg(${packed(sql`e.id`, sql`t.kind`, sql`t.x`, sql`t.y`)} order by t."from", t.n, t.place)
        from touched t join word e on (e.site_id, e.kind, e.value) = (t.site_id, ${TERM.element}::smallint, t.element)
        where (t.site_id, t.session_id, t.page) = (s.site_id, s.session_id, s.page)
      ), '{}')
    from shown s join word p on (p.site_id, p.kind, p.value) = (s.site_id, ${TERM.path}::smallint, s.page)
    order by s.site_id, s.session_id, p.id, s."from", s.n
    on conflict (site_id, session_id, page) do update
      set points = (replay_page.points || excluded.points)[1:${MOST_POINTS}::int]
  )`;
