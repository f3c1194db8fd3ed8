import { type SQL, sql } from 'drizzle-orm';
import {
  filtered,
  isEvent,
  isOfGoal,
  isTime,
  isVisit,
  oneOf,
  propKey,
  REVENUE_METRICS,
  SIGNAL,
  TITLE,
} from '../contract/query.ts';
import { BOUNCE, inMinutesOf, LAST, moment, overBefore, rowsOf } from '../db/rows.ts';
import { joinGoals, pageviewName, termIds } from '../goals/match.ts';
import { bucketNumber, dimensionColumn, goalsShown, selected } from './dimensions.ts';
import {
  byEvent,
  CARRIED_SUMS,
  column,
  DISTINCT_SUMS,
  EVENT_SUMS,
  isDistinct,
  isTextSum,
  MONEY_SUMS,
  metricOf,
  READING_SUMS,
  type Sum,
  VISIT_SUMS,
  VITAL_SUMS,
} from './metrics.ts';
import type { Question } from './question.ts';
import {
  counted,
  eventsAround,
  eventsInRange,
  visitsAround,
  visitsGoingOnInto,
  visitsInRange,
  visitsSeenIn,
} from './rows.ts';
import { where } from './where.ts';
import { HOUR, MINUTE } from './zone.ts';

/**
 * The rows that a question is about, and the sums over them. There are two kinds of facts: visits, by their start, and
 * events, by their own time. A question that names no event's dimension is answered from visits alone; one that does,
 * takes everything but whole-visit averages from events.
 */

/** What can be summed up over rows of one kind, and the rows, summed up by group. */
interface Part {
  sums: Partial<Record<Sum, SQL>>;
  /** @param values what to select of each group beside its dimensions */
  summed: (values: SQL[]) => SQL;
}

/**
 * The CTE `grouped`: a row for each group that occurs, `d0`, `d1` … and the sums that the metrics need. Without
 * dimensions it is one row. What the metrics need once for all groups stands before it.
 */
export function grouped(question: Question): SQL {
  const needs = needsOf(question);
  const summed = needs.filter((need): need is Exclude<Sum, 'g_visitors'> => need !== 'g_visitors');
  const { before, sums } = sumsOf(question, summed);
  const all = needs.includes('g_visitors') ? besideItsGroup(question, sums) : sums;
  return sql`${sql.join([...beforehand(question), ...before])}grouped as (${all})`;
}

/** The sums that a question's metrics are made of. */
export const needsOf = (question: Question): Sum[] => [
  ...new Set(question.metrics.flatMap((metric) => metricOf(metric, byEvent(question)).needs)),
];

/** These sums of each group, as one row; and the CTEs that it needs before it, each with its comma. */
export function sumsOf(question: Question, summed: Exclude<Sum, 'g_visitors'>[]): { before: SQL[]; sums: SQL } {
  const before: SQL[] = [];
  const of = (rows: () => SQL) => (values: SQL[]) => groupsOf(question, rows(), values);
  const parts: Part[] = [
    { sums: READING_SUMS, summed: of(() => readingRows(question)) },
    { sums: MONEY_SUMS, summed: of(() => moneyRows(question)) },
    { sums: VITAL_SUMS, summed: of(() => vitalRows(question)) },
  ];
  const { v_visitors, ...distinct } = distinctOf(question, summed);
  const ofVisits = { ...VISIT_SUMS, v_visitors };
  if (byEvent(question)) {
    parts.push({ sums: ofVisits, summed: (values) => visitGroups(question, values) });
    parts.push({ sums: { ...EVENT_SUMS, ...distinct }, summed: of(() => eventRows(question)) });
  } else if (summed.some((need) => need in CARRIED_SUMS)) {
    // One look at the visits gives their sums and says which of them go over a border.
    const own = Object.entries({ ...ofVisits, ...CARRIED_SUMS }).filter(([sum]) =>
      summed.includes(sum as (typeof summed)[number]),
    );
    const values = [
      ...own.map(([sum, value]) => sql`${value} as ${column(sum)}`),
      sql`array_agg(id) filter (where not within) as crossing`,
    ];
    before.push(sql`of_visits as materialized (${visitGroups(question, values)}), ${borderVisits(question)}, `);
    const known = Object.fromEntries(own.map(([sum]) => [sum, column(sum)]));
    parts.push({ sums: known, summed: (values) => select(question, values, sql`of_visits`) });
    parts.push({ sums: CARRIED_SUMS, summed: of(() => borderRows(question)) });
  } else {
    parts.push({ sums: ofVisits, summed: (values) => visitGroups(question, values) });
  }
  const used = parts.filter(({ sums }) => summed.some((need) => sums[need]));
  return { before, sums: sumUp(question, summed, used) };
}

