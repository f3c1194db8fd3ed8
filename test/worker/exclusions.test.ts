import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExclusionJson, SiteJson, StatusJson } from '../../src/contract/api.ts';
import type { Hit, HitAnswer } from '../../src/contract/wire.ts';
import { type Owner, type TestSite, theWorld } from '../world.ts';

// Who is left out of a site: each hit is answered 202 with its reason, counted, and stored nowhere.

const world = theWorld();
let owner: Owner;
beforeAll(async () => {
  owner = await world.owner();
});

/** What became of a hit: nothing when it was taken. */
async function reasonOf(site: TestSite, hit: Partial<Hit> = {}, headers: Record<string, string> = {}) {
  const response = await site.send(site.hit(hit), headers);
  expect(response.status).toBe(202);
  const { accepted, ignored } = (await response.json()) as HitAnswer;
  const reason = ignored[0]?.reason ?? null;
  expect([accepted, response.headers.get('x-footfall-reason')]).toEqual([reason ? 0 : 1, reason]);
  return reason;
}

const siteWithout = (exclude: object) => owner.site({ exclude } as Partial<SiteJson>);

describe('left out by the site’s settings', () => {
  test('paths, hostnames, and the owner’s own browser', async () => {
    const site = await siteWithout({ paths: ['/admin/**'], hostnames: ['localhost', '*.test'] });
    expect(await reasonOf(site, { url: `https://${site.domain}/admin/users/7?tab=1` })).toBe('excluded_path');
    expect(await reasonOf(site, { url: `https://${site.domain}/administration` })).toBeNull();
    expect(await reasonOf(site, { url: 'http://localhost:5173/' })).toBe('excluded_hostname');
    expect(await reasonOf(site, { url: 'https://www.shop.test/' })).toBe('excluded_hostname');
    expect(await reasonOf(site, { ignore: true })).toBe('excluded_self');
    expect(await reasonOf(site, { ignore: false })).toBeNull();
    expect((await site.query({ metrics: ['visits'], date_range: 'day' })).results[0]?.metrics).toEqual([2]);
    const counts = async () => (await owner.json<StatusJson>(`/api/v1/sites/${site.id}/status`)).counts;
    const expected = [
      ['excluded_path', 1],
      ['excluded_hostname', 2],
      ['excluded_self', 1],
    ].map(([reason, day]) => ({ fate: 'ignored', reason, hour: day, day, last: expect.any(String) }));
    await expect.poll(counts).toEqual(expect.arrayContaining(expected));
  });

  test('countries, with a list of hits and a recording', async () => {
    const site = await siteWithout({ countries: ['ee'] });
    const hits = [site.hit(), site.hit()];
    const answer = (await (await site.send(hits)).json()) as HitAnswer;
    const reason = 'excluded_country';
    expect(answer).toEqual({ accepted: 0, ignored: [0, 1].map((index) => ({ index, reason })) });
    const pixel = await world.fetch(`/p/${site.key}.gif?u=https://${site.domain}/`);
    expect(pixel.headers.get('x-footfall-reason')).toBe(reason);
    const envelope = {
      stream: 1,
      n: 0,
      from: 1,
      to: 2,
      sent: 3,
      events: 1,
      keyframe: true,
      url: `https://${site.domain}/`,
    };
    const chunk = Buffer.concat([Buffer.from(`${JSON.stringify(envelope)}\n`), gzipSync('[]')]);
    const recorded = await world.fetch(`/r/${site.key}`, { method: 'POST', body: chunk });
    expect([recorded.status, recorded.headers.get('x-footfall-reason')]).toEqual([202, reason]);
    expect(await reasonOf(await siteWithout({ countries: ['FI'] }))).toBeNull();
  });

  test('lists that a patch doesn’t name stay', async () => {
    const site = await siteWithout({ paths: ['/a'], hostnames: ['www.b.example'] });
    const changed = await owner.json<SiteJson>(`/api/v1/sites/${site.id}`, {
      method: 'PATCH',
      json: { exclude: { paths: ['/c/*'] } },
    });
    expect(changed.exclude).toEqual({ paths: ['/c/*'], hostnames: ['b.example'], countries: [], addresses: 0 });
  });

  test.each([
    [{ paths: ['admin'] }, 'exclude.paths[0]'],
    [{ paths: [`/${'*a'.repeat(11)}`] }, 'exclude.paths[0]'],
    [{ hostnames: ['a b'] }, 'exclude.hostnames[0]'],
    [{ countries: ['Estonia'] }, 'exclude.countries[0]'],
  ])('%j is refused, naming %s', async (exclude, path) => {
    const response = await owner.api('/api/v1/sites', { json: { domain: 'nowhere.example', exclude } });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ issues: [{ path }] });
  });
});

