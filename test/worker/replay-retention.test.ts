import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReplayJson } from '../../src/contract/api.ts';
import { CHROME, type Owner, ownStack, type TestSite } from '../world.ts';

// Recordings go with the day that their site keeps them to, down to what lies in the bucket.

describe.each([
  ['in R2', false],
  ['in Postgres', true],
])('%s', (_where, noBucket) => {
  let world: Awaited<ReturnType<typeof ownStack>>;
  let owner: Owner;
  beforeAll(async () => {
    world = await ownStack({ noBucket, databaseUrl: process.env.DATABASE_URL });
    owner = await world.owner();
  });
  afterAll(() => world.close());

  /** Records a visit of two chunks that began so many days ago. @returns its number */
  const record = async (site: TestSite, days: number): Promise<number> => {
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
    const made = results[0]?.session ?? 0;
    await world.sql("update replay set start = start - $3 * interval '1 day' where site_id = $1 and session_id = $2", [
      site.id,
      made,
      days,
    ]);
    return made;
  };

  /** The recordings that are there, in the index and with their bytes, wherever those lie. */
  const kept = async (site: TestSite): Promise<number[]> => {
    const rows = await world.sql(
      'select session_id, n, body is not null as here from replay_chunk where site_id = $1',
      [site.id],
    );
    const names = rows.map(({ session_id, n }) => `${site.id}/${session_id}/5/${n}`).sort();
    const bucket = noBucket ? null : await world.stack.miniflare.getR2Bucket('REPLAYS');
    const objects = (await bucket?.list({ prefix: `${site.id}/` }))?.objects.map(({ key }) => key).sort();
    expect(objects ?? names).toEqual(names);
    expect(rows.every(({ here }) => here === (noBucket ? 't' : 'f'))).toBe(true);
    const summaries = await world.sql('select session_id from replay where site_id = $1 order by start', [site.id]);
    expect(summaries).toHaveLength(rows.length / 2);
    return summaries.map(({ session_id }) => Number(session_id));
  };

  test('what is older than its site keeps it goes, and nothing else', async () => {
    const [brief, lasting] = [await owner.site({ record_days: 30 }), await owner.site()];
    const all: Record<number, number[]> = {};
    for (const site of [brief, lasting]) all[site.id] = [await record(site, 31), await record(site, 29)];
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
