import { type SQL, sql } from 'drizzle-orm';
import type { FilterDimension, SimpleFilter } from '../contract/query.ts';
import { dimensionColumn } from '../stats/dimensions.ts';
import { column } from '../stats/metrics.ts';
import type { Question } from '../stats/question.ts';
import { parts } from './blocks.ts';
import { ALL_VISITS, codeOf, OF_PARTS } from './dimensions.ts';
import { bitsOf, fitting, idsNamed } from './fits.ts';
import { NUMBERS, NUMBERS_OF } from './numbers.ts';
import { LIKES } from './places.ts';
import { arraysOf, type SealedSum, type SlicePlan } from './plan.ts';
import { type Days, DIVIDED, list, nameOf, ofSet, rowsIn, type Span, setsOf } from './span.ts';
import { LABELLED, labelled } from './values.ts';

/**
 * Slices: what each visit of a day had, as numbers in twos. A day is asked by itself, so that a series of days under any filters is a few
 * ANDs of each day's own bits, where bitmaps of all visitors have each day's bits among those of all others. `docs/engine.md` says how.
 *
 * Bit-sliced indexes: https://doi.org/10.1145/253260.253268
 */

/** What a part of a visit is, or isn't: each is a digit of one number. Strings so short are compressed only if they are stored together. */
const IS = { any: 0, continued: 1, again: 2, bounce: 3 };
const flag = (condition: SQL, digit: number): SQL => sql`((${condition})::int << ${digit}::int)`;

/** Numbers of the parts of visits that a day has; the strings of each are as many as its largest one takes. */
const OF_PART: { code: number; number: SQL }[] = [
  {
    code: OF_PARTS.any,
    number: sql`${flag(sql`true`, IS.any)} | ${flag(sql`not began`, IS.continued)} | ${flag(sql`bounce`, IS.bounce)}
      | ${flag(sql`coalesce(lag(visitor) over of_day = visitor, false)`, IS.again)}`,
  },
  { code: OF_PARTS.views, number: sql`views` },
  { code: OF_PARTS.events, number: sql`events` },
  { code: OF_PARTS.laterViews, number: sql`later` },
  { code: OF_PARTS.duration, number: sql`duration` },
];

/** The slices of a span, in a transaction of their own: they use temporary tables. */
export function writtenSlices(site: number, span: Span, days: Days): SQL[] {
  const values = DIVIDED.map(({ code, dimension }) => {
    const name = nameOf(code);
    const label = sql`(${labelled(site, dimension)})`;
    return { code, name, value: sql`case when ${name} = ${label} then ${LABELLED} else coalesce(${name}, 0) end` };
  });
  const named = OF_PART.map(({ code, number }) => ({ code, name: nameOf(code), number }));
  const all = [...values, ...named].map(({ code, name }) => ({ code, name }));
  const joined = values.map(({ code, name }) => {
    const codes = sql.identifier(`c${code}`);
    return {
      column: sql`${codes}.number as ${name}`,
      join: sql`join day_value ${codes} on ${codes}.day = p.day and ${codes}.dimension = ${code} and ${codes}.value = p.${name}`,
    };
  });
  return [
    // Those who are alike stand together, so that bits repeat; and a visitor's parts, so that it is told which are of one.
    sql`create temporary table day_part on commit drop as
      select day, row_number() over of_day as place, ${list([...values.map(({ name, value }) => sql`${value} as ${name}`), ...named.map(({ name, number }) => sql`${number} as ${name}`)])}
      from (
        select *, ${LIKES} over (partition by day, visitor) as likes
        from (${parts(site, rowsIn(site, span), days.of, () => sql`true`, 0)}) p
      ) p window of_day as (partition by day order by likes, visitor, start, visit)`,
    // What most have is the smallest number.
    sql`create temporary table day_value on commit drop as
      select day, dimension, value, (row_number() over (partition by day, dimension order by count desc, value) - 1)::int as number
      from (select day, ${ofSet(values)}, count(*) as count from day_part group by day, ${setsOf(values, false)}) c`,
    sql`analyze day_part`,
    sql`analyze day_value`,
    // Of twenty joins Postgres expects no row, and would look each part's numbers up one by one; in which order, it would think about for long.
    sql`select set_config('enable_nestloop', 'off', true), set_config('join_collapse_limit', '1', true)`,
    sql`insert into sealed_slice (site_id, day, dimension, "values", digits)
      select ${site}, s.day, n.dimension, v."values", bit_digits(n.numbers)
      from (
        select day, ${list(all.map(({ name }) => sql`array_agg(${name}) as ${name}`))}
        from (
          select p.day, p.place, ${list([...joined.map(({ column }) => column), ...named.map(({ name }) => sql`p.${name}`)])}
          from day_part p ${sql.join(
            joined.map(({ join }) => join),
            sql` `,
          )} order by p.day, p.place
        ) p group by day
      ) s cross join lateral (values ${list(all.map(({ code, name }) => sql`(${code}::smallint, s.${name})`))}) n(dimension, numbers)
        left join (select day, dimension, array_agg(value order by number) as "values" from day_value group by 1, 2) v
          on v.day = s.day and v.dimension = n.dimension`,
    sql`select set_config('enable_nestloop', 'on', true), set_config('join_collapse_limit', '8', true)`,
  ];
}

