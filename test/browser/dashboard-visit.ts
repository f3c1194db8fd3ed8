import type { Browser, BrowserContext, Page } from 'playwright-core';
import { hashPassword } from '../../src/accounts/password.ts';
import type { Owner, TestSite } from '../world.ts';

export const PASSWORD = 'correct horse battery';

interface Visit {
  context: BrowserContext;
  page: Page;
  /** What the page complained of in its console, and what it threw. */
  complaints: string[];
  close(): Promise<void>;
}

interface Options {
  width?: number;
  height?: number;
  touch?: boolean;
  /** Null: as the browser's own; light without. */
  colorScheme?: null;
}

/** The owner's browser, signed in as the owner would be: by e-mail and password, through the API. */
export async function signedIn(
  browser: Browser,
  owner: Owner,
  { width = 1280, height = 900, touch = false, ...scheme }: Options = {},
) {
  const { world } = owner;
  const [account] = await world.sql('select id from auth_account where user_id = $1', [owner.id]);
  if (!account) {
    await world.sql(
      "insert into auth_account (id, account_id, provider_id, user_id, password) values ($1, $1, 'credential', $1, $2)",
      [owner.id, await hashPassword(PASSWORD)],
    );
  }
  const context = await browser.newContext({
    baseURL: world.url,
    viewport: { width, height },
    hasTouch: touch,
    isMobile: touch,
    ...scheme,
  });
  const answer = await context.request.post('/api/v1/sign-in', { data: { email: owner.email, password: PASSWORD } });
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return { context, page, complaints, close: () => context.close() } satisfies Visit;
}

/** The address of a site's page. */
export function at(site: TestSite, rest = ''): string {
  return `/sites/${site.domain}${rest}`;
}

/** The six numbers as the page shows them. */
export async function numbers(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('[data-metric]')].map((tile) => [
        tile.getAttribute('data-metric'),
        tile.querySelector('.tile-value')?.textContent ?? '',
      ]),
    ),
  );
}

/** The rows of a card's list, as `[name, number]`. */
export async function rows(page: Page, card: string): Promise<string[][]> {
  return page.evaluate(
    (id) =>
      [...document.querySelectorAll(`[data-card="${id}"] .row-main`)].map((row) => [
        row.querySelector('.row-name')?.textContent ?? '',
        row.querySelector('.num')?.textContent ?? '',
      ]),
    card,
  );
}

/** Waits until nothing on the page is on its way. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('[data-metric="visitors"] .num');
  await page.waitForFunction(
    () =>
      !document.querySelector('[aria-busy="true"], .row-bar.waiting') &&
      document.querySelectorAll('.list-panel').length >= 4,
  );
  await page.waitForLoadState('networkidle');
}
