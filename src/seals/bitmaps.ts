import { type SQL, sql } from 'drizzle-orm';
import { dimensionColumn } from '../stats/dimensions.ts';
import { column, isDistinct } from '../stats/metrics.ts';
import type { Question } from '../stats/question.ts';
import type { Goal } from './blocks.ts';
import { GOAL_DIGITS, OF_PARTS } from './dimensions.ts';
import { maybeFitting } from './fits.ts';
import { countsFirsts, dividesDays, maskOfEvents, numbersOf, numbersOfSum } from './masks.ts';
import { DIGITS } from './numbers.ts';
import { arraysOf, type BitmapPlan, type SealedSum } from './plan.ts';
import { list } from './span.ts';
import { UNCHANGED } from './unchanged.ts';
import { idsOf, named } from './values.ts';

/** What bitmaps answer: sums over the parts of visits that masks leave (`masks.ts`). `docs/engine.md` says how. */

/**
 * What reached goals in the days that have bitmaps: CTEs behind `unchanged`, the last `of_goal (goal, visitors, events)`, by the goals' places;
 * several rows a goal, to be added up.
 */
export function bitmapGoals(question: Question, plan: BitmapPlan, goals: Goal[]): SQL {
  const stored = (
    code: number,
    id: SQL,
  ) => sql`goal_mask m join sealed_bitmap b on b.site_id = ${question.site.id} and b.block = m.block
    and b.segment = m.segment and b.dimension = ${code} and ${id} = any(${idsOf(goals)}) and ${UNCHANGED}`;
  const place = (id: SQL) => sql`array_position(${idsOf(goals)}, ${id}) - 1 as goal`;
  const digits = sql`b.value / ${GOAL_DIGITS}::int`;
  return sql`${maskOfEvents(question, plan, sql`goal_mask`)}
    of_goal as (
      select ${place(sql`b.value`)}, sum(${visitorsOf((bits) => sql`(${bits} & b.bits)::bit varying`)}) as visitors, 0 as events
      from ${stored(OF_PARTS.goal, sql`b.value`)} group by 1
      union all
      select ${place(digits)}, 0, sum(bit_count(m.seen & b.bits) << (b.value % ${GOAL_DIGITS}::int))
      from ${stored(OF_PARTS.goalDigit, digits)} group by 1
    )`;
}

/** Parts of a row `m`: those of which each sum is. */
interface Parts {
  visits: SQL;
  seen: SQL;
}

/** A sum over the parts of a row `m`. */
function summed(question: Question, need: SealedSum, { visits, seen }: Parts): SQL {
  if (need === 'e_visits') return sql`(bit_count(${seen}) - coalesce(bit_count(${seen} & m.again), 0))`;
  if (isDistinct(need)) return visitorsOf((bits) => bits);
  const bits = need.startsWith('v_') ? visits : seen;
  if (need === 'v_visits') return sql`bit_count(${bits})`;
  if (need === 'v_bounces') return sql`bit_count(${bits} & m.bounce)`;
  const digits = numbersOfSum(question, need).flatMap((number) =>
    Array.from({ length: DIGITS[number] }, (_, digit) => {
      const ones = sql`m.${sql.identifier(number)}[${digit + 1}::int]`;
      return sql`(coalesce(bit_count(${bits} & ${ones}), 0) << ${digit}::int)`;
    }),
  );
  const number = sql`(${sql.join(digits, sql` + `)})`;
  return need === 'v_seconds' ? sql`${number} / 1000.0` : number;
}

/** How many visitors the own parts of a row `m` are of, who weren't there earlier in the range. @param of which of some parts */
function visitorsOf(of: (bits: SQL) => SQL): SQL {
  const folded = (bits: SQL) =>
    sql`case when m.planes = 1 then ${of(bits)} else bitmap_folded(${of(bits)}, m.planes) end`;
  const own = folded(sql`m.own`);
  return sql`case when m.earlier is null then bit_count(${own}) else bit_count(${own} & ~ ${folded(sql`m.earlier`)}) end`;
}

