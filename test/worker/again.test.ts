import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { GoalJson, SegmentJson } from '../../src/contract/api.ts';
import { BOT_RULES } from '../../src/contract/bots.ts';
import type { Answer, QueryInput } from '../../src/contract/query.ts';
import { connect, type Db } from '../../src/db/client.ts';
import type { Bindings } from '../../src/env.ts';
import { sealDue } from '../../src/seals/seal.ts';
import { collect } from '../oracle/collect.ts';
import type { Happening, Visit } from '../oracle/history.ts';
import { type Owner, ownStack, type TestSite } from '../world.ts';

/** Answers that are asked for twice: whatever is kept says what is there, and says it to nobody else. */

let own: Awaited<ReturnType<typeof ownStack>>;
let owner: Owner;
let db: Db;
/** Every statement that came to the database. */
const statements: string[] = [];
beforeAll(async () => {
  own = await ownStack({ databaseUrl: process.env.DATABASE_URL });
  own.stack.neon.loses = (text) => {
    statements.push(text);
    return false;
  };
  owner = await own.owner();
  const DATABASE_URL = 'postgresql://footfall:footfall@local.neon.tech/footfall';
  db = connect({ DATABASE_URL, NEON_ENDPOINT: own.endpoint, FOOTFALL_SECRET: own.secret } as Bindings);
});
afterAll(() => own.close());

/** How many statements came that read visits, events or sealed days for an answer, while something was done. */
async function reads<T>(work: () => Promise<T>): Promise<[T, number]> {
  const before = statements.length;
  const done = await work();
  return [done, statements.slice(before).filter((text) => text.includes('grouped as (')).length];
}

const DAY = 86_400_000;
/** A day, in UTC, so many before today. */
const date = (ago: number) => new Date(Date.now() - ago * DAY).toISOString().slice(0, 10);
const at = (ago: number, minute = 0) => Date.parse(date(ago)) + minute * 60_000;

const visit = (visitor: number, source: string, ago: number, more: Partial<Happening> = {}, minute = 600): Visit => ({
  visitor,
  facts: { source },
  happened: [{ time: at(ago, minute), page: '/', ...more }],
});
const VISITS = [
  visit(1, 'Google', 9),
  visit(2, 'Google', 8),
  visit(1, 'Bing', 7),
  visit(3, 'Bing', 6, { page: '/shop' }),
  visit(2, 'Google', 5, { name: 'signup' }),
];

/** A site that its collector doesn't seal by itself today: it has looked, when there was nothing. */
async function quietSite(input = {}): Promise<TestSite> {
  const site = await owner.site(input);
  const before = statements.length;
  await site.query({ metrics: ['visits'], date_range: 'day' });
  const looked = (text: string) => text.includes('minute(s.start)') && text.includes('upto');
  await vi.waitFor(() => expect(statements.slice(before).some(looked)).toBe(true), 10_000);
  return site;
}

/** Which collector of a site wrote last, in these tests. */
const collectors = new Map<number, number>();
/** Visits that come through a collector of their own, whenever they were. */
function heard({ id }: TestSite, visits: Visit[]): Promise<void> {
  const collector = (collectors.get(id) ?? 0) + 1;
  collectors.set(id, collector);
  return collect(db, id, visits, () => false, collector);
}
const seal = (site: TestSite, ago = 0, timezone = 'UTC') =>
  sealDue(db, { id: site.id, timezone }, Date.now() - ago * DAY);

async function sealedSite(): Promise<TestSite> {
  const site = await quietSite();
  await heard(site, VISITS);
  await seal(site);
  return site;
}

const LAST_WEEK = `from=${date(9)}&to=${date(4)}&metrics=visits,visitors,pageviews&dimensions=source`;
const get = (site: TestSite, search = LAST_WEEK, headers: Record<string, string> = {}) =>
  site.owner.api(`/api/v1/query?site_id=${site.id}&${search}`, { headers });
const tagOf = (response: Response) => response.headers.get('etag') ?? '';

