import { type SQL, sql } from 'drizzle-orm';
import { type GoalDefinition, joinGoals } from '../goals/match.ts';
import { joinVisits } from '../stats/facts.ts';
import { toldByRows } from '../stats/kept.ts';
import type { Question } from '../stats/question.ts';
import { eventsInRange } from '../stats/rows.ts';
import { where } from '../stats/where.ts';
import { isoDate } from '../stats/zone.ts';
import { seenBefore } from './before.ts';
import { bitmapGoals } from './bitmaps.ts';
import { NEVER_BEFORE, OF_PARTS } from './dimensions.ts';
import { eventsOf, VISITOR } from './grouped.ts';
import { knowsGoals, maskOfEvents } from './masks.ts';
import { type BitmapPlan, knownOf, type Plan } from './plan.ts';
import type { Days, Span } from './span.ts';
import { UNCHANGED } from './unchanged.ts';
import { idsOf } from './values.ts';

/**
 * Goals on sealed days: for each goal and day how often it was reached, by visitors who had last reached it how many days
 * before, and what that earned. Each goal is sealed by its own definition, and anew when that changes.
 */

type Goal = GoalDefinition & { id: number };

/** Writes down what reached these goals on the days of a span. */
export function writtenGoals(site: number, goals: Goal[], span: Span, days: Days): SQL[] {
  if (goals.length === 0) return [];
  const hits = (
    from: number,
    to: number,
  ) => sql`select t.goal, ${days.of(sql`e.time`)} as day, e.visitor, e.amount, e.currency
    from event e ${joinGoals(site, goals)} where ${eventsInRange({ site: { id: site }, range: { from, to }, bots: false })}`;
  return [
    sql`
    with hit as materialized (${hits(span.from, span.to)}),
    before as (
      select distinct goal, day, visitor from (${hits(span.first, span.from)}) h
      where (goal, visitor) in (select goal, visitor from hit)
    ),
    seen as (
      select goal, day, visitor, day - lag(day) over (partition by goal, visitor order by day) as gap
      from (select distinct goal, day, visitor from hit union all select * from before) s
    ),
    visitors as (
      select goal, day, array_agg(gap) as gaps, array_agg(n) as counts from (
        select goal, day, coalesce(gap, ${NEVER_BEFORE})::smallint as gap, count(*)::int as n
        from seen where day >= ${days.first}::date group by 1, 2, 3
      ) c group by 1, 2
    ),
    earned as (
      select goal, day, array_agg(currency) as currencies, array_agg(total) as totals, array_agg(n) as sales from (
        select goal, day, currency, sum(amount) as total, count(*)::int as n
        from hit where amount is not null and currency is not null group by 1, 2, 3
      ) e group by 1, 2
    )
    insert into sealed_goal (site_id, goal_id, day, events, gaps, counts, currencies, totals, sales)
    select ${site}, (${idsOf(goals)})[goal + 1], day, events, gaps, counts, currencies, totals, sales
    from (select goal, day, count(*)::int as events from hit group by 1, 2) e
      join visitors using (goal, day) left join earned using (goal, day)`,
  ];
}

/**
 * What reached goals in a range, of its sealed days and the rows behind: CTEs behind those of `sealedGroups`, `reached (goal, visitors, events)` and `earned
 * (goal, currency, total, sales)`, by the goals' places.
 */
export function sealedGoals(question: Question, plan: Plan, goals: Goal[]): SQL {
  const first = sql`${isoDate(plan.days[0]?.date ?? 0)}::date`;
  return sql`
    day as (${sealedOf(question, plan, goals)} and ${UNCHANGED}),
    ${openGoals(question, plan, goals)},
    reached as (
      select goal, sum(visitors)::int8 as visitors, sum(events)::int8 as events from (
        select goal, 0 as visitors, events from day
        union all select goal, counts, 0 from (select goal, day, unnest(gaps) as gap, unnest(counts) as counts from day) d
          where gap > day - ${first}
        union all select goal, 0, 1 from hit
        union all select goal, 1, 0 from newcomer
      ) r group by goal
    ),
    earned as (
      select goal, currency, sum(total) as total, sum(sales) as sales from (
        select goal, unnest(currencies) as currency, unnest(totals) as total, unnest(sales) as sales from day
        union all select goal, currency, amount, 1 from hit where amount is not null and currency is not null
      ) e group by goal, currency
    )`;
}

