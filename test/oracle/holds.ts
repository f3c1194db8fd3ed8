import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';

/** Histories in one run of the tests; what is slow has fewer. */
export const RUNS = Number(process.env.ORACLE_RUNS ?? 260);
export const TIMEOUT = 600_000 + RUNS * 1000;

/**
 * The same engine is asked the same questions, and each change of it others, so that a failure is its own. `ORACLE_SEED=random` asks
 * what was never asked, `ORACLE_RUNS=…` more of it, `ORACLE_SHRINK=1` looks for the least that fails. What fails is printed with its
 * seed and path, and is asked again by itself with them: see `oracle.test.ts`.
 */
export async function holds(property: fc.IAsyncProperty<unknown[]>, numRuns: number): Promise<void> {
  const { ORACLE_SEED: seed = seedOfEngine(), ORACLE_PATH: path } = process.env;
  await fc.assert(property, {
    numRuns,
    // To find a smaller one that fails takes an hour.
    endOnFailure: !process.env.ORACLE_SHRINK,
    ...(seed !== 'random' && { seed: Number(seed) }),
    ...(path && { path }),
  });
}

/** A number of what is asked: everything that can change an answer. */
function seedOfEngine(): number {
  const hash = createHash('sha256');
  for (const folder of ['stats', 'seals', 'goals', 'visits', 'contract']) {
    const path = new URL(`../../src/${folder}/`, import.meta.url);
    for (const name of readdirSync(path).sort()) hash.update(readFileSync(new URL(name, path)));
  }
  return hash.digest().readInt32LE();
}
