import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from './chromium.ts';
import { type Scenery, scenery } from './scenery.ts';
import { enter, leave, SCENES } from './scenes.ts';

/**
 * Every page in each of its states, its menus and dialogs among them: it gets there, nothing is wrong with it for those who
 * hear it or see little (axe-core, in both themes), and it fits a phone. `npm run screenshots` shows the same to the eye.
 */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const VISITS = 1_500;
/** A dialog, in CSS pixels. */
const WIDEST = 704;

let browser: Browser;
let set: Scenery;
let context: BrowserContext;

beforeAll(async () => {
  browser = await launch();
  set = await scenery(browser, VISITS);
});
afterEach(() => context.close());
afterAll(async () => {
  await browser.close();
  await set?.close();
});

test.each(SCENES)('$page, $state', async (scene) => {
  // The policy of our pages lets no other script in; this one is ours.
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: true });
  const page = await context.newPage();
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  try {
    await enter(scene, set, page);
    await page.evaluate(axe);
    expect(await wrong(page)).toEqual([]);
    // Wherever a dialog was opened from, its lines are short enough to be read.
    const wide = await page.evaluate(() => document.querySelector<HTMLElement>('dialog[open]')?.offsetWidth ?? 0);
    expect(wide).toBeLessThanOrEqual(WIDEST);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await wrong(page, ['color-contrast'])).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await expect.poll(() => page.evaluate(menuOver)).toBeLessThanOrEqual(0);
  } finally {
    await leave(scene, set);
  }
});

/** How far an open menu is over the edge, in CSS pixels. */
function menuOver(): number {
  const menu = document.querySelector(':popover-open')?.getBoundingClientRect();
  return menu ? Math.max(-menu.left, menu.right - document.documentElement.clientWidth) : 0;
}

/** What axe-core finds: the rule, and where. */
async function wrong(page: Page, only?: string[]): Promise<string[]> {
  const { violations } = await page.evaluate(
    async (rules) =>
      (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        resultTypes: ['violations'],
        // What was recorded is somebody else's page.
        iframes: false,
        ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}),
      }),
    only,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, any }) => `${id}: ${target.join(' ')} ${html.slice(0, 120)} ${any[0]?.message ?? ''}`),
  );
}
