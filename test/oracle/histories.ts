import fc from 'fast-check';
import { FRICTION } from '../../src/contract/replay.ts';
import type { Scoped } from '../../src/stats/question.ts';
import { DAY } from '../../src/stats/zone.ts';
import { firstTitles, type Happening, type Visit } from './history.ts';
import type { History } from './oracle.ts';
import { GOALS, PAGES, question, segment } from './questions.ts';

/** Random histories, each with questions of its own, and how much of them is sealed. */

/** Two nights around which everything happens. */
const NIGHTS: [zone: string, date: string][] = [
  ['Europe/Tallinn', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/St_Johns', '2026-11-01'],
  ['Asia/Kathmandu', '2026-01-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Africa/Cairo', '2026-04-24'],
];

const happening = fc
  .record<Happening>(
    {
      time: fc.oneof(fc.integer({ min: -26 * 60, max: 50 * 60 }), fc.integer({ min: 0, max: 90 })),
      page: fc.constantFrom(...PAGES),
      title: fc.constantFrom('Shop', 'shop, page 2', 'Õun', '(not set)'),
      name: fc.constantFrom('pageview', 'pageview', 'pageview', 'signup', 'buy', 'Web Vitals'),
      hostname: fc.constantFrom('shop.example', 'blog.example'),
      engaged: fc.constantFrom(0, 499, 500, 1500, 61_234),
      scroll: fc.constantFrom(0, 33, 50, 100),
      props: fc.record(
        {
          plan: fc.constantFrom('free', 'pro', 'Pro', '(none)', 3, true),
          lcp: fc.constantFrom(1200, 2500, 2500.5, 'slow'),
          cls: fc.constantFrom(0, 0.1, 0.0123),
        },
        { requiredKeys: [] },
      ),
      revenue: fc.record({
        amount: fc.constantFrom('9.90', '0.05', '100.00', '33.33'),
        currency: fc.constantFrom('EUR', 'USD'),
      }),
    },
    { requiredKeys: ['time', 'page'] },
  )
  // Only page views are read, and only what is done is paid for.
  .map(({ engaged, scroll, revenue, ...event }) => ({
    ...event,
    ...((event.name ?? 'pageview') === 'pageview' && engaged !== undefined && { engaged }),
    ...((event.name ?? 'pageview') === 'pageview' && scroll !== undefined && { scroll }),
    ...(event.name === 'buy' && revenue && { revenue }),
  }));
export const visit = fc.record<Visit>(
  {
    visitor: fc.integer({ min: 1, max: 4 }),
    bot: fc.constantFrom(false, false, false, true),
    stay: fc.constantFrom(0, 0, 1500, 90_000),
    signals: fc.subarray([...FRICTION]),
    facts: fc.record(
      {
        source: fc.constantFrom('Google', 'google', 'Direct / None', "O'Reilly", 'Öhrli'),
        country: fc.constantFrom('EE', 'FI'),
        hostname: fc.constantFrom('shop.example', 'blog.example'),
        utm_campaign: fc.constantFrom('spring', 'Spring sale'),
      },
      { requiredKeys: [] },
    ),
    happened: fc.array(happening, { minLength: 1, maxLength: 4 }),
  },
  { requiredKeys: ['visitor', 'happened'] },
);

/** Of each history. */
export const QUESTIONS = 20;
export const histories = fc.record({
  night: fc.constantFrom(...NIGHTS),
  mode: fc.constantFrom<Scoped['mode']>('persistent', 'cookieless'),
  week_start: fc.integer({ min: 1, max: 7 }),
  segments: fc.tuple(segment, segment),
  visits: fc.array(visit, { maxLength: 10 }),
  questions: fc.array(question, { minLength: QUESTIONS, maxLength: QUESTIONS }),
});

/** About how many events each month has, as Postgres last counted: where there are very many, visitors are counted in another way. */
export const counted = fc.constantFrom(-1, 10_000_000);
export const COUNTED = "update pg_class set reltuples = $1 where relname ~ '^event_'";

/** Hours after the night's midnight at which is sealed what is over: nothing, some, all that anything happened in. */
export const end = fc.oneof(
  fc.integer({ min: -24, max: 84 }),
  // Amid the hours in which most happens: what is sealed of today lies between whole days and what is open.
  fc.constantFrom(1, 2),
  fc.integer({ min: 0, max: 3 }).map((days) => 24 * days + 25),
);

/** How bitmaps are made: in one piece or in several, of many segments or few, of all dimensions or of some. */
export const cut = fc.record({
  visits: fc.constantFrom(4, 1_000, 1_000),
  bits: fc.constantFrom(64, 256, 65_536),
  settled: fc.constantFrom(0, 1, 2),
  delta: fc.constantFrom(1, 2, 17),
  values: fc.constantFrom(3, 2_000, 2_000),
});

type Settings = Pick<History, 'segments' | 'week_start'> & { mode: Scoped['mode'] };

/** Minutes become moments; without ids in the browser a visitor is somebody else each day. */
export function historyOf(zone: string, midnight: number, visits: Visit[], { mode, ...rest }: Settings): History {
  const moments = visits.map((one) => {
    const happened = one.happened.map((event) => ({ ...event, time: midnight + event.time * 60_000 }));
    const day = Math.floor(Math.min(...happened.map(({ time }) => time)) / DAY);
    return { ...one, happened, visitor: mode === 'cookieless' ? one.visitor * 100_000 + day : one.visitor };
  });
  return { visits: moments, goals: GOALS, titles: firstTitles(moments), zone, ...rest };
}

/** A visit is known for two days after it was heard of, in minutes. */
const LATEST = 20 * 60;

/** A visit as its browser can tell it: reading tells of time and depth together, and is the only sign of a longer stay. */
export function asTold({ stay = 0, ...visit }: Visit): Visit {
  const happened = visit.happened.map((event) => {
    const { engaged = 0, scroll = 0, ...other } = event;
    const rest = { ...other, time: Math.min(event.time, LATEST) };
    return engaged > 0 || scroll > 0 ? { ...rest, engaged, scroll } : rest;
  });
  const read = happened.some((event) => 'engaged' in event);
  return { ...visit, happened, stay: read ? stay : 0 };
}
