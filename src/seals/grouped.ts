import { type SQL, sql } from 'drizzle-orm';
import { isTime, isVisit, unset } from '../contract/query.ts';
import { inMinutesOf, LAST, moment } from '../db/rows.ts';
import { dimensionColumn, selected } from '../stats/dimensions.ts';
import { columnsOf, eventRows, goneOn, groupsOf, sumsOf, visitColumns, visitRows } from '../stats/facts.ts';
import { behind, keptFrom } from '../stats/kept.ts';
import { byEvent, column, isDistinct, VISIT_SUMS } from '../stats/metrics.ts';
import type { Question } from '../stats/question.ts';
import { visitsGoingOnInto, visitsSeenIn } from '../stats/rows.ts';
import { where } from '../stats/where.ts';
import { isoDate } from '../stats/zone.ts';
import { seenBefore } from './before.ts';
import { bitmapSums, bitmapVisitors } from './bitmaps.ts';
import { ALL_EVENTS, ALL_VISITS, OF_EVENTS, OF_PARTS, VISITS_OF } from './dimensions.ts';
import { maskOfEvents, masks } from './masks.ts';
import { type AnyPlan, arraysOf, type BitmapPlan, type Known, knownOf, type Plan, type SealedSum } from './plan.ts';
import { firstRows, type Open, type Ranked, type RankedAlone, ranked, rankedBehind } from './ranked.ts';
import { sliceSums } from './slices.ts';
import { list } from './span.ts';
import { UNCHANGED, unchanged } from './unchanged.ts';
import { labelled, named, valueNamed } from './values.ts';

/** What adds up, as it stands in `sealed_sum`. */
const ADDED: Partial<Record<SealedSum, { array: SQL; sum: SQL }>> = {
  v_visits: { array: sql`visits`, sum: sql`sum(u.visits)` },
  v_views: { array: sql`brought`, sum: sql`sum(u.brought)` },
  v_bounces: { array: sql`bounces`, sum: sql`sum(u.bounces)` },
  v_seconds: { array: sql`microseconds`, sum: sql`sum(u.microseconds) / 1000000` },
  e_pageviews: { array: sql`views`, sum: sql`sum(u.views)` },
  e_events: { array: sql`events`, sum: sql`sum(u.events)` },
};

/** The CTE `grouped` as rows would give it (see `stats/facts.ts`), of sealed days and of the rows behind them. */
export function sealedGroups(question: Question, plan: AnyPlan, needs: SealedSum[]): SQL {
  const ofBitmaps = 'blocks' in plan;
  const ofSlices = 'sliced' in plan;
  const added = needs.filter((need) => !isDistinct(need));
  const before: SQL[] = [unchanged(question), ...(ofBitmaps ? masks(question, plan, needs) : [])];
  const parts: SQL[] = [];
  const part = (values: Partial<Record<SealedSum, SQL>>, from: SQL) =>
    sql`select ${list([...columnsOf(question), ...needs.map((need) => sql`${values[need] ?? sql`null`}::numeric as ${column(need)}`)])} from ${from}`;
  if (question.metrics.includes('percentage')) {
    const whole = { ...question, dimensions: [] };
    const all = undivided(plan);
    const need = plan.events ? 'e_visitors' : 'v_visitors';
    const counted = distinct(whole, all, need).map((rows) => sql`select n from (${rows}) c`);
    before.push(sql`everybody as (select sum(n) as n from (${sql.join(counted, sql` union all `)}) c), `);
  }
  const ofOpen = added.length > 0 && plan.split < question.range.to ? sql`of_open` : null;
  if (ofOpen) {
    const open = sumsOf(behind(question, plan.split), added);
    before.push(...open.before, sql`${ofOpen} as materialized (${open.sums}), `);
  }
  const some = rankedOf(question, plan, needs, ofOpen);
  if (some) before.push(...some.before);
  const same = (sums: SealedSum[]) => Object.fromEntries(sums.map((need) => [need, column(need)]));
  const alone = some && 'values' in some ? some : null;
  // Slices and bitmaps tell all of it at once, but for lists whose visitors were counted already.
  const told = (ofSlices || ofBitmaps) && !some ? needs : added;
  const closed = () => {
    if (ofSlices) return sliceSums(question, plan, told);
    return ofBitmaps ? bitmapSums(question, plan, told, alone?.values) : sums(question, plan, needs);
  };
  if (told.length > 0) parts.push(part(same(told), sql`(${closed()}) s`));
  if (ofOpen) parts.push(part(same(added), ofOpen));
  const ofVisits = added.filter((need): need is keyof typeof VISIT_SUMS => need in VISIT_SUMS);
  if (ofOpen && plan.events && ofVisits.length > 0) {
    parts.push(part(same(ofVisits), sql`(${lateVisits(question, plan.split, ofVisits)}) s`));
  }
  for (const need of needs.filter(isDistinct)) {
    const ranking = need === 'e_visits' ? null : some;
    const rows = ranking?.visitors ?? distinct(question, plan, need, told.includes(need));
    parts.push(...rows.map((each) => part({ [need]: sql`n` }, sql`(${each}) s`)));
  }
  const total = needs.map((need) => sql`sum(${column(need)}) as ${column(need)}`);
  const shown = alone ? sql` and ${alone.shown}` : sql``;
  const all = sql`select * from (${sql.join(parts, sql` union all `)}) p where ${UNCHANGED}${shown}`;
  return sql`${sql.join(before)}grouped as (${groupsOf(question, all, total)})`;
}

