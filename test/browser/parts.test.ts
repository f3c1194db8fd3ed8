import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { SiteJson } from '../../src/contract/api.ts';
import { expectHits } from './expectHits.ts';
import { ownStages } from './own-stages.ts';
import type { Stage } from './stage.ts';

// What a site may switch on, and what a visitor may choose.

const PLAIN = '<!doctype html><html><head><title>Page</title>{{TAG}}</head><body><p>Hello</p></body></html>';

const stages = ownStages();

async function set(files: Record<string, string>, settings?: object): Promise<Stage> {
  return await stages.set(files, settings as Partial<SiteJson>);
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

/** Paths of the scripts that a page fetches, and of what it sends, without what is different each time. */
function requestsOf(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script' || request.method() === 'POST') {
      const { pathname } = new URL(request.url());
      seen.push(pathname.replace(/(?<=^\/[es]\/)[\w-]{16}/, 'KEY').replace(/-\w{10}\.js$/, '.js'));
    }
  });
  return seen;
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
  const seen = requestsOf(page);
  await page.goto(`${url}/`);
  await page.evaluate(() => window.footfall?.('early'));
  await page.waitForLoadState('networkidle');
  expect(seen).toEqual(['/s/KEY.js']);
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
  expect(Number(hits.find(({ url: of }) => of === `${url}/`)?.age)).toBeGreaterThan(0);
});

test('what else a site wants is fetched after the first page view; where it wants nothing, nothing is', async () => {
  const wants = async (settings: object) => {
    const { front, url, visitor } = await set({ '/': PLAIN }, settings);
    const { page } = await visitor();
    const seen = requestsOf(page);
    await expectHits(front, { does: () => page.goto(`${url}/`), hits: [{ name: 'pageview' }], fence: page });
    await page.waitForLoadState('networkidle');
    return seen.map((path) => path.replace(/^\/s\/KEY\/.*/, '/s/KEY/…')).slice(0, -1); // the last one is the fence
  };
  expect(await wants({ mode: 'cookieless' })).toEqual(['/s/KEY.js', '/e/KEY']);
  expect(await wants({})).toEqual(['/s/KEY.js', '/e/KEY', '/s/KEY/…']);
  const most = await wants({ track: { vitals: true, errors: true } });
  expect(most.slice(0, 2)).toEqual(['/s/KEY.js', '/e/KEY']);
  expect(most.slice(2).sort()).toEqual(['/errors.js', '/s/KEY/…', '/vitals.js']);
});

test('what is done before the second script is there is told when it is, once', async () => {
  const { front, url, visitor } = await set(
    {
      '/': body(
        '<a id="file" href="/a.pdf">File</a><form><button>Go</button></form>' +
          '<button id="buy" data-footfall-event="Purchase"><i>Buy</i></button>',
      ),
    },
    { track: { outbound: true, downloads: true, forms: true, tagged: true, errors: true } },
  );
  const { page } = await visitor();
  let arrive = () => {};
  const held = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  for (const script of [/\/s\/[^/]+\/[^/]+\.js$/, /\/errors-/]) {
    await page.route(script, async (route) => {
      await held;
      await route.continue();
    });
  }
  await expectHits(front, {
    does: () => page.goto(`${url}/`, { waitUntil: 'commit' }),
    hits: [{ name: 'pageview' }],
    fence: page,
  });
  await stay(page);
  await expectHits(front, {
    does: async () => {
      await page.click('#file');
      await page.click('form button');
      await page.click('#buy i');
      await page.evaluate(() => {
        dispatchEvent(new ErrorEvent('error', { message: 'early' }));
      });
      await page.evaluate(() => window.footfall?.('meanwhile'));
    },
    hits: [{ name: 'meanwhile' }],
    fence: page,
  });
  await expectHits(front, {
    does: async () => {
      arrive();
      await page.waitForLoadState('networkidle');
      await page.click('#buy i');
    },
    hits: [
      { name: 'File Download' },
      { name: 'Form: Submission' },
      { name: 'Purchase' },
      { name: 'Purchase' },
      { name: 'Script Error', props: { message: 'early' } },
    ],
    fence: page,
  });
});

