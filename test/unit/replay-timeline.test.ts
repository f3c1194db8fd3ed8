import type { eventWithTime } from '@rrweb/types';
import { describe, expect, test } from 'vitest';
import type { ReplayChunkJson } from '../../src/contract/api.ts';
import { cutAt, cuts } from '../../src/dashboard/replays/cuts.ts';
import { type Facts, facts } from '../../src/dashboard/replays/facts.ts';
import { inactivity, jump } from '../../src/dashboard/replays/inactivity.ts';
import { addressAt, current, story } from '../../src/dashboard/replays/story.ts';
import { holes, keyframeBefore, sceneAt, timeline } from '../../src/dashboard/replays/timeline.ts';

// How a visit's chunks are laid out in time, and what is told of them.

const T = Date.UTC(2026, 10, 21, 9);

function chunk(
  stream: number,
  n: number,
  from: number,
  to: number,
  more: Partial<ReplayChunkJson> = {},
): ReplayChunkJson {
  const rest = {
    skew: 0,
    events: 5,
    bytes: 900,
    keyframe: n === 0,
    url: `https://shop.example/${stream}`,
    signals: null,
  };
  return { stream, n, from: T + from, to: T + to, ...rest, ...more };
}

const scenes = (chunks: ReplayChunkJson[], tab?: number) =>
  timeline(chunks, tab).scenes.map(({ strip, from, to }) => [strip.stream, from - T, to - T]);

describe('the timeline', () => {
  test('pages that follow each other are one tab, one scene each, with the gap between them', () => {
    const whole = timeline([chunk(2, 0, 6_000, 7_000), chunk(1, 1, 2_000, 5_000), chunk(1, 0, 0, 1_000)]);
    expect(whole).toMatchObject({ from: T, to: T + 7_000, tabs: 1 });
    expect(whole.strips.map(({ chunks }) => chunks.map(({ n }) => n))).toEqual([[0, 1], [0]]);
    expect(scenes(whole.strips.flatMap(({ chunks }) => chunks))).toEqual([
      [1, 0, 5_000],
      [2, 6_000, 7_000],
    ]);
    expect(sceneAt(whole, T + 5_500)?.strip.stream).toBe(1);
    expect(sceneAt(whole, T - 5)?.strip.stream).toBe(1);
    expect(sceneAt(whole, T + 9_000)?.strip.stream).toBe(2);
  });

  test('pages at the same time are tabs; the picture follows the one opened last for as long as it lasts', () => {
    const both = [chunk(1, 0, 0, 10_000), chunk(2, 0, 3_000, 6_000)];
    expect(timeline(both).tabs).toBe(2);
    expect(scenes(both)).toEqual([
      [1, 0, 3_000],
      [2, 3_000, 6_000],
      [1, 6_000, 10_000],
    ]);
    expect(scenes(both, 0)).toEqual([[1, 0, 10_000]]);
    expect(scenes(both, 1)).toEqual([[2, 3_000, 6_000]]);
  });

  test('a page that begins a little before the last word of the one before is the same tab', () => {
    expect(timeline([chunk(1, 0, 0, 5_000), chunk(2, 0, 4_800, 9_000)]).tabs).toBe(1);
  });

  test('what the network added to the skew is taken away; a clock that was set anew is not', () => {
    const { strips } = timeline([chunk(1, 0, 40, 1_040, { skew: 140 }), chunk(1, 1, 1_400, 2_000, { skew: 100 })]);
    expect(strips[0]).toMatchObject({ skew: 100, from: T });
    const [, second] = timeline([chunk(1, 0, 0, 1_000), chunk(2, 0, 2_000, 3_000, { skew: 3_600_000 })]).strips;
    expect(second).toMatchObject({ skew: 3_600_000, from: T + 2_000 });
  });

  test('a single moment and no chunk at all are timelines too', () => {
    expect(scenes([chunk(1, 0, 0, 0)])).toEqual([[1, 0, 1]]);
    expect(timeline([])).toMatchObject({ from: 0, to: 0, tabs: 0, scenes: [] });
  });

  test('seeking begins at the last whole picture that is there', () => {
    const [strip] = timeline(
      [0, 1, 2, 3].map((n) => chunk(1, n, n * 1_000, n * 1_000 + 900, { keyframe: n % 2 === 0 })),
    ).strips;
    if (!strip) throw new Error('no strip');
    const at = (time: number, lost: number[] = []) => keyframeBefore(strip, T + time, ({ n }) => lost.includes(n))?.n;
    expect([at(0), at(1_500), at(2_000), at(9_000)]).toEqual([0, 0, 2, 2]);
    expect([at(9_000, [2]), at(500, [0]), at(500, [0, 2])]).toEqual([0, 2, undefined]);
  });

  test('missing numbers are holes', () => {
    const [strip] = timeline([chunk(1, 1, 1_000, 2_000), chunk(1, 2, 2_500, 3_000), chunk(1, 4, 9_000, 9_500)]).strips;
    expect(strip && holes(strip).map(({ from, to }) => [from - T, to - T])).toEqual([
      [1_000, 1_000],
      [3_000, 9_000],
    ]);
  });

  test('inactivity is what lies between what was done, where chunks have been looked into; what wasn’t recorded is none', () => {
    const whole = timeline([chunk(1, 0, 0, 30_000), chunk(1, 1, 40_000, 41_000), chunk(2, 0, 60_000, 61_000)]);
    const done = (times: number[]) => (one: ReplayChunkJson) =>
      one.n === 0 ? times.map((time) => T + time) : undefined;
    const spans = (times: number[]) => inactivity(whole, done(times)).map(({ from, to }) => [from - T, to - T]);
    expect(spans([100, 20_000])).toEqual([
      [1_100, 19_000],
      [21_000, 39_000],
    ]);
    const quiet = inactivity(whole, () => undefined);
    expect(quiet.map(({ from, to }) => [from - T, to - T])).toEqual([[31_000, 39_000]]);
    const [first = null] = whole.scenes;
    const on = (time: number, scene = first) => (jump(whole, quiet, scene, T + time) ?? T) - T;
    expect([on(500), on(32_000), on(41_500), on(42_100), on(500, null)]).toEqual([0, 39_000, 0, 60_000, 60_000]);
  });
});