/** Rows that are collected in memory at most; each takes some fourteen bytes there. */
const COLLECTED = 6_000_000;

/**
 * Each group's visitors are collected in an array, to be sorted apart: a third faster than to sort all rows by their group and
 * then by visitor, as `count(distinct)` does. That needs next to no memory, though: it is the way of very many rows, and of no groups.
 */
function distinctOf(question: Question, summed: Sum[]): Record<keyof typeof DISTINCT_SUMS, SQL> {
  const needed = summed.filter(isDistinct).length;
  const sorted =
    question.dimensions.every(isTime) || eventsAround(question.range, question.months) * needed > COLLECTED;
  const count = (who: SQL) =>
    sorted
      ? sql`count(distinct ${who})`
      : sql`(select count(distinct who) from (select unnest(array_agg(${who})) as who) w)`;
  const { v_visitors, e_visitors, e_visits } = DISTINCT_SUMS;
  return { v_visitors: count(v_visitors), e_visitors: count(e_visitors), e_visits: count(e_visits) };
}

export const columnsOf = ({ dimensions }: Question): SQL[] => dimensions.map((_, i) => dimensionColumn(i));

function select(question: Question, values: SQL[], from: SQL): SQL {
  return sql`select ${sql.join([...columnsOf(question), ...values], sql`, `)} from ${from}`;
}

export function groupsOf(question: Question, rows: SQL, values: SQL[]): SQL {
  const columns = columnsOf(question);
  const by = columns.length ? sql` group by ${sql.join(columns, sql`, `)}` : sql``;
  return sql`${select(question, values, sql`(${rows}) r`)}${by}`;
}

/** One row a group, whatever kinds of rows its sums come from. */
function sumUp(question: Question, needs: Sum[], parts: Part[]): SQL {
  const typed = (need: Sum, value: SQL) => (isTextSum(need) ? sql`${value}::text` : sql`${value}::numeric`);
  const selects = parts.map(({ sums, summed }) =>
    summed(needs.map((need) => sql`${typed(need, sums[need] ?? sql`null`)} as ${column(need)}`)),
  );
  if (selects.length === 1 && selects[0]) return selects[0];
  const added = needs.map((need) =>
    isTextSum(need) ? sql`max(${column(need)}) as ${column(need)}` : sql`sum(${column(need)}) as ${column(need)}`,
  );
  return groupsOf(question, sql.join(selects, sql` union all `), added);
}

/** What is counted once for all groups, as CTEs, each with its comma. */
function beforehand(question: Question): SQL[] {
  const { metrics, order } = question;
  const ctes: SQL[] = [];
  if (metrics.includes('percentage')) ctes.push(sql`everybody as (${countEverybody(question)}), `);
  if (metrics.includes('conversion_rate')) {
    const whole = couldConvert({ ...question, dimensions: [] });
    ctes.push(sql`convertible as (select count(distinct visitor) as n from (${whole}) r), `);
  }
  if (order.some(([by]) => oneOf(REVENUE_METRICS, by))) {
    const sales = moneyRows({ ...question, dimensions: [] });
    ctes.push(sql`main_currency as materialized (
      select currency from (${sales}) r order by n desc, currency collate "C" limit 1), `);
  } else if (metrics.some((metric) => oneOf(REVENUE_METRICS, metric))) {
    ctes.push(sql`main_currency as (select null::text as currency), `);
  }
  return ctes;
}

/**
 * How many visitors fit the filters at all: what a percentage is of. Who did anything in the range began a visit in it, or went on with
 * one; where filters say nothing of events these are read, and not what they did.
 */
const countEverybody = (question: Question): SQL => {
  const undivided = { ...question, dimensions: [] };
  const ofVisits = visitRows(undivided, sql`true`);
  if (!byEvent(question)) return sql`select count(distinct visitor) as n from (${ofVisits}) r`;
  if (filtered(question.filters).some(isEvent)) {
    return sql`select count(distinct visitor) as n from (${eventRows(undivided)}) r`;
  }
  return sql`select count(distinct visitor) as n from (select visitor from (${ofVisits}) r union all select visitor from (${goneOn(undivided)}) e) r`;
};

/** Events in the range of visits that began before it. */
export function goneOn(question: Question): SQL {
  return sql`with border as materialized (${earlierVisits(question)}) select e.visitor from ${eventsOfBorder(question)}`;
}

