import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiKey, SiteJson } from '../../src/contract/api.ts';
import { CHROME, ownStack } from '../world.ts';
import { launch } from './chromium.ts';

/** The way in, and what an owner has: sites, their settings, API keys. Through the pages, in a real browser. */

const OWNER = { name: 'Mari Tamm', email: 'mari@example.com', password: 'correct horse battery' };

type Own = Awaited<ReturnType<typeof ownStack>>;
let browser: Browser;
let world: Own;

beforeAll(async () => {
  [browser, world] = await Promise.all([launch(), ownStack()]);
  const made = await world.fetch('/api/v1/setup', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: world.url },
    body: JSON.stringify(OWNER),
  });
  expect(made.status).toBe(201);
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

/** A browser of its own; whoever asks for one closes its context. */
async function visitor(locale = 'en-US'): Promise<Page> {
  const viewport = { width: 1280, height: 800 };
  const context = await browser.newContext({ locale, timezoneId: 'Europe/Tallinn', viewport });
  return context.newPage();
}

async function signIn(page: Page, path = '/'): Promise<void> {
  await page.goto(world.url + path);
  await page.fill('[name=email]', OWNER.email);
  await page.fill('[name=password]', OWNER.password);
  await page.click('[type=submit]');
  await page.waitForURL(world.url + path);
}

/** What the API answers to the page's own cookie. */
async function ask<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  const response = await page.request.fetch(`${world.url}/api/v1${path}`, {
    method,
    headers: { origin: world.url },
    ...(body ? { data: body } : {}),
  });
  if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`);
  return (await response.json()) as T;
}

test('a fresh deployment makes its owner, adds a site, and turns into the dashboard at the first visit', async () => {
  const fresh = await ownStack();
  const page = await visitor();
  try {
    await page.goto(`${fresh.url}/`);
    await page.waitForURL('**/setup');
    await page.waitForSelector('[name=name]:focus');
    await page.click('[type=submit]');
    expect(await page.locator('[aria-invalid=true]').count()).toBe(3);
    await page.fill('[name=name]', OWNER.name);
    await page.fill('[name=email]', OWNER.email);
    await page.fill('[name=password]', 'too short');
    await page.click('[type=submit]');
    await page.getByText('At least 10 characters.').waitFor();
    expect(await page.locator('[aria-invalid=true]').count()).toBe(1);
    await page.fill('[name=password]', OWNER.password);
    await page.click('[type=submit]');

    await page.getByRole('heading', { name: 'Which site do you want to measure?' }).waitFor();
    expect(await page.inputValue('[name=timezone]')).toBe('Europe/Tallinn');
    await page.fill('[name=domain]', 'https://Harbour.example/shop');
    await page.click('[type=submit]');
    await page.waitForURL('**/sites/harbour.example');
    await page.getByText('Waiting for the first visit to harbour.example').waitFor();
    const tag = await page.locator('.code pre').textContent();
    const key = /\/s\/([\w-]{16})\.js/.exec(tag ?? '')?.[1];
    expect(tag).toBe(`<script defer src="${fresh.url}/s/${key}.js"></script>`);

    const sent = Date.now();
    await fresh.fetch(`/e/${key}`, {
      method: 'POST',
      headers: { 'user-agent': CHROME },
      body: JSON.stringify({ name: 'pageview', url: 'https://harbour.example/' }),
    });
    await page.getByText('Waiting for the first visit').waitFor({ state: 'detached' });
    // Under one second on an idle machine; a busy one gets some.
    expect(Date.now() - sent).toBeLessThan(5000);

    await page.goto(`${fresh.url}/setup`);
    await page.waitForURL(`${fresh.url}/`);
  } finally {
    await page.context().close();
    await fresh.close();
  }
});

test('signing in leads back to where one wanted to go; a wrong password is told and waited for', async () => {
  const page = await visitor();
  await page.goto(`${world.url}/keys`);
  await page.waitForURL('**/sign-in?to=%2Fkeys');
  await page.fill('[name=email]', OWNER.email);
  await page.fill('[name=password]', 'not the password');
  await page.click('[type=submit]');
  await page.getByRole('alert').filter({ hasText: 'E-mail and password do not match.' }).waitFor();
  await page.getByText('npm run password').waitFor();
  await page.fill('[name=password]', OWNER.password);
  await page.click('[type=submit]');
  await page.waitForURL(`${world.url}/keys`);

  await page.getByRole('button', { name: `Account of ${OWNER.name}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  await page.goto(`${world.url}/keys`);
  await page.waitForURL('**/sign-in?to=%2Fkeys');
  await page.context().close();
});