describe('the owner’s address', () => {
  const me = { 'cf-connecting-ip': '203.0.113.7' };
  const ask = (site: TestSite, method: string, headers: Record<string, string> = me) =>
    owner.json<ExclusionJson>(`/api/v1/sites/${site.id}/exclusions/me`, { method, headers });

  test('is left out once it is told, known by a keyed hash, and taken in again', async () => {
    const site = await owner.site();
    expect(await ask(site, 'GET')).toEqual({ excluded: false, addresses: 0 });
    expect(await ask(site, 'POST')).toEqual({ excluded: true, addresses: 1 });
    expect(await ask(site, 'POST')).toEqual({ excluded: true, addresses: 1 });
    expect(await reasonOf(site, {}, me)).toBe('excluded_address');
    expect(await reasonOf(site, {}, { 'cf-connecting-ip': '203.0.113.8' })).toBeNull();
    const [row] = await world.sql('select exclude from site where id = $1', [site.id]);
    expect(row?.exclude).toMatch(/"addresses": \["[\w-]{16}"\]/);
    expect(row?.exclude).not.toContain('203.0.113');

    expect(await ask(site, 'DELETE')).toEqual({ excluded: false, addresses: 0 });
    await expect.poll(() => reasonOf(site, {}, me), { timeout: 10_000, interval: 250 }).toBeNull();
  });

  test('of IPv6 is its network; and all can be taken in at once', async () => {
    const site = await owner.site();
    await ask(site, 'POST', { 'cf-connecting-ip': '2001:db8:1:2::9' });
    await ask(site, 'POST');
    expect(await reasonOf(site, {}, { 'cf-connecting-ip': '2001:db8:1:2:aaaa::1' })).toBe('excluded_address');
    expect(await reasonOf(site, {}, { 'cf-connecting-ip': '2001:db8:1:3::9' })).toBeNull();
    const all = await owner.api(`/api/v1/sites/${site.id}/exclusions/addresses`, { method: 'DELETE' });
    expect(all.status).toBe(204);
    expect(await ask(site, 'GET')).toEqual({ excluded: false, addresses: 0 });
  });

  test('is another site’s business there', async () => {
    const [site, other] = [await owner.site(), await owner.site()];
    await ask(site, 'POST');
    expect(await ask(other, 'GET')).toEqual({ excluded: false, addresses: 0 });
    expect(await reasonOf(other, {}, me)).toBeNull();
  });
});

test('an archived site takes nothing, until it is brought back; what it has stays', async () => {
  const site = await owner.site();
  expect(await reasonOf(site)).toBeNull();
  const archive = (archived: boolean) =>
    owner.json(`/api/v1/sites/${site.id}`, { method: 'PATCH', json: { archived } });
  await archive(true);
  await expect.poll(() => reasonOf(site), { timeout: 10_000, interval: 250 }).toBe('archived');
  expect((await site.scripts()).second).not.toContain('/recorder-');
  const visits = async () => (await site.query({ date_range: 'day', metrics: ['visits'] })).results[0]?.metrics[0] ?? 0;
  const before = await visits();
  expect(before).toBeGreaterThan(0);
  expect(await reasonOf(site)).toBe('archived');
  expect(await visits()).toBe(before);
  await archive(false);
  await expect.poll(() => reasonOf(site), { timeout: 10_000, interval: 250 }).toBeNull();
});

test('Do Not Track is honoured where the site says so, before anything else', async () => {
  const dnt = { dnt: '1' };
  expect(await reasonOf(await owner.site(), {}, dnt)).toBeNull();
  const site = await owner.site({ dnt: true });
  expect(await reasonOf(site, {}, dnt)).toBe('dnt');
  expect(await reasonOf(site, { ignore: true }, { ...dnt, 'user-agent': 'curl/8' })).toBe('dnt');
  expect(await reasonOf(site, {}, { ...dnt, 'sec-gpc': '1' })).toBe('gpc');
  expect(await reasonOf(site, {}, { dnt: '0' })).toBeNull();
  const script = await world.fetch(`/s/${site.key}.js`, { headers: dnt });
  expect(script.headers.get('vary')).toMatch(/dnt/i);
  expect((await site.scripts()).second).toContain('/recorder-');
  expect((await site.scripts(dnt)).second).not.toContain('/recorder-');
});
