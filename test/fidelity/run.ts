import { parseArgs } from 'node:util';
import { build } from '../../local/build.ts';
import { table } from '../bench/drive.ts';
import { launch } from '../browser/chromium.ts';
import { ownStack } from '../world.ts';
import { CAUSES, explain } from './causes.ts';
import { USES, type Use } from './uses.ts';
import { type Compared, visit } from './visit.ts';

/**
 * `npm run fidelity`: uses each page of `pages/` as a person would, records it by the built Worker, plays it in the player,
 * and compares the replay's document with the page's own after each thing that was done. Prints what share is equal, and
 * why the rest isn't; ends with 1 if something differs and nobody has said why. `-- --page vue,react` for some of them alone;
 * `-- --differences` prints each line that isn't equal.
 */

const { values } = parseArgs({
  options: { page: { type: 'string', default: '' }, differences: { type: 'boolean', default: false } },
});
const wanted = values.page.split(',');

await build();
const world = await ownStack();
const browser = await launch();
try {
  const owner = await world.owner();
  const rows: string[][] = [];
  const all: Compared[] = [];
  const found = new Set<string>();
  for (const use of USES.filter(({ page }) => wanted.some((name) => page.includes(name)))) {
    process.stderr.write(`${use.page} `);
    const compared = await visit(browser, owner, use);
    const { causes, unexplained } = explain(use, compared);
    for (const { name } of causes) found.add(name);
    const why = causes.map(({ name }) => name).concat(unexplained.length > 0 ? 'nobody knows' : []);
    rows.push(row(nameOf(use), compared, why.join(', ')));
    all.push(...compared);
    for (const line of unexplained) console.log(`${use.page}, ${line}`);
    if (unexplained.length > 0) process.exitCode = 1;
    if (values.differences)
      for (const { moment, differences } of compared)
        for (const line of differences) console.log(`${use.page}, ${moment}: ${line}`);
  }
  process.stderr.write('\n');
  const head = ['', 'moments', 'equal', 'nodes', 'equal, %', 'canvas, %', 'the rest'];
  console.log(table([head, ...rows, row(`${rows.length} pages`, all, '')]));
  for (const { name, says } of CAUSES) if (found.has(name)) console.log(`- **${name}**: ${says}`);
} finally {
  await browser.close();
  await world.close();
}

/** With what is recorded besides. */
function nameOf({ page, extras = {} }: Use): string {
  return [page, ...Object.keys(extras)].join(' + ');
}

function row(name: string, compared: Compared[], why: string): string[] {
  const sum = (of: (one: Compared) => number) => compared.reduce((total, one) => total + of(one), 0);
  const same = sum(({ differences }) => Number(differences.length === 0));
  const [lines, equal] = [sum((one) => one.lines), sum((one) => one.equal)];
  // Rounded down: 100.00 is all of it.
  const share = (Math.floor((equal / lines) * 10_000) / 100).toFixed(2);
  const cells = sum((one) => one.cells);
  const canvas = cells ? ((100 * sum((one) => one.same)) / cells).toFixed(1) : '';
  return [name, String(compared.length), String(same), String(Math.round(lines / 2)), share, canvas, why];
}
