import { sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GoalInput, SegmentInput } from '../../src/contract/api.ts';
import { Query, VISIT_DIMENSIONS } from '../../src/contract/query.ts';
import { create, list } from '../../src/goals/goals.ts';
import { report } from '../../src/goals/report.ts';
import { create as createSegment } from '../../src/segments/segments.ts';
import { answer } from '../../src/stats/answer.ts';
import type { Scoped } from '../../src/stats/question.ts';
import { where } from '../../src/stats/where.ts';
import { visits } from '../../src/visits/list.ts';
import { write } from '../oracle/history.ts';
import { ownPostgres } from '../pglite.ts';

/** Attempts to be taken for SQL, wherever a caller's words can stand. Each must be a word like any other, or refused. */

const ATTACKS = [
  "'; drop table event; --",
  "' or '1'='1",
  "') or true --",
  '" or 1=1 --',
  "\\'; delete from session; --",
  '$1',
  '$$ || pg_sleep(10) || $$',
  '{}',
  '{"a"}',
  "E'\\x27'",
  '%',
  '_',
  '%%%',
  '\\',
  '*/ union select hash from api_key /*',
  '1) union all select value from term --',
  "x' || (select secret from site) || '",
  '#{process.env}',
  '?',
  ':name',
  '__proto__',
  'constructor',
  'toString',
  'e.visitor',
  's.flags) > 0 --',
  '\u2019; drop table term; \uFF07',
];

let postgres: Awaited<ReturnType<typeof ownPostgres>>;
let site: Scoped;
const NOW = Date.parse('2026-11-21T12:00:00Z');

beforeAll(async () => {
  postgres = await ownPostgres();
  await write(postgres.rows, 'UTC', [
    { visitor: 1, facts: { source: 'theirs' }, happened: [{ time: NOW, page: '/theirs' }] },
  ]);
  // Every attack is also a page, a source, a property's key and its value: as a word, it must be found.
  const visits = ATTACKS.map((word, n) => ({
    visitor: n + 1,
    facts: { source: word, country: word },
    happened: [{ time: NOW, page: `/${word}`, name: 'buy', props: Object.fromEntries([[word, word]]) }],
  }));
  site = await write(postgres.rows, 'UTC', visits);
});
afterAll(() => postgres.close());

const count = async (query: object) => {
  const parsed = Query.parse({ site_id: site.id, metrics: ['visitors'], date_range: 'day', ...query });
  return (await answer(postgres.db, site, parsed, NOW)).results;
};

describe('as a word, each is itself and nothing more', () => {
  test.each(ATTACKS)('%s', async (word) => {
    const is = async (filter: unknown) => (await count({ filters: [filter] }))[0]?.metrics[0];
    expect(await is(['is', 'visit:source', [word]])).toBe(1);
    expect(await is(['is_not', 'visit:source', [word]])).toBe(ATTACKS.length - 1);
    expect(await is(['contains', 'visit:source', [word]])).toBe(ATTACKS.filter((other) => other.includes(word)).length);
    expect(await is(['is', 'event:page', [`/${word}`]])).toBe(1);
    expect(await is(['is', `event:props:${word}`, [word]])).toBe(1);
    expect(await is(['contains_not', `event:props:${word}`, [word]])).toBe(ATTACKS.length - 1);
    expect(
      await count({ dimensions: [`event:props:${word}`], filters: [['is', `event:props:${word}`, [word]]] }),
    ).toEqual([{ dimensions: [word], metrics: [1] }]);
    const order_by = [[`event:props:${word}`, 'desc']];
    expect(await count({ dimensions: [`event:props:${word}`], order_by })).toHaveLength(2);
  });

  test('in goals', async () => {
    for (const word of ATTACKS) {
      const path = `/${word}`.trim();
      if (!path.includes('*')) await create(postgres.db, site, GoalInput.parse({ name: `path ${word}`, path }));
      const props = [{ key: word, op: 'is', value: word }];
      await create(postgres.db, site, GoalInput.parse({ name: `event ${word}`, event: 'buy', props }));
      await create(postgres.db, site, GoalInput.parse({ name: `named ${word}`, event: word }));
    }
    const { results } = await report(postgres.db, site, { date_range: 'day', filters: [] }, NOW);
    for (const { goal, visitors } of results) {
      expect([goal.name, visitors]).toEqual([goal.name, goal.name.startsWith('event') ? 1 : 0]);
    }
    for (const { name } of await list(postgres.db, site)) {
      expect((await count({ filters: [['is', 'event:goal', [name]]] }))[0]?.metrics).toEqual([
        name.startsWith('event') ? 1 : 0,
      ]);
    }
  });
});

