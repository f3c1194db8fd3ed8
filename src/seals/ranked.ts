import { type SQL, sql } from 'drizzle-orm';
import type { FilterDimension } from '../contract/query.ts';
import type { Question } from '../stats/question.ts';
import { isoDate } from '../stats/zone.ts';
import { bitmapVisitors, rowsOf, seenBits } from './bitmaps.ts';
import { OF_PARTS } from './dimensions.ts';
import { maybeFitting } from './fits.ts';
import { storedOf } from './masks.ts';
import type { BitmapPlan, SealedSum } from './plan.ts';
import { valueNamed } from './values.ts';

/**
 * The first rows of a list, of the most visitors, without counting all of it. How many visitors a value has whatever the filters say is
 * known, and that is the most that they can leave of them: those with the most are counted first, and of the others only who could come before
 * the last of these. A threshold algorithm: https://doi.org/10.1145/375551.375567
 */

/** Further down, nearly all values are counted. */
const MOST_ROWS = 200;

/** Rows that are wanted, from the first on; null where the list isn't one of the most visitors, or is wanted whole. */
export function firstRows({ metrics, order, page }: Question, { by }: Pick<BitmapPlan, 'by'>): number | null {
  const [[first, direction] = [metrics[0], 'desc']] = order;
  const rows = page.offset + page.limit;
  return by !== null && first === 'visitors' && direction === 'desc' && rows <= MOST_ROWS ? rows : null;
}

/** How such a list is counted. */
export interface Ranked {
  /** CTEs behind `mask`, each with its comma. */
  before: SQL[];
  /** Rows `(d0, n)` to be added up: the visitors of what may be among the first rows, and of others some. */
  visitors: SQL[];
}

/** And where the others aren't counted at all. */
export interface RankedAlone extends Ranked {
  /** A subquery `(value)`: what may be among the first rows. */
  values: SQL;
  /** Whether a row `p` of a group is one of these. */
  shown: SQL;
}

/** Visitors of the hours that are open, who weren't there before. */
export interface Open {
  /** CTEs, each with its comma. */
  before: SQL[];
  /** Rows `(d0, n)`: how many there are of each group at most, of all that it has. */
  most: SQL;
  /** CTEs, each with its comma, and rows `(d0, n)`: how many there are. @param values a subquery `(value)`: of these at least */
  fresh: (values: SQL) => { before: SQL[]; rows: SQL };
}

/** Of bitmaps, and of open hours where there are any. @param groups a CTE `(d0)` of what else these have, where they add anything up */
export function ranked(
  question: Question,
  plan: BitmapPlan & { by: FilterDimension },
  rows: number,
  { needs, visitors }: { needs: SealedSum[]; visitors: SealedSum },
  open: Open | null,
  groups: SQL | null,
): RankedAlone {
  const value = sql`${valueNamed(question.site.id, plan.by, sql`d0`)} as value`;
  const others = groups ? sql` union all select ${value}, 0 from ${groups}` : sql``;
  const behind = open ? sql` union all select value, n from behind` : sql``;
  const firsts = sql`select value from ranked where place <= ${rows}`;
  const values = sql`${firsts} union all select value from others`;
  const fresh = open?.fresh(values);
  const before = [
    ...(open?.before ?? []),
    ...(open ? [sql`behind as materialized (select ${value}, n from (${open.most}) o${others}), `] : []),
    sieve(plan),
    sql`ranked as materialized (
      select value, sum(n) as most, row_number() over (order by sum(n) desc) as place
      from (
        select value, n from (${ofDays(question, plan)}) d where ${byDays(plan)} union all
        select b.value, ${AT_MOST} as n from ${rowsOf(question, plan, { masks: sql`sieve` })} where not ${byDays(plan)}${behind}
      ) r group by value
    ), `,
    sql`tried as materialized (${bitmapVisitors(question, plan, visitors, firsts)}), `,
    sql`enough as materialized (
      select min(n) as n from (
        select value, sum(n) as n from (select value, 0 as n from (${firsts}) f union all select ${value}, n from tried) c group by value
      ) t
    ), `,
    sifted(question, plan, rows, open !== null),
    ...(fresh?.before ?? []),
    ...(question.total ? [sql`left_out as (${leftOut(question, plan, rows, needs, open !== null)}), `] : []),
  ];
  return {
    before,
    values,
    visitors: [
      sql`select d0, n from tried`,
      bitmapVisitors(question, plan, visitors, sql`select value from others`),
      ...(fresh ? [fresh.rows] : []),
    ],
    shown: sql`${valueNamed(question.site.id, plan.by, sql`p.d0`)} in (${values})`,
  };
}

