import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { SiteJson } from '../../src/contract/api.ts';
import { launch } from './chromium.ts';
import { expectHits } from './expectHits.ts';
import { type Stage, stage } from './stage.ts';

// What a site may switch on, and what a visitor may choose.

const PLAIN = '<!doctype html><html><head><title>Page</title>{{TAG}}</head><body><p>Hello</p></body></html>';

let browser: Browser;
const open: Stage[] = [];

beforeAll(async () => {
  browser = await launch();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});
afterAll(() => browser.close());

async function set(files: Record<string, string>, settings?: object): Promise<Stage> {
  const made = await stage(browser, files, settings as Partial<SiteJson>);
  open.push(made);
  return made;
}

const body = (html: string) => PLAIN.replace('<p>Hello</p>', html);

/** Clicks and the like, without the page going anywhere. */
async function stay(page: Page): Promise<void> {
  await page.evaluate(() => {
    addEventListener('submit', (event) => event.preventDefault());
    for (const type of ['click', 'auxclick']) {
      addEventListener(type, (event) => (event.target as Element).closest('a') && event.preventDefault());
    }
  });
}

test('outbound links and downloads are told, each once; other links are not', async () => {
  const { front, url, visitor } = await set(
    {
      '/': body(
        '<a id="out" href="https://other.example/x?y=1"><b>Out</b></a><a id="file" href="/a/price.PDF?v=2">File</a>' +
          '<a id="far" href="https://other.example/z.zip">Far</a><a id="in" href="/in">In</a><a id="mail" href="mailto:a@b.c">M</a>',
      ),
    },
    { track: { outbound: true, downloads: true } },
  );
  const { page } = await visitor();
  await expectHits(front, { does: () => page.goto(`${url}/`), hits: [{ name: 'pageview' }], fence: page });
  await stay(page);
  await expectHits(front, {
    does: async () => {
      await page.click('#out b');
      await page.click('#out', { button: 'middle' });
      for (const id of ['#file', '#far', '#in', '#mail']) await page.click(id);
    },
    hits: [
      { name: 'Outbound Link: Click', props: { url: 'https://other.example/x?y=1' } },
      { name: 'Outbound Link: Click', props: { url: 'https://other.example/x?y=1' } },
      { name: 'File Download', props: { url: `${url}/a/price.PDF?v=2` } },
      { name: 'File Download', props: { url: 'https://other.example/z.zip' } },
    ],
    fence: page,
  });
});

test('forms that are sent, and tagged elements with properties and money', async () => {
  const { front, url, visitor } = await set(
    {
      '/': body(
        '<form id="plain"><input name="secret" value="s3cret"><button>Go</button></form>' +
          '<form id="named" data-footfall-event="Newsletter" data-footfall-prop-place="footer"><button>Go</button></form>' +
          '<button id="buy" data-footfall-event="Purchase" data-footfall-prop-product="night-ferry" data-footfall-amount="9.90" data-footfall-currency="EUR"><i>Buy</i></button>',
      ),
    },
    { track: { forms: true, tagged: true } },
  );
  const { page } = await visitor();
  await expectHits(front, { does: () => page.goto(`${url}/`), hits: [{ name: 'pageview' }], fence: page });
  await stay(page);
  await expectHits(front, {
    does: async () => {
      await page.click('#plain button');
      await page.click('#named button');
      await page.click('#buy i');
    },
    hits: [
      { name: 'Form: Submission', props: { path: '/' } },
      { name: 'Newsletter', props: { place: 'footer' } },
      { name: 'Purchase', props: { product: 'night-ferry' }, revenue: { amount: '9.90', currency: 'EUR' } },
    ],
    fence: page,
  });
  expect(front.bodies.join()).not.toContain('s3cret');
});

test('a page says by a meta tag that it is not there, after its page view', async () => {
  const { front, url, visitor } = await set(
    { '/gone': PLAIN.replace('{{TAG}}', '<meta name="footfall" content="404">{{TAG}}') },
    { track: { tagged: true } },
  );
  const { page } = await visitor();
  const [first] = await expectHits(front, {
    does: () => page.goto(`${url}/gone`),
    hits: [{ name: 'pageview' }, { name: '404', path: '/gone' }],
    fence: page,
  });
  expect(first?.name).toBe('pageview');
});

