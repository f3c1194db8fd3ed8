import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReplayJson } from '../../src/contract/api.ts';
import { VISIT_IDLE_MS } from '../../src/contract/wire.ts';
import { CLOCK, setAhead } from '../clock.ts';
import { CHROME, type Owner, ownStack, type TestSite } from '../world.ts';

// Recordings go with the day that their site keeps them to, down to what lies in the bucket.

describe.each([
  ['in R2', false],
  ['in Postgres', true],
])('%s', (_where, noBucket) => {
  let world: Awaited<ReturnType<typeof ownStack>>;
  let owner: Owner;
  beforeAll(async () => {
    world = await ownStack({ noBucket, databaseUrl: process.env.DATABASE_URL, before: CLOCK });
    owner = await world.owner();
  });
  afterAll(() => world.close());

  /** Records a visit of two chunks. @returns its number */
  const record = async (site: TestSite): Promise<number> => {
    const hit = site.hit();
    await site.send(hit);
    const now = Date.now();
    const { visitor, session, url } = hit;
    for (const n of [0, 1]) {
      const envelope = {
        visitor,
        session,
        stream: 5,
        n,
        from: now - 900,
        to: now,
        sent: now,
        events: 1,
        keyframe: !n,
        url,
      };
      const body = Buffer.concat([Buffer.from(`${JSON.stringify(envelope)}\n`), gzipSync('[]')]);
      const init = { method: 'POST', headers: { 'user-agent': CHROME }, body };
      expect((await world.fetch(`/r/${site.key}`, init)).status).toBe(202);
    }
    const json = { date_range: 'day' };
    const { results } = await owner.json<{ results: ReplayJson[] }>(`/api/v1/sites/${site.id}/replays`, { json });
    return results[0]?.session ?? 0;
  };

  /** The recordings that are there, in the index and with their bytes, wherever those lie: one object each. */
  const kept = async (site: TestSite): Promise<number[]> => {
    const rows = await world.sql(
      'select session_id, part, body is not null as here from replay_part where site_id = $1',
      [site.id],
    );
    const names = rows.map(({ session_id, part }) => `${site.id}/${session_id}/${part}`).sort();
    const bucket = noBucket ? null : await world.stack.miniflare.getR2Bucket('REPLAYS');
    const objects = (await bucket?.list({ prefix: `${site.id}/` }))?.objects.map(({ key }) => key).sort();
    expect(objects ?? names).toEqual(names);
    expect(rows.every(({ here }) => here === (noBucket ? 't' : 'f'))).toBe(true);
    const chunks = await world.sql('select part from replay_chunk where site_id = $1', [site.id]);
    expect(chunks.map(({ part }) => part).sort()).toEqual(rows.flatMap(({ part }) => [part, part]).sort());
    const summaries = await world.sql('select session_id from replay where site_id = $1 order by start', [site.id]);
    expect(summaries).toHaveLength(rows.length);
    return summaries.map(({ session_id }) => Number(session_id));
  };

  test('what is older than its site keeps it goes, and nothing else', async () => {
    const [brief, lasting] = [await owner.site({ record_days: 30 }), await owner.site()];
    const all: Record<number, number[]> = {};
    for (const site of [brief, lasting]) all[site.id] = [await record(site), await record(site)];
    await setAhead(world, VISIT_IDLE_MS);
    for (const { id } of [brief, lasting])
      await owner.json(`/api/v1/sites/${id}/replays`, { json: { date_range: 'day' } });
    for (const [id, [older, younger]] of Object.entries(all))
      for (const [session, days] of [
        [older, 31],
        [younger, 29],
      ])
        await world.sql(
          "update replay set start = start - $3 * interval '1 day' where site_id = $1 and session_id = $2",
          [id, session, days],
        );
    expect(await kept(brief)).toEqual(all[brief.id]);
    const [old = 0, young = 0] = all[brief.id] ?? [];
    for (const session of [old, young]) {
      const path = `/api/v1/sites/${brief.id}/replays/${session}`;
      await owner.json(`${path}/shares`, { json: {} });
      await owner.json(`${path}/notes`, { json: { time: Date.now(), text: 'Look' } });
    }
    const worker = await world.stack.miniflare.getWorker();
    await worker.scheduled({ scheduledTime: new Date(), cron: '17 3 * * *' });
    expect(await kept(brief)).toEqual(all[brief.id]?.slice(1));
    expect(await kept(lasting)).toEqual(all[lasting.id]);
    // The visits stay in the numbers.
    expect(await world.sql('select 1 from session where site_id = $1', [brief.id])).toHaveLength(2);
    // What hangs on a recording goes with it.
    const left = (what: string) => world.sql(`select session_id from ${what} and site_id = $1`, [brief.id]);
    expect(await left('replay_note where true')).toEqual([{ session_id: `${young}` }]);
    expect(await left('replay_share where revoked is null')).toEqual([{ session_id: `${young}` }]);
    expect((await owner.api(`/api/v1/sites/${brief.id}/replays/${old}/chunks/5/0`)).status).toBe(404);
  });
});
