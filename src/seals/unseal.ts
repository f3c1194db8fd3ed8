import { type SQL, sql } from 'drizzle-orm';
import { isoDate } from '../stats/zone.ts';
import { BLOCK_TABLES } from './blocks.ts';
import { shelfOf } from './places.ts';
import { list } from './span.ts';

/**
 * Moves the seals of sites back to a moment before which nothing has changed, and ends what is being sealed behind it. Days
 * whose visits are forgotten stay as they were sealed: there is nothing left to seal them anew from. While nothing is sealed, `upto` stays
 * null: `least` would leave that aside, and name days sealed that aren't.
 *
 * A site's row is locked until the change is there to be seen: a sealing that begins meanwhile waits for it, and one that began before is
 * ended by it, though this statement's view of the tables may be older. An update alone would not look at such a row again.
 * @param changed rows `(site_id, at)`: the earliest that changed of each
 */
export const unseal = (changed: SQL): SQL => sql`
  insert into seal as old (site_id, sealing)
  select c.site_id, greatest(c.at, site.kept) from (${changed}) c join site on site.id = c.site_id where c.at is not null
  on conflict (site_id) do update set upto = ${back(sql`upto`)}, sealing = null, changes = old.changes + 1,
    bitmaps = ${back(sql`bitmaps`)}, mapping = ${back(sql`mapping`)}
  where greatest(old.upto, old.sealing) > excluded.sealing`;

/** What was made up to a moment is so up to the change at most. What wasn't made stays so: \`least\` would leave nulls aside. */
const back = (column: SQL): SQL =>
  sql`case when old.${column} > excluded.sealing then excluded.sealing else old.${column} end`;

/** Takes a visitor out of where he stands. His bits stay until they are made anew: nothing says any more whose they are. */
export const unplace = (site: number, visitor: number): SQL => sql`
  update sealed_place p set visitors = visitors[:at - 1] || visitors[at + 1:], places = places[:at - 1] || places[at + 1:]
  from (
    select s.block, s.shelf, array_position(s.visitors, ${visitor}::bigint) as at from sealed_block k
      join sealed_place s on s.site_id = k.site_id and s.block = k.block and (s.shelf = ${shelfOf(sql`${visitor}::bigint`)} or s.shelf < 0)
    where k.site_id = ${site}
  ) s where p.site_id = ${site} and p.block = s.block and p.shelf = s.shelf and at is not null`;

/**
 * Deletes what tells of single visits of days before a date, a wall time of midnight: these days' slices, and blocks that know of any. Other blocks
 * are made by whatever seals the site next.
 */
export const dropBefore = (site: number, date: number): SQL => {
  const before = sql`${isoDate(date)}::date`;
  const those = sql`site_id = ${site} and block in (select block from sealed_block where site_id = ${site} and known < ${before})`;
  const blocks = BLOCK_TABLES.map(
    (table, i) => sql`${sql.identifier(`block_${i}`)} as (delete from ${table} where ${those})`,
  );
  return sql`with ${list(blocks)} delete from sealed_slice where site_id = ${site} and day < ${before}`;
};