/** Visits that began before the range, go on in it, and fit. */
const earlierVisits = (question: Question): SQL =>
  sql`select s.* from session s where ${visitsGoingOnInto(question)} and ${where(question, sql`s.visitor`)}`;

/** Beside each group's sums all the visitors that it has, whatever they did: `g_visitors`. */
function besideItsGroup(question: Question, sums: SQL): SQL {
  const kept = question.dimensions.map((dimension, i) => ({ dimension, name: dimensionColumn(i) })).filter(isKept);
  const renamed = kept.map(({ name }, i) => sql`${dimensionColumn(i)} as ${name}`);
  const names = kept.map(({ name }) => name);
  const rows = couldConvert({ ...question, dimensions: kept.map(({ dimension }) => dimension) });
  const by = names.length ? sql` group by ${sql.join(names, sql`, `)}` : sql``;
  const counted = sql`select ${sql.join([...names, sql`count(distinct visitor) as g_visitors`], sql`, `)}
    from (select ${sql.join([...renamed, sql`visitor`], sql`, `)} from (${rows}) v) r${by}`;
  // Terms, buckets: numbers above zero but for the first bucket's. What is missing is null on both sides.
  const same = names.map((name) => sql`coalesce(w.${name}, -1) = coalesce(s.${name}, -1)`);
  return sql`select s.*, w.g_visitors from (${sums}) s left join (${counted}) w on ${
    same.length ? sql.join(same, sql` and `) : sql`true`
  }`;
}

const isKept = ({ dimension }: { dimension: string }): boolean =>
  dimension !== 'event:goal' && propKey(dimension) === null;

/**
 * Those who could have converted: seen in the range, and of what the filters say of anything but goals and properties.
 * Visits that go on in the range are seen in it, too.
 */
function couldConvert(question: Question): SQL {
  const asked = { ...question, filters: question.filters.filter((filter) => !isOfGoal(filter)) };
  if (byEvent(asked) || asked.dimensions.some(isTime)) return eventRows(asked);
  return sql`select ${selected(asked, asked.dimensions, sql`s.start`)} s.visitor from session s
    where ${visitsSeenIn(asked)} and ${where(asked, sql`s.visitor`)}`;
}

/** What `values` are of each group of visits. */
function visitGroups(question: Question, values: SQL[]): SQL {
  const { dimensions, buckets } = question;
  const byTimeAlone = dimensions.length === 1 && dimensions.some(isTime) && !byEvent(question);
  if (byTimeAlone && wholeMinutes(question)) return visitsByBucket(question, values);
  return groupsOf(question, visitRows(question, within(question)), values);

  function wholeMinutes({ range }: Question): boolean {
    return [range.to, ...buckets.map(({ from }) => from)].every((moment) => moment % MINUTE === 0);
  }
}

/** A time series of visits: each bucket looks its own up in the index, and nothing is sorted by time or asked for it. */
function visitsByBucket(question: Question, values: SQL[]): SQL {
  const { range, buckets } = question;
  const ends = [...buckets.slice(1).map(({ from }) => from), range.to];
  const list = (moments: number[]) =>
    sql`${`{${moments.map((at) => new Date(at).toISOString()).join()}}`}::timestamptz[]`;
  const visits = sql`select ${visitColumns}, ${overBefore(sql`b.upto`, sql`b.hour_before`)} as within from session s
    where s.site_id = ${question.site.id} and minute(s.start) >= b.since and minute(s.start) < b.upto
      and ${counted(question.bots, sql`s.flags`)} and ${where(question, sql`s.visitor`)}`;
  const starts = buckets.map(({ from }) => from);
  return sql`select (b.n - 1)::int as ${dimensionColumn(0)}, v.*
    from unnest(${list(starts)}, ${list(ends)}, ${list(ends.map((end) => end - HOUR))}) with ordinality b(since, upto, hour_before, n)
      cross join lateral (select ${sql.join(values, sql`, `)} from (${visits}) r) v`;
}

export const visitColumns = sql`s.id, s.visitor, s.views, s.events, ${BOUNCE} as bounce, s.duration`;

/**
 * Visits that began in the range and fit; under a filter on events: those with at least one event that fits. What a filter
 * says is asked first: it leaves the fewest rows for the other conditions.
 */
export function visitRows(question: Question, inside: SQL): SQL {
  const { filters, dimensions } = question;
  const any = filtered(filters).some(isEvent)
    ? sql`exists (select from event e where ${eventsInRange(question)} and e.session_id = s.id
        and (${where(question, sql`e.visitor`)}))`
    : where(question, sql`s.visitor`);
  return sql`select ${selected(question, dimensions, sql`s.start`)} ${visitColumns}, ${inside} as within
    from session s where ${any} and ${visitsInRange(question)}`;
}

