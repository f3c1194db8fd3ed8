import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { QuarantineJson, StatusJson } from '../../src/contract/api.ts';
import { healthOf, until } from '../../src/dashboard/status/health.ts';
import { held, meant } from '../../src/dashboard/status/held.ts';
import { explained } from '../../src/dashboard/status/reasons.ts';
import { PROBLEMS } from '../../src/problem.ts';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const status = (more: Partial<StatusJson> = {}): StatusJson => ({
  counts: [{ fate: 'accepted', reason: 'accepted', hour: 1, day: 2, last: minutesAgo(3) }],
  buffered: { events: 0, bytes: 0, replay_bytes: 0, oldest: null },
  last_flush: minutesAgo(3),
  next_flush: null,
  last_error: null,
  quarantined: 0,
  collectors: 1,
  ...more,
});

describe('why a hit is missing', () => {
  test('every reason that the wire promises is explained, with what to do', () => {
    const wire = readFileSync('src/contract/wire.ts', 'utf8');
    const promised = /left out on purpose, with the reason:([\s\S]*?)\*\//.exec(wire)?.[1] ?? '';
    const reasons = [...promised.matchAll(/`(\w+)`/g)].map(([, reason = '']) => reason);
    expect(reasons).toEqual(expect.arrayContaining(['bot', 'duplicate', 'gpc', 'too_old', 'excluded_path']));
    expect(reasons.filter((reason) => !explained(reason).text)).toEqual([]);
  });

  test('so is what the doors of the data plane refuse with', () => {
    const said = ['accepted', 'replay_chunk'];
    const doors = ['bad_request', 'body_too_large', 'internal', 'invalid', 'malformed_chunk', 'malformed_json'];
    for (const reason of [...said, ...doors, 'site_deleted', 'too_many_requests']) {
      expect(explained(reason).text, reason).not.toBe('');
      expect(said.includes(reason) || reason in PROBLEMS, reason).toBe(true);
    }
  });

  test('one that is newer than the page is told by its name', () => {
    expect(explained('moon_phase')).toEqual({ title: 'Moon phase', text: '' });
  });
});

describe('how a site is', () => {
  const titleOf = (more: Partial<StatusJson>) => healthOf({ created: minutesAgo(10_000) }, status(more), NOW).title;

  test('the gravest thing is said first', () => {
    const last_error = { at: minutesAgo(1), message: 'connection refused' };
    expect(titleOf({})).toBe('All is well');
    expect(titleOf({ last_error, quarantined: 2 })).toBe('Postgres did not take what was last written to it');
    // An error that a later write has made up for is past.
    expect(titleOf({ last_error: { ...last_error, at: minutesAgo(5) } })).toBe('All is well');
    expect(titleOf({ quarantined: 1 })).toBe('One event needs a decision');
    expect(titleOf({ counts: [] })).toBe('Nothing has arrived for a day');
    expect(healthOf({ created: minutesAgo(10) }, status({ counts: [] }), NOW).title).toBe('Nothing has arrived yet');
    const gpc = { fate: 'ignored', reason: 'gpc', hour: 0, day: 4, last: minutesAgo(90) } as const;
    expect(titleOf({ counts: [gpc] })).toBe('Hits arrive, but none was taken for a day');
  });

  test('the next write is told in minutes', () => {
    expect(until(minutesAgo(-12), NOW)).toBe('in 12 min');
    expect(until(minutesAgo(1), NOW)).toBe('any moment');
    expect(until(minutesAgo(-90), NOW)).toBe('in 2 h');
  });
});

describe('an event in quarantine', () => {
  const one = (event: Record<string, unknown>): QuarantineJson => ({
    id: 1,
    at: minutesAgo(1),
    reason: '22003: x',
    event,
  });

  test('is called what a person would call it', () => {
    const page = { type: 'event', view: true, name: 'pageview', page: '/shop', hostname: 'shop.example', time: NOW };
    expect(held(one(page))).toEqual({
      title: 'Page view of /shop',
      more: ['shop.example'],
      time: NOW,
      releasable: true,
    });
    const props = { plan: 'pro', seats: 4, a: 1, b: 2 };
    const sale = { type: 'event', name: 'sale', page: '/', amount: '666', currency: 'EUR', props };
    expect(held(one(sale))).toMatchObject({
      title: 'sale on /',
      more: ['666 EUR', 'plan: pro', 'seats: 4', 'a: 1', '1 more'],
    });
    expect(held(one({ type: 'engagement', engaged: 90_000, scroll: 40 }))).toMatchObject({
      title: 'Time spent on a page',
      more: ['1m 30s engaged', '40 % scrolled'],
    });
    expect(held(one({ type: 'chunk' })).releasable).toBe(false);
    // Whatever it is that Postgres refused.
    expect(held(one({ type: 'event', name: 5, props: 'x', page: null }))).toMatchObject({
      title: 'An event',
      more: [],
    });
  });

  test('what Postgres meant is said by its class', () => {
    expect(meant('22003: numeric field overflow')).toBe('A value does not fit where it belongs.');
    expect(meant('99999: who knows')).toBe('Postgres refused it.');
  });
});