test('a page that lets no second script in is counted all the same', async () => {
  const { front, url, visitor } = await set({ '/': PLAIN }, { track: { outbound: true, vitals: true, errors: true } });
  const { page } = await visitor();
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.addInitScript(() => {
    Object.defineProperty(HTMLScriptElement.prototype, 'src', {
      set() {
        throw new TypeError('This document requires TrustedScriptURL');
      },
    });
  });
  await expectHits(front, {
    does: async () => {
      await page.goto(`${url}/`);
      await page.evaluate(() => {
        for (let i = 0; i < 50; i++) document.body.click();
        history.pushState({}, '', '/two');
      });
    },
    hits: [
      { name: 'pageview', path: '/' },
      { name: 'pageview', path: '/two' },
    ],
    fence: page,
  });
  expect(errors).toEqual([]);
});

test('a policy of the page that trusts the tag by a nonce lets the rest in where it says so', async () => {
  const files: Record<string, string> = {};
  const { front, site, url, visitor } = await set(files, { track: { outbound: true } });
  const guardedBy = (policy: string) =>
    body('<a href="https://other.example/">Out</a>')
      .replace('{{TAG}}', `<script nonce="n1" defer src="${front.url}/s/${site.key}.js"></script>`)
      .replace('<head>', `<head><meta http-equiv="Content-Security-Policy" content="script-src ${policy}">`);
  files['/tag-alone'] = guardedBy("'nonce-n1'");
  files['/rest-too'] = guardedBy("'nonce-n1' 'strict-dynamic'");
  files['/host'] = guardedBy(`'nonce-n1' ${front.url}`);
  for (const [path, told] of [
    ['/tag-alone', []],
    ['/rest-too', [{ name: 'Outbound Link: Click' }]],
    ['/host', [{ name: 'Outbound Link: Click' }]],
  ] as const) {
    const { page } = await visitor();
    await expectHits(front, {
      does: async () => {
        await page.goto(url + path);
        await stay(page);
        await page.click('a');
        await page.waitForLoadState('networkidle');
      },
      hits: [{ name: 'pageview', path }, ...told],
      fence: page,
    });
  }
});

test('an owner’s browser is left out, wherever he says so, until he says otherwise', async () => {
  const { front, site, url, visitor } = await set({ '/': PLAIN }, { record: 1 });
  const { page } = await visitor();
  const seen = requestsOf(page);
  const view = (does: () => Promise<unknown>) =>
    expectHits(front, { does, hits: [{ name: 'pageview' }], fence: page }).then(([hit]) => hit?.ignore);
  const call = (yes?: boolean) => page.evaluate((yes) => window.footfall?.ignore?.(yes), yes);
  const open = (hash: string) => async () => {
    await page.goto('about:blank');
    await page.goto(`${url}/${hash}`);
  };
  const answered = page.waitForResponse((response) => response.url().includes('/e/'));
  expect(await view(open('#footfall=ignore'))).toBe(true);
  expect((await answered).headers()['x-footfall-reason']).toBe('excluded_self');
  expect(await view(open(''))).toBe(true);
  await page.waitForLoadState('networkidle');
  expect(seen).not.toContain('/recorder.js');
  expect(front.chunks).toEqual([]);
  expect(await view(open('#footfall=count'))).toBeUndefined();
  expect(await view(open(''))).toBeUndefined();
  await front.until(() => front.chunks.length > 0);
  expect(seen).toContain('/recorder.js');

  await call();
  expect(await view(() => page.evaluate(() => window.footfall?.('pageview')))).toBe(true);
  expect(await view(() => page.reload())).toBe(true);
  await call(false);
  expect(await view(() => page.reload())).toBeUndefined();
  expect(await page.evaluate(() => 'footfall_ignore' in localStorage)).toBe(false);

  // As Plausible's users do it.
  await page.evaluate(() => Object.assign(localStorage, { footfall_ignore: true }));
  expect(await view(() => page.reload())).toBe(true);
  const counted = await site.query({ metrics: ['pageviews'], date_range: 'day' });
  expect(counted.results[0]?.metrics).toEqual([3]);
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
