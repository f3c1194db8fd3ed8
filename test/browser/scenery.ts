import type { Browser, BrowserContext } from 'playwright-core';
import { serveDemo } from '../../local/demo.ts';
import { small } from '../../local/seed-profiles.ts';
import { seed } from '../../local/seed-site.ts';
import { hashPassword } from '../../src/accounts/password.ts';
import type { ReplayJson, SessionJson } from '../../src/contract/api.ts';
import { type Owner, ownStack, type TestSite } from '../world.ts';

/** A deployment in which every page of the dashboard has something to show, and whose database can be taken away. */
export interface Scenery {
  world: Awaited<ReturnType<typeof ownStack>>;
  owner: Owner;
  /** A shop with four months of visits, goals, and recorded visits. */
  shop: TestSite;
  /** A site that nobody has visited yet; it records nothing. */
  bare: TestSite;
  /** A site of somebody else. */
  strange: TestSite;
  /** Ids of the newest recorded visit to the shop and of one that wasn't recorded. */
  recorded: number;
  unrecorded: number;
  /** What opens the recorded visit for whoever has it. */
  link: string;
  /** Signs a browser in, as the owner of the shop or as somebody who has no site and no key yet. */
  signIn(context: BrowserContext, who: 'owner' | 'newcomer'): Promise<void>;
  close(): Promise<void>;
}

const PASSWORD = 'correct horse battery';
const GOALS = [
  { name: 'Purchase', event: 'purchase' },
  { name: 'Sign-up', event: 'signup' },
  { name: 'Opened the cart', path: '/cart/' },
  { name: 'Read a brew guide', path: '/app/*' },
];

/** @param visits how many the shop had */
export async function scenery(browser: Browser, visits: number): Promise<Scenery> {
  const world = await ownStack();
  const owner = await world.owner();
  const newcomer = await world.owner();
  await world.sql('delete from api_key where user_id = $1', [newcomer.id]);
  await world.sql("update auth_user set name = 'Kadri Tamm' where id = $1", [owner.id]);
  const password = await hashPassword(PASSWORD);
  for (const { id } of [owner, newcomer]) {
    await world.sql(
      "insert into auth_account (id, account_id, provider_id, user_id, password) values ($1, $1, 'credential', $1, $2)",
      [id, password],
    );
  }
  const shop = await owner.site({ domain: 'harbour-coffee.example', record: 1, timezone: 'Europe/Tallinn' });
  const bare = await owner.site({ domain: 'new.example', record: 0 });
  const strange = await (await world.owner()).site({ domain: 'strange.example' });
  for (const goal of GOALS) await owner.json(`/api/v1/sites/${shop.id}/goals`, { json: goal });
  await seed(
    (text, params) => world.sql(text, params),
    { id: shop.id, timezone: 'Europe/Tallinn' },
    { ...small('harbour-coffee.example'), visits },
    Date.now(),
  );
  await world.sql('analyze');
  const unrecorded = await owner.json<{ results: SessionJson[] }>(`/api/v1/sites/${shop.id}/sessions?limit=1`);
  await recordedVisits(browser, shop);
  const recorded = await recordingOf(shop);
  const path = `/api/v1/sites/${shop.id}/replays/${recorded}`;
  await owner.json(`${path}/notes`, { json: { time: Date.now() - 2_000, text: 'Looks for the price of shipping' } });
  // By a program, for the log.
  await owner.json(path);
  const share = await owner.json<{ token: string }>(`${path}/shares`, {
    json: { name: 'For the designers', hours: 72 },
  });
  // Who has signed in once stays so: none of the scenes signs out.
  const signedIn = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();
  return {
    ...{ world, owner, shop, bare, strange, recorded, link: share.token },
    unrecorded: unrecorded.results[0]?.id ?? 0,
    async signIn(context, who) {
      const cookies = signedIn.get(who);
      if (cookies) return context.addCookies(cookies);
      const { email } = who === 'owner' ? owner : newcomer;
      const answer = await context.request.post(`${world.url}/api/v1/sign-in`, { data: { email, password: PASSWORD } });
      if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`);
      signedIn.set(who, await context.cookies());
    },
    close: () => world.close(),
  };
}

/** Some who click around, for there to be a heat map; and the newest, who is looked at. */
async function recordedVisits(browser: Browser, site: TestSite): Promise<void> {
  const shop = await serveDemo({ host: site.owner.world.url, key: site.key }, 0);
  await Promise.all([0, 1, 2, 3].map((visitor) => clickedAround(browser, shop.url, visitor)));
  await boughtCoffee(browser, shop.url);
  await shop.close();
}

async function clickedAround(browser: Browser, shop: string, visitor: number): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const recording = page.waitForResponse((answer) => answer.url().includes('/r/') && answer.status() === 202);
  await page.goto(`${shop}/coffee/harbour-blend/`, { referer: 'https://www.reddit.com/' });
  await recording;
  for (let i = 0; i <= visitor; i += 1) {
    await page.click('#add-to-cart', { position: { x: 15 + 12 * i + 5 * visitor, y: 8 + 5 * visitor } });
    await page.click('.product .picture', { position: { x: 120 + 70 * visitor, y: 90 + 60 * i } });
  }
  await page.click('[data-open="shipping"]');
  await page.goto('about:blank');
  await context.close();
}

/** Somebody looks for coffee, puts some into the cart, and meets an error and a button that does nothing. */
async function boughtCoffee(browser: Browser, shop: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const recording = () => page.waitForResponse((answer) => answer.url().includes('/r/') && answer.status() === 202);
  const arrive = async (act: () => Promise<unknown>) => void (await Promise.all([recording(), act()]));
  await arrive(() => page.goto(shop, { referer: 'https://www.google.com/' }));
  await page.mouse.wheel(0, 400);
  await arrive(() => page.click('h3 a[href="/coffee/harbour-blend/"]'));
  await page.click('#add-to-cart');
  await page.click('#check-stock');
  for (let i = 0; i < 4; i += 1) await page.click('#save-for-later');
  await arrive(() => page.click('a.basket'));
  await page.goto('about:blank');
  await context.close();
}

async function recordingOf(site: TestSite): Promise<number> {
  const { results } = await site.owner.json<{ results: ReplayJson[] }>(`/api/v1/sites/${site.id}/replays`, {
    json: { date_range: 'all' },
  });
  const [newest] = results;
  if (!newest) throw new Error('The visit to the shop was not recorded.');
  return newest.session;
}
