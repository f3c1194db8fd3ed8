import { type SQL, sql } from 'drizzle-orm';
import type { Filter, FilterDimension, SimpleFilter } from '../contract/query.ts';
import { termIds } from '../goals/match.ts';
import { dimensionColumn } from '../stats/dimensions.ts';
import { column, isDistinct } from '../stats/metrics.ts';
import type { Question } from '../stats/question.ts';
import { wordKey, wordsNamed } from '../stats/where.ts';
import { DAY, dateOf, isoDate } from '../stats/zone.ts';
import { type Block, DIGITS, type Goal, knows } from './blocks.ts';
import { codeOf, GOAL_DIGITS, OF_EVENTS, OF_PARTS } from './dimensions.ts';
import { bitsOf, fitting, maybeFitting } from './fits.ts';
import { arraysOf, type BitmapPlan, isOfPages, type Known, onePage, type SealedSum } from './plan.ts';
import { list } from './span.ts';
import { UNCHANGED } from './unchanged.ts';
import { idsOf, named } from './values.ts';

/**
 * What bitmaps answer: any filters of visits' attributes are ANDs and ORs of bits. `docs/engine.md` says how. The CTE `mask` has a row for each
 * segment that has anything in the range: `seen`, parts of visits that fit and lie in it; `own`, of these those that count as visits or
 * visitors; `earlier`, the same of before the block, in the range. Where what happened is asked for, parts count by what happened in them: `again`
 * are those of whose visit an earlier part is seen, and `firsts` the first parts of visits that began in the range and of which any part is seen, but for
 * those that the block before counts.
 */

/** Numbers of parts, by their codes: which digits they have. */
export const NUMBERS = {
  views: OF_PARTS.views,
  events: OF_PARTS.events,
  laterViews: OF_PARTS.laterViews,
  duration: OF_PARTS.duration,
  pageViews: OF_PARTS.pageViews,
};
type Counted = keyof typeof NUMBERS;

export const NUMBERS_OF: Partial<Record<SealedSum, Counted[]>> = {
  v_views: ['views', 'laterViews'],
  v_seconds: ['duration'],
  e_pageviews: ['views'],
  e_events: ['events'],
};

/** Under a filter of pages page views are that page's own. */
const numbersOfSum = (question: Question, need: SealedSum): Counted[] =>
  need === 'e_pageviews' && onePage(question.filters) ? ['pageViews'] : (NUMBERS_OF[need] ?? []);

const numbersOf = (question: Question, needs: SealedSum[]): Counted[] => [
  ...new Set(needs.flatMap((need) => numbersOfSum(question, need))),
];

/** The CTEs that the parts of an answer read, each with its comma. */
export const masks = (question: Question, plan: BitmapPlan, needs: SealedSum[]): SQL[] => [
  sql`mask as materialized (${maskRows(question, plan, needs)}), `,
];

/** A CTE, with its comma, of single events: what happened in a part is told of its own day, whenever its visit began. */
export const maskOfEvents = (question: Question, known: Known, name: SQL): SQL =>
  sql`${name} as materialized (${maskRows(question, { ...known, events: true, by: null, code: null, days: [] }, [])}), `;

function maskRows(question: Question, plan: BitmapPlan, needs: SealedSum[]): SQL {
  const blocks = blocksRead(question, plan).map((block) => maskOf(question, plan, block, needs));
  return sql.join(blocks, sql` union all `);
}

/** The blocks that a question needs. */
function blocksRead({ range }: Question, { blocks: { base, delta }, split }: Known): Block[] {
  return delta && delta.own < dateOf(range.zone, split) ? [base, delta] : [base];
}

/** Whether a question's blocks know all these goals as they are. */
export const knowsGoals = (question: Question, plan: Known, goals: Goal[]): boolean =>
  blocksRead(question, plan).every((block) => goals.every((goal) => knows(block, goal)));

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