/** From which date on all days that are sealed have slices; null where none has. What was sealed by another build may have none. */
export const sliced = (site: number): SQL => sql`(
  select case when exists (select from sealed_sum where site_id = ${site} and dimension = ${ALL_VISITS} and day < first) then first else '-infinity' end::text
  from (select min(day) as first from sealed_slice where site_id = ${site} and dimension = ${OF_PARTS.any}) s where first is not null)`;

/** The same as a wall time of midnight. @param told as `sliced` tells it */
export const slicedFrom = (told: string | null | undefined): number | null =>
  told == null ? null : told === '-infinity' ? Number.NEGATIVE_INFINITY : Date.parse(told);

/** Rows `(d0, sums)` to be added up: of each day. */
export function sliceSums(question: Question, { days }: SlicePlan, needs: SealedSum[]): SQL {
  const { id } = question.site;
  const { dates, buckets } = arraysOf(days);
  const numbers = [...new Set(needs.flatMap((need) => NUMBERS_OF[need] ?? []))];
  const sums = needs.map((need) => sql`${summed(need)} as ${column(need)}`);
  const total = needs.map((need) => sql`sum(${column(need)}) as ${column(need)}`);
  const digits = numbers.map((number) => sql`${digitsOf(NUMBERS[number])} as ${sql.identifier(number)}`);
  const counted = digits.length > 0 ? sql`cross join lateral (select ${list(digits)} offset 0) m` : sql``;
  return sql`select bucket as ${dimensionColumn(0)}, ${list(total)} from (
      select d.bucket, ${list(sums)}
      from unnest(${dates}, ${buckets}) d(day, bucket)
        join sealed_slice a on a.site_id = ${id} and a.dimension = ${OF_PARTS.any} and a.day = d.day
        cross join lateral (select ${list(Object.entries(IS).map(([name, digit]) => sql`a.digits[${digit + 1}::int] as ${sql.identifier(name)}`))} offset 0) i
        cross join lateral (select (${bitsOf(question.filters, { whole: sql`i.any`, having })})::bit varying as seen offset 0) s
        cross join lateral (select case when i.continued is null then s.seen else s.seen & ~ i.continued end::bit varying as own offset 0) o
        ${counted}
      offset 0
    ) x group by 1`;

  /** The digits of what a day's parts have. */
  function digitsOf(code: number): SQL {
    return sql`(select b.digits from sealed_slice b where b.site_id = ${id} and b.dimension = ${code} and b.day = d.day)`;
  }

  function having(filter: SimpleFilter): SQL {
    const code = codeOf(filter[1] as FilterDimension);
    const those = sql`x.site_id = ${id} and x.dimension = ${code}`;
    // Words that have to be looked at are so once, and not for each day.
    const some = sql`select value from (
        select distinct unnest(x."values") as value from sealed_slice x where ${those} and x.day = any(${dates})
      ) v where ${fitting(question, filter, sql`v.value`)}`;
    const fits = idsNamed(question, filter) ? fitting(question, filter, sql`u.value`) : sql`u.value in (${some})`;
    return sql`(select bits_with(x.digits, array(
        select (n - 1)::int from unnest(x."values") with ordinality u(value, n) where ${fits}
      ), i.any) from sealed_slice x where ${those} and x.day = d.day)`;
  }
}

/** A sum over the parts of a day: those that are seen on it, or its own, the visits that began on it. */
function summed(need: SealedSum): SQL {
  if (need === 'v_visits') return sql`bit_count(o.own)`;
  if (need === 'v_bounces') return sql`coalesce(bit_count(o.own & i.bounce), 0)`;
  // One of whom an earlier visit fits is not counted again.
  if (need === 'v_visitors')
    return sql`(bit_count(o.own) - coalesce(bit_count(o.own & bitmap_after(o.own, i.again, length(o.own))), 0))`;
  const bits = need.startsWith('v_') ? sql`o.own` : sql`s.seen`;
  const numbers = (NUMBERS_OF[need] ?? []).map(
    (number) => sql`coalesce((select sum(bit_count(${bits} & u.ones) << (n - 1)::int)
      from unnest(m.${sql.identifier(number)}) with ordinality u(ones, n)), 0)`,
  );
  const number = sql`(${sql.join(numbers, sql` + `)})`;
  return need === 'v_seconds' ? sql`${number} / 1000.0` : number;
}
