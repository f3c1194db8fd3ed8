import { sql } from 'drizzle-orm';
import { dimensionColumn } from './dimensions.ts';
import { grouped } from './grouped.ts';
import { metricValues, nothing, readMetrics, sortValues } from './metrics.ts';
import type { Found, Question, Sql } from './question.ts';

/** The metrics by time alone: a row for every bucket of the range, in order, those with nothing in them too. */
export async function timeseries(db: Sql, question: Question): Promise<Found> {
  const { metrics, buckets, page, order } = question;
  const { rows } = await db.execute(sql`with ${grouped(question)}
    select ${dimensionColumn(0)} as bucket, json_build_array(${sql.join(metricValues(question), sql`, `)}) as metrics,
      json_build_array(${sql.join(sortValues(question), sql`, `)}) as sort
    from grouped`);
  const found = new Map(rows.map((row) => [Number(row.bucket), row]));
  const series = buckets.map(({ label }, i) => {
    const row = found.get(i);
    const none = metrics.map(nothing);
    const sort = (row?.sort ?? none.map((value) => (Array.isArray(value) ? null : value))) as (number | null)[];
    return { dimensions: [label], metrics: row ? readMetrics(row.metrics) : none, sort };
  });
  for (const [by, direction] of order.toReversed()) {
    const place = (metrics as string[]).indexOf(by);
    if (place >= 0) series.sort((a, b) => compare(a.sort[place], b.sort[place], direction));
    else if (direction === 'desc') series.reverse();
  }
  const shown = series.slice(page.offset, page.offset + page.limit);
  return { rows: shown.map(({ dimensions, metrics }) => ({ dimensions, metrics })), total: series.length };
}

/** Nothing comes last, whichever way. */
function compare(a: number | null | undefined, b: number | null | undefined, direction: 'asc' | 'desc'): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  return direction === 'asc' ? a - b : b - a;
}
