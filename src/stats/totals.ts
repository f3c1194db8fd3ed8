import { sql } from 'drizzle-orm';
import { grouped } from './grouped.ts';
import { metricValues, readMetrics } from './metrics.ts';
import type { Found, Question, Sql } from './question.ts';

/** The metrics over everything in range: always one row. */
export async function totals(db: Sql, question: Question): Promise<Found> {
  const { rows } = await db.execute(sql`with ${grouped(question)}
    select json_build_array(${sql.join(metricValues(question), sql`, `)}) as metrics from grouped`);
  return { rows: [{ dimensions: [], metrics: readMetrics(rows[0]?.metrics) }], total: 1 };
}
