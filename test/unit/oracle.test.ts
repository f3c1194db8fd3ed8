import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import { ask } from '../oracle/ask.ts';
import { collect } from '../oracle/collect.ts';
import { asTold, COUNTED, counted, histories, historyOf, QUESTIONS } from '../oracle/histories.ts';
import { write } from '../oracle/history.ts';
import { holds, RUNS, TIMEOUT } from '../oracle/holds.ts';
import { GOALS } from '../oracle/questions.ts';
import { ownPostgres } from '../pglite.ts';

/**
 * Random histories and random questions over the whole grammar: SQL and the plain fold must agree, exactly. Here of rows; of sealed
 * days in `oracle-seals.test.ts`, of bitmaps, and of days that change, in `oracle-bitmaps.test.ts`: three files, so that two workers
 * share them. Which histories and questions, `oracle/holds.ts` says. What fails is printed with its seed and path:
 * `ORACLE_SEED=… ORACLE_PATH=… npx vitest run test/unit/oracle.test.ts -t 'SQL answers'` asks it again, in its own file and by the
 * beginning of its own name.
 */

let postgres: Awaited<ReturnType<typeof ownPostgres>>;
beforeAll(async () => {
  postgres = await ownPostgres();
});
afterAll(() => postgres.close());

test(`SQL answers what the oracle answers, ${RUNS * QUESTIONS} times`, { timeout: TIMEOUT }, async () => {
  const property = fc.asyncProperty(histories, counted, async (told, events) => {
    const { night, visits, questions, ...rest } = told;
    const [zone, date] = night;
    const midnight = Date.parse(date);
    const history = historyOf(zone, midnight, visits, rest);
    const site = await write(postgres.rows, zone, history.visits, GOALS, rest);
    await postgres.rows(COUNTED, events);
    for (const one of questions) await ask(postgres.db, history, site, midnight, one);
  });
  await holds(property, RUNS);
});

test('and so it does of what came through a collector, some of it twice', { timeout: TIMEOUT }, async () => {
  const repeated = fc.record({ heard: histories, twice: fc.infiniteStream(fc.boolean()) });
  const property = fc.asyncProperty(repeated, async ({ heard: { night, visits, questions, ...rest }, twice }) => {
    const [zone, date] = night;
    const midnight = Date.parse(date);
    const told = historyOf(zone, midnight, visits.map(asTold), rest);
    const site = await write(postgres.rows, zone, [], GOALS, rest);
    await collect(postgres.db, site.id, told.visits, () => twice.next().value === true);
    for (const one of questions) await ask(postgres.db, told, site, midnight, one);
  });
  await holds(property, Math.ceil(RUNS / 10));
});
