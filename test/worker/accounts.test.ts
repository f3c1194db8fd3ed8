import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { resetPassword } from '../../local/password.ts';
import { network, signInTry } from '../../src/accounts/attempts.ts';
import { hashPassword, verifyPassword } from '../../src/accounts/password.ts';
import type { ApiKey, Me } from '../../src/contract/api.ts';
import type { Bindings } from '../../src/env.ts';
import { theWorld } from '../world.ts';
import { cookieOf, freshAddress, PASSWORD, refusal, somebody, theApp } from './somebody.ts';

const world = theWorld();

/** What the app is bound to when a test asks it by itself, over the database behind an endpoint. */
const envWith = (endpoint: string) => ({
  FOOTFALL_SECRET: world.secret,
  NEON_ENDPOINT: endpoint,
  DATABASE_URL: 'postgresql://a:b@c.neon.tech/d',
});

const me = (cookie: string) => world.fetch('/api/v1/me', { headers: { cookie } });

describe('signing in and out', () => {
  test('gives a cookie that no script and no other site can use', async () => {
    const { owner, signIn } = await somebody(world);
    const response = await signIn();
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ id: owner.id, name: 'Owner', email: owner.email });
    const [cookie, ...others] = response.headers.getSetCookie();
    expect(others).toEqual([]);
    expect(cookie).toMatch(/^footfall=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(((await (await me(cookieOf(response))).json()) as Me).email).toBe(owner.email);
  });

  test('over https: a cookie of this host alone, secure, and a browser that is told to stay', async () => {
    const { owner } = await somebody(world);
    const { app } = await theApp();
    // The stack speaks plain http: the same app, asked here, over the same database.
    const env = envWith(world.endpoint);
    const origin = 'https://stats.example';
    const body = JSON.stringify({ email: owner.email, password: PASSWORD });
    const response = await app.request(`${origin}/api/v1/sign-in`, { method: 'POST', headers: { origin }, body }, env);
    expect(response.status).toBe(200);
    expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
    const [cookie = '', ...others] = response.headers.getSetCookie();
    expect(others).toEqual([]);
    expect(cookie).toMatch(/^__Host-footfall=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const ask = (path: string, more: RequestInit = {}) =>
      app.request(`${origin}/api/v1${path}`, { ...more, headers: { cookie: cookieOf(response), origin } }, env);
    expect(await (await ask('/me')).json()).toMatchObject({ email: owner.email });
    expect(await (await ask('/sites')).json()).toEqual({ sites: [] });
    const out = await ask('/sign-out', { method: 'POST' });
    expect(out.headers.getSetCookie()[0]).toMatch(
      /^__Host-footfall=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(await refusal(await ask('/sites'))).toBe('401 not_signed_in');
  });

  test('takes the e-mail in any case, and one way to write a character for another', async () => {
    const { owner, signIn } = await somebody(world);
    expect((await signIn({ email: owner.email.toUpperCase() })).status).toBe(200);
    const hash = await hashPassword('Ω caf\u00e9 au lait');
    expect(await verifyPassword(hash, '\u2126 cafe\u0301 au lait')).toBe(true);
    expect(await verifyPassword(hash, 'Ω cafe au lait')).toBe(false);
    expect(await verifyPassword('', PASSWORD)).toBe(false);
  });

  test('answers alike to a wrong password and an unknown e-mail', async () => {
    const { signIn } = await somebody(world);
    const wrong = await signIn({ password: 'not the password' });
    const unknown = await signIn({ email: `${randomUUID()}@example.com` });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.headers.getSetCookie()).toEqual([]);
    expect(await wrong.text()).toBe(await unknown.text());
  });

  test('asks the database as often for an unknown e-mail as for a wrong password: no clock tells them apart', async () => {
    const { owner } = await somebody(world);
    const { app } = await theApp();
    let asked = 0;
    const between = createServer((request, response) => {
      asked += 1;
      void text(request)
        .then((body) => fetch(world.endpoint, { method: 'POST', body }))
        .then(async (answer) => response.writeHead(answer.status).end(await answer.text()));
    });
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
    const env = envWith(`http://127.0.0.1:${(between.address() as AddressInfo).port}/sql`);
    const questions = async (email: string) => {
      asked = 0;
      const headers = { 'cf-connecting-ip': freshAddress() };
      const body = JSON.stringify({ email, password: 'not the password' });
      const answer = await app.request('http://here.example/api/v1/sign-in', { method: 'POST', headers, body }, env);
      expect(await refusal(answer)).toBe('401 bad_credentials');
      return asked;
    };
    try {
      const wrong = await questions(owner.email);
      expect(wrong).toBeGreaterThan(1);
      expect(await questions(`${randomUUID()}@example.com`)).toBe(wrong);
    } finally {
      between.closeAllConnections();
      between.close();
    }
  });

  test('keeps neither address nor user agent of whoever signs in', async () => {
    const { owner, signIn } = await somebody(world);
    await signIn({ headers: { 'user-agent': 'Somebody/1.0' } });
    const rows = await world.sql('select ip_address, user_agent from auth_session where user_id = $1', [owner.id]);
    expect(rows.map((row) => [row.ip_address || null, row.user_agent || null])).toEqual([[null, null]]);
  });

  test('who they are is not mixed up when many ask at the same moment', async () => {
    const people = await Promise.all(Array.from({ length: 3 }, () => somebody(world)));
    const cookies = await Promise.all(people.map(async ({ signIn }) => cookieOf(await signIn())));
    const asked = Array.from({ length: 30 }, (_, n) => n % people.length);
    const answers = await Promise.all(asked.map(async (n) => ((await (await me(cookies[n] ?? '')).json()) as Me).id));
    expect(answers).toEqual(asked.map((n) => people[n]?.owner.id));
  });

  test('signing out ends the session itself: a copy of the cookie is worth nothing', async () => {
    const { owner, signIn } = await somebody(world);
    const [one, other] = [cookieOf(await signIn()), cookieOf(await signIn())];
    const out = await world.fetch('/api/v1/sign-out', { method: 'POST', headers: { cookie: one, origin: world.url } });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()[0]).toMatch(/^footfall=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await refusal(await me(one))).toBe('401 not_signed_in');
    expect(await refusal(await world.fetch('/api/v1/sites', { headers: { cookie: one } }))).toBe('401 not_signed_in');
    expect((await me(other)).status).toBe(200);
    expect(await world.sql('select 1 from auth_session where user_id = $1', [owner.id])).toHaveLength(1);
  });

  test('a lost password is replaced by whoever holds the database, and sessions end with it', async () => {
    const { owner, signIn } = await somebody(world);
    const cookie = cookieOf(await signIn());
    const ask = (statement: string, values: unknown[]) => world.sql(statement, values);
    expect(await resetPassword(ask, owner.email.toUpperCase(), 'another password')).toBe(true);
    expect(await refusal(await me(cookie))).toBe('401 not_signed_in');
    expect(await refusal(await signIn())).toBe('401 bad_credentials');
    expect((await signIn({ password: 'another password' })).status).toBe(200);
    expect(await resetPassword(ask, 'nobody@example.com', 'another password')).toBe(false);
  });

  test('a session ends after its time, and lasts while it is used', async () => {
    const { owner, signIn } = await somebody(world);
    const cookie = cookieOf(await signIn());
    const expires = (when: string) =>
      world.sql(`update auth_session set expires_at = now() + $2::interval where user_id = $1`, [owner.id, when]);
    await expires('3 days');
    const used = await me(cookie);
    expect(used.headers.getSetCookie()[0]).toMatch(/^footfall=[^;]+; Max-Age=2592000; /);
    const [row] = await world.sql(
      "select expires_at > now() + interval '29 days' as later from auth_session where user_id = $1",
      [owner.id],
    );
    expect(row?.later).toBe('t');
    await expires('-1 second');
    expect(await refusal(await world.fetch('/api/v1/sites', { headers: { cookie } }))).toBe('401 not_signed_in');
    expect(await refusal(await me(cookie))).toBe('401 not_signed_in');
  });
});

