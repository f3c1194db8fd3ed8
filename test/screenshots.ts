import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../local/build.ts';
import { launch } from './browser/chromium.ts';
import { scenery } from './browser/scenery.ts';
import { enter, leave, SCENES } from './browser/scenes.ts';

/**
 * `npm run screenshots`: every page in each of its states, on a phone, a laptop and a large screen, light and dark, into
 * `.local/screenshots`. `-- --only overview` takes those whose name contains it.
 */

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const folder = join(import.meta.dirname, '../.local/screenshots');
const WIDTHS = [
  { width: 360, height: 740, phone: true },
  { width: 1280, height: 800, phone: false },
  { width: 1920, height: 1080, phone: false },
];
const VISITS = 14_000;

await build();
const browser = await launch();
const set = await scenery(browser, VISITS);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const wrong: string[] = [];
let taken = 0;
try {
  for (const scene of SCENES) {
    const name = `${scene.page} ${scene.state}`.replaceAll(/\W+/g, '-');
    if (!name.includes(values.only)) continue;
    for (const phone of [true, false]) {
      const context = await browser.newContext({
        isMobile: phone,
        hasTouch: phone,
        viewport: WIDTHS[phone ? 0 : 1] ?? null,
      });
      const page = await context.newPage();
      // The pictures are of what is there, not of how it came.
      await page.emulateMedia({ reducedMotion: 'reduce' });
      try {
        await enter(scene, set, page);
        for (const { width, height } of WIDTHS.filter((one) => one.phone === phone)) {
          await page.setViewportSize({ width, height });
          // A window as tall as the page: a picture of more than the window is taken without the phone's touch.
          if (!scene.shows.startsWith('dialog')) {
            const tall = await page.evaluate(() => document.documentElement.scrollHeight);
            await page.setViewportSize({ width, height: tall });
          }
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme });
            await page.waitForTimeout(150);
            await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) });
            taken += 1;
          }
        }
      } catch (error) {
        wrong.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
        await page.screenshot({ path: join(folder, `${name}-failed.png`) });
      } finally {
        await leave(scene, set);
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await set.close();
}
console.log(`${taken} pictures in ${folder}`);
for (const line of wrong) console.error(`✗ ${line}`);
if (wrong.length > 0) process.exitCode = 1;