describe('cuts', () => {
  const stops = (reasons: Record<number, string>) => (one: ReplayChunkJson) => ({
    done: [],
    logs: [],
    moments: reasons[one.stream] ? [{ time: one.to, kind: 'gap' as const, text: reasons[one.stream] ?? '' }] : [],
  });
  const of = (chunks: ReplayChunkJson[], reasons: Record<number, string> = {}, lost: ReplayChunkJson[] = []) =>
    cuts(timeline(chunks), stops(reasons), lost).map(({ from, to, why }) => [from - T, to - T, why]);

  test('the recorder stopped, and went on, or didn’t', () => {
    const all = [chunk(1, 0, 0, 9_000), chunk(2, 0, 12_000, 20_000)];
    expect(of(all, { 1: 'busy', 2: 'visit_time' })).toEqual([
      [9_000, 12_000, 'busy'],
      [20_000, 20_000, 'visit_time'],
    ]);
    // A page that was too large has no picture at all.
    const large = chunk(1, 0, 0, 10, { keyframe: false });
    expect(of([large, chunk(2, 0, 30_000, 40_000)], { 1: 'too_large' })).toEqual([[0, 30_000, 'too_large']]);
  });

  test('nobody said why: the next page, or one that isn’t recorded, unless it came at once or another tab went on', () => {
    expect(of([chunk(1, 0, 0, 9_000), chunk(2, 0, 11_000, 20_000)])).toEqual([]);
    expect(of([chunk(1, 0, 0, 9_000), chunk(2, 0, 13_000, 20_000)])).toEqual([[9_000, 13_000, 'between']]);
    expect(of([chunk(1, 0, 0, 30_000), chunk(2, 0, 5_000, 9_000)], { 2: 'busy' })).toEqual([]);
  });

  test('what never arrived; without its first picture a page is lost up to its next one', () => {
    const all = [0, 1, 2, 4].map((n) => chunk(1, n, n * 2_000, n * 2_000 + 1_500, { keyframe: n % 2 === 0 }));
    expect(of(all)).toEqual([[5_500, 8_000, 'lost']]);
    expect(of(all, {}, all.slice(0, 1))).toEqual([
      [0, 4_000, 'lost'],
      [5_500, 8_000, 'lost'],
    ]);
    expect(of([chunk(1, 1, 2_000, 9_000, { keyframe: false })])).toEqual([[2_000, 9_000, 'lost']]);
  });

  test('are told of for as long as they last, and short ones for as long as they take to read', () => {
    const all = cuts(timeline([chunk(1, 0, 0, 9_000), chunk(2, 0, 9_500, 90_000)]), stops({ 1: 'busy' }), []);
    const told = (time: number) => cutAt(all, T + time)?.why;
    expect([8_900, 9_000, 12_900, 13_100].map(told)).toEqual([undefined, 'busy', 'busy', undefined]);
  });
});

