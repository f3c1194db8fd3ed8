import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explain } from '../fidelity/causes.ts';
import { USES } from '../fidelity/uses.ts';
import { visit } from '../fidelity/visit.ts';
import { theWorld } from '../world.ts';
import { launch } from './chromium.ts';

// Some pages of `npm run fidelity`: those that need no packages of their own.

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test.each(['preact.jsx', 'dialogs.html', 'forms.html', 'frames.html', 'popovers.html', 'svg.html'])(
  'the replay of %s is the page at each moment of its use, but for what is known not to be',
  async (name) => {
    const use = USES.find(({ page }) => page === name);
    if (!use) throw new Error(`${name} is used by nobody`);
    const compared = await visit(browser, await theWorld().owner(), use);
    expect(compared.map(({ moment }) => moment)).toEqual(['opened', ...use.steps.map(([moment]) => moment)]);
    expect(compared.every(({ lines }) => lines > 20)).toBe(true);
    expect(explain(use, compared).unexplained).toEqual([]);
  },
);
