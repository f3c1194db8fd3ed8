import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { SiteJson } from '../../src/contract/api.ts';
import { TRACK } from '../../src/contract/wire.ts';
import { type TestSite, theWorld } from '../world.ts';
import { Front, pages } from './front.ts';

/** A site of its own, its pages, and the front that sees what they send. */
export interface Stage {
  front: Front;
  site: TestSite;
  /** Origin of the pages. */
  url: string;
  /** A browser that was never here. */
  visitor(): Promise<{ context: BrowserContext; page: Page }>;
  close(): Promise<void>;
}

/** A page's own events are counted by the test that wants them. */
const NOTHING = { ...TRACK, outbound: false, downloads: false, forms: false, tagged: false };

/** `{{TAG}}` in a page becomes the site's script tag. */
export async function stage(
  browser: Browser,
  files: Record<string, string>,
  settings: Partial<SiteJson> = {},
): Promise<Stage> {
  const owner = await theWorld().owner();
  const site = await owner.site({ record: 0, track: NOTHING, ...settings });
  const front = await new Front(owner.world.url).open();
  const served = await pages(`<script defer src="${front.url}/s/${site.key}.js"></script>`, files);
  const contexts: BrowserContext[] = [];
  return {
    front,
    site,
    url: served.url,
    async visitor() {
      const context = await browser.newContext({ viewport: { width: 1000, height: 600 }, locale: 'en-US' });
      contexts.push(context);
      return { context, page: await context.newPage() };
    },
    async close() {
      await Promise.all(contexts.map((context) => context.close()));
      served.close();
      front.close();
    },
  };
}