describe('a range of sealed days', () => {
  test('is reckoned once, whichever way the question comes', async () => {
    const site = await sealedSite();
    const [first, once] = await reads(() => get(site));
    const [second, twice] = await reads(() => get(site));
    expect([once, twice]).toEqual([1, 0]);
    const answer = (await first.json()) as Answer;
    expect(answer.results.map(({ dimensions, metrics }) => [...dimensions, ...metrics])).toEqual([
      ['Google', 3, 2, 2],
      ['Bing', 2, 2, 2],
    ]);
    expect(answer.meta.engine.answered_by).toBe('seals');
    expect(await second.json()).toEqual(answer);
    expect(tagOf(second)).toBe(tagOf(first));
    const json: QueryInput = {
      site_id: site.id,
      metrics: ['visits', 'visitors', 'pageviews'],
      dimensions: ['visit:source'],
      date_range: [date(9), date(4)],
    };
    const [posted, thrice] = await reads(() => owner.api('/api/v1/query', { json }));
    expect([thrice, await posted.json(), tagOf(posted)]).toEqual([0, answer, tagOf(first)]);
  });

  test('is not even sent to a browser that has it', async () => {
    const site = await sealedSite();
    const first = await get(site);
    const tag = tagOf(first);
    expect(tag).toMatch(/^W\/"[\w-]{24}"$/);
    const told = (response: Response) =>
      ['etag', 'cache-control', 'vary', 'x-content-type-options'].map((name) => response.headers.get(name));
    expect(told(first)).toEqual([tag, 'private, no-cache', 'Authorization, Cookie', 'nosniff']);
    for (const has of [tag, tag.slice(2), `"other", ${tag}`, '*']) {
      const [same, read] = await reads(() => get(site, LAST_WEEK, { 'if-none-match': has }));
      expect([same.status, await same.text(), read, told(same)]).toEqual([304, '', 0, told(first)]);
    }
    expect((await get(site, LAST_WEEK, { 'if-none-match': 'W/"other"' })).status).toBe(200);
    const json = { site_id: site.id, metrics: ['visits'], date_range: [date(9), date(4)] };
    const posted = await owner.api('/api/v1/query', { json });
    const headers = { 'if-none-match': tagOf(posted) };
    const again = await owner.api('/api/v1/query', { json, headers });
    expect([again.status, await again.json()]).toEqual([200, await posted.json()]);
  });

  test('by titles is asked anew: a page that had none gets one for its events of before, too', async () => {
    const site = await sealedSite();
    const search = `from=${date(9)}&to=${date(7)}&metrics=pageviews&dimensions=page_title`;
    const titles = async () => ((await (await get(site, search)).json()) as Answer).results;
    expect(await titles()).toEqual([{ dimensions: ['(not set)'], metrics: [3] }]);
    const now = (Date.now() - at(0)) / 60_000;
    await heard(site, [visit(9, 'Google', 0, { title: 'Home' }, now)]);
    expect(await titles()).toEqual([{ dimensions: ['Home'], metrics: [3] }]);
  });

  test('is kept where rows answer it, and where it is compared', async () => {
    const site = await sealedSite();
    const search = `from=${date(6)}&to=${date(4)}&metrics=visitors&dimensions=source&dimensions=page&compare=previous_period`;
    const [first, once] = await reads(() => get(site, search));
    const [second, twice] = await reads(() => get(site, search));
    expect([once, twice]).toEqual([2, 0]);
    const answer = (await first.json()) as Answer;
    expect(answer.meta.engine.answered_by).toBe('rows');
    expect(await second.json()).toEqual(answer);
  });

  test('is nobody else’s', async () => {
    const [site, other] = [await sealedSite(), await quietSite()];
    await heard(other, VISITS.slice(0, 1));
    await seal(other);
    const [mine, others] = await Promise.all([get(site), get(other)]);
    expect(tagOf(mine)).not.toBe(tagOf(others));
    expect(((await others.json()) as Answer).results).toHaveLength(1);
    const stranger = await own.owner();
    const path = `/api/v1/query?site_id=${site.id}&${LAST_WEEK}`;
    const headers = { 'if-none-match': tagOf(mine) };
    expect((await stranger.api(path, { headers })).status).toBe(404);
    expect((await own.fetch(path, { headers })).status).toBe(401);
    const kept = `/api/v1/answers/${tagOf(mine).slice(3, -1)}`;
    expect((await owner.api(kept)).status).toBe(404);
  });
});

test('a range with a day that is open is asked of the database each time', async () => {
  const site = await sealedSite();
  const search = `from=${date(9)}&to=${date(0)}&metrics=visits`;
  const [first, once] = await reads(() => get(site, search));
  const headers = { 'if-none-match': tagOf(first) };
  const [second, twice] = await reads(() => get(site, search, headers));
  expect([once, twice, second.status]).toEqual([1, 1, 304]);
  await site.send(site.hit());
  const third = await get(site, search, headers);
  expect([third.status, ((await third.json()) as Answer).results[0]?.metrics]).toEqual([200, [6]]);
  // Closed and compared with what is open is open.
  const compared = `from=${date(9)}&to=${date(8)}&compare_from=${date(1)}&compare_to=${date(0)}&metrics=visits`;
  for (const n of [1, 2]) expect([n, (await reads(() => get(site, compared)))[1]]).toEqual([n, 2]);
});

