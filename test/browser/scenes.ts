import type { Page } from 'playwright-core';
import type { Answers } from '../../src/contract/answers.ts';
import type { Language } from '../../src/dashboard/words/language.ts';
import type { Scenery } from './scenery.ts';

/** Every page of the dashboard in each of its states, and how a browser gets there. Nothing is made up: requests are held or cut, answers are lost, the database goes away. */
export interface Scene {
  page: string;
  state: string;
  at: (scenery: Scenery) => string;
  /** Who looks; the owner of the shop when absent. */
  as?: 'newcomer' | 'nobody';
  /** English when absent. */
  language?: Language;
  /** What happens on the way to the API, before the page is opened. */
  network?: (page: Page) => Promise<unknown>;
  /** The database is away. */
  away?: true;
  before?: (scenery: Scenery) => Promise<unknown>;
  /** What is done on the page once it is there. */
  act?: (page: Page, scenery: Scenery) => Promise<unknown>;
  /** A selector of what says that the state is reached. */
  shows: string;
}

const shop = (rest: string) => (scenery: Scenery) => `/sites/${scenery.shop.domain}${rest}`;
const bare = (rest: string) => (scenery: Scenery) => `/sites/${scenery.bare.domain}${rest}`;
const strange = (rest: string) => (scenery: Scenery) => `/sites/${scenery.strange.domain}${rest}`;

/** What a page asks for besides who looks and which sites there are. */
const OWN = /\/api\/v1\/(?!me$|setup$|segments|sites(\/[^/]+)?$)/;
const ANY = /\/api\/v1\//;

const hold = (what: RegExp) => (page: Page) => page.route(what, () => {});
const cut = (what: RegExp) => (page: Page) => page.route(what, (route) => route.abort('internetdisconnected'));
/** Of the answers to several questions, those by these dimensions are lost. */
const lose = (page: Page, dimensions: string[]) =>
  page.route(/\/api\/v1\/queries/, async (route) => {
    // The page may be left before all is there.
    const response = await route.fetch().catch(() => undefined);
    const answers: Answers | undefined = await response?.json().catch(() => undefined);
    if (!response || !answers) return;
    const problem = { type: '', title: '', status: 503, code: 'database_unavailable', detail: 'Away.' };
    const told = answers.map(({ n, answer }) =>
      answer?.query.dimensions.some((one) => dimensions.includes(one)) ? { n, problem } : { n, answer },
    );
    const body = `[${told.map((one) => JSON.stringify(one)).join(',\n')}]\n`;
    await route.fulfill({ response, body }).catch(() => undefined);
  });
const said = (text: string) => `text="${text}"`;

interface SitePage {
  page: string;
  path: (scenery: Scenery) => string;
  filled: string;
  /** While its own answers are on their way. */
  loading: string;
  /** Without them. */
  failed?: string;
}

const SITE_PAGES: SitePage[] = [
  { page: 'overview', path: () => '', filled: '.recordings .recording', loading: '.row-bar.waiting' },
  { page: 'visits', path: () => '/visits', filled: '.visit-row', loading: '.visits-waiting' },
  { page: 'visit', path: ({ unrecorded }) => `/visits/${unrecorded}`, filled: '.story-line', loading: '.skeleton' },
  { page: 'recordings', path: () => '/replays', filled: '.replay-rows li', loading: '.replay-waiting' },
  { page: 'goals', path: () => '/goals', filled: '.goal-name', loading: '.skeleton' },
  { page: 'status', path: () => '/status', filled: '.facts', loading: '.skeleton' },
  {
    page: 'player',
    path: ({ recorded }) => `/replays/${recorded}`,
    filled: '.picture[data-state="paused"], .picture[data-state="playing"]',
    loading: '.picture',
    failed: '.state, .picture[data-state="failed"]',
  },
  { page: 'watched', path: () => '/watched', filled: '.table tbody tr', loading: '.skeleton' },
  {
    page: 'heatmap',
    path: () => '/heatmap?page=/coffee/harbour-blend/',
    filled: '.heat-badge',
    loading: '.skeleton',
  },
];