/** Rows `(d0, sums)` to be added up, of each block. @param values a subquery `(value)`: of these alone */
export function bitmapSums(question: Question, plan: BitmapPlan, needs: SealedSum[], values?: SQL): SQL {
  const total = needs.map((need) => sql`sum(${column(need)}) as ${column(need)}`);
  const each = (parts: Parts) => needs.map((need) => sql`${summed(question, need, parts)} as ${column(need)}`);
  const firsts = countsFirsts(plan, needs);
  const visits = firsts ? sql`m.firsts` : sql`m.own`;
  if (plan.code === null) {
    return sql`select ${list(total)} from (select ${list(each({ visits, seen: sql`m.seen` }))} from mask m offset 0) x`;
  }
  const carried = [
    ...(needs.includes('v_bounces') ? ['bounce'] : []),
    ...(needs.includes('e_visits') ? ['again'] : []),
    ...numbersOf(question, needs),
  ].map((name) => sql`m.${sql.identifier(name)}`);
  if (firsts) carried.push(sql`(m.firsts & b.bits)::bit varying as firsts`);
  const counts = needs.some(isDistinct) ? [sql`m.planes`, sql`(m.earlier & b.bits)::bit varying as earlier`] : [];
  // Whoever asks for visits alone has no group of those that began before the range.
  const some = [
    ...(firsts ? [sql`bit_count(m.firsts) > 0`] : []),
    ...(firsts && needs.every((need) => need.startsWith('v_')) ? [] : [sql`bit_count(m.there) > 0`]),
  ];
  const there = sql`(${sql.join(some, sql` or `)})`;
  const own = ownAlone(plan, needs)
    ? sql`m.there`
    : sql`case when m.continued is null then m.there else m.there & m.of_visits end`;
  return sql`select ${list([groupOf(question, plan), ...total])} from (
      select m.known, m.value, ${list(each({ visits, seen: sql`m.there` }))} from (
        select m.*, (${own})::bit varying as own from (
          select ${list([sql`m.known`, sql`b.value`, sql`m.continued`, sql`m.own as of_visits`, ...counts, ...carried])},
            (${seenBits(plan, needs)} & b.bits)::bit varying as there from ${rowsOf(question, plan, { values })} offset 0
        ) m offset 0
      ) m where ${there} offset 0
    ) x ${ofDays(plan)} group by 1`;
}

/** Rows `(d0, n)` of the same: visitors alone. */
export function bitmapVisitors(question: Question, plan: BitmapPlan, need: SealedSum, values?: SQL): SQL {
  const group = plan.code === null ? [] : [dimensionColumn(0)];
  return sql`select ${list([...group, sql`${column(need)} as n`])} from (${bitmapSums(question, plan, [need], values)}) v`;
}

/** Whether sums are of a mask's own parts alone. */
const ownAlone = ({ events }: BitmapPlan, needs: SealedSum[]): boolean =>
  events || needs.every((need) => need.startsWith('v_'));

/** The parts of a mask `m` that any of these sums counts. */
export const seenBits = (plan: BitmapPlan, needs: SealedSum[]): SQL =>
  ownAlone(plan, needs) ? sql`m.own` : sql`m.seen`;

/**
 * Masks `m` with the bitmaps `b` of the values that divide them. Each is looked up in the index: Postgres expects few of them, and would read
 * the whole table. @param values a subquery `(value)`: of these alone
 */
export const rowsOf = (
  question: Question,
  plan: BitmapPlan,
  { masks = sql`mask`, values }: { masks?: SQL; values?: SQL | undefined } = {},
): SQL => {
  const { site } = question;
  const listed = sql`b.value >= 0${plan.by ? sql` and ${maybeFitting(question, plan.by, sql`b.value`)}` : sql``}`;
  const all = dividesDays(plan) ? sql`b.value >= m.since and b.value < m.upto` : listed;
  return sql`${masks} m ${values ? sql`cross join (${values}) w` : sql``} cross join lateral (
      select b.value, b.visitors, b.bits from sealed_bitmap b where b.site_id = ${site.id} and b.block = m.block and b.segment = m.segment
        and b.dimension = ${plan.code} and ${values ? sql`b.value = w.value` : all} offset 0
    ) b`;
};

/** The group of a row `x`. */
function groupOf({ site }: Question, { by }: BitmapPlan): SQL {
  const value = by === null ? sql`y.bucket` : named(site.id, by, sql`x.value`);
  return sql`${value} as ${dimensionColumn(0)}`;
}

/** Which bucket a day is, where days divide. */
function ofDays({ by, days }: BitmapPlan): SQL {
  if (by !== null) return sql``;
  const { dates, buckets } = arraysOf(days);
  return sql`join unnest(${dates}, ${buckets}) y(day, bucket) on y.day = x.known + x.value`;
}