test('rows are read when they are asked for', async () => {
  const site = await sealedSite();
  await get(site);
  for (const n of [1, 2]) {
    const [answer, read] = await reads(() => get(site, `${LAST_WEEK}&engine=rows`));
    expect([n, read, ((await answer.json()) as Answer).meta.engine.answered_by]).toEqual([n, 1, 'rows']);
  }
});

const SIGN_UP = { name: 'Signed up', event: 'signup' };
const FROM_GOOGLE = { name: 'Google', filters: [['is', 'visit:source', ['Google']]] };
const patch = (site: TestSite, json: object) => owner.api(`/api/v1/sites/${site.id}`, { method: 'PATCH', json });

/** Threshold of bots, and judging by it; what is to be judged is that of a data center. */
async function judge(site: TestSite, bot_threshold: number): Promise<void> {
  await patch(site, { bot_threshold, bot_rules: { data_center: 50 } });
  await owner.api(`/api/v1/sites/${site.id}/bots/rejudge`, { method: 'POST' });
}
const inDataCenter = (site: TestSite, visitor: number) =>
  own.sql(`update session set bot_rules = ${BOT_RULES.data_center.bit} where site_id = $1 and visitor = $2`, [
    site.id,
    visitor,
  ]);

describe('is reckoned anew', () => {
  type Change = (site: TestSite, ids: { goal: number; segment: number }) => Promise<unknown>;
  test.each<[string, Change]>([
    ['when something comes late', (site) => heard(site, [visit(9, 'Google', 7, { name: 'signup' })])],
    ['when a visit is judged to be a bot’s', (site) => judge(site, 50)],
    [
      'when a goal is another',
      (site, { goal }) =>
        owner.api(`/api/v1/sites/${site.id}/goals/${goal}`, { method: 'PUT', json: { ...SIGN_UP, event: 'pageview' } }),
    ],
    [
      'when a segment is another',
      (site, { segment }) =>
        owner.api(`/api/v1/sites/${site.id}/segments/${segment}`, {
          method: 'PUT',
          json: { ...FROM_GOOGLE, filters: [['is', 'visit:source', ['Bing']]] },
        }),
    ],
    ['when days begin elsewhere', (site) => patch(site, { timezone: 'Pacific/Kiritimati' })],
    [
      'when days began elsewhere for a while, and something came then',
      async (site) => {
        await patch(site, { timezone: 'Pacific/Kiritimati' });
        await heard(site, [visit(9, 'Google', 7)]);
        await patch(site, { timezone: 'UTC' });
        await seal(site);
      },
    ],
    ['when visitors are others', (site) => patch(site, { mode: 'cookieless' })],
  ])('%s, and when it is sealed again', async (_, change) => {
    const site = await sealedSite();
    await inDataCenter(site, 2);
    const [goal, segment] = await Promise.all([
      owner.json<GoalJson>(`/api/v1/sites/${site.id}/goals`, { json: SIGN_UP }),
      owner.json<SegmentJson>(`/api/v1/sites/${site.id}/segments`, { json: FROM_GOOGLE }),
    ]);
    const searches = [
      LAST_WEEK,
      `from=${date(9)}&to=${date(4)}&metrics=visitors,events&dimensions=goal`,
      `from=${date(9)}&to=${date(4)}&metrics=visitors&filters=is:segment:${segment.id}`,
    ];
    const both = async () => {
      const answers = await Promise.all(searches.map((search) => get(site, search)));
      for (const [n, answer] of answers.entries()) {
        const rows = (await (await get(site, `${searches[n]}&engine=rows`)).json()) as Answer;
        const { results, meta } = (await answer.json()) as Answer;
        expect([results, meta.warnings]).toEqual([rows.results, rows.meta.warnings]);
      }
      return answers.map(tagOf);
    };
    const before = await both();
    await change(site, { goal: goal.id, segment: segment.id });
    const changed = await both();
    expect(changed.filter((tag, n) => tag !== before[n])).not.toEqual([]);
    const { timezone } = await owner.json<{ timezone: string }>(`/api/v1/sites/${site.id}`);
    await seal(site, 0, timezone);
    await both();
    expect((await reads(both))[1]).toBe(searches.length);
  });
});

