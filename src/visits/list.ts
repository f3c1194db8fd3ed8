import { sql } from 'drizzle-orm';
import type { SessionJson, VisitDetail } from '../contract/api.ts';
import { type Filter, type FilterDimension, isTime, type Query, type Warning } from '../contract/query.ts';
import { list as goalsOf } from '../goals/goals.ts';
import { invalidAt } from '../problem.ts';
import { ms, signalsOf, storyRows, type VisitRow, visitJson, visitRow } from '../replays/visit.ts';
import { questionOf } from '../stats/answer.ts';
import { visitIds } from '../stats/facts.ts';
import { askedOfRows, warnedOf } from '../stats/kept.ts';
import type { Question, Scoped, Sql } from '../stats/question.ts';

export interface Wanted {
  query: Query;
  /** The row's own values, one for each of the query's dimensions. */
  row: string[];
}

/**
 * The visits behind a number: those that `visits` counts in a row of a query's answer, newest first.
 * @param now milliseconds since 1970
 * @throws Problem `invalid` for a row that the answer can't have, and as `answer`
 */
export async function visits(
  db: Sql,
  site: Scoped,
  { query, row }: Wanted,
  now: number,
): Promise<{ results: SessionJson[]; total: number; recorded: number; warnings?: Warning[] }> {
  const { question } = await questionOf(db, site, query, now);
  const { page } = question;
  const asked = within(question, row);
  const { rows } = await db.execute(sql`with ids as materialized (${visitIds(askedOfRows(asked))}),
    page as (
      select s.* from session s where s.site_id = ${site.id} and s.id in (select id from ids)
      order by s.start desc, s.id desc limit ${page.limit} offset ${page.offset}
    )
    select (select count(*)::int from ids) as total,
      (select count(*)::int from replay r where r.site_id = ${site.id} and r.session_id in (select id from ids)) as recorded,
      (select coalesce(json_agg(json_build_object('visit', ${visitRow}, 'recording', ${recordingRow})
        order by s.start desc, s.id desc), '[]')
      from page s left join replay r on r.site_id = s.site_id and r.session_id = s.id) as found`);
  const { found, ...counts } = rows[0] as { found: Found[]; total: number; recorded: number };
  return { results: found.map(sessionJson), ...counts, ...warnedOf(site, asked.range) };
}

/** Newest of a visitor's other visits that one answer tells. */
const OTHERS = 50;

/** One visit, its story, and the visitor's other visits; null when there is none. */
export async function findVisit(db: Sql, site: Scoped, id: number): Promise<VisitDetail | null> {
  const goals = await goalsOf(db, site);
  const { rows } = await db.execute(sql`
    select json_build_object('visit', ${visitRow}, 'recording', ${recordingRow}, 'events', ${storyRows(site.id, goals)}) as found
    from session s left join replay r on r.site_id = s.site_id and r.session_id = s.id
    where s.site_id = ${site.id} and s.id = ${id}`);
  const { found } = (rows[0] ?? {}) as { found?: Found & Pick<VisitDetail, 'events'> };
  if (!found) return null;
  const others = await db.execute(sql`with others as materialized (
      select s.* from session s where s.site_id = ${site.id} and s.visitor = ${found.visit.visitor}::bigint and s.id <> ${id}
    ), page as (select * from others order by start desc, id desc limit ${OTHERS}::int)
    select (select count(*)::int from others) as total,
      (select coalesce(json_agg(json_build_object('visit', ${visitRow}, 'recording', ${recordingRow})
        order by s.start desc, s.id desc), '[]')
      from page s left join replay r on r.site_id = s.site_id and r.session_id = s.id) as found`);
  const { found: rest, total } = others.rows[0] as { found: Found[]; total: number };
  return {
    visit: sessionJson(found),
    events: found.events,
    others: { results: rest.map(sessionJson), total },
  };
}

/** What is recorded of a visit: of the recording `r`, left joined. */
const recordingRow = sql`case when r.session_id is not null then json_build_object(
  'start', ${ms(sql`r.start`)}, 'last', ${ms(sql`r.last`)}, ${signalsOf}) end`;

interface Found {
  visit: VisitRow;
  recording:
    | (Omit<NonNullable<SessionJson['recording']>, 'duration' | 'share'> & Record<'start' | 'last', number>)
    | null;
}

function sessionJson({ visit, recording: found }: Found): SessionJson {
  if (!found) return { ...visitJson(visit), recording: null };
  const { start, last, ...counts } = found;
  const [recorded, whole] = [last - start, visit.last - visit.start];
  const share = whole > 0 ? Math.min(100, Math.round((100 * recorded) / whole)) : 100;
  return { ...visitJson(visit), recording: { duration: Math.round(recorded / 100) / 10, share, ...counts } };
}

/** A question narrowed to one row of its answer: its time by the range, all else by filters. */
function within(question: Question, row: string[]): Question {
  const { dimensions, filters, range, buckets } = question;
  if (row.length !== dimensions.length) {
    throw invalidAt(['row'], `one for each of dimensions: ${dimensions.join(', ') || 'none'}`);
  }
  const narrowed: Question = { ...question, dimensions: [], filters: [...filters], deeds: range };
  for (const [i, dimension] of dimensions.entries()) {
    const value = row[i] as string;
    if (isTime(dimension)) {
      const n = buckets.findIndex(({ label }) => label === value);
      const bucket = buckets[n];
      if (!bucket) throw invalidAt(['row', i], `a ${dimension} of the range, such as ${buckets[0]?.label}`);
      narrowed.range = { ...range, from: bucket.from, to: buckets[n + 1]?.from ?? range.to };
    } else {
      narrowed.filters.push(['is', dimension as FilterDimension, [value]] satisfies Filter);
    }
  }
  return narrowed;
}
