import { expect, test } from 'vitest';
import type { LiveEvent, LiveMessage, LiveVisitor } from '../../src/contract/api.ts';
import { counted, hear, KEPT, narrowed, printNarrow, readNarrow } from '../../src/dashboard/live/feed.ts';

const event = (time: number, more: Partial<LiveEvent> = {}): LiveEvent => ({
  time,
  visit: 1,
  name: 'pageview',
  page: '/',
  ...more,
});
const visitor = (visit: number, more: Partial<LiveVisitor> = {}): LiveVisitor => ({
  visit,
  start: 0,
  last: 0,
  views: 1,
  page: '/',
  source: null,
  country: null,
  browser: null,
  device: null,
  recorded: false,
  ...more,
});
const message = (events: LiveEvent[], visitors: LiveVisitor[] = []): LiveMessage => ({
  here: visitors.length,
  accepted: 0,
  visitors,
  events,
});

test('events stand newest first, once each, and no more than can be looked at', () => {
  let feed = hear(null, message([event(1), event(2)]));
  feed = hear(feed, message([event(3), event(3, { name: 'signup' })]));
  // After a broken connection the latest are told again.
  feed = hear(feed, message([event(2), event(3), event(4)]));
  expect(feed.events.map(({ time, name }) => [time, name])).toEqual([
    [4, 'pageview'],
    [3, 'signup'],
    [3, 'pageview'],
    [2, 'pageview'],
    [1, 'pageview'],
  ]);
  feed = hear(feed, message(Array.from({ length: 200 }, (_, i) => event(10 + i))));
  expect(feed.events).toHaveLength(KEPT);
  expect(feed.events[0]?.time).toBe(209);
});

test('visitors are counted by page, source and country, equal ones by name', () => {
  const visitors = [
    visitor(1, { page: '/b', source: 'Google', country: 'EE' }),
    visitor(2, { page: '/a', country: 'EE' }),
    visitor(3, { page: null }),
  ];
  expect(counted(visitors, 'page')).toEqual([
    ['/a', 1],
    ['/b', 1],
  ]);
  expect(counted(visitors, 'source')).toEqual([
    ['Direct / None', 2],
    ['Google', 1],
  ]);
  expect(counted(visitors, 'country')[0]).toEqual(['EE', 2]);
});

test('narrowed down to a value, only its visitors and what they did are left; the address says it', () => {
  const visitors = [visitor(1, { country: 'EE' }), visitor(2, { country: 'FI' })];
  const feed = hear(null, message([event(1), event(2, { visit: 2 }), event(3, { visit: 9 })], visitors));
  expect(narrowed(feed, ['country', 'FI'])).toEqual({ here: 1, visitors: [visitors[1]], events: [feed.events[1]] });
  for (const narrow of [['page', '/a b?c=d&e'], ['country', 'EE'], null] as const) {
    expect(readNarrow(printNarrow(narrow as never))).toEqual(narrow);
  }
});