/** Where the first rows of the most visitors are enough: these alone are counted, as far as that is worth it. */
function rankedOf(
  question: Question,
  plan: AnyPlan,
  needs: SealedSum[],
  groups: SQL | null,
): Ranked | RankedAlone | null {
  if ('sliced' in plan) return null;
  const rows = firstRows(question, plan);
  const visitors = needs.find((need) => need === 'v_visitors' || need === 'e_visitors');
  if (rows === null || visitors === undefined) return null;
  const [dimension, ...more] = question.dimensions;
  const pages = dimension === 'event:page' && more.length === 0;
  const isOpen = plan.split < question.range.to;
  const known = isOpen && pages ? knownOf(question, plan.split, OF_EVENTS['event:page']) : null;
  if ('blocks' in plan) {
    const { by } = plan;
    const open = known ? pagesBehind(question, plan, known) : isOpen ? visitorsBehind(question, plan, visitors) : null;
    return by && ranked(question, { ...plan, by }, rows, { needs, visitors }, open, groups);
  }
  return known && rankedBehind(rows, ofGaps(question, plan, visitors), pagesBehind(question, plan, known));
}

/** Visitors behind the sealed days who weren't there before: of all groups. */
function visitorsBehind(question: Question, plan: BitmapPlan, need: SealedSum): Open {
  const rows = sql`select d0, n from fresh`;
  const before = [sql`fresh as materialized (${newcomers(question, plan, need)}), `];
  return { before, most: rows, fresh: () => ({ before: [], rows }) };
}

/** The same by page, of those that are asked for: bitmaps say who was there before. */
function pagesBehind(question: Question, plan: Plan | BitmapPlan, known: Known): Open {
  const here = sql`select distinct d0, visitor from (${eventRows(behind(question, plan.split))}) r`;
  // Bitmaps are of whole days: what is sealed of today is read for it.
  const today = { ...question, range: { ...question.range, from: known.split, to: plan.split } };
  const events = eventRows(today, eventsOf(today, VISITOR, sql`select visitor from pair`));
  const since = known.split < plan.split ? sql` except select d0, visitor from (${events}) e` : sql``;
  // Those of a question that bitmaps answer are there already; the others' filters are of pages, which `here` has asked.
  const [mask, masks] =
    'blocks' in plan
      ? [[], sql`mask`]
      : [[maskOfEvents({ ...question, filters: [] }, known, sql`mask_before`)], sql`mask_before`];
  return {
    before: [sql`here as materialized (${here}), `],
    most: sql`select d0, count(*) as n from here group by 1`,
    fresh: (values) => ({
      before: [
        ...mask,
        sql`pair as materialized (select d0 as value, visitor from here where d0 in (${values})), `,
        sql`newcomer as materialized (select value, visitor from pair except select value, visitor from ${seenBefore(question, masks, OF_EVENTS['event:page'], sql`pair`)} b${since}), `,
      ],
      rows: sql`select value as d0, count(*) as n from newcomer group by 1`,
    }),
  };
}

/** The same plan for everybody that the filters leave. */
function undivided<P extends AnyPlan>(plan: P): P {
  if ('sliced' in plan) return plan;
  if ('blocks' in plan) return { ...plan, by: null, code: null };
  return plan.only === null ? { ...plan, by: null, code: plan.events ? ALL_EVENTS : ALL_VISITS } : plan;
}

