import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from './chromium.ts';
import { expectHits } from './expectHits.ts';
import type {} from './module-page.ts';
import { stage } from './stage.ts';

// `import { footfall } from 'footfall/snippet'` in a page that is bundled, beside the tag.

let browser: Browser;
let bundle: string;

beforeAll(async () => {
  browser = await launch();
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      rolldownOptions: { input: join(import.meta.dirname, 'module-page.ts'), output: { format: 'iife' } },
    },
  });
  const [output] = [made].flat() as Rolldown.RolldownOutput[];
  bundle = output?.output[0].code ?? '';
});
afterAll(() => browser.close());

const page = (head: string) => `<!doctype html><html><head><title>App</title>${head}</head><body></body></html>`;

async function set(settings: object = {}) {
  const app = (more = '') => `<script>${bundle}${more}</script>{{TAG}}`;
  return stage(
    browser,
    {
      '/': page(app()),
      '/stubbed': page(
        `<script>window.footfall = function () { (footfall.q ||= []).push(arguments) }</script>${app()}`,
      ),
      '/twice': page(app(`;imported.optOut();</script><script>${bundle}imported.optIn();`)),
      '/out': page(app(';imported.optOut()')),
      '/agreed': page(app(';imported.consent(true)')),
      '/mine': page(app(';imported.ignore()')),
      '/after': page(`{{TAG}}<script defer src="data:text/javascript,${encodeURIComponent(bundle)}"></script>`),
      '/alone': page(`<script>${bundle}</script>`),
    },
    settings,
  );
}

const early = [
  { name: 'signup', props: { plan: 'pro' }, user: 'customer-17' },
  { name: 'order', props: { bags: 2 }, revenue: { amount: '9.90', currency: 'EUR' } },
];

test('what is called before the tag’s script is there waits for it, and who it is about is known from the first page view', async () => {
  const made = await set();
  for (const path of ['/', '/stubbed', '/twice']) {
    const { page } = await made.visitor();
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    const twice = path === '/twice' ? early : [];
    const hits = await expectHits(made.front, {
      does: () => page.goto(made.url + path),
      hits: [{ name: 'pageview', path, user: 'customer-17' }, ...early, ...twice],
      fence: page,
    });
    expect(hits[0]?.name).toBe('pageview');
    await expectHits(made.front, {
      does: () => page.evaluate(() => window.imported('later')),
      hits: [{ name: 'later' }],
      fence: page,
    });
    expect(errors).toEqual([]);
  }
  await made.close();
});

test('what is called afterwards is told at once', async () => {
  const made = await set();
  const { page } = await made.visitor();
  await expectHits(made.front, {
    does: () => page.goto(`${made.url}/after`),
    hits: [{ name: 'pageview' }, ...early],
    fence: page,
  });
  // All that the module offers is there.
  const missing = () =>
    Object.keys(window.imported).filter((name) => typeof Reflect.get(window.footfall ?? {}, name) !== 'function');
  expect(await page.evaluate(missing)).toEqual([]);
  await made.close();
});

test('a choice made before counts from the first page view on', async () => {
  const made = await set();
  const out = (await made.visitor()).page;
  await out.goto(`${made.url}/out`);
  await out.waitForLoadState('networkidle');
  expect(made.front.hits).toEqual([]);
  const mine = (await made.visitor()).page;
  const hits = await expectHits(made.front, {
    does: () => mine.goto(`${made.url}/mine`),
    hits: [{ name: 'pageview' }, ...early],
    fence: mine,
  });
  expect(hits.every(({ ignore }) => ignore)).toBe(true);
  await made.close();
  const waits = await set({ consent: true });
  const agreed = (await waits.visitor()).page;
  await expectHits(waits.front, {
    does: () => agreed.goto(`${waits.url}/agreed`),
    hits: [{ name: 'pageview' }, ...early],
    fence: agreed,
  });
  await waits.close();
});

test('without the tag nothing comes of it', async () => {
  const made = await set();
  const { page } = await made.visitor();
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(`${made.url}/alone`);
  await page.evaluate(() => {
    for (let i = 0; i < 1_000; i++) window.imported('more');
    window.imported.optOut();
  });
  expect(await page.evaluate(() => window.footfall?.q?.length)).toBe(100);
  expect(errors).toEqual([]);
  await made.close();
});
