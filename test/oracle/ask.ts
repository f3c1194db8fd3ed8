import { expect } from 'vitest';
import { type Answer, type Filter, isTime, Query } from '../../src/contract/query.ts';
import type { Db } from '../../src/db/client.ts';
import { report } from '../../src/goals/report.ts';
import { answer } from '../../src/stats/answer.ts';
import { nothing } from '../../src/stats/metrics.ts';
import type { Engine, Scoped } from '../../src/stats/question.ts';
import { DAY } from '../../src/stats/zone.ts';
import { visits as visitsBehind } from '../../src/visits/list.ts';
import { type Asked, type History, oracle, visitsBehind as oracleVisits } from './oracle.ts';
import type { Question } from './questions.ts';

/** One question, and what follows from its answer: its order, its comparison, the visits behind one of its rows. @returns the way it was answered */
export async function ask(
  db: Db,
  history: History,
  site: Scoped & { segments: number[] },
  midnight: number,
  one: Question,
  engine: Engine = 'any',
) {
  const { metrics, dimensions, bots } = one;
  const minutes = one.dimensions.includes('time:minute');
  const [from, length, second] = one.moments ?? [0, 60, 0];
  const moments: [number, number] = [midnight + from * 60_000 + second * 1000, 0];
  moments[1] = moments[0] + (length + 1) * 60_000;
  const days = one.days.map((n) => new Date(midnight + n * DAY).toISOString().slice(0, 10)) as [string, string];
  const range: Asked['range'] = one.moments || minutes ? moments : days;
  const earlier = days.map((day) => new Date(Date.parse(day) - DAY).toISOString().slice(0, 10)) as [string, string];
  const filters = one.filters as Filter[];
  const by = one.order && [...metrics, ...dimensions][one.order[0] % (metrics.length + dimensions.length)];
  const query = Query.parse({
    site_id: site.id,
    metrics,
    dimensions,
    filters: filters.map((filter) => renumbered(filter, site.segments)),
    date_range:
      range === moments ? moments.map((at, i) => new Date(at - i * 1000).toISOString()) : (range as [string, string]),
    order_by: by ? [[by, one.order?.[1]]] : [],
    include: {
      bots,
      ...(one.compared === 'custom' && !minutes && { comparisons: { mode: 'custom', date_range: earlier } }),
      ...(one.compared === 'previous_period' && { comparisons: { mode: 'previous_period' } }),
    },
  });
  const asked: Asked = { metrics, dimensions, filters, range, bots };
  const said = JSON.stringify(asked);
  const { results, meta } = await answer(db, site, query, midnight, engine);
  const expected = oracle(history, asked);
  const shown = results.map(({ dimensions, metrics }) => ({ dimensions, metrics }));
  expect(sorted(shown), said).toEqual(sorted(expected));
  if (by)
    expect(isInOrder(shown, [...metrics, ...dimensions].indexOf(by), metrics.length, one.order?.[1]), said).toBe(true);
  if (meta.comparison_date_range && !dimensions.some(isTime)) {
    const [start, end] = meta.comparison_date_range.map((at) => Date.parse(at));
    const before = oracle(history, { ...asked, range: [start as number, (end as number) + 1000] });
    for (const row of results) {
      const then = before.find((other) => String(other.dimensions) === String(row.dimensions));
      expect(row.comparison?.metrics, said).toEqual(then?.metrics ?? metrics.map(nothing));
    }
  }
  if (dimensions.length > 0 && !dimensions.some(isTime)) {
    // The first rows may be found without the others, which are counted all the same.
    const [limit, offset] = [1 + (one.row % 3), one.row % 2];
    const include = { bots, total_rows: true };
    const page = Query.parse({ ...query, include, pagination: { limit, offset } });
    const paged = await answer(db, site, page, midnight, engine);
    expect(paged.results, said).toEqual(shown.slice(offset, offset + limit));
    expect(paged.meta.total_rows, said).toBe(results.length);
  }
  const row = results[one.row % Math.max(results.length, 1)]?.dimensions;
  if (row && !site.kept) {
    const behind = await visitsBehind(db, site, { query, row }, midnight);
    expect(behind.total, `${said} of ${row}`).toBe(oracleVisits(history, asked, row).length);
  }
  return meta.engine.answered_by;
}

/** What reached goals is the same of sealed days as of rows, which `goals.test.ts` holds to what happened. */
export async function reachGoals(
  db: Db,
  site: Scoped,
  midnight: number,
  questions: { days: [number, number]; filters: unknown[] }[],
): Promise<void> {
  for (const { days, filters } of questions.slice(0, 4)) {
    const date_range = days.map((n) => new Date(midnight + n * DAY).toISOString().slice(0, 10)) as [string, string];
    const comparisons = { mode: 'previous_period' } as const;
    const named = JSON.stringify(filters).includes('segment');
    for (const some of filters.length > 0 && !named ? [[], filters as Filter[]] : [[]]) {
      const told = (engine: Engine) =>
        report(db, site, { date_range, filters: some }, midnight, { engine, comparisons });
      expect(await told('seals'), JSON.stringify([days, some])).toEqual(await told('rows'));
    }
  }
}

const sorted = (rows: { dimensions: string[] }[]) =>
  rows.toSorted((a, b) => (String(a.dimensions) < String(b.dimensions) ? -1 : 1));

/** Segments are numbered by their place in a history, and by their ids in the database. */
function renumbered(filter: Filter, ids: number[]): Filter {
  return JSON.parse(JSON.stringify(filter), (_, value) =>
    Array.isArray(value) && value[1] === 'segment' ? ['is', 'segment', value[2].map((n: number) => ids[n - 1])] : value,
  );
}

/** Whether rows stand in the order of one of their columns; money is ordered by one currency, which the rows don't tell. */
function isInOrder(rows: Answer['results'], place: number, metrics: number, direction = 'asc'): boolean {
  const moment = (text = '') => (/^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : text);
  const values = rows.map((row) => (place < metrics ? row.metrics[place] : moment(row.dimensions[place - metrics])));
  if (values.some((value) => Array.isArray(value))) return true;
  const known = values.filter((value) => value !== null);
  const nullsLast = values.slice(0, known.length).every((value) => value !== null);
  const rising = (a: unknown, b: unknown) => (a as number) <= (b as number) || typeof a !== typeof b;
  return (
    nullsLast &&
    known.every(
      (value, i) => i === 0 || (direction === 'asc' ? rising(known[i - 1], value) : rising(value, known[i - 1])),
    )
  );
}
