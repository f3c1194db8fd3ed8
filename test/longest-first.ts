import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes minutes, the longest first. */
const LONGEST = ['oracle-seals.test.ts', 'oracle-bitmaps.test.ts', 'oracle.test.ts'];

/** Begins with what takes longest, so that no worker waits for another one at the end. In a clean clone Vitest knows of sizes alone. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}`));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}
