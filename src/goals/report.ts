import { sql } from 'drizzle-orm';
import type { GoalJson, GoalResult } from '../contract/api.ts';
import { filtered, isEvent, isVisit, type Scope } from '../contract/query.ts';
import { rangeOf } from '../stats/answer.ts';
import { definitions } from '../stats/definitions.ts';
import { money } from '../stats/money.ts';
import type { Scoped, Sql } from '../stats/question.ts';
import { eventsInRange, visitsSeenIn } from '../stats/rows.ts';
import { where } from '../stats/where.ts';
import { list } from './goals.ts';
import { joinGoals } from './match.ts';

/**
 * How often each goal of a site was reached in a range, from the events themselves: a goal made today counts last year's
 * visits. One statement for all goals.
 *
 * `visitors` are those seen in the range: every one who converted is among them. Rate: converted of these, as Plausible's
 * conversion_rate, https://plausible.io/docs/stats-api#metrics. Money is added up in Postgres's numeric.
 * @param now milliseconds since 1970
 */
export async function report(
  db: Sql,
  site: Scoped,
  { date_range, filters }: Scope,
  now: number,
  { bots = false } = {},
): Promise<{ results: GoalResult[]; visitors: number }> {
  const goals = await list(db, site);
  const range = await rangeOf(db, site, date_range, now);
  const asked = { site, range, bots, ...(await definitions(db, site, { filters })) };
  const named = filtered(asked.filters);
  const fits = where(asked, sql`e.visitor`);
  const events = eventsInRange({ site, range, bots });
  const visits = named.some(isVisit) ? sql`join session s on s.site_id = e.site_id and s.id = e.session_id` : sql``;
  const seen = named.some(isEvent)
    ? sql`select count(distinct e.visitor) from event e ${visits} where ${events} and ${fits}`
    : sql`select count(distinct s.visitor) from session s
        where ${visitsSeenIn(asked)} and ${where(asked, sql`s.visitor`)}`;
  const { rows } = await db.execute(sql`with hit as (
      select t.goal, e.visitor, e.amount, e.currency from event e
      ${joinGoals(site.id, goals)} ${visits}
      where ${events} and ${fits}
    ),
    reached as (select goal, count(distinct visitor) as visitors, count(*) as events from hit group by goal),
    earned as (
      select goal, currency, sum(amount) as total, round(avg(amount), 4) as average
      from hit where amount is not null and currency is not null group by goal, currency
    )
    select (${seen})::float8 as visitors,
      (select json_agg(json_build_object('goal', goal, 'visitors', visitors, 'events', events)) from reached) as reached,
      (select json_agg(json_build_object('goal', goal, 'currency', value, 'total', total::text, 'average', average::text)
        order by total desc, value) from earned join term on site_id = ${site.id} and id = currency) as earned`);
  const [row] = rows as unknown as { visitors: number; reached: Reached[] | null; earned: Earned[] | null }[];
  const visitors = row?.visitors ?? 0;
  const results = goals.map((goal, i) => resultOf(goal, visitors, i, row?.reached ?? [], row?.earned ?? []));
  return { results, visitors };
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

function resultOf(goal: GoalJson, everybody: number, place: number, reached: Reached[], earned: Earned[]): GoalResult {
  const { visitors, events } = reached.find((one) => one.goal === place) ?? { visitors: 0, events: 0 };
  return {
    goal,
    visitors,
    events,
    conversion_rate: everybody ? Math.round((10_000 * visitors) / everybody) / 100 : null,
    revenue: earned
      .filter((one) => one.goal === place)
      .map(({ currency, total, average }) => ({
        currency,
        total: money(total, currency),
        average: money(average, currency),
      })),
  };
}
