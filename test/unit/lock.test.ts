import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Locked {
  version: string;
  optionalDependencies?: Record<string, string>;
}

const OURS = ['package-lock.json', 'test/bench/orm/package-lock.json', 'test/fidelity/package-lock.json'];

describe.each(OURS)('%s', (file) => {
  const text = readFileSync(file, 'utf8');
  const { packages } = JSON.parse(text) as { packages: Record<string, Locked> };

  // https://github.com/npm/cli/issues/4828: npm leaves out what it could not fetch, and `npm ci` then refuses the lock.
  it('locks the builds for every platform, so that `npm ci` works on each', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });

  it('names no registry', () => {
    expect(text).not.toContain('"resolved"');
  });
});
