import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReplayDetail } from '../../src/contract/api.ts';
import { type Envelope, type Hit, VISIT_IDLE_MS } from '../../src/contract/wire.ts';
import { CLOCK, setAhead } from '../clock.ts';
import { CHROME, type Owner, ownStack, type TestSite } from '../world.ts';

// A recording is held at the edge until its visit is over, and is one object then: down to what lies in the bucket, or in rows.

describe.each([
  ['in R2', false],
  ['in Postgres', true],
])('%s', (_where, noBucket) => {
  let world: Awaited<ReturnType<typeof ownStack>>;
  let owner: Owner;
  let ahead = 0;
  beforeAll(async () => {
    world = await ownStack({ noBucket, databaseUrl: process.env.DATABASE_URL, before: CLOCK });
    owner = await world.owner();
  });
  afterAll(() => world.close());

  const bytesOf = (n: number) => gzipSync(JSON.stringify([{ type: 3, timestamp: n, data: { n } }]));

  const post = async (site: TestSite, { visitor = 1, session = 1, url }: Hit, stream: number, n: number) => {
    const now = Date.now() + ahead;
    const envelope: Envelope = {
      ...{ visitor, session, stream, n, from: now - 900, to: now, sent: now, events: 1, keyframe: !n, url },
    };
    const body = Buffer.concat([Buffer.from(`${JSON.stringify(envelope)}\n`), bytesOf(n)]);
    const init = { method: 'POST', headers: { 'user-agent': CHROME }, body };
    expect((await world.fetch(`/r/${site.key}`, init)).status).toBe(202);
  };

  /** Whoever asks has what is to be written, written. */
  const listed = async (site: TestSite) => {
    const path = `/api/v1/sites/${site.id}/replays`;
    const { results } = await owner.json<{ results: { session: number }[] }>(path, { json: { date_range: 'day' } });
    return results.map(({ session }) => session);
  };

  const over = async () => {
    ahead += VISIT_IDLE_MS;
    await setAhead(world, ahead);
  };

  /** What lies of a site: names of objects. */
  const objects = async (site: TestSite) => {
    const rows = await world.sql(
      'select session_id, part, bytes, length(body) as here from replay_part where site_id = $1',
      [site.id],
    );
    expect(rows.map(({ bytes, here }) => (noBucket ? here === bytes : here === null))).toEqual(rows.map(() => true));
    const names = rows.map(({ session_id, part }) => `${site.id}/${session_id}/${part}`).sort();
    if (noBucket) return names;
    const bucket = await world.stack.miniflare.getR2Bucket('REPLAYS');
    expect((await bucket.list({ prefix: `${site.id}/` })).objects.map(({ key }) => key).sort()).toEqual(names);
    return names;
  };

  const run = async (site: TestSite, session: number, stream: number, n: number, count: number) => {
    const path = `/api/v1/sites/${site.id}/replays/${session}/chunks/${stream}/${n}?count=${count}`;
    return Buffer.from(await (await owner.api(path)).arrayBuffer());
  };
  const expected = (...ns: number[]) => Buffer.concat(ns.map(bytesOf));

  test('a visit of two tabs plays while it goes on, and is one object when it is over; what comes late is one more', async () => {
    const site = await owner.site();
    const hit = site.hit();
    await site.send(hit);
    for (let n = 0; n < 4; n++) for (const stream of [5, 6]) await post(site, hit, stream, n);
    const [session = 0] = await listed(site);
    expect(await objects(site)).toEqual([]);
    expect(await run(site, session, 5, 1, 3)).toEqual(expected(1, 2, 3));
    await over();
    expect(await listed(site)).toEqual([session]);
    expect(await objects(site)).toHaveLength(1);
    const read = async () => {
      expect(await run(site, session, 5, 0, 4)).toEqual(expected(0, 1, 2, 3));
      expect(await run(site, session, 6, 1, 2)).toEqual(expected(1, 2));
    };
    await read();

    await post(site, hit, 5, 4);
    await post(site, hit, 5, 3);
    await listed(site);
    expect(await run(site, session, 5, 3, 2)).toEqual(expected(3, 4));
    expect(await objects(site)).toHaveLength(1);
    await over();
    await listed(site);
    expect(await objects(site)).toHaveLength(2);
    expect(await run(site, session, 5, 2, 3)).toEqual(expected(2, 3, 4));
    await read();
    const detail = await owner.json<ReplayDetail>(`/api/v1/sites/${site.id}/replays/${session}`);
    expect(detail.chunks).toHaveLength(9);
  });

  test('a deleted recording leaves nothing, neither written nor still to be', async () => {
    const site = await owner.site();
    const [hit, other] = [site.hit(), site.hit()];
    await site.send([hit, other]);
    await post(site, hit, 5, 0);
    await post(site, other, 5, 0);
    const sessions = await listed(site);
    await over();
    await listed(site);
    await post(site, hit, 5, 1);
    const all = await objects(site);
    expect(all).toHaveLength(2);
    // The later of both is the other's.
    const doomed = Math.min(...sessions);
    const path = `/api/v1/sites/${site.id}/replays/${doomed}`;
    expect((await owner.api(path, { method: 'DELETE' })).status).toBe(204);
    const left = all.filter((name) => !name.startsWith(`${site.id}/${doomed}/`));
    expect(left).toHaveLength(1);
    expect(await objects(site)).toEqual(left);
    await over();
    expect(await listed(site)).toEqual(sessions.filter((session) => session !== doomed));
    expect(await objects(site)).toEqual(left);
    expect(await world.sql('select 1 from replay_chunk where site_id = $1', [site.id])).toHaveLength(1);
  });

  test('of a deleted site neither', async () => {
    const site = await owner.site();
    const hit = site.hit();
    await site.send(hit);
    await post(site, hit, 5, 0);
    await over();
    await listed(site);
    expect(await objects(site)).toHaveLength(1);
    await post(site, hit, 5, 1);
    expect((await owner.api(`/api/v1/sites/${site.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await objects(site)).toEqual([]);
  });
});
