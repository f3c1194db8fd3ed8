import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { build } from '../local/build.ts';
import { startStack } from '../local/stack.ts';
import { layDatabase } from './empty-database.ts';
import type { SharedStack } from './world.ts';

declare module 'vitest' {
  interface ProvidedContext {
    stack: SharedStack;
  }
}

/** Builds what is out of date and starts the one stack that all Worker and browser tests share. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await build();
  const data = mkdtempSync(join(tmpdir(), 'footfall-test-'));
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl) await layDatabase(data);
  const stack = await startStack({ data, port: 0, databaseUrl });
  project.provide('stack', { url: stack.url, endpoint: stack.endpoint, secret: stack.secret });
  return async () => {
    await stack.close();
    rmSync(data, { recursive: true, force: true });
  };
}
