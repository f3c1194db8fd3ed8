import { type SQL, sql } from 'drizzle-orm';
import type { Question } from '../stats/question.ts';
import { SEGMENTS } from './blocks.ts';
import { storedOf } from './masks.ts';

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
  // Arrays are unpacked once (`||` does that), and not for each who is looked up in them.
  return sql`(
    with who as materialized (select distinct visitor from ${pairs} p),
    sought as materialized (
      select visitor, k.block, mod(abs(visitor), k.slices) as slice from who cross join sealed_block k
      where k.site_id = ${site.id} and k.block in (select block from ${masks} m)
    ),
    standing as materialized (
      select g.block, g.segment, g.segment / ${SEGMENTS}::int as slice, visitors || '{}'::bigint[] as visitors, places || '{}'::int[] as places
      from ${masks} m join sealed_segment g on g.site_id = ${site.id} and g.block = m.block and g.segment = m.segment
    ),
    placed as materialized (
      select block, segment, visitor, places[place] as place from (
        select g.block, g.segment, g.visitors, g.places, w.visitor, width_bucket(w.visitor, g.visitors) as place
        from standing g join sought w using (block, slice) offset 0
      ) p where visitors[place] = visitor
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
