import { type SQL, sql } from 'drizzle-orm';
import { visitsGoingOnInto, visitsInRange } from '../stats/rows.ts';
import { dayStart } from '../stats/zone.ts';
import type { Block } from './blocks.ts';
import { DIVIDED, list, nameOf } from './span.ts';

/**
 * Where the visitors of a block are: in which of its slices, and where their bits stand. Slices are of visitors who are alike, which leaves
 * filters few segments; on shelves it stands where each visitor is, for whoever looks for one.
 */

/** What a visitor seldom changes. */
const SELDOM = (['visit:country', 'visit:browser', 'visit:os', 'visit:language'] as const).flatMap((dimension) =>
  DIVIDED.filter((one) => one.dimension === dimension),
);

/** What a visitor is like, of his parts of visits: those who are alike stand together, so that bits repeat and take no room. */
export const LIKES = sql`max(array[${list(SELDOM.map(({ code }) => sql`coalesce(${nameOf(code)}, 0)`))}])`;

/** The same of a visit `s`, in the order of slices; who is alike in all of it is in some order. */
const LIKE = sql`array[${list([...SELDOM.map(({ column }) => sql`coalesce(${column}, 0)`), sql`mod(abs(s.visitor), 65536)::int`])}]`;

/** Visits that tell where slices are cut, about. */
const SAMPLE = 50_000;

type Days = Pick<Block, 'own' | 'until'>;

const visitsOf = (site: number, zone: string, { own, until }: Days) => ({
  site: { id: site },
  range: { from: dayStart(zone, own), to: dayStart(zone, until) },
  bots: false,
});

/** Where a block is cut into slices, an array of arrays: one less than slices, or fewer. @param visits of a slice, about */
export function cutsOf(site: number, zone: string, days: Days, slices: number, visits: number): SQL {
  if (slices === 1) return sql`'{}'`;
  const each = Math.max(1, Math.floor((slices * visits) / SAMPLE));
  return sql`(select coalesce(array_agg(likes order by nth), '{}') from (
    select nth, min(likes) as likes from (
      select likes, ntile(${slices}) over (order by likes) as nth from (
        select ${LIKE} as likes from session s where ${visitsInRange(visitsOf(site, zone, days))} and mod(abs(s.visitor), ${each}) = 0
      ) v
    ) v where nth > 1 group by nth
  ) c)`;
}

/**
 * The visitors of a slice: those of whom any visit belongs there, and who are in none yet. The last has all who are left, since what is known of some may
 * have changed after the slice was made that they would be in.
 */
export function visitorsIn(
  site: number,
  zone: string,
  { block, ...days }: Pick<Block, 'block' | 'own' | 'until'>,
  { slice, slices }: { slice: number; slices: number },
): SQL {
  const asked = visitsOf(site, zone, days);
  // What isn't there is an empty array, which comes before all others.
  const cut = (nth: number) =>
    sql`array(select unnest(cuts[${nth}:${nth}]) from sealed_block where site_id = ${site} and block = ${block})`;
  const visits =
    slice + 1 < slices
      ? sql`${visitsInRange(asked)} and ${LIKE} >= ${cut(slice)} and ${LIKE} < ${cut(slice + 1)}`
      : sql`(${visitsInRange(asked)} or ${visitsGoingOnInto(asked)})`;
  return sql`select visitor from (select distinct s.visitor from session s where ${visits}) v
    where not exists (select from sealed_place p cross join unnest(p.visitors) w(visitor)
      where p.site_id = ${site} and p.block = ${block} and w.visitor = v.visitor)`;
}

/** Where a visitor stands is told by his segment's number times that, and his place among the bits of a plane. */
const PLACES = 65_536;
/** So many for each slice, that who is looked for is looked for among few. */
const SHELVES = 16;

/** The shelf of a visitor of a block `k`. While it is made there is one for each slice, below 0. */
export const shelfOf = (visitor: SQL): SQL => sql`mod(abs(${visitor}), k.slices * ${SHELVES}::int)::int`;

/** The segment, and the place in it, that are told by a number `at` on a shelf. */
export const standingAt = { segment: sql`at / ${PLACES}::int`, place: sql`at % ${PLACES}::int` };

/**
 * Writes down where the visitors of a slice stand, but for those who were deleted while it was made. Who is deleted from here on waits until all
 * this is there, and is taken out of it then (`unplace`).
 * @param visitors of rows `(visitor, number, place)`, the number that of a segment
 */
export const standing = (site: number, block: number, slice: number, visitors: SQL): SQL[] => [
  sql`select from seal where site_id = ${site} for share`,
  sql`insert into sealed_place (site_id, block, shelf, visitors, places)
    select ${site}, ${block}::smallint, ${-1 - slice}, array_agg(visitor), array_agg(number * ${PLACES}::int + place)
    from (select * from ${visitors}) v where exists (select from session s where s.site_id = ${site} and s.visitor = v.visitor) having count(*) > 0`,
];

/** Puts a block's visitors on their shelves, once all of them have their places. */
export const shelved = (site: number, block: number): SQL => sql`
  with made as (delete from sealed_place where site_id = ${site} and block = ${block} and shelf < 0 returning visitors, places)
  insert into sealed_place (site_id, block, shelf, visitors, places)
  select ${site}, ${block}::smallint, ${shelfOf(sql`visitor`)}, array_agg(visitor order by visitor), array_agg(place order by visitor)
  from (select unnest(visitors) as visitor, unnest(places) as place from made) v
    cross join (select slices from sealed_block where site_id = ${site} and block = ${block}) k group by 3`;
