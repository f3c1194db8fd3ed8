import { type SQL, sql } from 'drizzle-orm';
import type { GoalJson, GoalResult } from '../contract/api.ts';
import { type Comparisons, filtered, isEvent, Query, type Scope, type Warning } from '../contract/query.ts';
import { bitmappedGoals, sealedGoals } from '../seals/goals.ts';
import { knowsGoals } from '../seals/masks.ts';
import { type BitmapPlan, bitmapPlanOf, type Plan, planOf } from '../seals/plan.ts';
import { asSealed, questionOf, standOf } from '../stats/answer.ts';
import { joinVisits, needsOf } from '../stats/facts.ts';
import { grouped } from '../stats/grouped.ts';
import { askedOfRows, keptFrom, reachesBack, warnedOf } from '../stats/kept.ts';
import { byEvent } from '../stats/metrics.ts';
import { money } from '../stats/money.ts';
import type { Engine, Question, Scoped, Sql } from '../stats/question.ts';
import { comparedRange } from '../stats/range.ts';
import { eventsInRange, visitsGoingOnInto, visitsInRange, visitsSeenIn } from '../stats/rows.ts';
import { where } from '../stats/where.ts';
import { listWithSeals } from './goals.ts';
import { type GoalDefinition, joinGoals } from './match.ts';

/**
 * How often each goal of a site was reached in a range: a goal made today counts last year's visits. One statement for all
 * goals, of sealed days where they tell it, else from the events themselves.
 *
 * `visitors` are those seen in the range: every one who converted is among them. Rate: converted of these, as Plausible's
 * conversion_rate, https://plausible.io/docs/stats-api#metrics. Money is added up in Postgres's numeric.
 * A range that isn't over is compared with as much of another as there is of it, as in the dashboard's other numbers.
 * @param now milliseconds since 1970
 * @param engine as `answer` has it
 */
export async function report(
  db: Sql,
  site: Scoped,
  { date_range, filters }: Scope,
  now: number,
  { bots = false, comparisons = null as Comparisons | null | undefined, engine = 'any' as Engine } = {},
): Promise<{ results: GoalResult[]; visitors: number; warnings?: Warning[] }> {
  const include = { bots, trim_relative_date_range: Boolean(comparisons) };
  const asked = Query.parse({ site_id: site.id, metrics: ['visitors'], date_range, filters, include });
  const [goals, { question: understood, whole: untrimmed }, stand] = await Promise.all([
    listWithSeals(db, site),
    questionOf(db, site, asked, now),
    standOf(db, site),
  ]);
  const question = { ...understood, ...stand, engine };
  const earlier = comparisons && {
    ...question,
    range: comparedRange(untrimmed, comparisons, now, question.range),
  };
  const [found, before] = await asSealed(db, question, (now) =>
    Promise.all([
      reachedIn(db, { ...question, ...now }, goals),
      earlier ? reachedIn(db, { ...earlier, ...now }, goals, false) : null,
    ]),
  );
  const results = goals.map(({ sealed: _, ...goal }, i) => ({
    ...resultOf(goal, i, found),
    ...(before && { comparison: reachedBy(i, before) }),
  }));
  const lacks = [...(found.whole ? [] : [question]), ...(earlier && !before?.whole ? [earlier] : [])].find(
    ({ range }) => reachesBack(site, range),
  );
  return { results, visitors: found.visitors, ...(lacks && warnedOf(site, lacks.range)) };
}

interface Found {
  visitors: number;
  reached: Reached[];
  earned: Earned[];
  /** Whatever was asked for is in it, though single visits of the range may be forgotten. */
  whole: boolean;
}

/**
 * What reached each goal in a question's range.
 * @param all who was seen in it and what was earned, too
 */