/** All of a visit that began in the range lies within it, and within one bucket. */
function within(question: Question): SQL {
  const { to } = question.range;
  const inRange = overBefore(moment(to), moment(to - HOUR));
  if (!question.dimensions.some(isTime)) return inRange;
  return sql`(${inRange} and ${bucketNumber(question, sql`s.start`)} = ${bucketNumber(question, LAST)})`;
}

/** The few visits that go over a border of the range or of a bucket, as a CTE: those of `of_visits`, and who came before. */
function borderVisits(question: Question): SQL {
  return sql`border as materialized (
    select s.* from session s
    where s.site_id = ${question.site.id} and s.id = any(array(select unnest(crossing) from of_visits))
    union all
    ${earlierVisits(question)})`;
}

/** What they carry is taken off where they began, and their events in the range put where their own time is. */
function borderRows(question: Question): SQL {
  const { site, dimensions, range } = question;
  return sql`select ${selected(question, dimensions, sql`s.start`)} -s.views as views, -s.events as events
    from border s where s.start >= ${moment(range.from)}
    union all
    select ${selected(question, dimensions, sql`e.time`)} (e.name = ${pageviewName(site.id)})::int, 1
    from ${eventsOfBorder(question)}`;
}

/** Events `e` in the range of the visits `s` of `border`: only the minutes that these went on in are read. */
function eventsOfBorder({ site, range }: Question): SQL {
  const [from, to] = [moment(range.from), moment(range.to)];
  return sql`event e join border s on s.id = e.session_id where ${rowsOf('e', site.id, range)}
      and ${inMinutesOf(sql`(select greatest(s.start, ${from}) as start, least(${LAST}, ${to}) as last from border s) b`)}`;
}

/** Joins to each event `e` its visit `s`, where anything of that is asked. */
export const joinVisits = (question: Question): SQL =>
  [...question.dimensions, ...filtered(question.filters)].some(
    (dimension) => isVisit(dimension) || dimension === SIGNAL,
  )
    ? sql`join session s on s.id = e.session_id and ${visitsAround(question)}`
    : sql``;

/**
 * Events whose time is in the range and that fit, one row for each goal where goals divide them.
 * @param of which of these events `e`
 */
export function eventRows(question: Question, of = sql`true`): SQL {
  const { site, dimensions } = question;
  const goal = dimensions.includes('event:goal') ? sql` ${joinGoals(site.id, goalsShown(question))}` : sql``;
  const titles = dimensions.includes(TITLE)
    ? sql` left join page_title p on p.site_id = ${site.id} and p.page = e.page`
    : sql``;
  return sql`select ${selected(question, dimensions, sql`e.time`)}
    e.visitor, e.session_id, e.name = ${pageviewName(site.id)} as pageview, e.name, e.engaged, e.scroll,
    e.amount, e.currency, e.props
    from event e ${joinVisits(question)}${titles}${goal} where ${eventsInRange(question)} and ${where(question, sql`e.visitor`)} and ${of}`;
}

/** What each visit read of a group's pages: milliseconds, and the deepest point in percent, null where it wasn't told. */
function readingRows(question: Question): SQL {
  const columns = [...question.dimensions.map((_, i) => dimensionColumn(i)), sql`session_id`];
  return sql`select ${sql.join(columns, sql`, `)}, sum(engaged)::numeric as engaged, max(scroll)::numeric as scroll
    from (${eventRows(question)}) v where pageview group by ${sql.join(columns, sql`, `)}`;
}

/** What each group earned in each currency. */
function moneyRows(question: Question): SQL {
  const columns = [...question.dimensions.map((_, i) => dimensionColumn(i)), sql`t.value`];
  return sql`select ${sql.join(columns, sql`, `)} as currency, sum(amount) as amount, count(*) as n
    from (${eventRows(question)}) v join term t on t.site_id = ${question.site.id} and t.id = v.currency
    where amount is not null group by ${sql.join(columns, sql`, `)}`;
}

/** What browsers told of pages' web vitals. */
function vitalRows(question: Question): SQL {
  const name = termIds(question.site.id, 'event', sql`value = 'Web Vitals'`);
  return sql`select * from (${eventRows(question)}) v where name = (${name})`;
}

/** Ids of the visits that `visits` counts, each once. */
export function visitIds(question: Question): SQL {
  return byEvent(question)
    ? sql`select distinct session_id as id from (${eventRows(question)}) r`
    : sql`select id from (${visitRows(question, sql`true`)}) r`;
}
