import { beforeAll, describe, expect, test } from 'vitest';
import type { BotsJson, RejudgingJson, SiteJson } from '../../src/contract/api.ts';
import type { BotRule } from '../../src/contract/bots.ts';
import { SESSION_FLAG } from '../../src/db/schema.ts';
import { type Owner, ownStack, type TestSite, theWorld } from '../world.ts';

// Programs and people, through the front door: what fired is stored, what it means is the site's, and can be decided anew.

const world = theWorld();
let owner: Owner;
beforeAll(async () => {
  owner = await world.owner();
});

/** Chrome's name without its hints, and neither language nor what it accepts: 65 by three rules. */
const ODD = { 'sec-ch-ua': '', 'accept-language': '', accept: '' };

const botsOf = (site: TestSite, asked = 'period=day') =>
  site.owner.json<BotsJson>(`/api/v1/sites/${site.id}/bots?${asked}`);
const patch = (site: TestSite, json: Partial<SiteJson>) =>
  site.owner.json<SiteJson>(`/api/v1/sites/${site.id}`, { method: 'PATCH', json });
const rejudge = (site: TestSite) =>
  site.owner.json<RejudgingJson>(`/api/v1/sites/${site.id}/bots/rejudge`, { method: 'POST' });

async function numbers(site: TestSite, bots = false): Promise<(number | null)[]> {
  const asked = { date_range: 'day', include: { bots } };
  const [totals, pages] = [
    await site.query({ ...asked, metrics: ['visits', 'pageviews'] }),
    await site.query({ ...asked, metrics: ['pageviews'], dimensions: ['event:page'] }),
  ];
  return [...(totals.results[0]?.metrics ?? []), pages.results[0]?.metrics[0] ?? 0];
}

const ruleOf = ({ rules }: BotsJson, name: BotRule) => rules.find(({ rule }) => rule === name);

test('so many of the visits were bots, and why', async () => {
  const site = await owner.site();
  for (let n = 0; n < 5; n += 1) await site.send(site.hit());
  await site.send(site.hit(), { 'user-agent': 'curl/8.5.0' });
  await site.send(site.hit(), ODD);
  const driven = site.hit({ webdriver: true });
  await site.send([driven, { ...driven, seq: 99 }]);
  const told = await botsOf(site);
  expect(told).toMatchObject({
    visits: 8,
    bot_visits: 3,
    bot_visits_share: 37.5,
    requests: 9,
    bot_requests: 4,
    bot_requests_share: 44.4,
    rejudging: null,
  });
  const says = expect.any(String);
  expect(ruleOf(told, 'webdriver')).toEqual({
    ...{ rule: 'webdriver', says, confidence: 100, default_confidence: 100, visits: 1, bot_visits: 1, bot_requests: 2 },
  });
  expect(ruleOf(told, 'user_agent')).toMatchObject({ visits: 1, bot_visits: 1 });
  expect(ruleOf(told, 'no_language')).toMatchObject({ visits: 1, bot_visits: 1, confidence: 25 });
  expect(ruleOf(told, 'data_center')).toMatchObject({ visits: 0, bot_visits: 0 });
  expect(await numbers(site)).toEqual([5, 5, 5]);
  expect(await numbers(site, true)).toEqual([8, 9, 9]);
  const [from, to] = told.date_range.map((time) => time.slice(0, 10));
  expect(await botsOf(site, `from=${from}&to=${to}`)).toMatchObject({ visits: 8, bot_visits: 3 });
  expect(await botsOf(site, 'from=2020-01-01&to=2020-01-02')).toMatchObject({ visits: 0, bot_visits_share: null });
  expect((await owner.api(`/api/v1/sites/${site.id}/bots?period=fortnight`)).status).toBe(422);
});

test('weak signs together make a bot, one alone doesn’t', async () => {
  const site = await owner.site();
  const answer = async (headers: Record<string, string>) => (await site.send(site.hit(), headers)).json();
  expect(await answer({ 'sec-ch-ua': '' })).toEqual({ accepted: 1, ignored: [] });
  expect(await answer({ 'accept-language': '' })).toEqual({ accepted: 1, ignored: [] });
  expect(await answer(ODD)).toEqual({ accepted: 0, ignored: [{ index: 0, reason: 'bot' }] });
});

