import { spawnSync } from 'node:child_process';

/** `npm run check`: all that must hold before a change lands, the quick things first. Stops at the first that fails. */

const programs = ['.', 'src', 'src/dashboard', 'snippet'];

const checks: [what: string, command: string][] = [
  ['bindings are typed as wrangler.toml has them', 'npm run --silent types -- --check'],
  ['format and lint', 'biome check --error-on-warnings .'],
  ...programs.map((program): [string, string] => [`types in ${program}`, `tsc -p ${program}`]),
  ['nothing is exported or depended on in vain', 'knip'],
  ['migrations are in step with the schema', 'drizzle-kit check && drizzle-kit generate'],
  ['no new migration came of that', 'test -z "$(git status --porcelain drizzle)"'],
  ['tests, budgets of size among them', 'vitest run'],
  ['sizes', 'node local/size.ts'],
];

for (const [what, command] of checks) {
  const from = performance.now();
  const quiet = !/^(vitest|node)/.test(command);
  const { status, stdout } = spawnSync(command, {
    shell: true,
    encoding: 'utf8',
    stdio: quiet ? ['ignore', 'pipe', 'inherit'] : 'inherit',
  });
  const took = `${((performance.now() - from) / 1000).toFixed(1)} s`;
  if (status !== 0) {
    console.error(`${stdout ?? ''}\n✗ ${what}  (${command}, ${took})`);
    process.exit(1);
  }
  console.log(`✓ ${what}  (${took})`);
}