/** Of sealed days, which have all values counted already: of these hours only what may be among the first rows. @param sealed rows `(d0, n)` */
export function rankedBehind(rows: number, sealed: SQL, open: Open): Ranked {
  const fresh = open.fresh(sql`select value from ranked where most >= (select n from enough)`);
  return {
    before: [
      ...open.before,
      sql`of_days as materialized (${sealed}), `,
      sql`ranked as materialized (
        select d0 as value, sum(n) as n, sum(n + more) as most, row_number() over (order by sum(n) desc) as place
        from (select d0, n, 0 as more from of_days union all select d0, 0, n from (${open.most}) o) r group by 1
      ), `,
      sql`enough as materialized (select min(n) as n from ranked where place <= ${rows}), `,
      ...fresh.before,
    ],
    visitors: [sql`select d0, n from of_days`, fresh.rows, sql`select d0, 0 as n from (${open.most}) o`],
  };
}

/**
 * The CTE `sieve`: masks `m`, the largest first. Pages, which are many, have outlines: a bit for whoever ever saw it where there is one for each part of
 * his visits else.
 */
function sieve({ by, code }: BitmapPlan): SQL {
  const [own, dimension] =
    by === 'event:page'
      ? [sql`bitmap_folded(own, planes)`, sql`case when planes = 1 then ${code}::int else ${OF_PARTS.outline}::int end`]
      : [sql`own`, sql`${code}::int`];
  return sql`sieve as materialized (
    select *, row_number() over (order by count desc) as nth
    from (select *, bit_count(own) as count from (select block, segment, ${dimension} as dimension, ${own} as own from mask offset 0) m offset 0) m
  ), `;
}

/** How many visitors of a segment have a value and fit, at most: those who have it, or all who fit. */
const AT_MOST = sql`least(b.visitors, m.count)`;

/**
 * The CTE `others`: what may be among the first rows beside those with the most. A segment after the other is looked at: what a
 * value may come to is what is counted of it and all that the other segments have of it, and those that can't reach the first rows any more
 * are left. Parts of visits are counted, which takes no folding and is little more than there are visitors.
 */
function sifted(question: Question, plan: BitmapPlan, rows: number, open: boolean): SQL {
  const of = (value: SQL, what: SQL) => storedOf(question.site.id, sql`m.dimension`, value, what);
  const bits = of(sql`t.value`, sql`${AT_MOST} as visitors, bit_count(m.own & b.bits) as n`);
  const behind = open ? sql`coalesce((select sum(n) from behind b where b.value = r.value), 0)` : sql`0`;
  // What is told of days isn't by segment; and what nobody had in these is in none.
  const rest = sql`case when ${byDays(plan)} then (select coalesce(sum(${of(sql`r.value`, AT_MOST)}), 0) from sieve m) else most - ${behind} end`;
  const enough = sql`(select n from enough)`;
  return sql`others as materialized (
    with recursive told as (
      select value, 0::bigint as nth, (${behind})::float8 as n, (${rest})::float8 as rest from ranked r where place > ${rows} and most >= ${enough}
      union all
      select t.value, m.nth, t.n + coalesce(b.n, 0), t.rest - coalesce(b.visitors, 0)
      from told t join sieve m on m.nth = t.nth + 1 left join lateral (${bits} offset 0) b on true where t.n + t.rest >= ${enough}
    )
    select value from told where nth = (select count(*) from sieve) and n >= ${enough}
  ), `;
}

/** Whether what is sealed of its days bounds a list, and not the visitors that each value has in each segment: where that is less to read. */
const byDays = ({ days }: BitmapPlan): SQL => sql`((select count(*) from sieve) > ${days.length}::int)`;

/** Rows `(value, n)` of the days of a range: visits that began with each value, or what happened with it. */
function ofDays(question: Question, { by, code, days, events }: BitmapPlan & { by: FilterDimension }): SQL {
  const [first, last] = [days.at(0), days.at(-1)].map((day) => sql`${isoDate(day?.date ?? 0)}::date`);
  // As in `sums` of `grouped.ts`: beside each other in a select they are taken apart in half the time.
  return sql`select u.value, u.n from (
      select unnest(x."values") as value, unnest(${events ? sql`x.events` : sql`x.visits`}) as n from sealed_sum x
      where x.site_id = ${question.site.id} and x.dimension = ${code} and x.day between ${first} and ${last}
    ) u where ${maybeFitting(question, by, sql`u.value`)}`;
}

/** How many groups there are beside these: that there is one is told by the first of its bits. */
function leftOut(question: Question, plan: BitmapPlan, rows: number, needs: SealedSum[], open: boolean): SQL {
  const bits = rowsOf(question, plan, { values: sql`select r.value` });
  // Kept whole: else Postgres may look for all values at once.
  const some = sql`exists (select from ${bits} where bit_count(${seenBits(plan, needs)} & b.bits) > 0 offset 0)`;
  return sql`select count(*)::float8 as n from ranked r where place > ${rows} and value not in (select value from others)
    and (${some}${open ? sql` or value in (select value from behind)` : sql``})`;
}
