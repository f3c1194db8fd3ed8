import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SessionJson, VisitorForgotten } from '../../src/contract/api.ts';
import { type Hit, VISIT_IDLE_MS } from '../../src/contract/wire.ts';
import { CLOCK, setAhead } from '../clock.ts';
import { CHROME, type Owner, ownStack, type TestSite } from '../world.ts';

// A visitor who is to be forgotten: at the edge, in every table, and down to what lies in the bucket.

let world: Awaited<ReturnType<typeof ownStack>>;
let owner: Owner;
beforeAll(async () => {
  world = await ownStack({ databaseUrl: process.env.DATABASE_URL, before: CLOCK });
  owner = await world.owner();
});
afterAll(() => world.close());

async function record(site: TestSite, { visitor = 1, session = 1, url }: Hit, n: number): Promise<void> {
  const now = Date.now();
  const envelope = {
    ...{ visitor, session, stream: 5, n, from: now - 900, to: now, sent: now, events: 1, keyframe: !n, url },
  };
  const body = Buffer.concat([Buffer.from(`${JSON.stringify(envelope)}\n`), gzipSync('[]')]);
  const init = { method: 'POST', headers: { 'user-agent': CHROME }, body };
  expect((await world.fetch(`/r/${site.key}`, init)).status).toBe(202);
}

const forget = (site: TestSite, json: object) =>
  owner.json<VisitorForgotten>(`/api/v1/sites/${site.id}/visitors/forget`, { json });

const visits = async (site: TestSite) =>
  (await owner.json<{ results: SessionJson[] }>(`/api/v1/sites/${site.id}/sessions?period=day`)).results;

/** Rows of a site in every table that has any, and its objects. */
async function left(site: TestSite): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of ['session', 'event', 'replay', 'replay_chunk', 'replay_part', 'replay_note', 'quarantine'])
    counts[table] = (await world.sql(`select 1 from ${table} where site_id = $1`, [site.id])).length;
  const bucket = await world.stack.miniflare.getR2Bucket('REPLAYS');
  return { ...counts, objects: (await bucket.list({ prefix: `${site.id}/` })).objects.length };
}

const hitOf = (site: TestSite, visitor: number, session: number, more: Partial<Hit> = {}): Hit => ({
  ...site.hit(),
  visitor,
  session,
  ...more,
});

test('goes with visits, events and recordings, written or still to be, and nobody else does', async () => {
  const site = await owner.site();
  const [his, again, hers] = [hitOf(site, 7, 70), hitOf(site, 7, 71), hitOf(site, 8, 80)];
  await site.send([his, { ...his, seq: 1_000, name: 'buy' }, hers]);
  await record(site, his, 0);
  await record(site, hers, 0);
  await visits(site);
  await setAhead(world, VISIT_IDLE_MS);
  const [recorded] = await visits(site);
  const note = { time: Date.now(), text: 'Look' };
  for (const { id, visitor } of await visits(site))
    if (visitor === '7') await owner.json(`/api/v1/sites/${site.id}/replays/${id}/notes`, { json: note });
  expect(await left(site)).toMatchObject({ session: 2, event: 3, replay_part: 2, objects: 2 });
  await world.sql(
    `insert into quarantine (site_id, reason, event) values ($1, 'odd', $2), ($1, 'odd', $3), ($1, 'odd', $4)`,
    [
      site.id,
      `{"type":"event","visit":1,"visitor":7,"page":"\\u0000","props":{"visitor":8}}`,
      `{"type":"engagement","visit":${(await visits(site)).find(({ visitor }) => visitor === '7')?.id}}`,
      `{"type":"event","visit":2,"visitor":8,"page":"\\u0000","props":{"visitor":7}}`,
    ],
  );
  await world.sql('delete from seal where site_id = $1', [site.id]);
  await world.sql("insert into seal (site_id, upto) values ($1, now() + interval '1 day')", [site.id]);
  // Another visit of his is under way: what waits of it goes, too.
  await site.send(again);
  await record(site, again, 0);
  await record(site, his, 1);

  expect(await forget(site, { visitor: '7' })).toEqual({ visits: 2, recordings: 2 });
  const hersAlone = { session: 1, event: 1, replay: 1, replay_chunk: 1, replay_part: 1, replay_note: 0, quarantine: 1 };
  expect(await left(site)).toEqual({ ...hersAlone, objects: 1 });
  expect(await visits(site)).toMatchObject([{ visitor: '8' }]);
  const [seal] = await world.sql('select upto <= $2::timestamptz as back from seal where site_id = $1', [
    site.id,
    recorded?.start,
  ]);
  expect(seal?.back).toBe('t');

  // Nothing of what is gone comes back, whatever is heard of it; who comes again is somebody new.
  await setAhead(world, 2 * VISIT_IDLE_MS);
  await site.send([
    { ...again, name: 'engagement', seq: 1_001, of: again.seq ?? 0, engaged: 5_000 },
    { ...again, seq: 1_002, name: 'pageview' },
  ]);
  expect(await visits(site)).toMatchObject([{ visitor: '7', views: 1, events: 1, recording: null }, { visitor: '8' }]);
  expect(await left(site)).toMatchObject({ session: 2, event: 2, objects: 1 });
  expect(await forget(site, { visitor: '7' })).toEqual({ visits: 1, recordings: 0 });
  expect(await forget(site, { visitor: '7' })).toEqual({ visits: 0, recordings: 0 });
  await setAhead(world, 0);
});

test('is found by the name that the site gave him, on whatever device; a recording without a visit by its browser', async () => {
  const site = await owner.site();
  await site.send([
    hitOf(site, 11, 110, { user: 'ann@example.com' }),
    hitOf(site, 12, 120, { user: 'ann@example.com' }),
  ]);
  await site.send(hitOf(site, 13, 130, { user: 'bob' }));
  await record(site, hitOf(site, 11, 110), 0);
  await record(site, hitOf(site, 14, 140), 0);
  expect(await forget(site, { user: 'eve' })).toEqual({ visits: 0, recordings: 0 });
  expect(await forget(site, { user: 'ann@example.com' })).toEqual({ visits: 2, recordings: 1 });
  expect(await forget(site, { visitor: '14' })).toEqual({ visits: 0, recordings: 1 });
  expect(await left(site)).toMatchObject({ session: 1, event: 1, replay: 0, replay_chunk: 0 });
});

test('is named in one way, and by what can be a name', async () => {
  const site = await owner.site();
  for (const json of [
    {},
    { visitor: '0' },
    { visitor: 7 },
    { visitor: 'x' },
    { visitor: '7', user: 'ann' },
    { user: '' },
  ])
    expect((await owner.api(`/api/v1/sites/${site.id}/visitors/forget`, { json })).status).toBe(422);
});
