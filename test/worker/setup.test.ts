import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownStack } from '../world.ts';
import { cookieOf, PASSWORD, refusal } from './somebody.ts';

// The first visit to a fresh deployment. Needs one of its own: the shared one has owners already.

let own: Awaited<ReturnType<typeof ownStack>>;

beforeAll(async () => {
  own = await ownStack();
});
afterAll(() => own.close());

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

  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => setUp(`Ada${i}@example.com`)));
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
