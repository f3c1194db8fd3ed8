import { readdirSync, readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { expect, test } from 'vitest';

// What a database of an older version holds is there after the migrations that came since.

const files = readdirSync('drizzle')
  .filter((name) => name.endsWith('.sql'))
  .sort();
const run = (db: PGlite, name: string) => db.exec(readFileSync(`drizzle/${name}`, 'utf8'));

test('events that were found by their number are found by their minute, and visits say the same in fewer bytes', async () => {
  const db = new PGlite();
  const [first = '', ...later] = files;
  await run(db, first);
  await db.exec(`
    select make_event_partitions('2026-10-31 00:00+00', '2026-11-30 00:00+00');
    insert into event (site_id, session_id, visitor, time, seq, name, page, hostname, flags, engaged, scroll, props, amount, currency) values
      (1, 7, 9, '2026-10-31 23:59:59.999+00', 5, 1, 2, 3, 0, 1200, 40, null, null, null),
      (1, 7, 9, '2026-11-01 00:00:00.5+00', 8, 1, 4, 3, 0, 0, null, '{"plan": "pro"}', 9.90, 6),
      (1, 7, 9, '2026-11-01 00:00:00.5+00', 6, 1, 5, 3, 0, 0, null, null, null, null);
    insert into session (site_id, id, visitor, start, last, views, events, engaged, entry, source, utm_term, flags, bounce, bot_rules)
      values (1, 7, 9, '2026-10-31 23:59:59.999+00', '2026-11-01 00:00:01+00', 2, 3, 1200, 2, 8, 9, 4, false, 16),
        (1, 8, 9, '2026-10-31 23:59:59.999+00', '2026-10-31 23:59:59.999002+00', 1, 1, 0, 2, null, null, 1, true, 1),
        (1, 9, 9, '2026-10-31 23:59:59.999+00', '2027-01-31 23:59:59.999+00', 40000, 50000, 0, 2, null, null, 0, false, 0);
  `);
  for (const name of later) await run(db, name);
  const { rows } = await db.query(`select page, engaged, scroll, props, amount::text, currency,
      extract(microseconds from time)::int % 1000 as micros, tableoid::regclass::text as lies
    from event e where minute(time) >= '2026-10-31 23:59+00' and minute(time) < '2026-11-01 00:01+00' order by time`);
  const none = { engaged: 0, scroll: null, props: null, amount: null, currency: null, micros: 0, lies: 'event_202611' };
  expect(rows).toEqual([
    { ...none, page: 2, engaged: 1200, scroll: 40, lies: 'event_202610' },
    { ...none, page: 5 },
    { ...none, page: 4, props: { plan: 'pro' }, amount: '9.9000', currency: 6, micros: 1 },
  ]);
  const visits =
    await db.query(`select id::int, visitor::int, views, events, duration, entry, source, utm_term, flags, bot_rules
    from session where site_id = 1 and minute(start) = '2026-10-31 23:59+00' order by id`);
  const few = { visitor: 9, entry: 2, source: null, utm_term: null };
  expect(visits.rows).toEqual([
    {
      id: 7,
      visitor: 9,
      views: 2,
      events: 3,
      duration: 1001,
      entry: 2,
      source: 8,
      utm_term: 9,
      flags: 4 + 512,
      bot_rules: 16,
    },
    { ...few, id: 8, views: 1, events: 1, duration: 0, flags: 1 + 256, bot_rules: 1 },
    { ...few, id: 9, views: 32_767, events: 32_767, duration: 2_147_483_647, flags: 0, bot_rules: 0 },
  ]);
  await db.close();
});

test('a site that had all text masked still has, and sends no titles', async () => {
  const db = new PGlite();
  const before = files.indexOf('0007_masking.sql');
  for (const name of files.slice(0, before)) await run(db, name);
  await db.exec("insert into site (domain, mask_text) values ('a.example', true), ('b.example', false)");
  for (const name of files.slice(before)) await run(db, name);
  const { rows } = await db.query(
    "select masking->>'text' as text, masking->>'mask' as mask, track->>'titles' as titles from site order by domain",
  );
  expect(rows).toEqual([
    { text: 'all', mask: '', titles: 'false' },
    { text: 'inputs', mask: '', titles: 'true' },
  ]);
  await db.close();
});

test('what was found in a recorded visit is known of the visit', async () => {
  const db = new PGlite();
  const before = files.findIndex((name) => name.endsWith('_found_signals.sql'));
  for (const name of files.slice(0, before)) await run(db, name);
  await db.exec(`
    insert into session (site_id, id, visitor, start, last, views, events, engaged, flags, bounce)
      select 1, id, 9, now(), now(), 1, 1, 0, 6, false from generate_series(1, 3) id;
    insert into replay (site_id, session_id, visitor, start, last, chunks, bytes, clicks, errors, rage_clicks, dead_clicks, slow_interactions)
      values (1, 1, 9, now(), now(), 1, 1, 5, 1, 0, 2, 1), (1, 2, 9, now(), now(), 1, 1, 5, 1, 0, 0, 0)`);
  for (const name of files.slice(before)) await run(db, name);
  const { rows } = await db.query('select flags from session order by id');
  expect(rows).toEqual([{ flags: 6 + 16 + 128 }, { flags: 6 }, { flags: 6 }]);
  await db.close();
});

test('an empty one has nothing to move', async () => {
  const db = new PGlite();
  for (const name of files) await run(db, name);
  expect((await db.query('select count(*)::int as n from event')).rows).toEqual([{ n: 0 }]);
  await db.close();
});