/** What adds up, of each group. */
function sums(question: Question, plan: Plan, needs: SealedSum[]): SQL {
  const ofVisits = needs.some((need) => need.startsWith('v_'));
  const ofEvents = needs.some((need) => need.startsWith('e_'));
  // A value stands there for its visits or for its events.
  const only = plan.events || (ofVisits && ofEvents) ? null : ofVisits ? sql`visits` : sql`events`;
  const arrays = needs.flatMap((need) => (ADDED[need] ? [ADDED[need].array] : []));
  const values = needs.flatMap((need) => (ADDED[need] ? [sql`${ADDED[need].sum} as ${column(need)}`] : []));
  // Beside each other in a select, arrays are taken apart in half the time that they take as a table.
  const apart = [sql`"values"`, ...arrays].map((array) => sql`unnest(x.${array}) as ${array}`);
  const there = only ? [sql`unnest(x.${only}) as there`] : [];
  return sql`select ${list([...groupsBy(question, plan), ...values])} from (
      select d.*, ${list([...apart, ...there])} from ${days(plan)} join sealed_sum x
        on ${rowsOf(question, plan, plan.code)}
    ) u where ${picked(question, plan)}${only ? sql` and u.there > 0` : sql``} ${by(question)}`;
}

/**
 * Somebody's number in each group, as rows `(d0 …, n)` to be added up: of the sealed days, where that isn't told already, and of the rows behind
 * but for who was there in these.
 */
function distinct(question: Question, plan: AnyPlan, need: SealedSum, told = false): SQL[] {
  const sealed =
    told || 'sliced' in plan
      ? []
      : ['blocks' in plan ? bitmapVisitors(question, plan, need) : ofGaps(question, plan, need)];
  return [...sealed, ...(plan.split < question.range.to ? [newcomers(question, plan, need)] : [])];
}

/** Those of the sealed days whose gap reaches back before the range, or their bucket. */
function ofGaps(question: Question, plan: Plan, need: SealedSum): SQL {
  const code = need === 'e_visits' ? plan.code + VISITS_OF : plan.code;
  const grouped = question.dimensions.some(isTime);
  const first = sql`${isoDate(plan.days[0]?.date ?? 0)}::date`;
  const since = (of: 'd' | 'u') => (grouped ? sql`${sql.identifier(of)}.since` : first);
  return sql`select ${list([...groupsBy(question, plan), sql`sum(u.counts) as n`])} from (
      select d.*, unnest(x.gaps) as gap, unnest(x."values") as "values", unnest(x.counts) as counts
      from ${days(plan)} join sealed_visitor x on ${rowsOf(question, plan, code)}
        and 2 * x.gap > d.day - ${since('d')}
    ) u where u.gap > u.day - ${since('u')} and ${picked(question, plan)} ${by(question)}`;
}

/** Who of the rows behind the sealed days was not in these, in the same group. */
function newcomers(question: Question, plan: AnyPlan, need: SealedSum): SQL {
  const { buckets, range } = question;
  const { split } = plan;
  const who = need === 'e_visits' ? VISIT : VISITOR;
  const seen = (rows: SQL) => sql`select ${list([...columnsOf(question), who.name])} from (${rows}) r`;
  const open = behind(question, split);
  const here = sql`select distinct * from (${seen(plan.events ? eventRows(open) : visitRows(open, sql`true`))}) r`;
  // Buckets that ended with the sealed days have nobody in common with those behind.
  const since = question.dimensions.some(isTime)
    ? (buckets.findLast((bucket) => bucket.from <= split)?.from ?? range.from)
    : range.from;
  const from = Math.max(since, keptFrom(question.site));
  if (from >= split) return groupsOf(question, here, [sql`count(*) as n`]);
  if ('blocks' in plan && plan.events && who === VISITOR)
    return groupsOf(question, freshOf(question, plan, here), [sql`count(*) as n`]);
  const earlier = { ...question, range: { ...range, from, to: split } };
  const these = sql`select ${who.name} from here`;
  const visits = sql`select * from (${visitRows(earlier, sql`true`)}) r where visitor in (${these})`;
  // Of who did anything whatever, as in `countEverybody`, visits tell it.
  const anything = !byEvent(question) && question.dimensions.length === 0 && who === VISITOR;
  const didAnything = sql`select visitor from (${visits}) v union all select visitor from (${goneOn(earlier)}) e`;
  const events = anything ? didAnything : eventRows(earlier, eventsOf(earlier, who, these));
  const before = plan.events ? events : visits;
  const fresh = sql`with here as materialized (${here}) select * from here except ${seen(before)}`;
  return groupsOf(question, fresh, [sql`count(*) as n`]);
}