describe('the story', () => {
  const button = {
    type: 2,
    id: 5,
    tagName: 'button',
    attributes: {},
    childNodes: [{ type: 3, id: 6, textContent: ' Add\n to cart ' }],
  };
  const input = { type: 2, id: 7, tagName: 'input', attributes: { name: 'email', value: '****' }, childNodes: [] };
  const body = { type: 2, id: 4, tagName: 'body', attributes: {}, childNodes: [button] };
  const event = (type: number, at: number, data: unknown) => ({ type, timestamp: T + at, data }) as eventWithTime;
  const click = (at: number, id: number) => event(3, at, { source: 2, type: 2, id, x: 1, y: 1 });

  const read = (): Facts => {
    const labels = new Map<number, string>();
    const found = facts(
      [
        event(4, 0, { href: 'https://shop.example/1' }),
        event(2, 1, { node: { type: 0, id: 1, childNodes: [body] } }),
        event(3, 2, { source: 0, adds: [{ parentId: 4, node: input }] }),
        click(1_000, 6),
        click(1_300, 5),
        event(5, 1_400, { tag: 'rage_click', payload: { x: 1, y: 1 } }),
        click(1_500, 5),
        click(4_000, 7),
        event(5, 5_000, { tag: 'error', payload: { message: 'It broke' } }),
        event(5, 6_000, { tag: 'navigation', payload: { url: 'https://shop.example/two?x=1' } }),
        event(5, 6_500, { tag: 'somebody-else', payload: null }),
        event(5, 6_550, { tag: 'gap', payload: { reason: 'visit_time' } }),
      ],
      100,
      labels,
    );
    for (const moment of found.moments) if (moment.node) moment.text = labels.get(moment.node) ?? '';
    return found;
  };

  const chunks = [chunk(1, 0, 100, 6_600, { skew: 100, signals: { errors: 1 } })];

  test('clicks have names, and those on one thing in a row are one line', () => {
    const known = read();
    expect(known.done).toEqual([1_100, 1_600, 4_100].map((time) => T + time));
    const visit = { events: [], visit: null };
    const lines = story(visit, timeline(chunks), () => known, [{ from: T + 7_000, to: T + 9_400 }]);
    expect(lines.map(({ kind, title, detail }) => [kind, title, detail])).toEqual([
      ['page', '/1', ''],
      ['click', '3 clicks', 'Add to cart'],
      ['rage_click', 'Rage click', ''],
      ['click', 'Click', 'email'],
      ['error', 'Error', 'It broke'],
      ['page', '/two?x=1', ''],
      ['gap', 'Not recorded from here', 'A recording ends after an hour.'],
      ['lost', '2s missing', 'This part never reached the server.'],
    ]);
    expect(current(lines, T + 4_500)).toBe(3);
    expect(current(lines, T)).toBe(-1);
  });

  test('counted page views and events come with their properties; a page is where its picture begins', () => {
    const page = { time: T - 50, name: 'pageview', page: '/1', props: null };
    const events = [page, { time: T + 900, name: 'buy', page: '/1', props: { plan: 'pro', n: 2 } }];
    const lines = story({ events, visit: {} as never }, timeline(chunks), () => undefined, []);
    expect(lines.map(({ time, kind, title, props }) => [time - T, kind, title, props])).toEqual([
      [100, 'page', '/1', []],
      [100, 'error', 'Error', []],
      [
        900,
        'event',
        'buy',
        [
          ['plan', 'pro'],
          ['n', '2'],
        ],
      ],
    ]);
  });

  test('the address is that of the moment', () => {
    const known = read();
    const at = (time: number) => addressAt(timeline(chunks), 1, T + time, () => known);
    expect(at(3_000)).toBe('https://shop.example/1');
    expect(at(6_200)).toBe('https://shop.example/two?x=1');
  });
});
