import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { SiteJson } from '../../src/contract/api.ts';
import { launch } from './chromium.ts';
import { expectHits } from './expectHits.ts';
import { ownStages } from './own-stages.ts';
import { type Stage, stage } from './stage.ts';

const PLAIN = '<!doctype html><html><head><title>Page</title>{{TAG}}</head><body><p>Hello</p></body></html>';
const LONG = PLAIN.replace('<p>', '<p style="height:3000px">');

const stages = ownStages();

async function set(files: Record<string, string>, settings?: Partial<SiteJson>): Promise<Stage> {
  return await stages.set(files, settings);
}

/** Makes the page believe that it was hidden or shown, as switching tabs does. */
function turn(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  return page.evaluate((state) => {
    Reflect.deleteProperty(document, 'hidden');
    if (state === 'hidden') Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, state);
}

test('a page view tells the address, the referrer and the browser, and needs no preflight', async () => {
  const { front, site, url, visitor } = await set({ '/': `<a href="/next?a=1#b">Next</a>`, '/next': PLAIN });
  const { page } = await visitor();
  await page.goto(`${url}/`);
  const [hit] = await expectHits(front, {
    does: () => page.click('a'),
    hits: [{ name: 'pageview', path: '/next?a=1', title: 'Page', referrer: `${url}/`, width: 1000, webdriver: false }],
    fence: page,
  });
  expect(hit?.visitor).toBeGreaterThan(0);
  expect(hit?.session).toBeGreaterThan(0);
  expect(hit?.session).not.toBe(hit?.visitor);
  expect(hit?.seq).toBeGreaterThan(0);
  expect(front.requests.map(({ method }) => method)).not.toContain('OPTIONS');
  const seen = await site.query({ metrics: ['visitors', 'pageviews'], date_range: 'day' });
  expect(seen.results[0]?.metrics).toEqual([1, 1]);
});

test('single-page navigation counts each new address once', async () => {
  const { front, url, visitor } = await set({ '/': PLAIN });
  const { page } = await visitor();
  await expectHits(front, { does: () => page.goto(`${url}/`), hits: [{ name: 'pageview', path: '/' }], fence: page });
  await expectHits(front, {
    does: () =>
      page.evaluate(() => {
        history.pushState({}, '', '/one');
        history.pushState({ again: true }, '', '/one');
      }),
    hits: [{ path: '/one' }],
    fence: page,
  });
  // What waits for an address to settle since the one before would take the next one's page before it has its title.
  await page.waitForTimeout(100);
  await expectHits(front, {
    does: () =>
      page.evaluate(() => {
        history.replaceState({}, '', '/on-the-way');
        history.replaceState({}, '', '/two?x=1');
        history.replaceState({}, '', '/two?x=1#part');
        location.hash = '#other';
        // As frameworks do, a moment after the address.
        setTimeout(() => {
          document.title = 'Two';
        });
      }),
    hits: [{ path: '/two?x=1', title: 'Two' }],
    fence: page,
  });
  await expectHits(front, {
    does: async () => {
      await page.evaluate(() => history.go(-2));
      await page.waitForURL(`${url}/one`);
    },
    hits: [{ path: '/one' }],
    fence: page,
  });
});

test('a changed hash counts where the site asks for it', async () => {
  const { front, url, visitor } = await set({ '/': PLAIN }, { hash: true });
  const { page } = await visitor();
  await expectHits(front, {
    does: async () => {
      await page.goto(`${url}/#/first`);
      await page.evaluate(() => {
        location.hash = '#/second';
      });
    },
    hits: [{ path: '/#/first' }, { path: '/#/second' }],
    fence: page,
  });
});

test('events wait for the script, and carry properties and money', async () => {
  const stub =
    '<script>window.footfall = window.footfall || function () { (footfall.q = footfall.q || []).push(arguments) };' +
    "footfall('early', { plan: 'pro' }); footfall('order', { n: 2, gift: true }, { amount: '9.90', currency: 'EUR' })</script>";
  const { front, url, visitor } = await set({ '/': PLAIN.replace('{{TAG}}', `${stub}{{TAG}}`) });
  const { page } = await visitor();
  const hits = await expectHits(front, {
    does: () => page.goto(`${url}/`),
    hits: [
      { name: 'pageview' },
      { name: 'early', props: { plan: 'pro' } },
      { name: 'order', props: { n: 2, gift: true }, revenue: { amount: '9.90', currency: 'EUR' } },
    ],
    fence: page,
  });
  expect(new Set(hits.map(({ seq }) => seq)).size).toBe(3);
  await expectHits(front, {
    does: () => page.evaluate(() => window.footfall?.('late')),
    hits: [{ name: 'late', path: '/' }],
    fence: page,
  });
  await expectHits(front, {
    does: () => page.evaluate(() => window.footfall?.('pageview')),
    hits: [{ name: 'pageview', path: '/' }],
    fence: page,
  });
});

test('nothing that a page passes makes the function throw', async () => {
  const { front, url, visitor } = await set({ '/': PLAIN });
  const { page } = await visitor();
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await expectHits(front, { does: () => page.goto(`${url}/`), hits: [{ name: 'pageview' }], fence: page });
  await expectHits(front, {
    does: () =>
      page.evaluate(() => {
        const circle: Record<string, unknown> = {};
        circle.self = circle;
        const call = window.footfall as unknown as (...args: unknown[]) => void;
        call('circle', circle);
        call('big', { n: 10n });
        call();
        call(Symbol('no'));
        const { identify, consent, ignore } = window.footfall as unknown as Record<
          string,
          (...args: unknown[]) => void
        >;
        identify?.(Symbol('no'));
        identify?.({ toString: 5 });
        consent?.(Symbol('yes'));
        ignore?.(0);
      }),
    hits: [],
    fence: page,
  });
  expect(errors).toEqual([]);
});

test('reloads, tabs and new windows share the visitor and the visit', async () => {
  const { front, url, visitor } = await set({ '/': PLAIN, '/b': PLAIN });
  const { context, page } = await visitor();
  const hits = await expectHits(front, {
    does: async () => {
      await page.goto(`${url}/`);
      await page.reload();
      const tab = await context.newPage();
      await tab.goto(`${url}/b`);
      await front.until(() => front.hits.filter(({ name }) => name === 'pageview').length === 3);
    },
    hits: [{ path: '/' }, { path: '/' }, { path: '/b' }],
    fence: page,
  });
  expect(new Set(hits.map(({ visitor }) => visitor)).size).toBe(1);
  expect(new Set(hits.map(({ session }) => session)).size).toBe(1);
  expect(new Set(hits.map(({ seq }) => seq)).size).toBe(3);
});

test('a visit ends after half an hour of silence, or when the clock has gone back', async () => {
  const { front, url, visitor } = await set({ '/': PLAIN });
  const { page } = await visitor();
  const view = async (minutes: number) => {
    const [hit] = await expectHits(front, {
      does: async () => {
        await page.evaluate((minutes) => {
          const [visitor, session, last] = (localStorage.getItem('footfall') ?? '').split('.').map(Number);
          localStorage.setItem('footfall', [visitor, session, Number(last) - minutes * 60_000].join('.'));
        }, minutes);
        await page.reload();
      },
      hits: [{ name: 'pageview' }],
      fence: page,
    });
    return hit;
  };
  await expectHits(front, { does: () => page.goto(`${url}/`), hits: [{ name: 'pageview' }], fence: page });
  const first = await view(0);
  const soon = await view(29);
  const late = await view(31);
  const back = await view(-31);
  expect(soon?.session).toBe(first?.session);
  expect(late?.session).not.toBe(first?.session);
  expect(back?.session).not.toBe(late?.session);
  expect(new Set([first, soon, late, back].map((hit) => hit?.visitor)).size).toBe(1);
});

test('engaged time and scroll depth come when the page hides, in total so far', async () => {
  const { front, site, url, visitor } = await set({ '/': LONG });
  const { page } = await visitor();
  const [view] = await expectHits(front, { does: () => page.goto(`${url}/`), hits: [{ name: 'pageview' }] });
  const [first] = await expectHits(front, {
    does: async () => {
      await page.waitForFunction(() => performance.now() > 600);
      await turn(page, 'hidden');
      await turn(page, 'hidden');
      await turn(page, 'visible');
    },
    hits: [{ name: 'engagement', path: '/', of: Number(view?.seq), session: Number(view?.session) }],
    engagement: true,
    fence: page,
  });
  expect(first?.engaged).toBeGreaterThan(300);
  expect(first?.engaged).toBeLessThan(30_000);
  expect(first?.scroll).toBeGreaterThan(15);
  expect(first?.scroll).toBeLessThan(25);
  const [second] = await expectHits(front, {
    does: async () => {
      await page.evaluate(() => scrollTo(0, 1e6));
      await page.waitForFunction(() => scrollY > 2000 && new Promise((done) => requestAnimationFrame(done)));
      await page.waitForFunction(
        (from) => performance.now() > from + 150,
        await page.evaluate(() => performance.now()),
      );
      await page.goto('about:blank');
    },
    hits: [{ name: 'engagement', of: Number(view?.seq), scroll: 100 }],
    engagement: true,
  });
  expect(second?.engaged).toBeGreaterThan(Number(first?.engaged));
  const seen = await site.query({ metrics: ['pageviews', 'events'], date_range: 'day' });
  expect(seen.results[0]?.metrics[0]).toBe(1);
});

test('a single-page navigation reports the view before it', async () => {
  const { front, url, visitor } = await set({ '/': PLAIN });
  const { page } = await visitor();
  const [view] = await expectHits(front, { does: () => page.goto(`${url}/`), hits: [{ name: 'pageview' }] });
  await expectHits(front, {
    does: async () => {
      await page.waitForFunction(() => performance.now() > 300);
      await page.evaluate(() => history.pushState({}, '', '/two'));
    },
    hits: [
      { name: 'engagement', path: '/', of: Number(view?.seq) },
      { name: 'pageview', path: '/two' },
    ],
    engagement: true,
    fence: page,
  });
});

// The headless shell has no back/forward cache (BackForwardCacheDisabledForDelegate): its events are all we can have.
test('a page out of the back/forward cache is a new page view of the same visit', async () => {
  const { front, url, visitor } = await set({ '/': PLAIN });
  const { page } = await visitor();
  const [first] = await expectHits(front, { does: () => page.goto(`${url}/`), hits: [{ path: '/' }], fence: page });
  const [second] = await expectHits(front, {
    does: () =>
      page.evaluate(() => {
        dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      }),
    hits: [{ name: 'pageview', path: '/' }],
    fence: page,
  });
  expect(second?.session).toBe(first?.session);
  expect(second?.seq).not.toBe(first?.seq);
});

test('a page rendered ahead of time counts when it is opened', async () => {
  const { front, url, visitor } = await set({ '/': PLAIN });
  const { page } = await visitor();
  await page.addInitScript(() => {
    Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
  });
  await page.goto(`${url}/`);
  await page.evaluate(() => window.footfall?.('meanwhile'));
  expect(front.hits).toEqual([]);
  await expectHits(front, {
    does: () => page.evaluate(() => document.dispatchEvent(new Event('prerenderingchange'))),
    hits: [{ name: 'pageview' }, { name: 'meanwhile' }],
    fence: page,
  });
});

for (const [how, spoil] of [
  ['absent', () => Object.defineProperty(window, 'localStorage', { value: undefined })],
  [
    'refused',
    () =>
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      }),
  ],
  [
    'full',
    () => {
      const value = new Proxy(localStorage, {
        set() {
          throw new DOMException('full', 'QuotaExceededError');
        },
      });
      Object.defineProperty(window, 'localStorage', { value });
    },
  ],
] as const) {
  test(`with localStorage ${how} the edge knows the visitor`, async () => {
    const { front, site, url, visitor } = await set({ '/': PLAIN, '/b': PLAIN });
    const { page } = await visitor();
    await page.addInitScript(spoil);
    const hits = await expectHits(front, {
      does: async () => {
        await page.goto(`${url}/`);
        await page.goto(`${url}/b`);
      },
      hits: [{ path: '/' }, { path: '/b' }],
      fence: page,
    });
    expect(hits.some((hit) => hit.visitor || hit.session)).toBe(false);
    const seen = await site.query({ metrics: ['visitors', 'visits', 'pageviews'], date_range: 'day' });
    expect(seen.results[0]?.metrics).toEqual([1, 1, 2]);
  });
}

