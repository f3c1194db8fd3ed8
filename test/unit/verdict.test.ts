import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scoreOf } from '../../src/bots/verdict.ts';
import { RULE_NAMES, verdict } from '../../src/contract/bots.ts';
import { ownPostgres } from '../pglite.ts';

let postgres: Awaited<ReturnType<typeof ownPostgres>>;
beforeAll(async () => {
  postgres = await ownPostgres();
}, 60_000);
afterAll(() => postgres.close());

test('a visit that is stored is judged as a new one is, by whatever settings', async () => {
  const settings = fc.record({
    bot_threshold: fc.integer({ min: 1, max: 100 }),
    bot_rules: fc.dictionary(fc.constantFrom(...RULE_NAMES), fc.integer({ min: 0, max: 100 })),
  });
  await fc.assert(
    fc.asyncProperty(settings, async ({ bot_threshold, bot_rules }) => {
      const { rows } = await postgres.db.execute(sql`
        select n::int as bits, ${scoreOf(sql`n::smallint`)}::int as score
        from (select ${JSON.stringify(bot_rules)}::jsonb as bot_rules) t, generate_series(0, ${2 ** RULE_NAMES.length - 1}::int) n
        order by n`);
      const expected = rows.map((_, bits) => verdict(bits, { bot_threshold, bot_rules }).score);
      expect(rows.map(({ score }) => score)).toEqual(expected);
      expect(rows).toHaveLength(2 ** RULE_NAMES.length);
    }),
    { numRuns: 10 },
  );
});
