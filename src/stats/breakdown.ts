import { type SQL, sql } from 'drizzle-orm';
import { type Dimension, isTime, type Metric, propKey, unset } from '../contract/query.ts';
import { dimensionColumn, goalsShown } from './dimensions.ts';
import { countOfGroups, grouped } from './grouped.ts';
import { metricValues, readMetrics, sortValues } from './metrics.ts';
import type { Found, Question, Sql } from './question.ts';

/** The metrics by dimensions: a page of the groups that occur. The dictionary is asked for the words of that page only. */
export async function breakdown(db: Sql, question: Question): Promise<Found> {
  const { dimensions, page } = question;
  const columns = dimensions.map((_, i) => dimensionColumn(i));
  const words = dimensions.map((dimension, i) => word(question, dimension, dimensionColumn(i)));
  const total = question.total ? countOfGroups(question) : sql`null`;
  const { rows } = await db.execute(sql`with ${grouped(question)},
    page as (
      select ${sql.join(columns, sql`, `)}, json_build_array(${sql.join(metricValues(question), sql`, `)}) as metrics
      from grouped order by ${sql.join(order(question), sql`, `)} limit ${page.limit} offset ${page.offset}
    )
    select ${total} as total, (select coalesce(json_agg(json_build_object('metrics', metrics,
      'words', json_build_array(${sql.join(words, sql`, `)}))), '[]') from page) as rows`);
  const [found] = rows as { total: number | null; rows: { words: (string | number | null)[]; metrics: unknown }[] }[];
  const labels = (found?.rows ?? []).map(({ words, metrics }) => ({
    dimensions: words.map((value, i) => label(question, dimensions[i] as Dimension, value)),
    metrics: readMetrics(metrics),
  }));
  return { rows: labels, total: found?.total ?? null };
}

/** As asked for, else time ascending or the first metric descending; ties by what was seen first. */
function order(question: Question): SQL[] {
  const { metrics, dimensions, order: asked } = question;
  const values = sortValues(question);
  const time = dimensions.find(isTime);
  const first = metrics[0] as Metric;
  const chosen = asked.length ? asked : [time ? ([time, 'asc'] as const) : ([first, 'desc'] as const)];
  const by = chosen.map(([name, direction]) => {
    const metric = (metrics as string[]).indexOf(name);
    const n = (dimensions as string[]).indexOf(name);
    const value = metric >= 0 ? values[metric] : sortable(question, dimensions[n] as Dimension, dimensionColumn(n));
    return direction === 'asc' ? sql`${value} asc nulls last` : sql`${value} desc nulls last`;
  });
  return [...by, ...dimensions.map((_, i) => sql`${dimensionColumn(i)} nulls last`)];
}

/** A word of the dictionary, or what stands for it until it is in JavaScript: the number of a bucket or goal. */
function word({ site }: Question, dimension: Dimension, column: SQL): SQL {
  if (isTime(dimension) || dimension === 'event:goal' || propKey(dimension) !== null) return column;
  return sql`(select value from term where site_id = ${site.id} and id = ${column})`;
}

/** Numbers of buckets and goals are in order already; words are ordered by their bytes, the same in any database. */
function sortable(question: Question, dimension: Dimension, column: SQL): SQL {
  if (isTime(dimension) || dimension === 'event:goal') return column;
  return sql`coalesce(${word(question, dimension, column)}, ${unset(dimension)}) collate "C"`;
}

function label(question: Question, dimension: Dimension, value: string | number | null): string {
  if (isTime(dimension)) return question.buckets[Number(value)]?.label ?? '';
  if (dimension === 'event:goal') return goalsShown(question)[Number(value)]?.name ?? '';
  return value === null ? unset(dimension) : String(value);
}