describe('guessing passwords', () => {
  test('has to wait after five tries, longer each time; a success clears it', async () => {
    const { owner, address, signIn } = await somebody(world);
    const subjects = await subjectsOf(owner.email, address);
    const wrong = () => signIn({ password: 'not the password' });
    const timePasses = () =>
      world.sql("update attempt set after = '-infinity' where subject = any($1)", [`{${subjects.join(',')}}`]);
    for (let i = 0; i < 5; i++) expect(await refusal(await wrong())).toBe('401 bad_credentials');
    const held = await signIn();
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThanOrEqual(3);
    expect(await refusal(held)).toBe('429 too_many_requests');
    const waits: number[] = [];
    for (let i = 0; i < 10; i++) {
      await timePasses();
      expect((await wrong()).status).toBe(401);
      waits.push(Number((await wrong()).headers.get('retry-after')));
    }
    expect(waits.map((wait, i) => wait > 0.9 * Math.min(900, 8 * 2 ** i) && wait <= 900)).not.toContain(false);
    await timePasses();
    expect((await signIn()).status).toBe(200);
    for (let i = 0; i < 5; i++) expect((await wrong()).status).toBe(401);
  });

  test('is counted in a burst, too', async () => {
    const { signIn } = await somebody(world);
    const answers = await Promise.all(Array.from({ length: 25 }, () => signIn({ password: 'not the password' })));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(5).fill(401), ...Array(20).fill(429)]);
  });

  test('over many names from one address waits as well', async () => {
    const from = freshAddress();
    const { signIn } = await somebody(world);
    const statuses: number[] = [];
    for (let i = 0; i < 31; i++) statuses.push((await signIn({ email: `${randomUUID()}@example.com`, from })).status);
    expect(statuses).toEqual([...Array(30).fill(401), 429]);
    expect((await signIn({ from })).status).toBe(429);
  });

  test('by strangers locks nobody out', async () => {
    const { owner, address, signIn } = await somebody(world);
    expect((await signIn()).status).toBe(200);
    const [, , mail] = await subjectsOf(owner.email, address);
    await world.sql(
      "insert into attempt (subject, count, until, after) values ($1, 900, now() + interval '1 hour', now() + interval '1 minute')",
      [mail],
    );
    // Many machines guess at this e-mail: a new address has to wait a minute, and the owner's own doesn't.
    const stranger = await signIn({ from: freshAddress() });
    expect(stranger.status).toBe(429);
    expect(Number(stranger.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await signIn()).status).toBe(200);
  });

  test('keeps no e-mail and no address', async () => {
    const { owner, address, signIn } = await somebody(world);
    await signIn({ password: 'not the password' });
    const found = await world.sql('select 1 from attempt where strpos(subject, $1) > 0 or strpos(subject, $2) > 0', [
      owner.email,
      network(address),
    ]);
    expect(found).toEqual([]);
  });

  test.each([
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:0DB8:0:0:1:2:3:4', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::', 'fe80:0:0:0'],
    ['192.0.2.7', '192.0.2.7'],
  ])('counts %s as %s', (address, counted) => {
    expect(network(address)).toBe(counted);
  });
});

