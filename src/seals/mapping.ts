import { sql } from 'drizzle-orm';
import { type Db, oneOrError } from '../db/client.ts';
import { moment } from '../db/rows.ts';
import { listWithSeals } from '../goals/goals.ts';
import { visitsInRange } from '../stats/rows.ts';
import { DAY, dateOf, dayStart, isoDate } from '../stats/zone.ts';
import { BLOCK_TABLES, type Block, type Goal, knows, mapped } from './blocks.ts';
import { cutsOf } from './places.ts';
import { hasMore, inTransaction, type Sealable, stand } from './seal.ts';

/** Making bitmaps: of the last months at once, seldom; and each day of the days since. */

/** A site that fewer come to in all that time is answered from rows as fast. */
const LEAST_VISITS = 50_000;
/** Visits of a slice, about, as `STEP_VISITS` of `seal.ts`. */
const SLICE_VISITS = 200_000;
/** Where slices may be larger than that there are so many nevertheless: filters pass over those of visitors that they don't fit. */
const LEAST_SLICES = 8;
/** Days that bitmaps go back for at least. */
const WINDOW_DAYS = 124;
/** What happened longer ago than that seldom changes any more: it is made anew after `DELTA_DAYS`, with all that came since. */
const SETTLED_DAYS = 3;
const DELTA_DAYS = 17;
/** Of a segment: more would leave filters fewer to pass over, and fewer aren't worth the row that they are read by. */
const SEGMENT_BITS = 65_536;
const MOST_VALUES = 2_000;

/** Numbers of blocks: two to take turns for all that is known, so that one answers while the other is made, and two for the days since. */
const BASES = [0, 1];
const DELTAS = [2, 3];

/** Blocks that are whole, as the site's `standing` tells them. */
export interface Blocks {
  base: Block;
  delta: Block | null;
  /** Dimensions that they have no bitmaps of. */
  lacks: number[];
}

export type Told = { block: number; known: string; own: string; until: string; lacks: number[]; goals: Goal[] };

/** @param told whole blocks, their dates as texts */
function blocksOf(told: Told[]): Blocks | null {
  const all = told.map((one): Block & { lacks: number[] } => ({
    ...one,
    known: Date.parse(one.known),
    own: Date.parse(one.own),
    until: Date.parse(one.until),
  }));
  const base = all.find(({ block }) => BASES.includes(block));
  if (!base) return null;
  const delta = all.find(({ block, own }) => DELTAS.includes(block) && own === base.until) ?? null;
  return { base, delta, lacks: [...base.lacks, ...(delta?.lacks ?? [])] };
}

/** How far bitmaps are true, a midnight, and in which blocks they are; null where there are none. */
export function bitmapsOf(
  upto: number | null,
  told: Told[] | null,
  zone: string,
): { upto: number; blocks: Blocks } | null {
  const blocks = blocksOf(told ?? []);
  return upto === null || blocks === null ? null : { upto: dayStart(zone, dateOf(zone, upto)), blocks };
}

interface Limits {
  /** No other slice is begun after this moment of the clock. */
  until?: number;
  least?: number;
  /** Visits of a slice. */
  visits?: number;
  /** Bits of a segment. */
  bits?: number;
  values?: number;
  settled?: number;
  delta?: number;
}

/**
 * Makes bitmaps of a site, up to the last midnight that is sealed. May end anywhere: what it has done holds, and the next run goes on.
 * @returns whether any that could be made are left
 */
export async function mapDue(db: Db, site: Sealable, limits: Limits = {}): Promise<boolean> {
  const { until = Number.POSITIVE_INFINITY, least = LEAST_VISITS, settled = SETTLED_DAYS, delta = DELTA_DAYS } = limits;
  const { id, timezone: zone } = site;
  for (let made = 0; ; made += 1) {
    const { upto, first, bitmaps: told, blocks } = await stand(db, id);
    if (upto === null || first === null) return false;
    const end = dateOf(zone, upto);
    const known = Math.max(dateOf(zone, first), end - WINDOW_DAYS * DAY);
    const there = { from: dayStart(zone, known), to: dayStart(zone, end) };
    if (known >= end || !(await hasMore(db, id, there, least))) return false;
    if (made > 0 && Date.now() >= until) return true;
    const bitmaps = bitmapsOf(told, blocks, zone);
    const valid = bitmaps ? dateOf(zone, bitmaps.upto) : known;
    const base = bitmaps?.blocks.base;
    const goals = (await listWithSeals(db, site)).map(({ id, name, event, path, props }) => ({
      id,
      name,
      event,
      path,
      props,
    }));
    const settledUpto = Math.max(known + DAY, end - settled * DAY);
    // Once a day at most for goals that are new.
    const lasts = base && goals.every((goal) => knows(base, goal)) ? delta : settled;
    const old = base && base.until < settledUpto && end - base.until > lasts * DAY;
    const fresh = base && valid >= base.until && !old;
    if (fresh && valid >= end) return false;
    const block: Omit<Block, 'block'> = fresh
      ? { known: base.known, own: base.until, until: end, goals }
      : { known, own: known, until: settledUpto, goals };
    if (!(await mapSlice(db, site, block, limits))) return false;
  }
}