describe('judging anew', () => {
  test('follows the settings, there and back', async () => {
    const site = await owner.site();
    const odd = site.hit();
    await site.send([odd, { ...odd, seq: 1_000 }], ODD);
    await site.send(site.hit());
    expect(await numbers(site)).toEqual([1, 1, 1]);

    const settings = { bot_rules: { no_language: 0 } };
    expect(await patch(site, settings)).toMatchObject(settings);
    expect((await botsOf(site)).rejudging).toMatchObject({ finished: null, judged: 0 });
    expect(await rejudge(site)).toMatchObject({ finished: expect.any(String), judged: 2, changed: 1, progress: 100 });
    expect(await numbers(site)).toEqual([2, 3, 3]);
    expect(ruleOf(await botsOf(site), 'no_language')).toMatchObject({ visits: 1, bot_visits: 0, confidence: 0 });
    expect(await rejudge(site)).toMatchObject({ judged: 2, changed: 0 });

    await patch(site, { bot_rules: {} });
    expect(await rejudge(site)).toMatchObject({ judged: 2, changed: 1 });
    expect(await numbers(site)).toEqual([1, 1, 1]);
    await patch(site, { bot_threshold: 90 });
    expect(await rejudge(site)).toMatchObject({ judged: 2, changed: 1 });
    expect(await numbers(site)).toEqual([2, 3, 3]);
  });

  test('holds for what the visit does next', async () => {
    const site = await owner.site();
    const odd = site.hit();
    await site.send(odd, ODD);
    expect(await numbers(site)).toEqual([0, 0, 0]);
    await patch(site, { bot_threshold: 90 });
    await rejudge(site);
    await site.send({ ...odd, seq: 1_000 }, ODD);
    expect(await numbers(site)).toEqual([1, 2, 2]);
    const flags = await world.sql('select distinct flags from event where site_id = $1', [site.id]);
    expect(flags).toEqual([{ flags: '0' }]);
  });

  test('takes a visit of many pages and no second of engagement for a bot’s, where others are engaged', async () => {
    const site = await owner.site();
    const visit = site.hit();
    const pages = Array.from({ length: 10 }, (_, n) => ({ ...visit, seq: n + 1, url: `${visit.url}${n}` }));
    const few = site.hit();
    await site.send([...pages, few, { ...few, seq: 500 }], { 'sec-ch-ua': '' });
    await site.query({ metrics: ['visits'], date_range: 'day' });
    const later = () =>
      world.sql(
        `with e as (update event set time = time - interval '2 hours' where site_id = $1)
         update session set start = start - interval '2 hours' where site_id = $1`,
        [site.id],
      );
    await later();
    expect(await rejudge(site)).toMatchObject({ judged: 2, changed: 0 });
    const read = site.hit();
    await site.send(read);
    await site.send({
      name: 'engagement',
      url: read.url,
      visitor: Number(read.visitor),
      session: Number(read.session),
      of: Number(read.seq),
      engaged: 5_000,
    });
    expect(await rejudge(site)).toMatchObject({ judged: 3, changed: 1 });
    expect(ruleOf(await botsOf(site, 'period=7d'), 'no_engagement')).toMatchObject({
      visits: 1,
      bot_visits: 1,
      bot_requests: 10,
    });
    await patch(site, { bot_rules: { no_engagement: 0 } });
    expect(await rejudge(site)).toMatchObject({ changed: 1 });
    expect((await botsOf(site, 'period=7d')).bot_visits).toBe(0);
  });

  test('is one site’s', async () => {
    const [site, other] = [await owner.site(), await owner.site()];
    for (const each of [site, other]) await each.send(each.hit(), ODD);
    await patch(site, { bot_threshold: 90 });
    expect(await rejudge(site)).toMatchObject({ judged: 1, changed: 1 });
    expect(await numbers(site)).toEqual([1, 1, 1]);
    expect(await numbers(other)).toEqual([0, 0, 0]);
  });
});

test('at night, what was begun goes on, and what can be known only now is judged', async () => {
  const own = await ownStack();
  try {
    const mine = await own.owner();
    const [begun, recent] = [await mine.site(), await mine.site()];
    await begun.send(begun.hit(), ODD);
    await numbers(begun);
    await patch(begun, { bot_threshold: 90 });
    await own.sql(
      `insert into session (site_id, id, visitor, start, duration, views, events, flags, bot_rules)
       select $1, n, n, now() - interval '2 hours', 3600000, 12, 12, (n - 1) * ${SESSION_FLAG.engaged}, 64
       from generate_series(1, 2) n`,
      [recent.id],
    );
    const worker = await own.stack.miniflare.getWorker();
    await worker.scheduled({ scheduledTime: new Date(), cron: '17 3 * * *' });
    expect((await botsOf(begun)).rejudging).toMatchObject({ finished: expect.any(String), changed: 1 });
    expect(await numbers(begun)).toEqual([1, 1, 1]);
    expect(await botsOf(recent, 'period=7d')).toMatchObject({ visits: 2, bot_visits: 1 });
  } finally {
    await own.close();
  }
});
