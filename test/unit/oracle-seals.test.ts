import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LEAST_RETENTION_DAYS } from '../../src/contract/wire.ts';
import { unscopedForget } from '../../src/seals/retention.ts';
import { sealDue } from '../../src/seals/seal.ts';
import { DAY, HOUR } from '../../src/stats/zone.ts';
import { ask, reachGoals } from '../oracle/ask.ts';
import { COUNTED, counted, end, histories, historyOf, QUESTIONS } from '../oracle/histories.ts';
import { write } from '../oracle/history.ts';
import { holds, RUNS, TIMEOUT } from '../oracle/holds.ts';
import { GOALS, type Question, sealable } from '../oracle/questions.ts';
import { ownPostgres } from '../pglite.ts';

// `oracle.test.ts` says what all this is, and how to ask again what failed.

let postgres: Awaited<ReturnType<typeof ownPostgres>>;
beforeAll(async () => {
  postgres = await ownPostgres();
});
afterAll(() => postgres.close());

test(`sealed days, and the rows behind them, answer the same, ${RUNS * QUESTIONS} times`, {
  timeout: TIMEOUT,
}, async () => {
  const asked = fc.record({
    history: histories,
    questions: fc.array(sealable, { minLength: QUESTIONS, maxLength: QUESTIONS }),
    events: counted,
    ends: fc.array(end, { minLength: 1, maxLength: 3 }),
  });
  const ways = new Set<string>();
  const property = fc.asyncProperty(
    asked,
    async ({ history: { night, visits, questions: _, ...rest }, questions, events, ends }) => {
      const [zone, date] = night;
      const midnight = Date.parse(date);
      const history = historyOf(zone, midnight, visits, rest);
      const site = await write(postgres.rows, zone, history.visits, GOALS, rest);
      await postgres.rows(COUNTED, events);
      for (const hours of ends.sort((a, b) => a - b)) {
        await sealDue(postgres.db, { id: site.id, timezone: zone }, midnight + hours * HOUR);
      }
      for (const one of questions) ways.add(await ask(postgres.db, history, site, midnight, one, 'seals'));
      await reachGoals(postgres.db, site, midnight, questions);
    },
  );
  await holds(property, RUNS);
  expect([...ways].sort()).toEqual(['rows', 'seals', 'seals and rows']);
});

test('and the same once visits and events are forgotten', { timeout: TIMEOUT }, async () => {
  const asked = fc.record({
    history: histories,
    questions: fc.array(sealable, { minLength: QUESTIONS, maxLength: QUESTIONS }),
  });
  let again = 0;
  const property = fc.asyncProperty(asked, async ({ history: { night, visits, questions: _, ...rest }, questions }) => {
    const [zone, date] = night;
    const midnight = Date.parse(date);
    const history = historyOf(zone, midnight, visits, rest);
    await postgres.rows('truncate site, session, event cascade');
    const site = await write(postgres.rows, zone, history.visits, GOALS, rest);
    // So late that all of it is of months that are forgotten.
    const late = midnight + 75 * DAY;
    await sealDue(postgres.db, { id: site.id, timezone: zone }, late);
    const sealed: Question[] = [];
    for (const one of questions) {
      if ((await ask(postgres.db, history, site, midnight, one, 'seals')) === 'seals') sealed.push(one);
    }
    for (let run = 0; run < 2; run += 1) await unscopedForget(postgres.db, LEAST_RETENTION_DAYS, late);
    const [left] = await postgres.rows<Record<'visits' | 'events', number> & { kept: Date | null }>(
      `select (select count(*)::int from session) as visits, (select count(*)::int from event) as events, kept from site`,
    );
    expect([left?.visits, left?.events]).toEqual([0, 0]);
    for (const one of sealed)
      await ask(postgres.db, history, { ...site, kept: left?.kept ?? null }, midnight, one, 'seals');
    again += sealed.length;
  });
  await holds(property, Math.ceil(RUNS / 10));
  expect(again).toBeGreaterThan(RUNS / 2);
});