/** What may happen to a site, and by what it is told. */
const visits = fc.array(
  fc
    .record({
      visitor: fc.integer({ min: 1, max: 4 }),
      source: fc.constantFrom('Google', 'Bing'),
      ago: fc.integer({ min: 3, max: 13 }),
      minute: fc.nat(1439),
      more: fc.record({
        page: fc.constantFrom('/', '/shop', '/blog'),
        name: fc.constantFrom('pageview', 'pageview', 'signup'),
        read: fc.option(fc.record({ engaged: fc.constantFrom(900, 61_000), scroll: fc.constantFrom(20, 90) })),
      }),
    })
    .map(({ visitor, source, ago, minute, more: { page, name, read } }) =>
      visit(visitor, source, ago, { page, name, ...(name === 'pageview' && read) }, minute),
    ),
  { minLength: 1, maxLength: 3 },
);
const change = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constant('heard'), visits) },
  { weight: 3, arbitrary: fc.tuple(fc.constant('sealed'), fc.integer({ min: 0, max: 6 })) },
  fc.tuple(fc.constant('suspected'), fc.integer({ min: 1, max: 4 })),
  fc.tuple(fc.constant('judged'), fc.constantFrom(40, 90)),
  fc.tuple(fc.constant('goal'), fc.constantFrom('/shop', '/**', '/blog')),
  fc.tuple(fc.constant('segment'), fc.constantFrom('Google', 'Bing')),
  fc.tuple(fc.constant('zone'), fc.constantFrom('UTC', 'Pacific/Kiritimati', 'America/St_Johns')),
  fc.tuple(fc.constant('week'), fc.constantFrom(1, 4, 7)),
  fc.tuple(fc.constant('mode'), fc.constantFrom('persistent', 'cookieless')),
);

const RANGES = [`from=${date(12)}&to=${date(8)}`, `from=${date(9)}&to=${date(4)}`, `from=${date(6)}&to=${date(6)}`];
const questions = fc.uniqueArray(
  fc
    .tuple(
      fc.constantFrom(...RANGES),
      fc.constantFrom(
        'metrics=visitors,visits,pageviews,bounce_rate,visit_duration',
        'metrics=visitors,visits&compare=previous_period',
        'metrics=visitors,visits&dimensions=source&compare=previous_period',
        'metrics=visitors,events&dimensions=time:week&dimensions=source',
        'metrics=visitors&dimensions=time:day&time_labels=true',
        'metrics=visitors,events,time_on_page,scroll_depth&dimensions=page',
        'metrics=visitors,events,conversion_rate&dimensions=goal',
        'metrics=visits&filters=is:segment:SEGMENT',
        'metrics=visitors&filters=has_done(is:goal:Shop)&bots=true',
      ),
    )
    .map((parts) => parts.join('&')),
  { minLength: 4, maxLength: 4 },
);

test('whatever happens to a site, and while it does, it answers as rows do', { timeout: 300_000 }, async () => {
  const made = { kept: 0, anew: 0 };
  const history = fc.array(change, { minLength: 4, maxLength: 9 });
  const property = fc.asyncProperty(history, questions, async (changes, questions) => {
    const site = await quietSite();
    const of = `/api/v1/sites/${site.id}`;
    const goal = { name: 'Shop', path: '/shop' };
    const segment = { name: 'One', filters: [['is', 'visit:source', ['Google']]] };
    const ids = {
      goal: (await owner.json<GoalJson>(`${of}/goals`, { json: goal })).id,
      segment: (await owner.json<SegmentJson>(`${of}/segments`, { json: segment })).id,
    };
    let zone = 'UTC';
    const put = (path: string, json: object) => owner.json(`${of}/${path}`, { method: 'PUT', json });
    const happens = ([what, value]: ReturnType<typeof change.generate>['value']) => {
      switch (what) {
        case 'heard':
          return heard(site, value);
        case 'sealed':
          return seal(site, value, zone);
        case 'suspected':
          return inDataCenter(site, value);
        case 'judged':
          return judge(site, value);
        case 'goal':
          return put(`goals/${ids.goal}`, { ...goal, path: value });
        case 'segment':
          return put(`segments/${ids.segment}`, { ...segment, filters: [['is', 'visit:source', [value]]] });
        case 'zone':
          zone = value;
          return patch(site, { timezone: value });
        case 'week':
          return patch(site, { week_start: value });
        case 'mode':
          return patch(site, { mode: value });
      }
    };
    const ask = async (search: string, engine = 'any') => {
      const asked = search.replace('SEGMENT', String(ids.segment));
      return (await (await get(site, `${asked}&engine=${engine}`)).json()) as Answer;
    };
    await heard(site, VISITS);
    for (const change of changes) {
      await Promise.all([happens(change), ...questions.map((question) => ask(question))]);
      for (const question of [...questions, ...questions]) {
        const [answer, read] = await reads(() => ask(question));
        made[read > 0 ? 'anew' : 'kept'] += 1;
        const rows = await ask(question, 'rows');
        const same = { ...answer, meta: { ...answer.meta, engine: rows.meta.engine } };
        expect(same, question).toEqual(rows);
      }
    }
  });
  // The same each time, so that a failure is its own.
  await fc.assert(property, { numRuns: 6, seed: 1 });
  expect([made.kept > 50, made.anew > 50]).toEqual([true, true]);
});
