import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** The walls between the three runtimes, and between the nouns, as the imports say. */

interface Import {
  from: string;
  /** A file of ours (`src/db/client.ts`) or a package (`hono`). */
  to: string;
  typesOnly: boolean;
}

const files = globSync('{src,snippet}/**/*.{ts,tsx}').filter((file) => !file.endsWith('.d.ts'));
const imports = files.flatMap(importsOf);

function importsOf(from: string): Import[] {
  const text = readFileSync(from, 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');
  const found = text.matchAll(
    /\b(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g,
  );
  return [...found].map(([, type, named, dynamic]) => {
    const name = named ?? dynamic ?? '';
    return { from, to: name.startsWith('.') ? join(from, '..', name) : name, typesOnly: type !== undefined };
  });
}

/** Imports of values that a rule forbids, as `from -> to`. */
function trespassers(from: RegExp, forbidden: (to: string) => boolean, types: 'types too' | 'values' = 'values') {
  return imports
    .filter((one) => from.test(one.from) && forbidden(one.to) && (types === 'types too' || !one.typesOnly))
    .map((one) => `${one.from} -> ${one.to}`);
}

const ours = (to: string) => /^(src|snippet|local|test)\//.test(to);
const inside =
  (...folders: string[]) =>
  (to: string) =>
    folders.some((folder) => to.startsWith(folder));

it('sees imports at all', () => {
  expect(imports.length).toBeGreaterThan(100);
  expect(imports).toContainEqual({ from: 'src/worker.ts', to: 'src/app.ts', typesOnly: false });
});

it('the snippet takes nothing from elsewhere but types', () => {
  expect(trespassers(/^snippet\//, (to) => ours(to) && !to.startsWith('snippet/'))).toEqual([]);
});

it('the dashboard takes values from the contract alone', () => {
  const allowed = inside('src/dashboard/', 'src/contract/');
  expect(trespassers(/^src\/dashboard\//, (to) => ours(to) && !allowed(to))).toEqual([]);
});

it('the dashboard takes types alone from what has a schema library in it', () => {
  const schemas = imports.filter(({ to, typesOnly }) => to === 'zod' && !typesOnly).map(({ from }) => from);
  expect(schemas).toContain('src/contract/answers.ts');
  expect(trespassers(/^src\/dashboard\//, (to) => schemas.includes(to))).toEqual([]);
});

it('the Worker takes nothing from the browsers, from Node or from the tests', () => {
  const elsewhere = inside('src/dashboard/', 'snippet/', 'local/', 'test/');
  expect(trespassers(/^src\/(?!dashboard\/)/, elsewhere, 'types too')).toEqual([]);
});

it('the contract runs anywhere', () => {
  expect(trespassers(/^src\/contract\//, (to) => to !== 'zod' && !to.startsWith('src/contract/'), 'types too')).toEqual(
    [],
  );
});

it('what describes the API is the build’s and the tests’: no visitor’s hit waits for it', () => {
  expect(trespassers(/^src\/(?!openapi\/)/, inside('src/openapi/', 'src/contract/answers.ts'))).toEqual([]);
  const known = (to: string) => to === 'zod' || to === 'src/problem.ts' || inside('src/contract/', 'src/openapi/')(to);
  expect(trespassers(/^src\/openapi\//, (to) => !known(to), 'types too')).toEqual([]);
});

it('only db/client.ts knows the driver', () => {
  const driver = (to: string) => /^(@neondatabase\/|drizzle-orm\/neon|pg$)/.test(to);
  expect(trespassers(/^src\/(?!db\/client\.ts)/, driver, 'types too')).toEqual([]);
});

it('the data plane knows nothing of the control plane, and the two meet in the schema', () => {
  expect(
    trespassers(/^src\/(collect|compat)\//, inside('src/accounts/', 'src/stats/', 'src/goals/'), 'types too'),
  ).toEqual([]);
  expect(trespassers(/^src\/(stats|goals)\//, inside('src/collect/'), 'types too')).toEqual([]);
});

it('what is pure imports neither Hono nor the database', () => {
  const pure =
    /^src\/collect\/(enrich|agent|channel|bot|visitor|visit|view|snippet)\.ts$|^src\/compat\/(foreign|plausible|umami)\.ts$|^src\/stats\/(where|range|zone)\.ts$/;
  const impure = (to: string) => /^(hono|@neondatabase|cloudflare:)/.test(to) || to === 'src/db/client.ts';
  expect(trespassers(pure, impure)).toEqual([]);
});

it('nothing a caller wrote can reach sql.raw: the one place that uses it is known', () => {
  const raw = files.filter((file) => /\bsql\s*\.\s*raw\b/.test(readFileSync(file, 'utf8')));
  expect(raw).toEqual([]);
});
