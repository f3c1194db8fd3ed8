import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownStack } from '../world.ts';
import { cookieOf, PASSWORD, refusal } from './somebody.ts';

// The first visit to a fresh deployment. Needs one of its own: the shared one has owners already.

let own: Awaited<ReturnType<typeof ownStack>>;

/** Where the suite runs on a real server, a database of its own there: an embedded one has no races to lose. */
async function freshDatabase(server: string) {
  const name = `footfall_${randomBytes(6).toString('hex')}`;
  const connect = async (database: string) => {
    const url = new URL(server);
    url.pathname = `/${database}`;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    return { url: url.href, client };
  };
  const outside = await connect(new URL(server).pathname.slice(1));
  await outside.client.query(`create database ${name}`);
  const { url, client } = await connect(name);
  return {
    url,
    /** A founder who changes their mind: all others have looked, found nobody, and wait for what becomes of this one. */
    async gather(act: () => Promise<Response[]>): Promise<Response[]> {
      await client.query("begin; insert into auth_user (id, name, email, founder) values ('0', '', '', true)");
      const acting = act();
      const waiting = async () => {
        const { rows } = await client.query('select count(*)::int as n from pg_locks where not granted');
        return rows[0].n as number;
      };
      await expect.poll(waiting, { timeout: 10_000 }).toBeGreaterThanOrEqual(6);
      await client.query('rollback');
      return acting;
    },
    async drop(): Promise<void> {
      await client.end();
      await outside.client.query(`drop database ${name} with (force)`);
      await outside.client.end();
    },
  };
}

const server = process.env.DATABASE_URL;
let fresh: Awaited<ReturnType<typeof freshDatabase>> | undefined;

beforeAll(async () => {
  fresh = server ? await freshDatabase(server) : undefined;
  own = await ownStack({ databaseUrl: fresh?.url });
});
afterAll(async () => {
  await own.close();
  await fresh?.drop();
});

const needed = async () => (await (await own.fetch('/api/v1/setup')).json()) as { needed: boolean };

function setUp(email: string, body: object = {}, headers: Record<string, string> = {}): Promise<Response> {
  return own.fetch('/api/v1/setup', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ name: 'Ada', email, password: PASSWORD, ...body }),
  });
}

test('a fresh deployment is set up by one, whoever else tries at the same moment', async () => {
  expect(await needed()).toEqual({ needed: true });
  expect(await refusal(await setUp('ada@example.com', { password: 'short' }))).toBe('422 invalid');
  expect(await refusal(await setUp('ada@example.com', {}, { origin: 'https://elsewhere.example' }))).toBe(
    '403 wrong_origin',
  );
  expect(await needed()).toEqual({ needed: true });

  const twenty = () => Promise.all(Array.from({ length: 20 }, (_, i) => setUp(`Ada${i}@example.com`)));
  const answers = fresh ? await fresh.gather(twenty) : await twenty();
  const winners = answers.filter(({ status }) => status === 201);
  expect(winners).toHaveLength(1);
  const losers = await Promise.all(answers.filter((answer) => !winners.includes(answer)).map(refusal));
  expect(new Set(losers)).toEqual(new Set(['409 already_set_up']));
  const [winner] = winners;
  if (!winner) throw new Error('nobody won');
  const me = await winner.json();
  expect(await own.sql('select id, email from auth_user')).toEqual([
    { id: me.id, email: expect.stringMatching(/^ada\d+@example\.com$/) },
  ]);
  expect(await own.sql('select 1 from auth_account')).toHaveLength(1);

  const cookie = cookieOf(winner);
  expect(await (await own.fetch('/api/v1/me', { headers: { cookie } })).json()).toEqual(me);
  expect(await needed()).toEqual({ needed: false });
  expect(await refusal(await setUp('late@example.com'))).toBe('409 already_set_up');
  expect(await own.sql('select 1 from auth_user')).toHaveLength(1);
});