/** The same under filters, of bitmaps. Money isn't in these: where gaps say that any was earned, events are read for it. */
export function bitmappedGoals(question: Question, plan: BitmapPlan, goals: Goal[]): SQL {
  const { range } = question;
  const sold = sql`e.amount is not null and e.currency is not null`;
  const earning = sql`(select exists (${sealedOf(question, plan, goals)} and d.currencies is not null))`;
  return sql`
    ${bitmapGoals(question, plan, goals)},
    ${openGoals(question, plan, goals)},
    reached as (
      select goal, sum(visitors)::int8 as visitors, sum(events)::int8 as events from (
        select goal, visitors, events from of_goal
        union all select goal, 0, 1 from hit
        union all select goal, 1, 0 from newcomer
      ) r group by goal
    ),
    earned as (
      select goal, currency, sum(amount) as total, count(*) as sales from (
        select goal, currency, amount from hit where amount is not null and currency is not null
        union all select goal, currency, amount from (${hits(question, { ...range, to: plan.split }, goals, sold)}) h where ${earning}
      ) e group by goal, currency
    )`;
}

/** What seals say of the goals on the days of a plan: `day`, to be narrowed. */
function sealedOf({ site }: Question, { days }: Pick<Plan, 'days'>, goals: Goal[]): SQL {
  const [first, last] = [days[0]?.date ?? 0, days.at(-1)?.date ?? 0].map((date) => sql`${isoDate(date)}::date`);
  return sql`select array_position(${idsOf(goals)}, goal_id) - 1 as goal, d.* from sealed_goal d
    where site_id = ${site.id} and goal_id = any(${idsOf(goals)}) and day between ${first} and ${last}`;
}

/**
 * What reached goals in the open hours: CTEs `hit`, and `newcomer`, who hadn't reached that goal in the sealed ones. Where bitmaps know who
 * had, only what is sealed of today is read for it.
 */
function openGoals(question: Question, plan: Plan | BitmapPlan, goals: Goal[]): SQL {
  const { site, range } = question;
  const known = plan.split < range.to ? knownOf(question, plan.split, OF_PARTS.goal) : null;
  const told = known && knowsGoals(question, known, goals) ? known : null;
  const earlier = toldByRows(site, { ...range, from: told?.split ?? range.from, to: plan.split });
  const these = eventsOf({ ...question, range: earlier }, VISITOR, sql`select visitor from hit`);
  const before = sql`select goal, visitor from (${hits(question, earlier, goals, these)}) b`;
  const hit = sql`hit as materialized (${hits(question, { ...range, from: plan.split }, goals)})`;
  if (!told) return sql`${hit}, newcomer as (select goal, visitor from hit except ${before})`;
  const mask = 'blocks' in plan ? sql`` : maskOfEvents(question, told, sql`goal_mask`);
  const ids = idsOf(goals);
  return sql`${mask}${hit},
    pair as materialized (select distinct (${ids})[goal + 1] as value, visitor from hit),
    newcomer as (
      select goal, visitor from hit except ${before}
      except select array_position(${ids}, value) - 1, visitor from ${seenBefore(question, sql`goal_mask`, OF_PARTS.goal, sql`pair`)} s
    )`;
}

/** What reached goals in a part of the range, and fits. */
function hits(question: Question, range: Question['range'], goals: Goal[], of = sql`true`): SQL {
  const asked = { ...question, range };
  return sql`select t.goal, e.visitor, e.amount, e.currency from event e ${joinGoals(question.site.id, goals)} ${joinVisits(asked)}
    where ${eventsInRange(asked)} and ${where(asked, sql`e.visitor`)} and ${of}`;
}
