import { type SQL, sql } from 'drizzle-orm';
import {
  filtered,
  isEvent,
  type Metric,
  type Money,
  oneOf,
  REVENUE_METRICS,
  type Value,
  VITALS,
} from '../contract/query.ts';
import { money } from './money.ts';
import type { Question } from './question.ts';

/**
 * The metrics, each as an expression over the sums of its group (`docs/metrics.md` defines them). Sums are named after the
 * rows that they are added up over: `v_` visits, `e_` events, `r_` what was read of a page in a visit, `m_` money, `w_` web
 * vitals, `g_` all visitors of a group, whatever they did.
 */

/** What can be summed up over rows of a group, of which a metric is made. */
export const VISIT_SUMS = {
  v_visits: sql`count(*)`,
  v_views: sql`sum(views)`,
  v_bounces: sql`count(*) filter (where bounce)`,
  v_seconds: sql`sum(duration) / 1000.0`,
};
/** What happened is told by the counts that visits carry, and put right at the borders: see `borderRows`. */
export const CARRIED_SUMS = {
  e_pageviews: sql`sum(views)`,
  e_events: sql`sum(events)`,
};
export const EVENT_SUMS = {
  e_pageviews: sql`count(*) filter (where pageview)`,
  e_events: sql`count(*)`,
};
/** Over visits again: what each read of the group's pages. */
export const READING_SUMS = {
  r_engaged: sql`sum(engaged)`,
  r_visits: sql`count(*) filter (where engaged > 0)`,
  r_scroll: sql`sum(scroll)`,
  r_scrolled: sql`count(scroll)`,
};
/** Over currencies: lists as JSON text, and what rows are ordered by. */
export const MONEY_SUMS = {
  m_total: sql`json_agg(json_build_object('currency', currency, 'value', amount::text) order by currency)::text`,
  m_average: sql`json_agg(json_build_object('currency', currency, 'value', round(amount / n, 4)::text) order by currency)::text`,
  m_main: sql`sum(amount) filter (where currency = (select currency from main_currency))`,
  m_sales: sql`sum(n) filter (where currency = (select currency from main_currency))`,
};
const percentile = (name: (typeof VITALS)[number]): SQL =>
  sql`percentile_disc(0.75) within group (order by case when jsonb_typeof(props -> ${name}::text) = 'number'
    then (props ->> ${name}::text)::float8 end)`;
export const VITAL_SUMS = {
  w_lcp: percentile('lcp'),
  w_inp: percentile('inp'),
  w_cls: percentile('cls'),
  w_fcp: percentile('fcp'),
  w_ttfb: percentile('ttfb'),
};

/** How many different ones there are in a group, and of what. */
export const DISTINCT_SUMS = { v_visitors: sql`visitor`, e_visitors: sql`visitor`, e_visits: sql`session_id` };

export type Sum =
  | keyof typeof VISIT_SUMS
  | keyof typeof EVENT_SUMS
  | keyof typeof DISTINCT_SUMS
  | keyof typeof READING_SUMS
  | keyof typeof MONEY_SUMS
  | keyof typeof VITAL_SUMS
  | 'g_visitors';

/** Whether a sum says how many there are of somebody: of several days, or of days and rows, such don't add up. */
export const isDistinct = (sum: Sum): sum is keyof typeof DISTINCT_SUMS => sum in DISTINCT_SUMS;

/** Sums that are texts; each comes of one kind of rows alone. */
export const isTextSum = (sum: Sum): boolean => sum === 'm_total' || sum === 'm_average';

/** Whether a question is about single events. */
export const byEvent = ({ dimensions, filters }: Pick<Question, 'dimensions' | 'filters'>): boolean =>
  dimensions.some(isEvent) || filtered(filters).some(isEvent);

interface Expression {
  needs: Sum[];
  value: SQL;
  /** What rows are ordered by, where that isn't the value. */
  order?: SQL;
}

/** A metric as an expression over the sums of its group, and which sums it needs. */
export function metricOf(metric: Metric, events: boolean): Expression {
  const visitors = events ? 'e_visitors' : 'v_visitors';
  switch (metric) {
    case 'visitors':
      return plain(visitors);
    case 'visits':
      return plain(events ? 'e_visits' : 'v_visits');
    case 'pageviews':
      return plain('e_pageviews');
    case 'events':
      return plain('e_events');
    case 'views_per_visit':
      return share(['v_views', 'v_visits'], sql`round(v_views::numeric / nullif(v_visits, 0), 2)`);
    case 'bounce_rate':
      return share(['v_bounces', 'v_visits'], sql`round(100 * v_bounces::numeric / nullif(v_visits, 0))`);
    case 'visit_duration':
      return average(['v_seconds', 'v_visits'], sql`v_seconds::numeric / nullif(v_visits, 0)`);
    case 'time_on_page':
      return average(['r_engaged', 'r_visits'], sql`r_engaged / (1000 * nullif(r_visits, 0))`);
    case 'scroll_depth':
      return average(['r_scroll', 'r_scrolled'], sql`r_scroll / nullif(r_scrolled, 0)`);
    case 'percentage':
      return share([visitors], percent(visitors, sql`(select n from everybody)`));
    case 'conversion_rate':
      return share([visitors], percent(visitors, sql`(select n from convertible)`));
    case 'group_conversion_rate':
      return share([visitors, 'g_visitors'], percent(visitors, sql`g_visitors`));
    case 'total_revenue':
      return { needs: ['m_total', 'm_main'], value: sql`coalesce(m_total, '[]')::json`, order: sql`m_main` };
    case 'average_revenue':
      return {
        needs: ['m_average', 'm_main', 'm_sales'],
        value: sql`coalesce(m_average, '[]')::json`,
        order: sql`m_main / nullif(m_sales, 0)`,
      };
    default:
      return { needs: [`w_${metric}`], value: sql`${column(`w_${metric}`)}::float8` };
  }
}

export const column = (name: string): SQL => sql`${sql.identifier(name)}`;
const plain = (sum: Sum): Expression => ({ needs: [sum], value: sql`coalesce(${column(sum)}, 0)::float8` });
const share = (needs: Sum[], value: SQL): Expression => ({ needs, value: sql`coalesce(${value}, 0)::float8` });
const average = (needs: Sum[], value: SQL): Expression => ({ needs, value: sql`round(${value})::float8` });
const percent = (part: Sum, whole: SQL): SQL => sql`round(100 * ${column(part)}::numeric / nullif(${whole}, 0), 2)`;

/** The metrics asked for, in order, over the columns of `grouped`. */
export const metricValues = (question: Question): SQL[] =>
  question.metrics.map((metric) => metricOf(metric, byEvent(question)).value);

/** What rows are ordered by for each of the metrics: numbers, also of money. */
export const sortValues = (question: Question): SQL[] =>
  question.metrics
    .map((metric) => metricOf(metric, byEvent(question)))
    .map(({ value, order }) => (order ? sql`(${order})::float8` : value));

/** What a metric is where there are no rows at all. */
export function nothing(metric: Metric): Value {
  if (oneOf(REVENUE_METRICS, metric)) return [];
  const unknown = metric === 'visit_duration' || metric === 'time_on_page' || metric === 'scroll_depth';
  return unknown || oneOf(VITALS, metric) ? null : 0;
}

/** Metrics as they come from Postgres: money gets its currency's places. */
export function readMetrics(values: unknown): Value[] {
  return (values as Value[]).map((value) =>
    Array.isArray(value)
      ? value.map(({ currency, value: amount }): Money => ({ currency, value: money(amount, currency) }))
      : value,
  );
}
