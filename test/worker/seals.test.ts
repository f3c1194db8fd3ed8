import { expect, test } from 'vitest';
import type { Answer } from '../../src/contract/query.ts';
import { SESSION_FLAG, TERM } from '../../src/db/schema.ts';
import { theWorld } from '../world.ts';

/** Sealing as it comes by itself: in workerd, over Neon's protocol, when a collector has written. */

const world = theWorld();

test('a site whose days are over has them sealed once somebody looks, and answers the same', async () => {
  const owner = await world.owner();
  const site = await owner.site({ timezone: 'Europe/Tallinn' });
  // Twenty visitors, a visit every five hours: ten days of it.
  await world.sql(`select make_event_partitions(now() - interval '11 days', now())`);
  await world.sql(
    `with word as (
      insert into term (site_id, kind, value) values ($1, ${TERM.event}, 'pageview'), ($1, ${TERM.path}, '/'), ($1, ${TERM.source}, 'Google')
      returning id, kind
    ), visit as (
      select n, n % 20 + 1 as visitor, now() - interval '10 days' + n * interval '5 hours' as at from generate_series(1, 47) n
    ), sessions as (
      insert into session (site_id, id, visitor, start, duration, views, events, flags, entry, source)
      select $1, n, visitor, at, 0, 1, 1, ${SESSION_FLAG.bounce}, (select id from word where kind = ${TERM.path}),
        case when n % 3 = 0 then (select id from word where kind = ${TERM.source}) end from visit
    )
    insert into event (site_id, session_id, visitor, time, name, page, hostname, flags)
    select $1, n, visitor, at, (select id from word where kind = ${TERM.event}), (select id from word where kind = ${TERM.path}),
      (select id from word where kind = ${TERM.path}), 0 from visit`,
    [site.id],
  );
  const ask = (engine: string) =>
    owner.json<Answer>(
      `/api/v1/query?site_id=${site.id}&period=28d&metrics=visitors,visits,pageviews,bounce_rate&dimensions=source&engine=${engine}`,
    );
  await expect
    .poll(async () => (await ask('any')).meta.engine.answered_by, { timeout: 20_000, interval: 250 })
    .toBe('seals and rows');
  const [sealed, rows] = [await ask('any'), await ask('rows')];
  expect(sealed.results).toEqual(rows.results);
  expect(sealed.results.map(({ dimensions }) => dimensions[0]).sort()).toEqual(['Direct / None', 'Google']);
  expect(rows.meta.engine).toEqual({ answered_by: 'rows', because: 'it was asked for' });
  const refused = await owner.api(`/api/v1/query?site_id=${site.id}&engine=columns`);
  expect([refused.status, await refused.json()]).toMatchObject([422, { issues: [{ path: 'engine' }] }]);
});
