import { sql } from 'drizzle-orm';
import type { Site } from '../accounts/guard.ts';
import type { BotsJson } from '../contract/api.ts';
import { BOT_RULES, confidenceOf, RULE_NAMES } from '../contract/bots.ts';
import { type DateRange, Query } from '../contract/query.ts';
import { rowsOf } from '../db/rows.ts';
import { SESSION_FLAG } from '../db/schema.ts';
import { answered, understood } from '../stats/answer.ts';
import { behind, toldByRows, warnedOf } from '../stats/kept.ts';
import type { Sql } from '../stats/question.ts';
import { writtenRange } from '../stats/range.ts';
import { progressOf } from './rejudge.ts';

interface Share {
  visits: number;
  requests: number;
}

/**
 * How many of a site's visits were bots', and which rules said so. Visits are those that began in the range. People's are added up as in any
 * report, mostly from sealed days; rows are read of those alone that fired a rule.
 */
export async function report(db: Sql, site: Site, asked: DateRange, now: number): Promise<BotsJson> {
  const everybody = Query.parse({ site_id: site.id, metrics: ['visits', 'events'], date_range: asked });
  const { question, ...rest } = await understood(db, site, everybody, now);
  const told = toldByRows(site, question.range);
  const [people, { rows }, rejudging] = await Promise.all([
    answered(db, { ...rest, question: behind(question, told.from) }),
    db.execute(sql`
      select s.bot_rules as rules, s.flags & ${SESSION_FLAG.bot}::smallint <> 0 as bot,
        count(*)::float8 as visits, sum(s.events)::float8 as requests
      from session s where ${rowsOf('s', site.id, told)} and s.bot_rules <> 0
      group by 1, 2`),
    progressOf(db, site),
  ]);
  const groups = rows.map(({ rules, bot, visits, requests }) => ({
    rules: Number(rules),
    bot: bot === true,
    visits: Number(visits),
    requests: Number(requests),
  }));
  const [visits = 0, requests = 0] = (people.results[0]?.metrics ?? []).map(Number);
  const bots = groups.filter(({ bot }) => bot);
  const them = sum(bots);
  const all = { visits: visits + them.visits, requests: requests + them.requests };
  return {
    date_range: writtenRange(question.range),
    visits: all.visits,
    bot_visits: them.visits,
    requests: all.requests,
    bot_requests: them.requests,
    bot_visits_share: percent(them.visits, all.visits),
    bot_requests_share: percent(them.requests, all.requests),
    rules: RULE_NAMES.map((rule) => {
      const { bit, confidence, says } = BOT_RULES[rule];
      const fired = ({ rules }: { rules: number }) => (rules & bit) !== 0;
      const [every, caught] = [sum(groups.filter(fired)), sum(bots.filter(fired))];
      return {
        rule,
        says,
        confidence: confidenceOf(rule, site),
        default_confidence: confidence,
        visits: every.visits,
        bot_visits: caught.visits,
        bot_requests: caught.requests,
      };
    }).sort((a, b) => b.bot_visits - a.bot_visits || b.visits - a.visits),
    rejudging,
    ...warnedOf(site, question.range),
  };
}

function sum(groups: Share[]): Share {
  const add = (what: keyof Share) => groups.reduce((total, group) => total + group[what], 0);
  return { visits: add('visits'), requests: add('requests') };
}

function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1_000) / 10;
}