async function subjectsOf(email: string, address: string): Promise<string[]> {
  const env = { FOOTFALL_SECRET: world.secret, DATABASE_URL: 'unused' } as Bindings;
  const { counted } = await signInTry(env, email, address);
  return counted.map(({ subject }) => subject);
}

describe('API keys', () => {
  test('are shown once, work, and end when they are revoked', async () => {
    const { owner, signIn } = await somebody(world);
    const headers = { cookie: cookieOf(await signIn()), origin: world.url, 'content-type': 'application/json' };
    const create = (body: object) =>
      world.fetch('/api/v1/keys', { method: 'POST', headers, body: JSON.stringify(body) });
    const made = await create({ name: 'Reports' });
    expect(made.status).toBe(201);
    const { key = '', ...rest } = (await made.json()) as ApiKey;
    expect(key).toMatch(/^ff_[\w-]{43}$/);
    expect(rest).toMatchObject({
      name: 'Reports',
      scope: 'read',
      prefix: key.slice(0, 9),
      last_used: null,
      revoked: null,
    });

    const use = () => world.fetch('/api/v1/me', { headers: { authorization: `Bearer ${key}` } });
    expect(await (await use()).json()).toMatchObject({ id: owner.id });
    const listed = async () => {
      const { keys } = await owner.json<{ keys: ApiKey[] }>('/api/v1/keys');
      return keys.find(({ id }) => id === rest.id);
    };
    await expect.poll(async () => (await listed())?.last_used, { timeout: 5_000 }).not.toBeNull();
    expect(await listed()).not.toHaveProperty('key');
    const [stored] = await world.sql('select row_to_json(k)::text as row from api_key k where id = $1', [rest.id]);
    expect(stored?.row).not.toContain(key.slice(9));

    const revoke = () => world.fetch(`/api/v1/keys/${rest.id}`, { method: 'DELETE', headers });
    expect((await revoke()).status).toBe(204);
    expect(await refusal(await use())).toBe('401 not_signed_in');
    const { revoked } = (await listed()) ?? {};
    expect((await revoke()).status).toBe(204);
    expect((await listed())?.revoked).toBe(revoked);
  });

  test("are their owner's alone, and make no others", async () => {
    const { signIn } = await somebody(world);
    const headers = { cookie: cookieOf(await signIn()), origin: world.url };
    const stranger = await world.owner();
    const { keys } = await stranger.json<{ keys: ApiKey[] }>('/api/v1/keys');
    expect(keys).toHaveLength(1);
    const path = `/api/v1/keys/${keys[0]?.id}`;
    expect(await refusal(await world.fetch(path, { method: 'DELETE', headers }))).toBe('404 not_found');
    expect(await refusal(await stranger.api(path, { method: 'DELETE' }))).toBe('403 forbidden');
    expect(await refusal(await stranger.api('/api/v1/keys', { json: { name: 'another' } }))).toBe('403 forbidden');
  });
});
