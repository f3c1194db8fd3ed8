import { type Metric, oneOf, REVENUE_METRICS, VITALS, type Warning } from '../contract/query.ts';
import { LEAST_RETENTION_DAYS } from '../contract/wire.ts';
import { lacksRows, planned } from './grouped.ts';
import { keptDate, keptFrom, notKept, reachesBack } from './kept.ts';
import type { Found, Question } from './question.ts';
import { DAY, dateOf } from './zone.ts';

/** What a reader of an answer should know before believing more than it says. `earlier` is what it is compared with. */
export function warnings(question: Question, earlier: Question | null, found: Found, now: number): Warning[] {
  const { metrics, dimensions, range, site, order } = question;
  const told: Warning[] = [];
  if (range.to > now) told.push({ code: 'partial', message: 'The range isn’t over: what it has so far is counted.' });
  if (site.mode === 'cookieless' && metrics.includes('visitors') && range.to - range.from > DAY) {
    const message = 'Without ids in the browser a person counts as one visitor a day, not one in the range.';
    told.push({ code: 'daily_visitors', message, metric: 'visitors' });
  }
  const both = earlier ? [question, earlier] : [question];
  if (both.some(lacksRows)) told.push(notKept(site));
  if (both.some(mayCountAgain)) {
    const message =
      `A visitor of before ${keptDate(site)} who came again after being away for longer than single visits are kept may ` +
      'count once more.';
    told.push({ code: 'counted_again', message, metric: 'visitors', since: keptDate(site) });
  }
  if (dimensions.includes('event:goal') && question.goals.length > 1) {
    told.push({
      code: 'overlapping_rows',
      message: 'An event may reach several goals: rows don’t add up to the whole.',
    });
  }
  const money = order.map(([by]) => by).find((by): by is Metric => oneOf(REVENUE_METRICS, by));
  const values = found.rows.flatMap((row) => row.metrics.flatMap((value) => (Array.isArray(value) ? value : [])));
  if (money && new Set(values.map(({ currency }) => currency)).size > 1) {
    const message = 'Rows are ordered by the currency that most sales were in; other currencies are not converted.';
    told.push({ code: 'several_currencies', message, metric: money });
  }
  for (const metric of metrics.filter((one) => oneOf(VITALS, one))) {
    const place = metrics.indexOf(metric);
    if (found.rows.some((row) => row.metrics[place] !== null)) continue;
    const message =
      'No browser has told of it in the range: web vitals are collected where the site’s settings say so.';
    told.push({ code: 'no_vitals', message, metric });
  }
  return told;
}

/**
 * Whether a visitor may be in the answer of sealed days twice: because his first time was forgotten when a later day was sealed.
 * That is so of days before `kept` and behind it; and of two days before it, if so many lie between them.
 */
function mayCountAgain(question: Question): boolean {
  const { site, range, metrics } = question;
  const plan = planned(question);
  const counted = metrics.includes('visitors') || metrics.includes('percentage');
  if (typeof plan === 'string' || !counted || site.mode === 'cookieless' || !reachesBack(site, range)) return false;
  const kept = dateOf(range.zone, keptFrom(site));
  const open =
    plan.split < range.to ? [{ date: dateOf(range.zone, plan.split), since: plan.days.at(-1)?.since ?? kept }] : [];
  return [...plan.days, ...open].some(
    ({ date, since }) => since < kept && (date >= kept || date - since >= LEAST_RETENTION_DAYS * DAY),
  );
}