export const SCENES: Scene[] = [
  { page: 'sign-in', state: 'filled', at: () => '/sign-in', as: 'nobody', shows: '.door form' },
  {
    page: 'sign-in',
    state: 'error',
    at: () => '/sign-in',
    as: 'nobody',
    shows: '.form-failure',
    async act(page) {
      await page.getByLabel('E-mail').fill('somebody@example.com');
      await page.getByLabel('Password', { exact: true }).fill('not the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
    },
  },
  {
    page: 'sign-in',
    state: 'offline',
    at: () => '/sign-in',
    as: 'nobody',
    network: cut(ANY),
    shows: '.form-failure',
    async act(page) {
      await page.getByLabel('E-mail').fill('somebody@example.com');
      await page.getByLabel('Password', { exact: true }).fill('the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
    },
  },
  // A deployment that has an owner sends whoever looks here to the sign-in page, as soon as it answers.
  { page: 'setup', state: 'filled', at: () => '/setup', as: 'nobody', network: hold(ANY), shows: '.door form' },
  { page: 'none', state: 'filled', at: () => '/nowhere', shows: said('There is no such page') },

  { page: 'sites', state: 'filled', at: () => '/', shows: '.site-card svg path' },
  { page: 'sites', state: 'empty', at: () => '/', as: 'newcomer', shows: '.first-site' },
  { page: 'sites', state: 'loading', at: () => '/', network: hold(/\/api\/v1\/sites$/), shows: '.sites .skeleton' },
  {
    page: 'sites',
    state: 'partial',
    at: () => '/',
    network: cut(/\/api\/v1\/queries/),
    shows: '.site-card >> text=/read right now/',
  },
  { page: 'sites', state: 'error', at: () => '/', away: true, shows: '.state' },
  { page: 'sites', state: 'offline', at: () => '/', network: cut(ANY), shows: '.state' },
  { page: 'sites', state: 'forbidden', at: () => '/', as: 'nobody', shows: '.door form' },

  { page: 'keys', state: 'filled', at: () => '/keys', shows: '.keys li' },
  { page: 'keys', state: 'empty', at: () => '/keys', as: 'newcomer', shows: '.state' },
  { page: 'keys', state: 'loading', at: () => '/keys', network: hold(OWN), shows: '.skeleton' },
  { page: 'keys', state: 'error', at: () => '/keys', away: true, shows: '.state' },
  { page: 'keys', state: 'offline', at: () => '/keys', network: cut(OWN), shows: '.state' },

  ...SITE_PAGES.flatMap(({ page, path, filled, loading, failed = '.state, .list-note, .banner' }): Scene[] => {
    const at = (scenery: Scenery) => shop(path(scenery))(scenery);
    return [
      { page, state: 'filled', at, shows: filled },
      { page, state: 'loading', at, network: hold(OWN), shows: loading },
      { page, state: 'error', at, away: true, shows: failed },
      { page, state: 'offline', at, network: cut(OWN), shows: failed },
      { page, state: 'forbidden', at: (scenery) => strange(path(scenery))(scenery), shows: '.state' },
    ];
  }),
  { page: 'overview', state: 'empty', at: bare(''), shows: '.first-visit' },
  {
    page: 'overview',
    state: 'empty, nobody fits',
    at: shop('?filters=is:country:AQ'),
    shows: '.grid .state',
  },
  { page: 'overview', state: 'opening', at: shop(''), network: hold(ANY), shows: '.site-name' },
  {
    page: 'overview',
    state: 'partial',
    at: shop('?period=day'),
    network: async (page) => Promise.all([cut(/\/replays$/)(page), lose(page, ['visit:source', 'visit:country'])]),
    shows: '[data-card="sources"] .list-note',
  },
  {
    page: 'overview',
    state: 'filtered',
    at: shop('?period=7d&filters=is:country:EE,FI&filters=contains:page:/coffee'),
    shows: '.recordings .recording',
  },
  { page: 'visits', state: 'empty', at: shop('/visits?filters=is:country:AQ'), shows: '.state' },
  { page: 'visits', state: 'partial', at: shop('/visits'), network: cut(/\/api\/v1\/queries/), shows: '.visit-row' },
  { page: 'recordings', state: 'empty', at: bare('/replays'), shows: '.state' },
  { page: 'goals', state: 'empty', at: bare('/goals'), shows: '.state' },
  { page: 'status', state: 'empty', at: bare('/status'), shows: '.facts' },
  { page: 'watched', state: 'empty', at: bare('/watched'), shows: '.state' },
  { page: 'heatmap', state: 'empty', at: shop('/heatmap?page=/nowhere'), shows: '.state' },
  { page: 'heatmap', state: 'of which page', at: shop('/heatmap'), shows: '.heat-page' },
  { page: 'heatmap', state: 'scrolled', at: shop('/heatmap?page=/&map=scroll'), shows: '.heat-line' },
  {
    page: 'heatmap',
    state: 'partial',
    at: shop('/heatmap?page=/coffee/harbour-blend/'),
    network: cut(/\/chunks\//),
    shows: '.heat-lost',
  },
  {
    page: 'player',
    state: 'partial',
    at: (scenery) => shop(`/replays/${scenery.recorded}`)(scenery),
    network: cut(/\/chunks\//),
    shows: '.picture[data-state="paused"] .overlay.solid',
  },

  {
    page: 'live',
    state: 'filled',
    at: shop('/live'),
    async before({ shop: site }) {
      const url = (path: string) => `https://${site.domain}${path}`;
      await site.send([
        site.hit({ url: url('/'), referrer: 'https://www.google.com/' }),
        site.hit({ url: url('/coffee/harbour-blend/') }),
        site.hit({ url: url('/app/v60'), referrer: 'https://www.reddit.com/r/coffee' }),
      ]);
    },
    shows: '.live-list .list-row, .live-list li',
  },
  { page: 'live', state: 'empty', at: bare('/live'), shows: said('Nobody is here right now') },
  {
    page: 'live',
    state: 'loading',
    at: shop('/live'),
    network: (page) => page.routeWebSocket(ANY, () => {}),
    shows: '.skeleton',
  },
  {
    page: 'live',
    state: 'offline',
    at: shop('/live'),
    network: (page) => page.routeWebSocket(ANY, (socket) => void socket.close()),
    shows: '.state',
  },
  {
    page: 'live',
    state: 'partial',
    at: shop('/live'),
    network: (page) => {
      let told = false;
      return page.routeWebSocket(ANY, (socket) => {
        if (told) return void socket.close();
        const server = socket.connectToServer();
        server.onMessage((message) => {
          told = true;
          socket.send(message);
          void server.close();
          void socket.close();
        });
      });
    },
    shows: '.banner',
  },
  { page: 'live', state: 'error', at: shop('/live'), away: true, shows: '.state' },
  { page: 'live', state: 'forbidden', at: strange('/live'), shows: '.state' },

  { page: 'settings', state: 'filled', at: shop('/settings'), shows: '.bot-rules, .settings' },
  { page: 'settings', state: 'loading', at: shop('/settings'), network: hold(ANY), shows: '.skeleton' },
  { page: 'settings', state: 'partial', at: shop('/settings'), network: cut(OWN), shows: '.settings' },
  { page: 'settings', state: 'error', at: strange('/settings'), away: true, shows: '.state' },
  { page: 'settings', state: 'offline', at: shop('/settings'), network: cut(ANY), shows: '.state' },
  { page: 'settings', state: 'forbidden', at: strange('/settings'), shows: '.state' },

  {
    page: 'shared',
    state: 'filled',
    at: ({ link }) => `/shared#${link}`,
    as: 'nobody',
    shows: '.picture[data-state="paused"], .picture[data-state="playing"]',
  },
  {
    page: 'shared',
    state: 'loading',
    at: ({ link }) => `/shared#${link}`,
    as: 'nobody',
    network: hold(ANY),
    shows: '.picture',
  },
  { page: 'shared', state: 'forbidden', at: () => '/shared#nothing', as: 'nobody', shows: '.state' },
  {
    page: 'shared',
    state: 'offline',
    at: ({ link }) => `/shared#${link}`,
    as: 'nobody',
    network: cut(ANY),
    shows: '.state >> text=/server did not answer/',
  },

  ...opened('overview', '', {
    'range menu': (page) => page.locator('.range-button').last().click(),
    'account menu': (page) => page.getByRole('button', { name: /^Account/ }).click(),
    'site menu': (page) => page.locator('.site-switch').click(),
    'new filter': (page) => page.getByRole('button', { name: '+ Filter' }).click(),
    'filter of several': async (page) => {
      await page.keyboard.press('f');
      await page.getByLabel('Value', { exact: true }).fill('/coffee');
      await page.getByRole('button', { name: '+ Or another one' }).click();
      await page.locator('.suggestion').first().click();
      await page.getByRole('button', { name: '+ And, with this one' }).click();
    },
    'own segment': async (page) => {
      await page.locator('[data-card="places"] .row-main').first().click();
      await page.locator('.chip').waitFor();
      await page.keyboard.press('s');
    },
    'all pages': (page) => page.locator('[data-card="pages"] .list-foot button').click(),
    keys: (page) => page.keyboard.press('?'),
  }),
  ...opened('goals', '/goals', { 'new goal': (page) => page.locator('.card-head .button').click() }),
  ...opened('settings', '/settings', {
    'delete the site': (page) => page.getByRole('button', { name: /^Delete/ }).click(),
  }),
  ...german(
    { page: 'overview', state: 'filled', at: shop(''), shows: '.recordings .recording' },
    { page: 'recordings', state: 'filled', at: shop('/replays'), shows: '.replay-rows li' },
    { page: 'settings', state: 'filled', at: shop('/settings'), shows: '.bot-rules, .settings' },
    ...opened('overview', '', {
      'range menu': (page) => page.locator('.range-button').last().click(),
      'new filter': (page) => page.keyboard.press('f'),
    }),
    ...opened('goals', '/goals', { 'new goal': (page) => page.locator('.card-head .button').click() }),
  ),
];

/** In the other language, whose words are longer: what is full of them, and what has little room. */
function german(...scenes: Scene[]): Scene[] {
  return scenes.map((scene) => ({ ...scene, state: `${scene.state}, in German`, language: 'de' }));
}

/** Pages with one of their menus or dialogs open. */
function opened(page: string, path: string, by: Record<string, (page: Page) => Promise<unknown>>): Scene[] {
  const { filled = '.settings' } = SITE_PAGES.find((one) => one.page === page) ?? {};
  return Object.entries(by).map(([what, open]) => ({
    ...{ page, state: what, at: shop(path), shows: 'dialog[open], :popover-open' },
    async act(shown) {
      await shown.waitForSelector(filled);
      await open(shown);
    },
  }));
}

/** Brings a browser into a scene; returns when it shows what it is about. */
export async function enter(scene: Scene, scenery: Scenery, page: Page): Promise<void> {
  const { world } = scenery;
  const to = world.url + scene.at(scenery);
  const who = scene.as ?? 'owner';
  if (who !== 'nobody') await scenery.signIn(page.context(), who);
  if (scene.language) await page.addInitScript((one) => localStorage.setItem('footfall.language', one), scene.language);
  await scene.before?.(scenery);
  await scene.network?.(page);
  if (scene.away) {
    // A page of a site knows already which one it is: its own answers are what lacks.
    if (scene.at(scenery).includes(scenery.shop.domain)) {
      await page.goto(`${world.url}/sites/${scenery.shop.domain}/settings`);
      await page.waitForSelector('.settings');
    }
    await world.stack.neon.stop();
  }
  await page.goto(to);
  await scene.act?.(page, scenery);
  await page.waitForSelector(scene.shows, { timeout: 15_000 });
}

/** Takes back what a scene did to the world. */
export async function leave(scene: Scene, { world }: Scenery): Promise<void> {
  if (scene.away) await world.stack.neon.start();
}