test('errors of scripts are told once each, and web vitals when the page is left; neither ends a bounce', async () => {
  const { front, site, url, visitor } = await set({ '/': PLAIN }, { track: { vitals: true, errors: true } });
  const { page } = await visitor();
  const hits = await expectHits(front, {
    does: async () => {
      await page.goto(`${url}/`);
      await page.waitForLoadState('networkidle');
      await page.evaluate(() => {
        for (let i = 0; i < 3; i++)
          dispatchEvent(new ErrorEvent('error', { message: 'boom', filename: 'https://x/a.js?k=1', lineno: 3 }));
        void Promise.reject(new Error('late'));
      });
      await front.until(() => front.hits.some(({ props }) => props?.message === 'late'));
      await page.goto('about:blank');
    },
    hits: [
      { name: 'pageview' },
      { name: 'Script Error', interactive: false, props: { message: 'boom', at: 'https://x/a.js:3:0' } },
      { name: 'Script Error', props: { message: 'late' } },
      { name: 'Web Vitals', interactive: false },
    ],
  });
  const { props = {} } = hits.find(({ name }) => name === 'Web Vitals') ?? {};
  expect(props.ttfb).toBeGreaterThan(0);
  expect(props.fcp).toBeGreaterThan(0);
  expect(props.cls).toBe(0);
  const seen = await site.query({ metrics: ['bounce_rate', 'events'], date_range: 'day' });
  expect(seen.results[0]?.metrics).toEqual([100, 4]);
});

test('consent: nothing is sent or stored before, everything after, and it is remembered', async () => {
  const { front, url, visitor } = await set({ '/': PLAIN }, { consent: true });
  const { context, page } = await visitor();
  await page.goto(`${url}/`);
  await page.evaluate(() => window.footfall?.('early'));
  expect((await context.storageState()).origins).toEqual([]);
  const hits = await expectHits(front, {
    does: () => page.evaluate(() => window.footfall?.consent?.(true)),
    hits: [{ name: 'pageview' }, { name: 'early' }],
    fence: page,
  });
  expect(hits[0]?.visitor).toBeGreaterThan(0);
  await expectHits(front, { does: () => page.reload(), hits: [{ name: 'pageview' }], fence: page });
  await page.evaluate(() => window.footfall?.consent?.(false));
  await expectHits(front, {
    does: async () => {
      await page.evaluate(() => window.footfall?.('never'));
      await page.reload();
      await page.evaluate(() => window.footfall?.consent?.(true));
    },
    hits: [{ name: 'pageview' }],
    fence: page,
  });
});

test('whoever opts out is left alone until he opts in', async () => {
  const { front, url, visitor } = await set({ '/': PLAIN }, { mode: 'cookieless' });
  const { page } = await visitor();
  await expectHits(front, { does: () => page.goto(`${url}/`), hits: [{ name: 'pageview' }], fence: page });
  await expectHits(front, {
    does: async () => {
      await page.evaluate(() => {
        window.footfall?.optOut?.();
        window.footfall?.('never');
      });
      await page.reload();
      await page.evaluate(() => {
        window.footfall?.optIn?.();
        window.footfall?.('again');
      });
    },
    hits: [{ name: 'pageview' }, { name: 'again' }],
    fence: page,
  });
});

test('a user named in two browsers is one visitor', async () => {
  const { front, site, url, visitor } = await set({ '/': PLAIN });
  for (const _ of [1, 2]) {
    const { page } = await visitor();
    await expectHits(front, {
      does: async () => {
        await page.goto(`${url}/`);
        await page.evaluate(() => {
          window.footfall?.identify?.('ann@example.com');
          window.footfall?.('signed in');
        });
      },
      hits: [{ name: 'pageview' }, { name: 'signed in', user: 'ann@example.com' }],
      fence: page,
    });
  }
  const seen = await site.query({ metrics: ['visitors', 'visits'], date_range: 'day' });
  expect(seen.results[0]?.metrics).toEqual([1, 2]);
});

test('what could not be sent comes with the next page, with its age', async () => {
  const { front, url, visitor } = await set({ '/': PLAIN, '/b': PLAIN });
  const { page } = await visitor();
  front.failing = 503;
  await page.goto(`${url}/`);
  await front.until(() => front.failed > 0);
  await page.waitForLoadState('networkidle');
  front.failing = undefined;
  const hits = await expectHits(front, {
    does: () => page.goto(`${url}/b`),
    hits: [
      { name: 'pageview', path: '/' },
      { name: 'pageview', path: '/b' },
    ],
    fence: page,
  });
  expect(Number(hits[0]?.age)).toBeGreaterThan(0);
});

test('the script is there as a module, too', async () => {
  const { front, site, url, visitor } = await set({ '/': body('').replace('{{TAG}}', '') });
  const { page } = await visitor();
  await page.goto(`${url}/`);
  const content = `import { footfall } from '${front.url}/s/${site.key}.mjs'; footfall('by import');`;
  await expectHits(front, {
    does: () => page.addScriptTag({ type: 'module', content }),
    hits: [{ name: 'pageview' }, { name: 'by import' }],
    fence: page,
  });
});
