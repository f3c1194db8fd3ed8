import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../src/contract/query.ts';
import { SESSION_FLAG, TERM } from '../../src/db/schema.ts';
import { ownStack } from '../world.ts';

// The daily job, as the platform calls it.

let world: Awaited<ReturnType<typeof ownStack>>;

beforeAll(async () => {
  world = await ownStack({ vars: { RAW_RETENTION_DAYS: '35' } });
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

test('single visits that aren’t kept go, once their days are sealed, and sealed days answer as before', async () => {
  const owner = await world.owner();
  const site = await owner.site({ timezone: 'America/New_York' });
  await world.sql(`select make_event_partitions('2026-01-01', '2026-06-30')`);
  // Every other day one of five visitors, from January to June.
  await world.sql(
    `with word as (
      insert into term (site_id, kind, value) values ($1, ${TERM.event}, 'pageview'), ($1, ${TERM.path}, '/') returning id, kind
    ), sessions as (
      insert into session (site_id, id, visitor, start, duration, views, events, flags, entry)
      select $1, n, n % 5, '2026-01-01T12:00Z'::timestamptz + n * interval '2 days', 0,
        1, 1, ${SESSION_FLAG.bounce}, (select id from word where kind = ${TERM.path}) from generate_series(0, 84) n
      returning *
    )
    insert into event (site_id, session_id, visitor, time, name, page, hostname, flags)
    select $1, id, visitor, start, (select id from word where kind = ${TERM.event}), entry, entry, 0 from sessions`,
    [site.id],
  );
  const ask = (more = '') =>
    owner.json<Answer>(
      `/api/v1/query?site_id=${site.id}&from=2026-01-01&to=2026-04-30&metrics=visitors,visits,pageviews&dimensions=entry_page${more}`,
    );
  const before = await ask('&engine=rows');
  const worker = await world.stack.miniflare.getWorker();
  const oldMonths = () =>
    world.sql(`select relid from pg_partition_tree('event') where isleaf and relid::text < 'event_202605'`);
  const night = () => worker.scheduled({ scheduledTime: new Date(Date.UTC(2026, 5, 18)), cron: '17 3 * * *' });
  // What one night says is no longer kept goes in the next; a slow machine takes more of them.
  await night();
  expect(await oldMonths()).toHaveLength(4);
  for (let nights = 0; nights < 20 && (await oldMonths()).length > 0; nights += 1) await night();
  expect(await oldMonths()).toEqual([]);
  const [left] = await world.sql('select count(*), min(start) from session where site_id = $1', [site.id]);
  expect(left).toMatchObject({ count: '25', min: expect.stringContaining('2026-05-01') });
  expect(await owner.json(`/api/v1/sites/${site.id}`)).toMatchObject({ kept: '2026-05-01T04:00:00.000Z' });
  const after = await ask();
  expect([after.results, after.meta.engine]).toEqual([before.results, { answered_by: 'seals' }]);
  expect(before.results).toEqual([{ dimensions: ['/'], metrics: [5, 60, 60] }]);
  const rows = await ask('&engine=rows');
  expect([rows.results, rows.meta.warnings?.map(({ code }) => code)]).toEqual([[], ['not_kept']]);
  const bots = await owner.json(`/api/v1/sites/${site.id}/bots?from=2026-01-01&to=2026-06-30`);
  expect(bots).toMatchObject({ visits: 25, warnings: [{ code: 'not_kept' }] });
  const behind = await owner.json(`/api/v1/sites/${site.id}/sessions?from=2026-04-30&to=2026-06-30`);
  expect(behind).toMatchObject({ total: 25, warnings: [{ code: 'not_kept' }] });
});
