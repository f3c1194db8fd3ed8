import { beforeAll, expect, test } from 'vitest';
import { type Owner, type TestSite, theWorld } from '../world.ts';

// What the site itself says of its visitors and events: who it is, and that nobody did it.

const world = theWorld();
let owner: Owner;

beforeAll(async () => {
  owner = await world.owner();
});

async function totals(site: TestSite, metrics: string[]) {
  const { results } = await site.query({ metrics, date_range: 'day' });
  return results[0]?.metrics;
}

const visitorsOf = (site: TestSite) =>
  world.sql(
    `select string_agg(distinct s.visitor::text, ',') as visits, string_agg(distinct e.visitor::text, ',') as events
     from session s join event e on e.session_id = s.id and e.site_id = s.site_id where s.site_id = $1`,
    [site.id],
  );

test('a user on two devices is one visitor, and nothing tells who', async () => {
  const site = await owner.site();
  await site.send(site.hit({ user: 'ann@example.com' }));
  await site.send(site.hit({ user: 'ann@example.com' }));
  await site.send(site.hit({ user: 42 }));
  await site.send(site.hit());
  expect(await totals(site, ['visitors', 'visits', 'pageviews'])).toEqual([3, 4, 4]);
  expect(await world.sql("select 1 from event where site_id = $1 and props::text like '%ann%'", [site.id])).toEqual([]);
  const other = await owner.site();
  await other.send(other.hit({ user: 'ann@example.com' }));
  await totals(other, ['visitors']);
  const [there] = await visitorsOf(other);
  const [here] = await visitorsOf(site);
  expect(here?.visits).not.toContain(there?.visits);
});

test('a visit belongs to its user from the moment that the site says so, and stays his', async () => {
  const site = await owner.site();
  const view = site.hit();
  await site.send(view);
  await site.send({ ...view, name: 'engagement', seq: 101, of: view.seq ?? 0, engaged: 0, scroll: 0, user: 'ann' });
  await site.send({ ...view, name: 'later', seq: 102 });
  await site.send(site.hit({ user: 'ann' }));
  expect(await totals(site, ['visitors', 'visits', 'events'])).toEqual([1, 2, 3]);
  await site.send({ ...view, name: 'after all was written', seq: 103 });
  expect(await totals(site, ['visitors', 'visits', 'events'])).toEqual([1, 2, 4]);
  const [all] = await visitorsOf(site);
  expect(all?.visits).toEqual(all?.events);
});

test('what was written of a visit before its user was named is his as well', async () => {
  const site = await owner.site();
  await owner.json(`/api/v1/sites/${site.id}/goals`, { json: { name: 'Signed up', event: 'signup' } });
  const [told, done] = [site.hit(), site.hit()];
  await site.send([told, done]);
  expect(await totals(site, ['visitors', 'visits', 'pageviews'])).toEqual([2, 2, 2]);
  await site.send({ ...told, name: 'engagement', seq: 101, of: told.seq ?? 0, engaged: 0, scroll: 0, user: 'ann' });
  await site.send({ ...done, name: 'signup', seq: 102, user: 'ben' });
  const { results } = await site.query({
    metrics: ['visitors', 'conversion_rate'],
    date_range: 'day',
    filters: [['is', 'event:goal', ['Signed up']]],
  });
  expect(results[0]?.metrics).toEqual([1, 50]);
  const seen = { metrics: ['visitors'], date_range: 'day', filters: [['contains', 'event:page', ['/']]] } as const;
  expect((await site.query(seen)).results[0]?.metrics).toEqual([2]);
  const [all] = await visitorsOf(site);
  expect(all?.visits).toEqual(all?.events);
});

test('without cookies a visit goes on when its user is named', async () => {
  const site = await owner.site({ mode: 'cookieless' });
  await site.send(site.hit());
  await site.send(site.hit({ user: 'ann' }));
  await site.send(site.hit());
  expect(await totals(site, ['visitors', 'visits', 'pageviews'])).toEqual([1, 1, 3]);
});

test('where the site says so, events tell who', async () => {
  const site = await owner.site({ hash_identify: false });
  await site.send(site.hit({ user: 'ann', props: { plan: 'pro' } }));
  await totals(site, ['visits']);
  expect(
    await world.sql(`select props ->> 'user' as "user", props ->> 'plan' as plan from event where site_id = $1`, [
      site.id,
    ]),
  ).toEqual([{ user: 'ann', plan: 'pro' }]);
});

test('a user is a text or a number of a bounded length', async () => {
  const site = await owner.site();
  for (const user of ['', 'x'.repeat(301), true, {}]) {
    expect((await site.send(site.hit({ user: user as string }))).status).toBe(422);
  }
});

test('what nobody did does not end a bounce', async () => {
  const site = await owner.site();
  const view = site.hit();
  await site.send([view, { ...view, name: 'Web Vitals', seq: 101, interactive: false, props: { lcp: 1200 } }]);
  expect(await totals(site, ['bounce_rate', 'visits', 'events'])).toEqual([100, 1, 2]);
  await site.send({ ...view, name: 'signup', seq: 102 });
  expect(await totals(site, ['bounce_rate', 'visits', 'events'])).toEqual([0, 1, 3]);
});

test('a page that is not there says where it would be', async () => {
  const site = await owner.site();
  const view = site.hit({ url: 'https://shop.example/gone?x=1' });
  await site.send([
    view,
    { ...view, name: '404', seq: 101 },
    { ...view, name: '404', seq: 102, props: { path: '/own' } },
  ]);
  await totals(site, ['visits']);
  expect(
    await world.sql("select props ->> 'path' as path from event where site_id = $1 order by time", [site.id]),
  ).toEqual(expect.arrayContaining([{ path: '/gone' }, { path: '/own' }]));
});
