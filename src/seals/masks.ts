import { type SQL, sql } from 'drizzle-orm';
import type { Filter, FilterDimension, SimpleFilter } from '../contract/query.ts';
import { termIds } from '../goals/match.ts';
import type { Question } from '../stats/question.ts';
import { wordKey, wordsNamed } from '../stats/where.ts';
import { DAY, dateOf, isoDate } from '../stats/zone.ts';
import { type Block, type Goal, knows } from './blocks.ts';
import { codeOf, OF_EVENTS, OF_PARTS } from './dimensions.ts';
import { bitsOf, fitting, maybeFitting } from './fits.ts';
import { type Counted, DIGITS, NUMBERS, NUMBERS_OF } from './numbers.ts';
import { type BitmapPlan, isOfPages, type Known, onePage, type SealedSum } from './plan.ts';
import { list } from './span.ts';

/**
 * Which parts of visits a question is of, as bits. The CTE `mask` has a row for each segment that has anything in the range: `seen`, parts of
 * visits that fit and lie in it; `own`, of these those that count as visits or visitors; `earlier`, the same of before the block, in the range. Where
 * what happened is asked for, parts count by what happened in them: `again` are those of whose visit an earlier part is seen, and `firsts` the
 * first parts of visits that began in the range and of which any part is seen, but for those that the block before counts.
 */

/** Under a filter of pages page views are that page's own. */
export const numbersOfSum = (question: Question, need: SealedSum): Counted[] =>
  need === 'e_pageviews' && onePage(question.filters) ? ['pageViews'] : (NUMBERS_OF[need] ?? []);

export const numbersOf = (question: Question, needs: SealedSum[]): Counted[] => [
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

/** Of one block. */
function maskOf(question: Question, plan: BitmapPlan, { block, known, own, until }: Block, needs: SealedSum[]): SQL {
  const { site, range } = question;
  const day = (date: number) => (date - known) / DAY;
  const from = Math.max(0, day(dateOf(range.zone, range.from)));
  const [since, to] = [Math.max(from, day(own)), day(dateOf(range.zone, plan.split))];
  const stored = (code: number, value: SQL) => storedOf(site.id, code, value);
  /** Parts of days from one on, by the digits of how many days that is after the first that is known; of all where that is none. */
  const daysFrom = (first: number): SQL => {
    let found: SQL | null = null;
    for (let digit = 0; Math.max(first, day(until) - 1) >> digit > 0; digit += 1) {
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
  const before = from < since ? sql`(f.fits & ${daysFrom(from)} & ~ s.bits)::bit varying` : null;
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
  // Where nobody fits, which is most of a large site, nothing else is looked at.
  return sql`
    select m.block, m.segment, m.planes, ${isoDate(known)}::date as known, ${firsts.length > 0 ? from : since}::int as since, ${to}::int as upto, e.seen,
      ${list([sql`${began(sql`e.seen`)} as own`, sql`c.bits as continued`, sql`${earlier} as earlier`, ...firsts, ...again, ...bounce, ...numbersOf(question, needs).map((number) => digitsOf(question, number))])}
    from sealed_segment m
      cross join lateral (select ${fits(question)}::bit varying as fits offset 0) f
      cross join lateral (select (${seen})::bit varying as bits offset 0) s
      cross join lateral (select (${ended})::bit varying as seen offset 0) e
      cross join lateral (select ${stored(OF_PARTS.continued, sql`0`)} as bits offset 0) c
      ${joined}
    where m.site_id = ${site.id} and m.block = ${block} and m.last >= ${since} and m.first < ${to}
      and bit_count(f.fits) > 0 and bit_count(e.seen) > 0`;
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

/** The bitmap `b` of a value in a segment `m`; null where nothing has it. @param what of it */
export const storedOf = (
  site: number,
  code: number | SQL,
  value: SQL,
  what = sql`b.bits`,
): SQL => sql`(select ${what} from sealed_bitmap b where b.site_id = ${site}
  and b.block = m.block and b.segment = m.segment and b.dimension = ${code} and b.value = ${value})`;

export const dividesDays = ({ by, code }: BitmapPlan): boolean => by === null && code !== null;

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
export const countsFirsts = ({ events }: BitmapPlan, needs: SealedSum[]): boolean =>
  events && needs.some((need) => need.startsWith('v_'));