async function reachedIn(
  db: Sql,
  question: Question,
  goals: Awaited<ReturnType<typeof listWithSeals>>,
  all = true,
): Promise<Found> {
  const { site } = question;
  const plan = goalPlan(question, goals);
  const [ctes, seen] =
    plan === null
      ? [goalRows(askedOfRows(question), goals), seenInRows(askedOfRows(question))]
      : [
          sql`${grouped(question)}, ${'blocks' in plan ? bitmappedGoals(question, plan, goals) : sealedGoals(question, plan, goals)}`,
          sealedSeen(question),
        ];
  const sales = sql`(select json_agg(json_build_object('goal', goal, 'currency', value, 'total', total::text,
      'average', round(total / sales, 4)::text) order by total desc, value)
    from earned join term on site_id = ${site.id} and id = currency)`;
  const { rows } = await db.execute(sql`with ${ctes}
    select ${all ? sql`(${seen})::float8 as visitors, ${sales} as earned,` : sql``}
      (select json_agg(json_build_object('goal', goal, 'visitors', visitors, 'events', events)) from reached) as reached`);
  const [row] = rows as { visitors?: number; reached?: Reached[] | null; earned?: Earned[] | null }[];
  // Goals made since visits were forgotten know nothing of these.
  const whole = plan !== null && goals.every(({ sealed }) => (sealed ?? 0) < keptFrom(site));
  return { visitors: row?.visitors ?? 0, reached: row?.reached ?? [], earned: row?.earned ?? [], whole };
}

/** How seals tell what reached goals: under filters, bitmaps. Null where rows alone do. */
function goalPlan(question: Question, goals: Awaited<ReturnType<typeof listWithSeals>>): Plan | BitmapPlan | null {
  if (goals.some(({ sealed }) => sealed === null)) return null;
  // Bitmaps know what happened in a visit's day, not together with what.
  if (byEvent(question)) return null;
  const needs = needsOf(question);
  if (question.filters.length === 0) return planned(planOf(question, needs));
  const plan = planned(bitmapPlanOf(question, needs));
  return plan && knowsGoals(question, plan, goals) ? plan : null;

  function planned<P>(plan: P | string): P | null {
    return typeof plan === 'string' ? null : plan;
  }
}

/** How many were seen in the range: under a filter on events, by such an event. */
function seenInRows(question: Question): SQL {
  const fits = (visitor: SQL) => where(question, visitor);
  const named = filtered(question.filters);
  return named.some(isEvent)
    ? sql`select count(distinct e.visitor) from event e ${joinVisits(question)} where ${eventsInRange(question)} and ${fits(sql`e.visitor`)}`
    : sql`select count(distinct s.visitor) from session s where ${visitsSeenIn(question)} and ${fits(sql`s.visitor`)}`;
}

/** Those who came in the range, which seals tell, and the few whose visit goes on into it and who didn't come again. */
function sealedSeen(question: Question): SQL {
  const fits = where(question, sql`s.visitor`);
  return sql`(select coalesce(v_visitors, 0) from grouped) + (
    select count(*) from (select distinct s.visitor from session s where ${visitsGoingOnInto(question)} and ${fits}) earlier
    where not exists (select from session s where s.visitor = earlier.visitor and ${visitsInRange(question)} and ${fits}))`;
}

/** What reached goals, from events: CTEs as `sealedGoals` has them. */
function goalRows(question: Question, goals: GoalDefinition[]): SQL {
  return sql`hit as (
      select t.goal, e.visitor, e.amount, e.currency from event e
      ${joinGoals(question.site.id, goals)} ${joinVisits(question)}
      where ${eventsInRange(question)} and ${where(question, sql`e.visitor`)}
    ),
    reached as (select goal, count(distinct visitor) as visitors, count(*) as events from hit group by goal),
    earned as (
      select goal, currency, sum(amount) as total, count(*) as sales
      from hit where amount is not null and currency is not null group by goal, currency
    )`;
}

interface Reached {
  goal: number;
  visitors: number;
  events: number;
}

interface Earned {
  goal: number;
  currency: string;
  total: string;
  average: string;
}

function reachedBy(place: number, { reached }: Found): Pick<Reached, 'visitors' | 'events'> {
  const { visitors, events } = reached.find(({ goal }) => goal === place) ?? { visitors: 0, events: 0 };
  return { visitors, events };
}

function resultOf(goal: GoalJson, place: number, found: Found): GoalResult {
  const { visitors, events } = reachedBy(place, found);
  return {
    goal,
    visitors,
    events,
    conversion_rate: found.visitors ? Math.round((10_000 * visitors) / found.visitors) / 100 : null,
    revenue: found.earned
      .filter((one) => one.goal === place)
      .map(({ currency, total, average }) => ({
        currency,
        total: money(total, currency),
        average: money(average, currency),
      })),
  };
}
