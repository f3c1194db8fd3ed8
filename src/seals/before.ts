import { type SQL, sql } from 'drizzle-orm';
import type { Question } from '../stats/question.ts';
import { storedOf } from './masks.ts';
import { shelfOf, standingAt } from './places.ts';

/**
 * Who of some visitors was there before. Rows tell it of visits; of events they would have to be read of all minutes that these visitors were
 * there in, which on a busy site are all that there are. Bitmaps know where each visitor stands, and have a bit there.
 */

/**
 * Rows `(value, visitor)`: which of some pairs occur in what bitmaps know of a range.
 * @param masks a CTE as `maskOfEvents` makes it
 * @param code of what has these values, of `dimensions.ts`
 * @param pairs a CTE `(value, visitor)`, each once
 */
export function seenBefore({ site }: Question, masks: SQL, code: number, pairs: SQL): SQL {
  // Arrays are unpacked once for all who are looked up in them (`||` does that), and go through no table.
  return sql`(
    with sought as materialized (
      select k.block, ${shelfOf(sql`visitor`)} as shelf, array_agg(visitor) as who
      from (select distinct visitor from ${pairs} p) p cross join sealed_block k
      where k.site_id = ${site.id} and k.block in (select block from ${masks} m) group by 1, 2
    ),
    placed as materialized (
      select block, ${standingAt.segment} as segment, visitor, ${standingAt.place} as place from (
        select k.block, w.visitor, s.visitors, s.places, width_bucket(w.visitor, s.visitors) as nth
        from sought k cross join lateral (
            select visitors || '{}'::bigint[] as visitors, places || '{}'::int[] as places from sealed_place s
            where s.site_id = ${site.id} and s.block = k.block and s.shelf = k.shelf offset 0
          ) s cross join lateral unnest(k.who) w(visitor) offset 0
      ) k cross join lateral (select places[nth] as at) a where visitors[nth] = visitor
    ),
    asked as materialized (
      select block, segment, value, array_agg(place) as places, array_agg(visitor) as visitors
      from ${pairs} p join placed using (visitor) group by 1, 2, 3
    )
    select x.value, u.visitor
    from (
      select a.value, a.places, a.visitors, bitmap_folded((m.own & ${storedOf(site.id, code, sql`a.value`)})::bit varying, m.planes) as bits
      from asked a join ${masks} m using (block, segment) offset 0
    ) x cross join lateral unnest(x.places, x.visitors) u(place, visitor)
    where get_bit(x.bits, u.place) = 1
  )`;
}
