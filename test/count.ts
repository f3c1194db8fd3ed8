import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one plain line, for a person in a hurry and for the robot: `N passed, N failed`. */
export default class Count implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const failed = tests.filter((test) => test.result().state === 'failed').length;
    // A file that could not be loaded has no tests to fail.
    const broken = modules.filter((module) => module.errors().length > 0).length;
    // Not hidden by that: what passes so again and again is to be mended.
    for (const test of tests) {
      if (test.result().state === 'passed' && test.diagnostic()?.retryCount)
        console.log(`At the second try: ${test.fullName}`);
    }
    console.log(`\n${passed} passed, ${failed + broken + errors.length} failed`);
  }
}