/** Of one block. */
function maskOf(question: Question, plan: BitmapPlan, { block, known, own }: Block, needs: SealedSum[]): SQL {
  const { site, range } = question;
  const day = (date: number) => (date - known) / DAY;
  const from = Math.max(0, day(dateOf(range.zone, range.from)));
  const [since, to] = [Math.max(from, day(own)), day(dateOf(range.zone, plan.split))];
  const stored = (code: number, value: SQL) => storedOf(site.id, code, value);
  /** Parts of days from one on, by the digits of how many days that is after the first that is known; of all where that is none. */
  const daysFrom = (first: number): SQL => {
    let found: SQL | null = null;
    for (let digit = 0; digit < DIGITS.day; digit += 1) {
      const bits = sql`coalesce(${stored(OF_PARTS.dayDigit, sql`${digit}`)}, m.blank)`;
      if ((first >> digit) & 1) found = found ? sql`(${bits} & ${found})` : bits;
      else found &&= sql`(${bits} | ${found})`;
    }
    return found ?? stored(OF_PARTS.any, sql`0`);
  };
  const seen = sql`case when m.first >= ${since} then f.fits else f.fits & ${daysFrom(since)} end`;
  const ended = sql`case when m.last < ${to} then s.bits else s.bits & ~ ${daysFrom(to)} end`;
  const began = (bits: SQL) =>
    plan.events ? bits : sql`(case when c.bits is null then ${bits} else ${bits} & ~ c.bits end)::bit varying`;
  const before = from < since ? sql`(f.fits & ${daysFrom(from)} & ~ ${daysFrom(since)})::bit varying` : null;
  const earlier =
    before && (!dividesDays(plan) || question.metrics.includes('percentage')) ? began(before) : sql`null::bit varying`;
  const inRange = sql`case when m.first >= ${from} then ${stored(OF_PARTS.any, sql`0`)} else ${daysFrom(from)} end`;
  const firsts = countsFirsts(plan, needs) ? [firstsOf(before, inRange)] : [];
  const again = needs.includes('e_visits') ? [againOf(plan, before)] : [];
  const joined =
    firsts.length + again.length > 0
      ? sql`cross join lateral (select ${stored(OF_PARTS.joined, sql`0`)} as bits offset 0) j`
      : sql``;
  const bounce = needs.includes('v_bounces')
    ? [sql`coalesce(${stored(OF_PARTS.bounce, sql`0`)}, m.blank)::bit varying as bounce`]
    : [];
  return sql`
    select m.block, m.segment, m.planes, ${isoDate(known)}::date as known, ${firsts.length > 0 ? from : since}::int as since, ${to}::int as upto, e.seen,
      ${list([sql`${began(sql`e.seen`)} as own`, sql`c.bits as continued`, sql`${earlier} as earlier`, ...firsts, ...again, ...bounce, ...numbersOf(question, needs).map((number) => digitsOf(question, number))])}
    from sealed_segment m
      cross join lateral (select ${fits(question)}::bit varying as fits offset 0) f
      cross join lateral (select (${seen})::bit varying as bits offset 0) s
      cross join lateral (select (${ended})::bit varying as seen offset 0) e
      cross join lateral (select ${stored(OF_PARTS.continued, sql`0`)} as bits offset 0) c
      ${joined}
    where m.site_id = ${site.id} and m.block = ${block} and m.last >= ${since} and m.first < ${to} and bit_count(e.seen) > 0`;
}

/** Bits of parts of visits, carried along each visit where it has several. */
const along = (way: SQL, bits: SQL, alone: SQL): SQL =>
  sql`case when j.bits is null then ${alone} else ${way}(${bits}, j.bits, m.planes) end`;

/** @param before what is seen in the range before the block's own days */
function firstsOf(before: SQL | null, inRange: SQL): SQL {
  const reached = (bits: SQL) => along(sql`bitmap_until`, bits, bits);
  const counted = before ? sql` & ~ ${reached(before)}` : sql``;
  return sql`(${reached(sql`e.seen`)}${counted} & ~ coalesce(c.bits, m.blank) & ${inRange})::bit varying as firsts`;
}

function againOf(plan: BitmapPlan, before: SQL | null): SQL {
  // Of a day a visit has one part.
  if (dividesDays(plan)) return sql`null::bit varying as again`;
  return sql`${along(sql`bitmap_after`, before ? sql`(e.seen | ${before})` : sql`e.seen`, sql`null`)} as again`;
}

/** The digits of a number, the least first, each as a bitmap: null where nothing has it. */
function digitsOf(question: Question, number: Counted): SQL {
  const { id } = question.site;
  const ofPage = number === 'pageViews';
  const value = ofPage ? pageAsked(question) : sql`digit`;
  const code = ofPage ? sql`${NUMBERS[number]}::int + digit` : sql`${NUMBERS[number]}`;
  const saw = storedOf(id, OF_EVENTS['event:page'], value);
  const first = sql`(coalesce(${saw}, m.blank) # coalesce(b.bits, m.blank))::bit varying`;
  const bits = ofPage ? sql`case digit when 0 then ${first} else b.bits end` : sql`b.bits`;
  return sql`array(select ${bits} from generate_series(0, ${DIGITS[number] - 1}) digit
    left join sealed_bitmap b on b.site_id = ${id} and b.block = m.block and b.segment = m.segment
      and b.dimension = ${code} and b.value = ${value} order by digit) as ${sql.identifier(number)}`;
}

