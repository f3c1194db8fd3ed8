import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownStack } from '../world.ts';

// The daily job, as the platform calls it.

let world: Awaited<ReturnType<typeof ownStack>>;

beforeAll(async () => {
  world = await ownStack();
});
afterAll(() => world.close());

test('next months’ partitions exist before anybody needs them', async () => {
  const worker = await world.stack.miniflare.getWorker();
  const day = new Date(Date.UTC(2031, 11, 15));
  await worker.scheduled({ scheduledTime: day, cron: '17 3 * * *' });
  const partitions = await world.sql(
    `select relid::text as name from pg_partition_tree('event') where isleaf and relid::text > 'event_2031' order by 1`,
  );
  expect(partitions.map(({ name }) => name)).toEqual(['event_203112', 'event_203201', 'event_203202']);
});

test('ended sessions and counts that have run out go, what lasts stays', async () => {
  const { id } = await world.owner();
  for (const [name, when] of [
    ['ended', '-1 second'],
    ['lasting', '1 hour'],
  ]) {
    await world.sql(
      'insert into auth_session (id, token, user_id, expires_at) values ($1, $1, $2, now() + $3::interval)',
      [name, id, when],
    );
    await world.sql('insert into attempt (subject, count, until) values ($1, 1, now() + $2::interval)', [name, when]);
  }
  const worker = await world.stack.miniflare.getWorker();
  await worker.scheduled({ scheduledTime: new Date(), cron: '17 3 * * *' });
  expect(await world.sql('select token from auth_session')).toEqual([{ token: 'lasting' }]);
  expect(await world.sql('select subject from attempt')).toEqual([{ subject: 'lasting' }]);
});

test('the keeper of all sites’ names is told them anew', async () => {
  const owner = await world.owner();
  const site = await owner.site();
  // One that the edge was never told of, as after an update to a version that has names.
  await world.sql('update site set domain = $1 where id = $2', ['old.example', site.id]);
  const dropped = async () => {
    const event = { n: 'pageview', u: 'https://old.example/', d: 'old.example' };
    const answer = await world.fetch('/api/event', { method: 'POST', body: JSON.stringify(event) });
    return answer.headers.get('x-footfall-reason');
  };
  expect(await dropped()).toBe('unknown_domain');
  const worker = await world.stack.miniflare.getWorker();
  await worker.scheduled({ scheduledTime: new Date(), cron: '17 3 * * *' });
  await expect.poll(dropped, { timeout: 15_000, interval: 200 }).not.toBe('unknown_domain');
});
