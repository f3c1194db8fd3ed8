import { sql } from 'drizzle-orm';
import { dimensionColumn, grouped, metricValues } from './facts.ts';
import type { Found, Question, Sql } from './question.ts';

/** The metrics by time alone: a row for every bucket of the range, in order, those with nothing in them too. */
export async function timeseries(db: Sql, question: Question): Promise<Found> {
  const { metrics, buckets, page, order } = question;
  const { rows } = await db.execute(sql`with ${grouped(question)}
    select ${dimensionColumn(0)} as bucket, json_build_array(${sql.join(metricValues(question), sql`, `)}) as metrics
    from grouped`);
  const found = new Map(rows.map((row) => [Number(row.bucket), row.metrics as (number | null)[]]));
  const nothing = metrics.map((metric) => (metric === 'visit_duration' ? null : 0));
  const series = buckets.map(({ label }, i) => ({ dimensions: [label], metrics: found.get(i) ?? [...nothing] }));
  for (const [by, direction] of order.toReversed()) {
    const place = (metrics as string[]).indexOf(by);
    if (place >= 0) series.sort((a, b) => compare(a.metrics[place], b.metrics[place], direction));
    else if (direction === 'desc') series.reverse();
  }
  return { rows: series.slice(page.offset, page.offset + page.limit), total: series.length };
}

/** Nothing comes last, whichever way. */
function compare(a: number | null | undefined, b: number | null | undefined, direction: 'asc' | 'desc'): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  return direction === 'asc' ? a - b : b - a;
}
