import { defineConfig } from 'vitest/config';
import LongestFirst from './test/longest-first.ts';

const patience = { testTimeout: 30_000, hookTimeout: 120_000, expect: { poll: { timeout: 10_000 } } };
/** Processes and browsers on a busy machine now and then take longer than any patience: a fault fails twice. */
const processes = { globalSetup: 'test/setup.ts', ...patience, retry: 1 };

export default defineConfig({
  test: {
    reporters: ['default', './test/count.ts'],
    // Most of a test is waiting for a server or a database.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], ...patience } },
      { test: { name: 'worker', include: ['test/worker/**/*.test.ts'], ...processes } },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          ...processes,
          testTimeout: 90_000,
        },
      },
    ],
  },
});
