import { type Metric, oneOf, REVENUE_METRICS, VITALS, type Warning } from '../contract/query.ts';
import type { Found, Question } from './question.ts';
import { DAY } from './zone.ts';

/** What a reader of an answer should know before believing more than it says. */
export function warnings(question: Question, found: Found, now: number): Warning[] {
  const { metrics, dimensions, range, site, order } = question;
  const told: Warning[] = [];
  if (range.to > now) told.push({ code: 'partial', message: 'The range isn’t over: what it has so far is counted.' });
  if (site.mode === 'cookieless' && metrics.includes('visitors') && range.to - range.from > DAY) {
    const message = 'Without ids in the browser a person counts as one visitor a day, not one in the range.';
    told.push({ code: 'daily_visitors', message, metric: 'visitors' });
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