describe('in what came later to the grammar', () => {
  test.each(ATTACKS)('%s', async (word) => {
    const is = async (filter: unknown) => (await count({ filters: [filter] }))[0]?.metrics[0];
    const same = ATTACKS.filter((other) => other.toLowerCase() === word.toLowerCase()).length;
    expect(await is(['is', 'visit:source', [word], { case_sensitive: false }])).toBe(same);
    // With each mark's meaning taken away, a pattern is the word.
    const literal = word.replaceAll(/[^\p{L}\p{N}]/gu, '\\$&');
    expect(await is(['matches', 'visit:source', [`^${literal}$`]])).toBe(1);
    expect(await is(['has_done', ['is', `event:props:${word}`, [word]]])).toBe(1);
    const query = Query.parse({
      site_id: site.id,
      metrics: ['visits'],
      date_range: 'day',
      dimensions: ['visit:source'],
    });
    expect((await visits(postgres.db, site, { query, row: [word] }, NOW)).total).toBe(1);
    const kept = SegmentInput.parse({ name: word, filters: [['is', 'visit:source', [word]]] });
    const { id, name } = await createSegment(postgres.db, site, null, kept);
    expect(name).toBe(word.trim());
    expect(await is(['is', 'segment', [id]])).toBe(1);
  });

  test.each(ATTACKS)('%s as a pattern is a pattern or refused', async (word) => {
    const filters = [['matches', 'visit:source', [word]]];
    const parsed = Query.safeParse({ site_id: site.id, metrics: ['visitors'], date_range: 'day', filters });
    if (parsed.success) await answer(postgres.db, site, parsed.data, NOW);
    else expect(parsed.error.issues[0]?.message).toMatch(/^a pattern: /);
  });
});

describe('as a name, each is refused', () => {
  test.each(ATTACKS)('%s', (word) => {
    const refused = (query: object) =>
      expect(
        Query.safeParse({ site_id: 1, metrics: ['visitors'], date_range: 'day', ...query }).success,
        JSON.stringify(query),
      ).toBe(false);
    refused({ metrics: [word] });
    refused({ dimensions: [word] });
    refused({ dimensions: [`visit:${word}`] });
    refused({ dimensions: [`time:${word}`] });
    refused({ date_range: word });
    refused({ date_range: [word, word] });
    refused({ date_range: ['2026-01-01', `2026-01-01${word}`] });
    refused({ order_by: [[word, 'asc']] });
    refused({ order_by: [['visitors', word]] });
    refused({ filters: [[word, 'event:page', ['/']]] });
    refused({ filters: [['is', word, ['/']]] });
    refused({ filters: [['is', `visit:${word}`, ['/']]] });
    refused({ pagination: { limit: word } });
    refused({ pagination: { offset: word } });
    refused({ include: { comparisons: { mode: word } } });
  });
});

test('a caller’s words are bound, never written into the statement', () => {
  const dialect = new PgDialect();
  const mark = '☂caller☂';
  const property = fc.property(
    fc.constantFrom(...VISIT_DIMENSIONS, 'event:page', `event:props:${mark}`),
    fc.string(),
    (dimension, more) => {
      const filters = (['is', 'is_not', 'contains', 'contains_not'] as const).map((operator) => [
        operator,
        dimension,
        [mark + more],
      ]);
      const parsed = Query.parse({
        site_id: 1,
        metrics: ['visits'],
        date_range: 'day',
        filters: filters.filter(() => !more.includes('\0')),
      });
      const { sql: text, params } = dialect.sqlToQuery(
        where(
          { site: { id: 1 }, filters: parsed.filters, goals: [], words: {}, range: { from: 0, to: 1 }, bots: false },
          sql`s.visitor`,
        ),
      );
      expect(text).not.toContain(mark);
      if (parsed.filters.length) expect(params).toContain(mark + more);
    },
  );
  fc.assert(property, { numRuns: 200 });
});

test('nothing was lost on the way', async () => {
  const [left] = await postgres.rows(
    'select (select count(*)::int from event) as events, (select count(*)::int from session) as visits',
  );
  expect(left).toEqual({ events: ATTACKS.length + 1, visits: ATTACKS.length + 1 });
});