test('a cookieless site stores nothing at all', async () => {
  const { front, url, visitor } = await set({ '/': PLAIN }, { mode: 'cookieless' });
  const { context, page } = await visitor();
  const [hit] = await expectHits(front, {
    does: () => page.goto(`${url}/`),
    hits: [{ name: 'pageview' }],
    fence: page,
  });
  expect(hit).not.toHaveProperty('visitor');
  expect(hit).not.toHaveProperty('session');
  const { cookies, origins } = await context.storageState({ indexedDB: true });
  expect({ cookies, origins }).toEqual({ cookies: [], origins: [] });
});

test('hits made offline arrive once the browser is online again, with their age', async () => {
  const { front, site, url, visitor } = await set({ '/': PLAIN });
  const { context, page } = await visitor();
  await expectHits(front, { does: () => page.goto(`${url}/`), hits: [{ name: 'pageview' }], fence: page });
  const hits = await expectHits(front, {
    does: async () => {
      await context.setOffline(true);
      await page.evaluate(() => {
        window.footfall?.('one');
        history.pushState({}, '', '/two');
      });
      await page.waitForFunction(
        (from) => performance.now() > from + 500,
        await page.evaluate(() => performance.now()),
      );
      await context.setOffline(false);
    },
    hits: [{ name: 'one' }, { name: 'pageview', path: '/two' }],
    fence: page,
  });
  expect(hits.every(({ age }) => Number(age) >= 400)).toBe(true);
  const seen = await site.query({ metrics: ['visits', 'pageviews'], date_range: 'day' });
  expect(seen.results[0]?.metrics).toEqual([1, 2]);
});