/** The bitmap of a value in a segment `m`; null where nothing has it. */
export const storedOf = (
  site: number,
  code: number,
  value: SQL,
): SQL => sql`(select b.bits from sealed_bitmap b where b.site_id = ${site}
  and b.block = m.block and b.segment = m.segment and b.dimension = ${code} and b.value = ${value})`;

const dividesDays = ({ by, code }: BitmapPlan): boolean => by === null && code !== null;

/** Those of a question's filters that are of pages. */
const ofPages = ({ filters }: Question): Filter[] => filters.filter(isOfPages);

/** The parts of visits that fit all filters, of a segment `m`; where some are of pages, those with a page that fits all of these. */
function fits(question: Question): SQL {
  const { site } = question;
  const parts = storedOf(site.id, OF_PARTS.any, sql`0`);
  const filters = question.filters.filter((filter) => !isOfPages(filter));
  const pages = ofPages(question).length > 0 ? [onPages()] : [];
  const fit = filters.length > 0 || pages.length === 0 ? [bitsOf(filters, { whole: parts, having }), ...pages] : pages;
  // What is turned round has ones in places without a part, too.
  return sql`(${sql.join(filters.some(turns) ? [...fit, parts] : fit, sql` & `)})`;

  /** A page is one value of several that a part has: what it isn't must be said of each, and not of the part. */
  function onPages(): SQL {
    const [filter, ...more] = ofPages(question);
    if (filter?.[0] === 'is' && more.length === 0) return having(filter as SimpleFilter);
    return any(sql`${valuesOf('event:page')} and ${maybeFitting(question, 'event:page', sql`b.value`)}`);
  }

  /** The bitmaps `b` of a dimension. */
  function valuesOf(dimension: FilterDimension): SQL {
    const code = codeOf(dimension);
    return sql`b.site_id = ${site.id} and b.block = m.block and b.segment = m.segment and b.dimension = ${code}`;
  }

  function having(filter: SimpleFilter): SQL {
    return any(sql`${valuesOf(filter[1] as FilterDimension)} and ${fitting(question, filter, sql`b.value`)}`);
  }

  function any(those: SQL): SQL {
    return sql`coalesce((select bit_or(b.bits)::bit varying from sealed_bitmap b where ${those}), m.blank)`;
  }
}

/** Whether a filter says of anything what it isn't. */
const turns = (filter: Filter): boolean =>
  filter[0] === 'and' || filter[0] === 'or' ? filter[1].some(turns) : filter[0] === 'not' || filter[0].endsWith('_not');

/** The number of the one page that is asked for. A word may be told of since it was looked for: then bitmaps know it, too. */
function pageAsked({ site, filters, words }: Question): SQL {
  const filter = onePage(filters);
  const [word] = filter ? wordsNamed(filter) : [];
  const id = word && words[wordKey(word)];
  return id === undefined
    ? sql`coalesce((${termIds(site.id, 'path', sql`value = ${word?.value ?? ''}`)}), 0)`
    : sql`${id}`;
}

/** Whether visits are asked for by what happened in them. */
const countsFirsts = ({ events }: BitmapPlan, needs: SealedSum[]): boolean =>
  events && needs.some((need) => need.startsWith('v_'));

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

/** Which bitmaps are read. */
interface Read {
  /** A subquery `(value)`: of these alone. */
  values?: SQL | undefined;
  /** A CTE of masks `m`. */
  masks?: SQL;
  /** Of which dimension, by its code. */
  code?: SQL;
}

/**
 * Masks `m` with the bitmaps `b` of the values that divide them. Each is looked up in the index: Postgres expects few of them, and would read
 * the whole table.
 */
export const rowsOf = (question: Question, plan: BitmapPlan, { values, masks, code }: Read = {}): SQL => {
  const { site } = question;
  const listed = sql`b.value >= 0${plan.by ? sql` and ${maybeFitting(question, plan.by, sql`b.value`)}` : sql``}`;
  const all = dividesDays(plan) ? sql`b.value >= m.since and b.value < m.upto` : listed;
  return sql`${masks ?? sql`mask`} m ${values ? sql`cross join (${values}) w` : sql``} cross join lateral (
      select b.value, b.visitors, b.bits from sealed_bitmap b where b.site_id = ${site.id} and b.block = m.block and b.segment = m.segment
        and b.dimension = ${code ?? sql`${plan.code}`} and ${values ? sql`b.value = w.value` : all} offset 0
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