/** Visits that began before the open hours, and of which nothing fits but what happened in these. */
function lateVisits(question: Question, split: number, needs: (keyof typeof VISIT_SUMS)[]): SQL {
  const { dimensions, range } = question;
  const open = behind(question, split);
  const sealed = { ...question, range: { ...range, to: split } };
  const these = sql`${inMinutesOf(sql`(select s.start, ${LAST} as last from late s) v`)} and e.session_id in (select id from late)`;
  const fits = (asked: Question) => sql`select session_id from (${eventRows(asked, these)}) e`;
  const rows = sql`
    with late as materialized (
      select s.* from session s where ${visitsGoingOnInto(open)} and s.start >= ${moment(range.from)}
    )
    select ${selected(question, dimensions, sql`s.start`)} ${visitColumns} from late s
    where s.id in (${fits(open)}) and s.id not in (${fits(sealed)})`;
  return groupsOf(
    question,
    rows,
    needs.map((need) => sql`${VISIT_SUMS[need]} as ${column(need)}`),
  );
}

/** Of what happened bitmaps say who was there before. @param here rows `(d0 …, visitor)`, each once */
function freshOf(question: Question, { by, code }: BitmapPlan, here: SQL): SQL {
  const { id } = question.site;
  const [value, group] = by
    ? [valueNamed(id, by, sql`d0`), sql`${named(id, by, sql`value`)} as d0, `]
    : [sql`0`, sql``];
  const before = seenBefore(question, sql`mask`, code ?? OF_PARTS.any, sql`pair`);
  return sql`with pair as materialized (select ${value} as value, visitor from (${here}) h)
    select ${group}visitor from (select value, visitor from pair except select value, visitor from ${before} b) n`;
}

/**
 * Which events `e` of a question's range are of some visitors, or visits, of which it has few: visits have an index by their visitor, and
 * events are found in the minutes of their visits.
 */
export function eventsOf(
  question: Parameters<typeof visitsSeenIn>[0],
  of: { visit: SQL; event: SQL },
  these: SQL,
): SQL {
  const visits = sql`select s.start, ${LAST} as last from session s where ${of.visit} in (${these}) and ${visitsSeenIn(question)}`;
  return sql`${inMinutesOf(sql`(${visits}) v`)} and ${of.event} in (${these})`;
}

/** Who somebody is, in a visit `s` and in an event `e`. */
export const VISITOR = { name: sql`visitor`, visit: sql`s.visitor`, event: sql`e.visitor` };
const VISIT = { name: sql`session_id`, visit: sql`s.id`, event: sql`e.session_id` };

/**
 * The sealed days of the range, `d (day, bucket, since)`. Postgres expects ten elements of any array, and would sort tens of
 * thousands to group them; of a series whose ends it doesn't know it expects a thousand, and hashes.
 */
function days({ days }: Plan): SQL {
  const { dates, buckets, since } = arraysOf(days);
  return sql`unnest(${dates}, ${buckets}, ${since}) d (day, bucket, since) cross join lateral generate_series(d.bucket, d.bucket)`;
}

/** The rows `x` of the days `d`. Where they begin and end is said besides: it is what the index is read by. */
function rowsOf({ site }: Question, { days }: Plan, code: number): SQL {
  const [first, last] = [days[0]?.date ?? 0, days.at(-1)?.date ?? 0];
  return sql`x.site_id = ${site.id} and x.dimension = ${code} and x.day = d.day
    and x.day between ${isoDate(first)}::date and ${isoDate(last)}::date`;
}

/** The columns of the groups, of `u (bucket, values)`. */
function groupsBy({ dimensions, site }: Question, { by }: Plan): SQL[] {
  return dimensions.map((dimension, i) => {
    const value = isTime(dimension) || !by ? sql`u.bucket` : named(site.id, by, sql`u."values"`);
    return sql`${value} as ${dimensionColumn(i)}`;
  });
}

/** By number, as the dimensions stand in what is selected. */
const PLACES = [sql`1`, sql`2`, sql`3`];
const by = ({ dimensions }: Question): SQL =>
  dimensions.length > 0 ? sql`group by ${list(PLACES.slice(0, dimensions.length))}` : sql``;

/** Whether a value is one that filters leave. */
function picked(question: Question, { by, only, some }: Plan): SQL {
  const value = by && isVisit(by) ? sql`nullif(u."values", 0)` : sql`u."values"`;
  if (some) return where({ ...question, value }, sql`null`);
  if (by === null || only === null) return sql`true`;
  if (unset(by) === only) return sql`u."values" = 0`;
  return sql`u."values" = (${labelled(question.site.id, by, only)})`;
}