for (const how of [503, 429, 'cut'] as const) {
  test(`a hit that met ${how} goes with the next one`, async () => {
    const { front, url, visitor } = await set({ '/': PLAIN });
    const { page } = await visitor();
    front.failing = how;
    await page.goto(`${url}/`);
    await front.until(() => front.failed > 0);
    await page.waitForLoadState('networkidle');
    front.failing = undefined;
    const [view, next] = await expectHits(front, {
      does: () => page.evaluate(() => window.footfall?.('next')),
      hits: [{ name: 'pageview' }, { name: 'next' }],
      fence: page,
    });
    expect(view?.age).toBeGreaterThan(400);
    expect(next?.age).toBeLessThan(50);
  });
}

test('a page with its own fetch, JSON or toJSON is counted all the same, or at least left alone', async () => {
  const spoils = [
    () => {
      (Array.prototype as { toJSON?: () => string }).toJSON = () => 'broken';
      (String.prototype as { toJSON?: () => string }).toJSON = function () {
        return `${this}`;
      };
    },
    () => {
      window.fetch = () => {
        throw new Error('not here');
      };
    },
    () => {
      window.fetch = (() => undefined) as never;
    },
    () => {
      const { fetch } = window;
      window.fetch = (...args) => fetch(...args).then((answer) => answer.clone());
      window.JSON = { ...JSON, stringify: JSON.stringify.bind(JSON), parse: JSON.parse.bind(JSON) };
    },
  ];
  const { front, url, visitor } = await set({ '/': PLAIN });
  for (const [i, spoil] of spoils.entries()) {
    const broken = i === 1 || i === 2;
    const { page } = await visitor();
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.addInitScript(spoil);
    await expectHits(front, {
      does: () => page.goto(`${url}/`),
      hits: broken ? [] : [{ name: 'pageview', path: '/' }],
      ...(broken ? {} : { fence: page }),
    });
    await page.evaluate(() => history.pushState({}, '', '#on')); // nor does it break what the page calls
    expect(errors).toEqual([]);
  }
});

test('odd pages are counted once', async () => {
  const { front, url, visitor } = await set({
    '/twice': PLAIN.replace('{{TAG}}', '{{TAG}}{{TAG}}'),
    '/named': PLAIN.replace('<p>', '<p id="footfall">'),
    '/bare': '{{TAG}}',
    '/based': PLAIN.replace('{{TAG}}', '<base href="https://elsewhere.example/">{{TAG}}'),
  });
  for (const path of ['/twice', '/named', '/bare', '/based']) {
    const { page } = await visitor();
    await expectHits(front, { does: () => page.goto(url + path), hits: [{ name: 'pageview', path }], fence: page });
  }
});

test('a program that drives the browser says so', async () => {
  const driven = await launch({ visitor: false });
  const made = await stage(driven, { '/': PLAIN });
  try {
    const { page } = await made.visitor();
    await expectHits(made.front, {
      does: () => page.goto(`${made.url}/`),
      hits: [{ name: 'pageview', webdriver: true }],
      fence: page,
    });
  } finally {
    await made.close();
    await driven.close();
  }
});
