import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type StackOptions, startStack } from '../local/stack.ts';
import type { SiteJson } from '../src/contract/api.ts';
import type { Hit } from '../src/contract/wire.ts';
import { asDocumented } from './documented.ts';
import { layDatabase } from './empty-database.ts';

/** What a test needs of a running stack; `test/setup.ts` provides the shared one. */
export interface SharedStack {
  url: string;
  /** Where the database answers Neon's protocol. */
  endpoint: string;
  secret: string;
}

/** A user agent that no list takes for a program. */
export const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** What it sends with every request, as far as it isn't sent by whoever runs the tests. */
const CHROME_HEADERS = { 'user-agent': CHROME, 'sec-ch-ua': '"Chromium";v="140", "Not=A?Brand";v="24"' };

/** The stack that all tests share. Each test makes its own owner and site in it. */
export function theWorld(): World {
  return new World(inject('stack'));
}

/** A stack of one's own, for tests that break it. Whoever asks for one closes it. */
export async function ownStack(options: Partial<StackOptions> = {}) {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'footfall-own-'));
  if (!options.data && !options.databaseUrl) await layDatabase(data);
  const stack = await startStack({ port: 0, ...options, data });
  const close = async () => {
    await stack.close();
    if (!options.data) rmSync(data, { recursive: true, force: true });
  };
  return Object.assign(new World(stack), { stack, data, close });
}

export class World {
  readonly url: string;
  readonly secret: string;
  readonly endpoint: string;

  constructor({ url, secret, endpoint }: SharedStack) {
    this.url = url;
    this.secret = secret;
    this.endpoint = endpoint;
  }

  /** Every answer is held against the API's document, whoever asks for what reason. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(this.url + path, { redirect: 'manual', ...init });
    await asDocumented(init.method ?? 'GET', path, response);
    return response;
  }

  /** Rows of a statement, values as the text that Postgres prints. */
  async sql(query: string, params: unknown[] = []): Promise<Record<string, string | null>[]> {
    const response = await fetch(this.endpoint, { method: 'POST', body: JSON.stringify({ query, params }) });
    const answer = (await response.json()) as {
      message?: string;
      fields: { name: string }[];
      rows: (string | null)[][];
    };
    if (!response.ok) throw new Error(answer.message);
    return answer.rows.map((row) => Object.fromEntries(answer.fields.map(({ name }, i) => [name, row[i] ?? null])));
  }

  /** A new owner with a key that may write. No password: who signs in is `accounts`' own test. */
  async owner(): Promise<Owner> {
    const id = randomUUID();
    const email = `${id}@example.com`;
    const apiKey = `ff_${randomBytes(32).toString('base64url')}`;
    await this.sql('insert into auth_user (id, name, email) values ($1, $2, $3)', [id, 'Owner', email]);
    await this.addKey(id, apiKey, 'write');
    return new Owner(this, id, email, apiKey);
  }

  /** Gives a user a key: SHA-256 in hex, as the table keeps it. */
  async addKey(userId: string, apiKey: string, scope: 'read' | 'write'): Promise<void> {
    const hash = createHash('sha256').update(apiKey).digest('hex');
    await this.sql("insert into api_key (user_id, name, prefix, hash, scope) values ($1, 'test', $2, $3, $4)", [
      userId,
      apiKey.slice(0, 8),
      hash,
      scope,
    ]);
  }
}

export class Owner {
  readonly world: World;
  readonly id: string;
  readonly email: string;
  readonly apiKey: string;

  constructor(world: World, id: string, email: string, apiKey: string) {
    this.world = world;
    this.id = id;
    this.email = email;
    this.apiKey = apiKey;
  }

  /** A request to the API with this owner's key; `json` is sent as the body. */
  api(path: string, { json, ...init }: RequestInit & { json?: unknown } = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.apiKey}`);
    if (json === undefined) return this.world.fetch(path, { ...init, headers });
    headers.set('content-type', 'application/json');
    return this.world.fetch(path, { method: 'POST', ...init, headers, body: JSON.stringify(json) });
  }

  /** The answer, parsed; throws when it is a refusal. */
  async json<T>(path: string, init: RequestInit & { json?: unknown } = {}): Promise<T> {
    const response = await this.api(path, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  async site(input: Partial<SiteJson> = {}): Promise<TestSite> {
    const domain = `${randomUUID()}.example`;
    return new TestSite(this, await this.json<SiteJson>('/api/v1/sites', { json: { domain, ...input } }));
  }
}

export class TestSite {
  readonly owner: Owner;
  readonly id: number;
  readonly key: string;
  readonly domain: string;
  #seq = 0;

  constructor(owner: Owner, { id, key, domain }: Pick<SiteJson, 'id' | 'key' | 'domain'>) {
    this.owner = owner;
    this.id = id;
    this.key = key;
    this.domain = domain;
  }

  /** A page view of a new visitor, or what `more` makes of it. */
  hit(more: Partial<Hit> = {}): Hit {
    const id = () => Math.floor(Math.random() * Number.MAX_SAFE_INTEGER) + 1;
    this.#seq += 1;
    return { name: 'pageview', url: `https://${this.domain}/`, visitor: id(), session: id(), seq: this.#seq, ...more };
  }

  /** Sends hits as a browser does; a body that is text goes as it is. */
  send(hits: Hit | Hit[] | string, headers: Record<string, string> = {}): Promise<Response> {
    const body = typeof hits === 'string' ? hits : JSON.stringify(hits);
    return this.owner.world.fetch(`/e/${this.key}`, {
      method: 'POST',
      headers: { ...CHROME_HEADERS, ...headers },
      body,
    });
  }

  /** The scripts that a page of this site gets: what the tag loads, and where that fetches more. */
  async scripts(headers: Record<string, string> = {}): Promise<{ first: string; more: string[]; second: string }> {
    const text = async (path: string) => (await this.owner.world.fetch(path, { headers })).text();
    const first = await text(`/s/${this.key}.js`);
    const own = new RegExp(`/s/${this.key}/[\\w-]+\\.js|/(?:vitals|errors)-\\w+\\.js`, 'g');
    const more = first.match(own) ?? [];
    const second = more.find((path) => path.startsWith('/s/'));
    return { first, more, second: second ? await text(second) : '' };
  }

  /** `POST /api/v1/query` on this site. */
  query<T = { results: { metrics: (number | null)[]; dimensions: string[] }[] }>(query: object): Promise<T> {
    return this.owner.json<T>('/api/v1/query', { json: { site_id: this.id, ...query } });
  }
}