test('settings are changed together, complained about at their field, and saved', async () => {
  const page = await visitor();
  await signIn(page);
  const site = await ask<SiteJson>(page, 'POST', '/sites', { domain: 'settings.example', timezone: 'UTC' });
  await page.goto(`${world.url}/sites/settings.example/settings`);
  await page.getByLabel('Masked').selectOption('all');
  await page.getByLabel('Without anything kept in the browser').check();
  await page.getByLabel('Mask as well').fill('.price, #total');
  await page.getByLabel('Record', { exact: true }).selectOption('0.25');
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
  await page.getByLabel('First day of the week').selectOption({ label: 'Sunday' });
  await page.getByLabel('Wait for consent').check();
  await page.getByLabel('Keep who is identified as a hash only').uncheck();
  await page.getByLabel('Web vitals').check();
  await page.getByLabel('The console').check();
  await page.getByLabel('Domain').fill('no domain!');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('[name=domain][aria-invalid=true]:focus').waitFor();
  expect((await ask<SiteJson>(page, 'GET', `/sites/${site.id}`)).masking.text).toBe('inputs');

  await page.getByLabel('Domain').fill('renamed.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL('**/sites/renamed.example/settings');
  await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
  await page.locator('.site-switch').click();
  await page.getByRole('menuitemradio', { name: 'renamed.example' }).waitFor();
  expect(await page.getByRole('menuitemradio', { name: 'settings.example' }).count()).toBe(0);
  await page.keyboard.press('Escape');
  expect(await ask<SiteJson>(page, 'GET', `/sites/${site.id}`)).toMatchObject({
    domain: 'renamed.example',
    timezone: 'Asia/Tokyo',
    week_start: 7,
    mode: 'cookieless',
    record: 0.25,
    masking: { text: 'all', mask: '.price, #total', unmask: '', block: '', ignore: '' },
    hash: false,
    consent: true,
    hash_identify: false,
    track: { ...site.track, vitals: true },
    extras: { ...site.extras, console: true },
  });

  await page.getByLabel('Masked').selectOption('none');
  await page.getByRole('button', { name: 'Discard' }).click();
  expect(await page.getByLabel('Masked').inputValue()).toBe('all');
  await page.context().close();
});

test('what a site leaves out is written by the line, and what is wrong is told by the line', async () => {
  const page = await visitor();
  await signIn(page);
  const { id } = await ask<SiteJson>(page, 'POST', '/sites', { domain: 'left-out.example' });
  const save = async () => {
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
  };
  await page.goto(`${world.url}/sites/left-out.example/settings`);
  const paths = page.getByLabel('Pages', { exact: true });
  await paths.fill('/preview/**\n\nadmin\n');
  await page.getByLabel('Hostnames').fill('*.staging.example');
  await page.getByLabel('Countries').selectOption({ label: 'Finland' });
  await page.getByLabel('Countries').selectOption({ label: 'Estonia' });
  await page.getByRole('button', { name: 'Take in again: Finland' }).click();
  await page.getByLabel('Respect Do Not Track').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Line 2: A path starts with /').waitFor();
  expect(await paths.inputValue()).toBe('/preview/**\nadmin');
  await paths.fill('/preview/**\n/admin');
  await save();
  expect(await ask<SiteJson>(page, 'GET', `/sites/${id}`)).toMatchObject({
    dnt: true,
    exclude: { paths: ['/preview/**', '/admin'], hostnames: ['*.staging.example'], countries: ['EE'] },
  });

  await paths.fill('');
  await page.getByLabel('A visit is a bot’s').selectOption('80');
  await page.getByText('What each sign weighs').click();
  await page.getByLabel('Weight: The browser says that a program drives it').selectOption('Off');
  await page.getByLabel('Weight: Comes from a network').selectOption('60');
  await page.getByLabel('Weight: Comes from a network').selectOption('40');
  await save();
  const saved = await ask<SiteJson>(page, 'GET', `/sites/${id}`);
  expect(saved).toMatchObject({ bot_threshold: 80, bot_rules: { webdriver: 0 }, exclude: { paths: [] } });
  expect(Object.keys(saved.bot_rules)).toEqual(['webdriver']);
  await page.context().close();
});

test('what begins a recording, and in which countries, is chosen by its name; events of the site by the line', async () => {
  const page = await visitor();
  await signIn(page);
  const { id } = await ask<SiteJson>(page, 'POST', '/sites', { domain: 'held-back.example' });
  const recording = async () => (await ask<SiteJson>(page, 'GET', `/sites/${id}`)).recording;
  await page.goto(`${world.url}/sites/held-back.example/settings`);
  const events = page.getByLabel('One of these events of your own');
  await page.getByLabel('A rage click').check();
  await events.fill(`Sign up\n\n${'x'.repeat(200)}`);
  await page.getByLabel('Record only in').selectOption({ label: 'Finland' });
  await page.getByLabel('Record only in').selectOption({ label: 'Estonia' });
  await page.getByRole('button', { name: 'Take out: Finland' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/^Line 2: /).waitFor();
  await events.fill('Sign up\nevent:order');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
  expect(await recording()).toMatchObject({ when: ['event:Sign up', 'event:order', 'rage_click'], countries: ['EE'] });

  await page.reload();
  await expect.poll(() => events.inputValue()).toBe('Sign up\norder');
  await page.getByLabel('A rage click').uncheck();
  await events.fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
  expect(await recording()).toMatchObject({ when: [], countries: ['EE'] });
  await page.context().close();
});

test('a site is archived, out of the way, and brought back', async () => {
  const page = await visitor();
  await signIn(page);
  for (const domain of ['resting.example', 'busy.example']) await ask<SiteJson>(page, 'POST', '/sites', { domain });
  await page.goto(`${world.url}/sites/resting.example/settings`);
  await page.getByRole('button', { name: 'Archive site' }).click();
  await page.getByRole('button', { name: 'Bring it back' }).waitFor();
  expect(await ask<SiteJson>(page, 'GET', '/sites/resting.example')).toMatchObject({ archived: true });

  await page.goto(`${world.url}/`);
  await page.locator('.site-card', { hasText: 'busy.example' }).waitFor();
  expect(await page.locator('.site-card', { hasText: 'resting.example' }).count()).toBe(0);
  await page.getByText('1 archived').click();
  await page.getByRole('link', { name: 'resting.example' }).click();
  await page.getByText('This site is archived').waitFor();
  await page.getByRole('link', { name: 'Bring it back' }).click();
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await page.getByRole('button', { name: 'Archive site' }).waitFor();
  expect(await ask<SiteJson>(page, 'GET', '/sites/resting.example')).toMatchObject({ archived: false });
  await page.context().close();
});

test('one of many sites is found from wherever one is', async () => {
  const page = await visitor();
  await signIn(page);
  for (let n = 1; n <= 9; n++) await ask<SiteJson>(page, 'POST', '/sites', { domain: `shelf-${n}.example` });
  await page.goto(`${world.url}/sites/shelf-1.example/settings`);
  await page.getByRole('button', { name: 'shelf-1.example' }).click();
  await page.getByRole('searchbox', { name: 'Find a site' }).fill('SHELF-7');
  const found = page.getByRole('menuitem').or(page.getByRole('menuitemradio'));
  await expect.poll(() => found.allTextContents()).toEqual(['shelf-7.example', 'All sites']);
  await found.first().click();
  await page.waitForURL('**/sites/shelf-7.example/settings');
  await page.context().close();
});

test('a site is deleted only by typing its name', async () => {
  const page = await visitor();
  await signIn(page);
  await ask<SiteJson>(page, 'POST', '/sites', { domain: 'doomed.example' });
  await page.goto(`${world.url}/sites/doomed.example/settings`);
  await page.getByRole('button', { name: 'Delete site…' }).click();
  const gone = page.getByRole('button', { name: 'Delete for good' });
  expect(await gone.isDisabled()).toBe(true);
  await page.fill('[name=confirmation]', 'doomed.exampl');
  expect(await gone.isDisabled()).toBe(true);
  await page.fill('[name=confirmation]', 'doomed.example');
  await gone.click();
  await page.waitForURL(`${world.url}/`);
  const { sites } = await ask<{ sites: SiteJson[] }>(page, 'GET', '/sites');
  expect(sites.map(({ domain }) => domain)).not.toContain('doomed.example');
  await page.context().close();
});

test('a key is shown once, works, and is refused once revoked', async () => {
  const page = await visitor();
  await signIn(page, '/keys');
  await page.getByRole('button', { name: 'New key' }).click();
  await page.fill('[name=name]', 'Weekly report');
  await page.getByLabel('Read and write').check();
  await page.getByRole('button', { name: 'Create key' }).click();
  await page.getByText('“Weekly report” is ready').waitFor();
  const key = (await page.locator('.code pre').first().textContent()) ?? '';
  const use = () => world.fetch('/api/v1/sites', { headers: { authorization: `Bearer ${key}` } });
  expect((await use()).status).toBe(200);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('listitem').getByText('Weekly report').first().waitFor();
  expect(await page.content()).not.toContain(key);
  const { keys } = await ask<{ keys: ApiKey[] }>(page, 'GET', '/keys');
  expect(keys.find(({ name }) => name === 'Weekly report')?.scope).toBe('write');

  await page.getByRole('button', { name: 'Revoke Weekly report' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await page.getByText('1 revoked key').waitFor();
  expect((await use()).status).toBe(401);
  await page.context().close();
});

test('a browser that asks for German is answered in it, until somebody chooses another language', async () => {
  const page = await visitor('de-DE');
  await page.goto(`${world.url}/sign-in`);
  await page.getByRole('heading', { name: 'Bei Footfall anmelden' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  await signIn(page, '/keys');
  await page.getByRole('heading', { name: 'API-Schlüssel' }).waitFor();
  expect(await page.title()).toBe('API-Schlüssel · Footfall');
  await page.click('.account');
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'API keys' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'API keys' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.context().close();
});

test('nothing scrolls sideways on a phone, not even in German, which is longer', async () => {
  const page = await visitor('de-DE');
  await page.setViewportSize({ width: 360, height: 780 });
  await signIn(page);
  const domain = 'a-rather-long-name-of-a-site.some-department.example';
  await ask<SiteJson>(page, 'POST', '/sites', { domain });
  await ask<ApiKey>(page, 'POST', '/keys', { name: 'A-key-whose-name-is-one-very-long-word-without-any-space-in-it' });
  const ready = {
    '/': page.locator(`a[href="/sites/${domain}"]`),
    '/keys': page.getByText('A-key-whose-name'),
    [`/sites/${domain}`]: page.getByText('Warten auf den ersten Besuch'),
    [`/sites/${domain}/settings`]: page.getByRole('button', { name: 'Website löschen…' }),
  };
  for (const [path, there] of Object.entries(ready)) {
    await page.goto(world.url + path);
    await there.first().waitFor();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, path).toBeLessThanOrEqual(0);
  }
  await page.context().close();
});
