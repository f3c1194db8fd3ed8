import { afterAll, beforeAll, expect, test } from 'vitest';
import type { QuarantineJson, StatusJson } from '../../src/contract/api.ts';
import { LIMITS } from '../../src/contract/wire.ts';
import { type Owner, ownStack, type TestSite } from '../world.ts';

// "Why is my hit missing": counts by reason, limits, and the quarantine, on a stack whose Postgres can be made to refuse.

let world: Awaited<ReturnType<typeof ownStack>>;
let owner: Owner;

beforeAll(async () => {
  world = await ownStack();
  owner = await world.owner();
});
afterAll(() => world.close());

const statusOf = (site: TestSite) => owner.json<StatusJson>(`/api/v1/sites/${site.id}/status`);
const today = { metrics: ['pageviews', 'events'], date_range: 'day' };

test('each hit’s end is counted by its reason; what waits is seen to wait', async () => {
  const site = await owner.site();
  const hit = site.hit();
  await site.send([hit, site.hit()]);
  await site.send(hit);
  await site.send(site.hit({ age: 2 * LIMITS.ageMs }));
  await site.send(site.hit(), { 'sec-gpc': '1' });
  await site.send(site.hit({ webdriver: true }));
  await site.send('nonsense');
  await site.send(JSON.stringify({ ...hit, name: 5 }));
  const expected = [
    { fate: 'accepted', reason: 'accepted', hour: 2, day: 2 },
    ...['bot', 'duplicate', 'gpc', 'too_old'].map((reason) => ({ fate: 'ignored', reason, hour: 1, day: 1 })),
    ...['invalid', 'malformed_json'].map((reason) => ({ fate: 'refused', reason, hour: 1, day: 1 })),
  ];
  await expect
    .poll(async () =>
      (await statusOf(site)).counts.map(({ last: _, hour, day, ...rest }) => ({ ...rest, hour: day, day })),
    )
    .toEqual(expect.arrayContaining(expected));
  const before = await statusOf(site);
  for (const { last } of before.counts) expect(Date.parse(last)).toBeGreaterThan(Date.now() - 60_000);
  expect(before).toMatchObject({ buffered: { events: 3 }, last_flush: null, last_error: null, quarantined: 0 });
  expect(Date.parse(before.buffered.oldest ?? '')).toBeGreaterThan(Date.now() - 60_000);
  expect(Date.parse(before.next_flush ?? '') % 900_000).toBe(0);
  await site.query(today);
  const after = await statusOf(site);
  expect(after.buffered).toEqual({ events: 0, bytes: 0, replay_bytes: 0, oldest: null });
  expect(Date.parse(after.last_flush ?? '')).toBeGreaterThan(Date.now() - 60_000);
  expect(after.next_flush).toBeNull();
});

test('who sends too much is told when to come back; others are not', async () => {
  const site = await owner.site();
  const flood = { 'cf-connecting-ip': '192.0.2.66' };
  const hundred = () => Array.from({ length: 100 }, () => site.hit());
  const answers: Response[] = [];
  for (let i = 0; i < 13; i++) answers.push(await site.send(hundred(), flood));
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.headers.get('x-footfall-reason')).toBe('too_many_requests');
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await site.send(site.hit(), { 'cf-connecting-ip': '192.0.2.67' })).status).toBe(202);
  const { counts } = await statusOf(site);
  expect(counts.find(({ reason }) => reason === 'too_many_requests')?.day).toBeGreaterThan(0);
  const { results } = await site.query(today);
  expect(results[0]?.metrics[0]).toBe(counts.find(({ reason }) => reason === 'accepted')?.day);
});

test('an event that Postgres refuses is quarantined alone, and lands once when it is released', async () => {
  const site = await owner.site();
  await world.sql(`create or replace function refuse() returns trigger language plpgsql as $$
    begin
      if new.amount = 666 then raise exception 'no such amount' using errcode = '22003'; end if;
      return new;
    end $$`);
  await world.sql('create trigger refuse before insert on event for each row execute function refuse()');
  const sale = (amount: number) => site.hit({ name: 'sale', revenue: { amount, currency: 'EUR' } });
  await site.send([site.hit(), sale(5), sale(666), site.hit(), sale(7)]);
  expect((await site.query(today)).results[0]?.metrics).toEqual([2, 4]);
  expect(await statusOf(site)).toMatchObject({ quarantined: 1, buffered: { events: 0 } });
  const quarantine = `/api/v1/sites/${site.id}/quarantine`;
  const [held] = (await owner.json<{ results: QuarantineJson[] }>(quarantine)).results;
  expect(held).toMatchObject({ reason: '22003: no such amount', event: { name: 'sale', amount: '666' } });

  // Still refused: it comes back, as one.
  expect((await owner.api(`${quarantine}/${held?.id}/release`, { method: 'POST' })).status).toBe(204);
  const again = (await owner.json<{ results: QuarantineJson[] }>(quarantine)).results;
  expect(again).toHaveLength(1);
  expect(again[0]?.id).not.toBe(held?.id);

  await world.sql('drop trigger refuse on event');
  const release = () => owner.api(`${quarantine}/${again[0]?.id}/release`, { method: 'POST' });
  expect((await release()).status).toBe(204);
  expect((await release()).status).toBe(404);
  expect((await site.query(today)).results[0]?.metrics).toEqual([2, 5]);
  expect(await statusOf(site)).toMatchObject({ quarantined: 0 });
});

test('an event of days of which there are numbers alone can’t be released', async () => {
  const site = await owner.site();
  await world.sql(`update site set kept = '2026-03-01T00:00:00Z' where id = $1`, [site.id]);
  const hold = async (event: object) => {
    const [row] = await world.sql(
      `insert into quarantine (site_id, reason, event) values ($1, 'for a test', $2) returning id`,
      [site.id, JSON.stringify(event)],
    );
    return owner.api(`/api/v1/sites/${site.id}/quarantine/${row?.id}/release`, { method: 'POST' });
  };
  const [day, after] = [Date.parse('2026-02-10T12:00:00Z'), Date.parse('2026-03-02T12:00:00Z')];
  for (const event of [
    { type: 'event', time: day },
    { type: 'engagement', viewed: day, time: after },
  ]) {
    const refused = await hold(event);
    expect([refused.status, await refused.json()]).toMatchObject([
      409,
      { detail: expect.stringContaining('numbers alone') },
    ]);
  }
});

test('what is dropped from quarantine is gone', async () => {
  const site = await owner.site();
  await world.sql(`insert into quarantine (site_id, reason, event) values ($1, 'for a test', '{"type":"chunk"}')`, [
    site.id,
  ]);
  const quarantine = `/api/v1/sites/${site.id}/quarantine`;
  const [held] = (await owner.json<{ results: QuarantineJson[] }>(quarantine)).results;
  expect((await owner.api(`${quarantine}/${held?.id}/release`, { method: 'POST' })).status).toBe(409);
  expect((await owner.api(`${quarantine}/${held?.id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await owner.api(`${quarantine}/${held?.id}`, { method: 'DELETE' })).status).toBe(404);
});
