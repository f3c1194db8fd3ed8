import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiKey, GoalJson, Setup, SiteJson } from '../src/contract/api.ts';
import { small } from './seed-profiles.ts';
import { seed } from './seed-site.ts';
import type { Stack } from './stack.ts';

/** The demo's owner, site and goals, made through the API as a person would, and kept for the next start. */

export interface DemoSite {
  email: string;
  password: string;
  apiKey: string;
  siteId: number;
  siteKey: string;
}

/** What `demo.json` in the data folder keeps: the login before it is used, the rest once it is made. */
type Kept = Pick<DemoSite, 'email' | 'password'> & Partial<Pick<DemoSite, 'apiKey' | 'siteId'>>;

const GOALS = [
  { name: 'Purchase', event: 'purchase' },
  { name: 'Sign-up', event: 'signup' },
  { name: 'Opened the cart', path: '/cart/' },
  { name: 'Read a brew guide', path: '/app/*' },
];

/**
 * The demo site of this database, made on the first start.
 * @param domain where the shop is served: `127.0.0.1:8788`
 * @returns null when somebody else has set this database up: the demo has no key to it then.
 */
export async function demoSite({ url, home }: Pick<Stack, 'url' | 'home'>, domain: string): Promise<DemoSite | null> {
  const path = join(home, 'demo.json');
  const keep = (kept: Kept) => writeFileSync(path, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  const { needed } = await call<Setup>(url, 'GET', '/api/v1/setup');
  if (needed) {
    const login = { email: 'demo@example.com', password: randomBytes(12).toString('base64url') };
    keep(login);
    await send(url, 'POST', '/api/v1/setup', {}, { name: 'Demo owner', ...login });
  }
  if (!existsSync(path)) return null;
  const { email, password, ...kept } = JSON.parse(readFileSync(path, 'utf8')) as Kept;
  try {
    const { apiKey, siteId } = await made(url, domain, { email, password }, kept);
    keep({ email, password, apiKey, siteId });
    const authorization = `Bearer ${apiKey}`;
    const site = await call<SiteJson>(url, 'GET', `/api/v1/sites/${siteId}`, { authorization });
    if (site.domain !== domain) await send(url, 'PATCH', `/api/v1/sites/${siteId}`, { authorization }, { domain });
    return { email, password, apiKey, siteId, siteKey: site.key };
  } catch (error) {
    // The owner changed the password, or took the key or the site away: theirs to do.
    if (error instanceof Refused && [401, 404].includes(error.status)) return null;
    throw error;
  }
}

/** Gives the demo site a past, where it has none: visits that never were, straight into the database. */
export async function fillDemo({ endpoint }: Pick<Stack, 'endpoint'>, siteId: number): Promise<void> {
  const run = async (query: string, params: unknown[] = []) => {
    const response = await fetch(endpoint, { method: 'POST', body: JSON.stringify({ query, params }) });
    const answer = (await response.json()) as { message?: string; fields: { name: string }[]; rows: unknown[][] };
    if (!response.ok) throw new Error(answer.message);
    return answer.rows.map((row) => Object.fromEntries(answer.fields.map(({ name }, i) => [name, row[i]])));
  };
  const [site] = await run(
    'select timezone, domain, exists (select from session where site_id = $1) as full from site where id = $1',
    [siteId],
  );
  const { timezone, domain, full } = site as { timezone: string; domain: string; full: string };
  if (full === 't' || full === 'true') return;
  await seed(run, { id: siteId, timezone }, small(domain.replace(/:\d+$/, '')), Date.now());
  // Nobody else tells the embedded planner how much there is now: it would go through all events for each visit.
  await run('analyze');
}

/** A key and the site with its goals: what an earlier start has kept, else made now; what is half done is finished. */
async function made(url: string, domain: string, login: object, { apiKey, siteId }: Partial<DemoSite>) {
  if (apiKey && siteId) return { apiKey, siteId };
  const signedIn = await send(url, 'POST', '/api/v1/sign-in', {}, login);
  const cookies = signedIn.headers.getSetCookie().map((line) => line.split(';', 1).join());
  const cookie = { cookie: cookies.join('; ') };
  const { sites } = await call<{ sites: SiteJson[] }>(url, 'GET', '/api/v1/sites', cookie);
  const { timeZone: timezone } = new Intl.DateTimeFormat().resolvedOptions();
  const site = sites[0] ?? (await call<SiteJson>(url, 'POST', '/api/v1/sites', cookie, { domain, timezone }));
  const path = `/api/v1/sites/${site.id}/goals`;
  const { goals } = await call<{ goals: GoalJson[] }>(url, 'GET', path, cookie);
  for (const goal of GOALS) {
    if (!goals.some(({ name }) => name === goal.name)) await send(url, 'POST', path, cookie, goal);
  }
  const { key } = await call<ApiKey>(url, 'POST', '/api/v1/keys', cookie, { name: 'npm start', scope: 'write' });
  if (!key) throw new Error('the new API key was not shown');
  return { apiKey: key, siteId: site.id };
}

class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function call<T>(...request: Parameters<typeof send>): Promise<T> {
  return (await (await send(...request)).json()) as T;
}

async function send(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: object,
): Promise<Response> {
  const response = await fetch(url + path, {
    method,
    headers: { origin: url, 'content-type': 'application/json', ...headers },
    body: body ? JSON.stringify(body) : null,
  });
  if (response.ok) return response;
  throw new Refused(response.status, `${method} ${path} answered ${response.status}: ${await response.text()}`);
}
