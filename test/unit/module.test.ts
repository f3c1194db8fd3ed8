import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** The module `footfall/snippet` as somebody else's project sees it: by its package, strictly typed. */

const root = join(import.meta.dirname, '../..');
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'footfall-module-'));
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(root, join(project, 'node_modules/footfall'));
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const EXAMPLE = `
import { type Footfall, footfall, type Props, type Revenue } from 'footfall/snippet';

const props: Props = { plan: 'pro', seats: 3, trial: false };
const revenue: Revenue = { amount: '9.90', currency: 'EUR' };
footfall('pageview');
footfall('signup', props);
footfall('purchase', { product: 'harbour-blend' }, revenue);
footfall.identify('customer-17');
footfall.identify(17);
footfall.consent(true);
footfall.optOut();
footfall.optIn();
footfall.ignore();
footfall.ignore(false);
const told: void = footfall('404');
const handed: Footfall = footfall;
void [told, handed];

// @ts-expect-error a name is needed
footfall();
// @ts-expect-error a property is text, number or boolean
footfall('signup', { plan: { name: 'pro' } });
// @ts-expect-error money has a currency
footfall('purchase', {}, { amount: '9.90' });
// @ts-expect-error consent is given or not
footfall.consent();
// @ts-expect-error there is no such call
footfall.track('signup');
`;

test.each([
  ['bundler', 'esnext'],
  ['nodenext', 'nodenext'],
])('its types hold an example to the API: %s', async (moduleResolution, module) => {
  const compilerOptions = { strict: true, noEmit: true, target: 'es2022', lib: ['es2022', 'dom'], types: [] };
  const config = { compilerOptions: { ...compilerOptions, module, moduleResolution }, files: ['example.ts'] };
  writeFileSync(join(project, 'example.ts'), EXAMPLE);
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const said = await promisify(execFile)(process.execPath, [tsc, '-p', project]).catch(({ stdout }) => ({ stdout }));
  expect(said.stdout).toBe('');
});

test('it does nothing where there is no window', async () => {
  const script =
    "const { footfall } = await import('footfall/snippet'); footfall('a'); footfall.identify('b'); console.log('fine')";
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: project,
  });
  expect(stdout).toBe('fine\n');
});
