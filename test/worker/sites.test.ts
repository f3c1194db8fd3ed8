import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { LiveMessage, SiteJson } from '../../src/contract/api.ts';
import { ownStack, theWorld } from '../world.ts';
import { listen } from './listen.ts';
import { cookieOf, refusal, somebody } from './somebody.ts';

const world = theWorld();

describe('sites', () => {
  test('are made with defaults, found by number and by domain, listed, changed', async () => {
    const owner = await world.owner();
    const domain = `shop-${randomUUID()}.example`;
    const response = await owner.api('/api/v1/sites', {
      json: { domain: `https://${domain.toUpperCase()}/start`, more: 1 },
    });
    expect(response.status).toBe(201);
    const site = (await response.json()) as SiteJson;
    expect(site).toEqual({
      id: expect.any(Number),
      domain,
      week_start: 1,
      kept: null,
      timezone: 'UTC',
      mode: 'persistent',
      record: 1,
      record_days: null,
      picture_hosts: [],
      masking: { text: 'inputs', mask: '', unmask: '', block: '', ignore: '' },
      recording: { seconds: 0, when: [], before: 60, pages: [], countries: [] },
      extras: { canvas: false, fonts: false, media: false, frames: false, console: false, network: false },
      hash: false,
      gpc: true,
      consent: false,
      hash_identify: true,
      track: { titles: true, outbound: true, downloads: true, forms: true, tagged: true, vitals: false, errors: false },
      umami_id: null,
      archived: false,
      dnt: false,
      bot_threshold: 60,
      bot_rules: {},
      exclude: { paths: [], hostnames: [], countries: [], addresses: 0 },
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      key: expect.stringMatching(/^[\w-]{16}$/),
    });
    expect(await owner.json(`/api/v1/sites/${site.id}`)).toEqual(site);
    expect(await owner.json(`/api/v1/sites/${domain.toUpperCase()}`)).toEqual(site);

    const changes = {
      timezone: 'Asia/Kolkata',
      mode: 'cookieless',
      record: 0.1,
      record_days: 90,
      picture_hosts: ['*.cdn.example', '127.0.0.1:8788'],
      masking: { text: 'all', block: '.chat' },
      recording: { seconds: 10, when: ['error', 'event:signup'], pages: ['/checkout/**'], countries: ['EE'] },
      extras: { console: true, network: true },
      hash: true,
      gpc: false,
      consent: true,
      hash_identify: false,
      track: { forms: false, vitals: true },
      dnt: true,
      archived: true,
      bot_threshold: 80,
      bot_rules: { data_center: 100, screen: 0 },
      exclude: { paths: ['/admin/**'], hostnames: ['*.shop.example'], countries: ['EE'] },
    } as const;
    const track = { ...site.track, ...changes.track };
    const masking = { ...site.masking, ...changes.masking };
    const recording = { ...site.recording, ...changes.recording };
    const extras = { ...site.extras, ...changes.extras };
    const exclude = { ...changes.exclude, addresses: 0 };
    const changed = { ...site, ...changes, track, masking, recording, extras, exclude };
    expect(await owner.json(`/api/v1/sites/${site.id}`, { method: 'PATCH', json: changes })).toEqual(changed);
    expect(await owner.json(`/api/v1/sites/${site.id}`, { method: 'PATCH', json: {} })).toEqual(changed);
    const second = await owner.site();
    const { sites } = await owner.json<{ sites: SiteJson[] }>('/api/v1/sites');
    expect(sites.map(({ id }) => id).sort()).toEqual([site.id, second.id].sort());
    expect(sites).toContainEqual(changed);
  });

  test('have other days in another zone: what was sealed is sealed anew', async () => {
    const owner = await world.owner();
    const site = await owner.site({ timezone: 'Europe/Tallinn' });
    await world.sql(`insert into seal (site_id, upto) values ($1, '2026-11-19T22:00:00Z')`, [site.id]);
    const sealed = () => world.sql('select 1 from seal where site_id = $1', [site.id]);
    const patch = (json: object) => owner.json(`/api/v1/sites/${site.id}`, { method: 'PATCH', json });
    await patch({ timezone: 'Europe/Tallinn', record: 0.5 });
    expect(await sealed()).toHaveLength(1);
    await patch({ timezone: 'Asia/Kathmandu' });
    expect(await sealed()).toHaveLength(0);
  });

  test('stay in their zone once there are numbers alone of days gone by', async () => {
    const owner = await world.owner();
    const site = await owner.site({ timezone: 'Europe/Tallinn' });
    await world.sql(`insert into seal (site_id, upto) values ($1, '2026-11-19T22:00:00Z')`, [site.id]);
    await world.sql(`update site set kept = '2026-08-31T21:00:00Z' where id = $1`, [site.id]);
    const patch = (json: object) => owner.api(`/api/v1/sites/${site.id}`, { method: 'PATCH', json });
    const refused = await patch({ timezone: 'Asia/Kathmandu', record: 0.5 });
    expect([refused.status, await refused.json()]).toMatchObject([
      409,
      { code: 'conflict', detail: expect.stringContaining('midnights of Europe/Tallinn') },
    ]);
    expect(await owner.json(`/api/v1/sites/${site.id}`)).toMatchObject({
      ...{ timezone: 'Europe/Tallinn', record: 1, kept: '2026-08-31T21:00:00.000Z' },
    });
    expect(await world.sql('select 1 from seal where site_id = $1', [site.id])).toHaveLength(1);
    expect((await patch({ timezone: 'Europe/Tallinn', record: 0.5 })).status).toBe(200);
  });

  test('tell the snippet of their settings, new ones soon after a change', async () => {
    const owner = await world.owner();
    const site = await owner.site({ record: 0.25 });
    const snippet = async () => (await site.scripts()).second;
    expect(await snippet()).toContain('"record":0.25');
    await owner.json(`/api/v1/sites/${site.id}`, { method: 'PATCH', json: { record: 0.5 } });
    await expect.poll(snippet, { timeout: 10_000, interval: 250 }).toContain('"record":0.5');
    await owner.json(`/api/v1/sites/${site.id}`, { method: 'PATCH', json: { recording: { countries: ['AQ'] } } });
    await expect.poll(snippet, { timeout: 10_000, interval: 250 }).not.toContain('"record"');
  });

  test('what two people change of it at once both stays', async () => {
    const owner = await world.owner();
    const site = await owner.site();
    const parts = [
      { track: { titles: false } },
      { track: { vitals: true } },
      { masking: { mask: '.a' } },
      { masking: { block: '.b' } },
    ];
    await Promise.all(parts.map((json) => owner.json(`/api/v1/sites/${site.id}`, { method: 'PATCH', json })));
    expect(await owner.json(`/api/v1/sites/${site.id}`)).toMatchObject({
      track: { titles: false, vitals: true, outbound: true },
      masking: { mask: '.a', block: '.b', text: 'inputs' },
    });
  });

  test('the edge knows it as it is in the end, whoever else changed it meanwhile', async () => {
    const owner = await world.owner();
    const site = await owner.site();
    // Somebody whose change comes after this one's, and is told before it.
    const other = `changed_meanwhile_${site.id}`;
    await world.sql(`create function ${other}() returns trigger language plpgsql as
      'begin update site set record = 0.75 where id = new.id; return null; end'`);
    await world.sql(`create trigger ${other} after update on site for each row
      when (new.id = ${site.id} and new.record = 0.25) execute function ${other}()`);
    try {
      await owner.json(`/api/v1/sites/${site.id}`, { method: 'PATCH', json: { record: 0.25 } });
    } finally {
      await world.sql(`drop function ${other} cascade`);
    }
    expect(await owner.json(`/api/v1/sites/${site.id}`)).toMatchObject({ record: 0.75 });
    const told = async () => (await site.scripts()).second;
    await expect.poll(told, { timeout: 10_000, interval: 250 }).toContain('"record":0.75');
  });

  test('have a domain each', async () => {
    const [owner, other] = [await world.owner(), await world.owner()];
    const [one, two] = [await owner.site(), await owner.site()];
    expect(await refusal(await other.api('/api/v1/sites', { json: { domain: one.domain } }))).toBe('409 conflict');
    expect(await other.json('/api/v1/sites')).toEqual({ sites: [] });
    const patch = (domain: string) => owner.api(`/api/v1/sites/${two.id}`, { method: 'PATCH', json: { domain } });
    expect(await refusal(await patch(one.domain))).toBe('409 conflict');
    expect((await patch(two.domain)).status).toBe(200);
    const moved = `${randomUUID()}.example`;
    expect((await patch(moved)).status).toBe(200);
    expect(await owner.json(`/api/v1/sites/${moved}`)).toMatchObject({ id: two.id, key: two.key });
  });

  test.each([
    [{ domain: 'a b' }, 'domain'],
    [{ domain: '' }, 'domain'],
    [{ domain: 5 }, 'domain'],
    [{ domain: 'a.example\0' }, 'domain'],
    [{}, 'domain'],
    [{ domain: 'a.example', timezone: 'Mars/Olympus' }, 'timezone'],
    [{ domain: 'a.example', timezone: '+02:00' }, 'timezone'],
    [{ domain: 'a.example', record: 1.5 }, 'record'],
    [{ domain: 'a.example', record_days: 0 }, 'record_days'],
    [{ domain: 'a.example', picture_hosts: ['a.example; script-src *'] }, 'picture_hosts[0]'],
    [{ domain: 'a.example', masking: { text: 'some' } }, 'masking.text'],
    [{ domain: 'a.example', recording: { when: ['error', 'often'] } }, 'recording.when[1]'],
    [{ domain: 'a.example', recording: { pages: ['checkout'] } }, 'recording.pages[0]'],
    [{ domain: 'a.example', extras: { canvas: 'yes' } }, 'extras.canvas'],
    [{ domain: 'a.example', mode: 'magic' }, 'mode'],
  ])('refuse %j, naming %s', async (json, path) => {
    const owner = await world.owner();
    const response = await owner.api('/api/v1/sites', { json });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'invalid', issues: [{ path }] });
  });

  test.each(['0', '2147483648', '99999999999999999999', 'nowhere.example', '%00', '%F0%9F%91%A3', '-1', '1.5'])(
    'are not found under %s',
    async (ref) => {
      const owner = await world.owner();
      expect(await refusal(await owner.api(`/api/v1/sites/${ref}`))).toBe('404 not_found');
      expect(await refusal(await owner.api(`/api/v1/sites/${ref.repeat(500)}`))).toBe('404 not_found');
    },
  );

  test('go with all that was collected, and nothing of another goes with them', async () => {
    const owner = await world.owner();
    const [doomed, kept] = [await owner.site(), await owner.site()];
    await world.sql('select make_event_partitions(now(), now())');
    const tables = await tablesOfSites();
    for (const { id } of [doomed, kept]) for (const table of tables) await fill(table, id);
    const left = async (id: number) => {
      const counts = tables.map((table) => `(select count(*) from ${table} where site_id = $1) as ${table}`);
      const [row] = await world.sql(`select ${counts.join(', ')}`, [id]);
      return tables.filter((table) => row?.[table] !== '0');
    };
    expect(await left(doomed.id)).toEqual(tables);
    expect((await owner.api(`/api/v1/sites/${doomed.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await left(doomed.id)).toEqual([]);
    expect(await left(kept.id)).toEqual(tables);
    expect(await refusal(await owner.api(`/api/v1/sites/${doomed.id}`))).toBe('404 not_found');
  });

  test('that go while hits come refuse them at once: nothing is left without a site', async () => {
    const owner = await world.owner();
    const site = await owner.site();
    expect((await site.send(site.hit())).status).toBe(202); // whoever took it believes in the site for some seconds
    expect((await owner.api(`/api/v1/sites/${site.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await refusal(await site.send([site.hit(), site.hit()]))).toBe('410 site_deleted');
    const [left] = await world.sql('select count(*) from session where site_id = $1', [site.id]);
    expect(left).toEqual({ count: '0' });
  });
});

/** Every table that says of its rows whose site they are, parts of a partitioned one aside. */
async function tablesOfSites(): Promise<string[]> {
  const rows = await world.sql(`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where a.attname = 'site_id' and c.relkind in ('r', 'p') and not c.relispartition
      and c.relnamespace = 'public'::regnamespace
    order by 1`);
  return rows.map(({ name }) => String(name));
}

/** One row with a value of its type in each column that needs one. */
async function fill(table: string, site: number): Promise<void> {
  const columns = await world.sql(
    `select column_name as name, data_type as type from information_schema.columns
     where table_schema = 'public' and table_name = $1
       and is_nullable = 'NO' and column_default is null and is_identity = 'NO' and column_name <> 'site_id'`,
    [table],
  );
  const value = (type: string) =>
    type.startsWith('timestamp')
      ? 'now()'
      : ({
          boolean: 'true',
          text: 'gen_random_uuid()::text',
          jsonb: "'{}'",
          ARRAY: "'{}'",
          date: 'now()',
          'bit varying': "''",
        }[type] ?? '1');
  // A goal is one of the site's own, and goes with it.
  const goal = '(select min(id) from goal where site_id = $1)';
  const values = columns.map(({ name, type }) => (name === 'goal_id' ? goal : value(String(type))));
  const names = ['site_id', ...columns.map(({ name }) => `"${name}"`)];
  if (table === 'member') return; // whoever made the site is in it
  await world.sql(
    `insert into ${table} (${names.join(', ')}) values ($1${values.map((value) => `, ${value}`).join('')})`,
    [site],
  );
}

test('the bytes of its recordings go with a site', async () => {
  const own = await ownStack();
  try {
    const bucket = await own.stack.miniflare.getR2Bucket('REPLAYS');
    const owner = await own.owner();
    const [doomed, kept] = [await owner.site(), await owner.site()];
    for (const { id } of [doomed, kept]) for (const n of [0, 1]) await bucket.put(`${id}/7/1/${n}`, 'bytes');
    await bucket.put(`${doomed.id}0/7/1/0`, 'bytes of a site whose number begins alike');
    expect((await owner.api(`/api/v1/sites/${doomed.id}`, { method: 'DELETE' })).status).toBe(204);
    const { objects } = await bucket.list();
    const left = [`${doomed.id}0/7/1/0`, `${kept.id}/7/1/0`, `${kept.id}/7/1/1`];
    expect(objects.map(({ key }) => key).sort()).toEqual(left.sort());
  } finally {
    await own.close();
  }
});

describe('the live feed', () => {
  test('tells of a visit at once, to its owner alone', async () => {
    const { owner, signIn } = await somebody(world);
    const site = await owner.site();
    const cookie = cookieOf(await signIn());
    const address = `${world.url}/api/v1/sites/${site.id}/live`;
    const feed = await listen<LiveMessage>(address, { cookie, origin: world.url });
    expect(await feed.next()).toMatchObject({ here: 0 });
    await site.send(site.hit());
    expect(await feed.next()).toMatchObject({ here: 1 });
    feed.close();

    const stranger = await world.owner();
    await expect(listen(address, { authorization: `Bearer ${stranger.apiKey}` })).rejects.toThrow();
    await expect(listen(address, { cookie, origin: 'https://elsewhere.example' })).rejects.toThrow();
    await expect(listen(address, { cookie })).rejects.toThrow();
    await expect(listen(address, {})).rejects.toThrow();
    (await listen(address, { authorization: `Bearer ${owner.apiKey}` })).close();
  });
});

test('the live feed tells who is here and what comes, whichever collector has it', async () => {
  const owner = await world.owner();
  const site = await owner.site();
  await owner.json(`/api/v1/sites/${site.id}/collectors`, { json: { count: 2 } });
  const address = `${world.url}/api/v1/sites/${site.id}/live`;
  const feed = await listen<LiveMessage>(address, { authorization: `Bearer ${owner.apiKey}` });
  expect(await feed.next()).toEqual({ here: 0, accepted: 0, visitors: [], events: [] });
  const told = async (name: string) => {
    for (let message = await feed.next(); ; message = await feed.next()) {
      if (message.events.some((event) => event.name === name)) return message;
    }
  };
  await site.send(site.hit({ visitor: 2, url: `https://${site.domain}/even` }));
  expect(await told('pageview')).toMatchObject({
    here: 1,
    visitors: [{ page: '/even', views: 1, country: 'EE', browser: 'Chrome', recorded: false }],
    events: [{ name: 'pageview', page: '/even' }],
  });
  await site.send(site.hit({ visitor: 3, url: `https://${site.domain}/odd`, name: 'signup' }));
  await site.send(site.hit({ webdriver: true, name: 'by a program' }));
  const both = await told('signup');
  expect(both).toMatchObject({ here: 2, events: [{ name: 'signup', page: '/odd' }] });
  expect(both.visitors.map(({ page }) => page).sort()).toEqual(['/even', null].sort());
  await site.query({ metrics: ['visits'], date_range: 'day' });
  const later = await listen<LiveMessage>(address, { authorization: `Bearer ${owner.apiKey}` });
  expect(await later.next()).toMatchObject({ here: 2, events: [{ name: 'pageview' }, { name: 'signup' }] });
  for (const one of [feed, later]) one.close();
});
