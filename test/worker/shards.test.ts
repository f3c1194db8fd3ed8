import { beforeAll, expect, test } from 'vitest';
import type { StatusJson } from '../../src/contract/api.ts';
import { type Owner, type TestSite, theWorld } from '../world.ts';

// A site's collectors are multiplied while its traffic flows: nothing is lost on the way, nothing counted twice, and no
// visit is cut in two.

const world = theWorld();
let owner: Owner;

beforeAll(async () => {
  owner = await world.owner();
});

const raise = (site: TestSite, count: number) => owner.api(`/api/v1/sites/${site.id}/collectors`, { json: { count } });

const visits = (site: TestSite) =>
  world.sql('select id, visitor, views, events from session where site_id = $1 order by id', [site.id]);

/** The collector that made a visit's id. */
const shardOf = (id: string | null | undefined) => Number((BigInt(id ?? 0) / 32_768n) % 64n);

const VISITORS = 40;
const PAGES = 12;

test.each(['persistent', 'cookieless'] as const)('visits go on where they began, %s', async (mode) => {
  const site = await owner.site({ mode });
  const totals = { metrics: ['visits', 'pageviews'], date_range: 'day' };
  const sender = (n: number) => ({ 'cf-connecting-ip': `198.51.100.${n}` });
  const walk = async (n: number) => {
    const ids = { visitor: 1000 + n * 7, session: 5000 + n };
    for (let page = 0; page < PAGES; page++) {
      const hit = site.hit({ ...ids, url: `https://${site.domain}/${page}` });
      // Each hit comes twice: a lost answer makes a browser send it again.
      const answers = await Promise.all([site.send(hit, sender(n)), site.send(hit, sender(n))]);
      for (const answer of answers) expect(answer.status).toBe(202);
      if (page === 5) await site.query(totals);
    }
  };
  const half = Array.from({ length: VISITORS / 2 }, (_, n) => walk(n));
  await site.send(site.hit({ visitor: 1, session: 1 }), sender(200));
  expect((await raise(site, 2)).status).toBe(200);
  const rest = Array.from({ length: VISITORS / 2 }, (_, n) => walk(n + VISITORS / 2));
  await Promise.all(half);
  expect(await (await raise(site, 4)).json()).toEqual({ count: 4 });
  await Promise.all(rest);
  await Promise.all(Array.from({ length: VISITORS / 2 }, (_, n) => walk(n + VISITORS)));

  const all = VISITORS + VISITORS / 2;
  expect((await site.query(totals)).results[0]?.metrics).toEqual([all + 1, all * PAGES + 1]);
  const rows = await visits(site);
  expect(rows.filter(({ views }) => Number(views) === PAGES)).toHaveLength(all);
  expect(new Set(rows.map(({ id }) => shardOf(id))).size).toBeGreaterThan(2);
});

test('the number only grows, and the status says it', async () => {
  const site = await owner.site();
  const collectors = async () => (await owner.json<StatusJson>(`/api/v1/sites/${site.id}/status`)).collectors;
  expect(await collectors()).toBe(1);
  expect((await raise(site, 3)).status).toBe(200);
  expect((await raise(site, 3)).status).toBe(200);
  expect((await raise(site, 2)).status).toBe(409);
  expect((await raise(site, 65)).status).toBe(422);
  expect(await collectors()).toBe(3);
});

test('a recording follows its visit', async () => {
  const site = await owner.site();
  const ids = { visitor: 3, session: 33 };
  await site.send(site.hit(ids));
  await raise(site, 2);
  const envelope = {
    ...ids,
    stream: 1,
    n: 0,
    from: 0,
    to: 9,
    sent: 9,
    events: 1,
    keyframe: true,
    url: `https://${site.domain}/`,
  };
  const body = Buffer.concat([Buffer.from(`${JSON.stringify(envelope)}\n`), Buffer.from([0x1f, 0x8b])]);
  expect((await world.fetch(`/r/${site.key}`, { method: 'POST', body })).status).toBe(202);
  await site.query({ metrics: ['visits'], date_range: 'day' });
  const [visit] = await visits(site);
  expect(await world.sql('select session_id from replay where site_id = $1', [site.id])).toEqual([
    { session_id: visit?.id ?? '' },
  ]);
});
