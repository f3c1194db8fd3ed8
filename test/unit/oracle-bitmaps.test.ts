import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mapDue } from '../../src/seals/mapping.ts';
import { sealDue } from '../../src/seals/seal.ts';
import { HOUR } from '../../src/stats/zone.ts';
import { ask, reachGoals } from '../oracle/ask.ts';
import { collect } from '../oracle/collect.ts';
import { asTold, COUNTED, counted, cut, end, histories, historyOf, QUESTIONS, visit } from '../oracle/histories.ts';
import { firstTitles, type Visit, write } from '../oracle/history.ts';
import { holds, RUNS, TIMEOUT } from '../oracle/holds.ts';
import type { History } from '../oracle/oracle.ts';
import { GOALS, maskable, sealable } from '../oracle/questions.ts';
import { ownPostgres } from '../pglite.ts';

// `oracle.test.ts` says what all this is, and how to ask again what failed.

let postgres: Awaited<ReturnType<typeof ownPostgres>>;
beforeAll(async () => {
  postgres = await ownPostgres();
});
afterAll(() => postgres.close());

/** To make bitmaps takes as long as many questions: fewer histories, and more asked of each. */
const [MADE, ASKED] = [Math.ceil(RUNS / 5), 3 * QUESTIONS];

test(`bitmaps answer the same with any filters of visits, ${MADE * ASKED} times`, { timeout: TIMEOUT }, async () => {
  const asked = fc.record({
    history: histories,
    questions: fc.array(maskable, { minLength: ASKED, maxLength: ASKED }),
    events: counted,
    ends: fc.array(end, { minLength: 1, maxLength: 2 }),
    cut,
  });
  const ways = new Set<string>();
  const property = fc.asyncProperty(
    asked,
    async ({ history: { night, visits, questions: _, ...rest }, questions, events, ends, cut }) => {
      const [zone, date] = night;
      const midnight = Date.parse(date);
      const history = historyOf(zone, midnight, visits, rest);
      const site = await write(postgres.rows, zone, history.visits, GOALS, rest);
      await postgres.rows(COUNTED, events);
      const sealed = { id: site.id, timezone: zone };
      for (const hours of ends.sort((a, b) => a - b)) {
        await sealDue(postgres.db, sealed, midnight + hours * HOUR);
        await mapDue(postgres.db, sealed, { least: 0, ...cut });
      }
      for (const one of questions) {
        ways.add(await ask(postgres.db, history, site, midnight, one, 'seals'));
        // Of pages without filters bitmaps tell who was there before.
        if (one.dimensions[0] === 'event:page')
          await ask(postgres.db, history, site, midnight, { ...one, filters: [] }, 'seals');
      }
      await reachGoals(postgres.db, site, midnight, questions);
    },
  );
  await holds(property, MADE);
  expect([...ways].sort()).toEqual(['rows', 'seals', 'seals and rows']);
});

test('days that are sealed and change, and are sealed again, answer what the oracle answers', {
  timeout: TIMEOUT,
}, async () => {
  const step = fc.record({
    visits: fc.array(visit, { maxLength: 4 }),
    end: fc.option(end),
    cut: fc.option(cut),
    questions: fc.array(fc.oneof(sealable, maskable), { minLength: 8, maxLength: 8 }),
  });
  const asked = fc.record({ history: histories, steps: fc.array(step, { minLength: 2, maxLength: 5 }) });
  const property = fc.asyncProperty(asked, async ({ history: { night, visits: _, questions: __, ...rest }, steps }) => {
    const [zone, date] = night;
    const midnight = Date.parse(date);
    const site = await write(postgres.rows, zone, [], GOALS, rest);
    const told: Visit[] = [];
    let titles = new Map<string, string>();
    for (const [n, { visits, end, cut, questions }] of steps.entries()) {
      // Each through a collector of its own: whatever comes after a day was sealed comes late.
      const { visits: more } = historyOf(zone, midnight, visits.map(asTold), rest);
      await collect(postgres.db, site.id, more, () => false, n);
      told.push(...more);
      titles = firstTitles(more, titles);
      const sealed = { id: site.id, timezone: zone };
      if (end !== null) await sealDue(postgres.db, sealed, midnight + end * HOUR);
      if (cut !== null) await mapDue(postgres.db, sealed, { least: 0, ...cut });
      const { segments, week_start } = rest;
      const history: History = { visits: told, goals: GOALS, titles, zone, segments, week_start };
      for (const one of questions) await ask(postgres.db, history, site, midnight, one, 'seals');
      await reachGoals(postgres.db, site, midnight, questions);
    }
  });
  await holds(property, Math.ceil(RUNS / 5));
});
