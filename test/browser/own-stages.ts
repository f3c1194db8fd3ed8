import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { SiteJson } from '../../src/contract/api.ts';
import { launch } from './chromium.ts';
import { type Stage, stage } from './stage.ts';

/** Stages in a browser of the test file's own; each is closed after its test. */
export function ownStages() {
  let browser: Browser;
  const open: Stage[] = [];
  beforeAll(async () => {
    browser = await launch();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
  });
  afterAll(() => browser.close());
  return {
    async set(files: Record<string, string>, settings?: Partial<SiteJson>): Promise<Stage> {
      const made = await stage(browser, files, settings);
      open.push(made);
      return made;
    },
    get browser() {
      return browser;
    },
  };
}

/** A page with the site's tag. */
export const html = (body: string) =>
  `<!doctype html><html><head><title>Page</title>{{TAG}}</head><body>${body}</body></html>`;