/** Makes the next slice of a block, and the block known with the last. @returns false where its days were changed meanwhile */
async function mapSlice(
  db: Db,
  site: Sealable,
  block: Omit<Block, 'block'>,
  { visits = SLICE_VISITS, bits = SEGMENT_BITS, values = MOST_VALUES }: Limits,
): Promise<boolean> {
  const { id, timezone: zone } = site;
  const to = moment(dayStart(zone, block.until));
  const [known, own, until] = [block.known, block.own, block.until].map((date) => sql`${isoDate(date)}::date`);
  const visitsIn = (from: number) =>
    visitsInRange({ site, range: { from: dayStart(zone, from), to: dayStart(zone, block.until) }, bots: false });
  // Of the days since it takes their visitors' history.
  const [numbers, theirs] =
    block.own === block.known
      ? [BASES, sql``]
      : [DELTAS, sql` and s.visitor in (select s.visitor from session s where ${visitsIn(block.own)})`];
  const those = sql`site_id = ${id} and block = any(${`{${numbers.join()}}`}::smallint[])`;
  const same = sql`known = ${known} and own = ${own} and until = ${until}`;
  // What was begun goes on; else another is begun, beside the one that is read. From here on a change says how far it is true.
  const found = await db.execute<{
    block: number;
    slices: number;
    made: number;
    goals: Goal[] | null;
  }>(sql`
    with begun as (select block, slices, made, goals from sealed_block where ${those} and made < slices and ${same}),
    counted as materialized (
      select count(*)::float8 as visits from session s where ${visitsIn(block.known)}${theirs}
    ),
    marked as (
      update seal set mapping = coalesce(case when (select true from begun) then mapping end, ${to})
      where site_id = ${id} and upto >= ${to} returning 1
    )
    select coalesce(b.block, (select n from unnest(${`{${numbers.join()}}`}::smallint[]) n
        where n not in (select block from sealed_block where ${those} and made = slices) order by n limit 1)) as block,
      coalesce(b.slices, (select greatest(1, round(visits / ${visits}), least(${LEAST_SLICES}::int, round(visits / ${SLICE_VISITS}))) from counted)::smallint) as slices,
      coalesce(b.made, 0) as made, b.goals
    from marked left join begun b on true`);
  const [next] = found.rows;
  if (!next) return false;
  const { slices, made } = next;
  const one = sql`site_id = ${id} and block = ${next.block}`;
  const begin =
    made === 0
      ? [
          ...BLOCK_TABLES.map((table) => sql`delete from ${table} where ${one}`),
          sql`insert into sealed_block (site_id, block, known, own, until, slices, cuts, goals)
            values (${id}, ${next.block}, ${known}, ${own}, ${until}, ${slices}, ${cutsOf(id, zone, block, slices, visits)},
              ${JSON.stringify(block.goals)}::jsonb)`,
        ]
      : // Whoever makes it as well may have gone on, or begun anew.
        [sql`select ${oneOrError(sql`select from sealed_block where ${one} and ${same} and made = ${made}`)}`];
  // With the last slice it is read, and what stood in its place goes; of all that is known, the days since it, too.
  const replaced = numbers === BASES ? sql`block <> ${next.block}` : sql`${those} and block <> ${next.block}`;
  const end =
    made + 1 < slices
      ? []
      : [
          ...BLOCK_TABLES.map((table) => sql`delete from ${table} where site_id = ${id} and ${replaced}`),
          sql`update seal set bitmaps = mapping, mapping = null where site_id = ${id} and mapping is not null`,
          // Until Postgres has looked for itself it takes a new table for a small one, to be read whole.
          sql`analyze sealed_segment`,
          sql`analyze sealed_bitmap`,
        ];
  return inTransaction(db, id, [
    ...begin,
    ...mapped(id, zone, {
      ...block,
      goals: next.goals ?? block.goals,
      block: next.block,
      slice: made,
      slices,
      bits,
      values,
    }),
    ...end,
  ]);
}
