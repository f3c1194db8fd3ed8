import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { ReplayChunkJson } from '../../src/contract/api.ts';
import type { Bytes, Load } from '../../src/dashboard/replays/chunks.ts';
import { Library } from '../../src/dashboard/replays/library.ts';
import { timeline } from '../../src/dashboard/replays/timeline.ts';

// What a recording's chunks say, in whatever order they are read.

const T = Date.UTC(2026, 10, 21, 9);
const HASH = 'a'.repeat(64);

const element = (id: number, tagName: string, childNodes: unknown[], attributes = {}) => ({
  ...{ type: 2, id, tagName, attributes, childNodes },
});
const button = element(5, 'button', [{ type: 3, id: 6, textContent: 'Add to cart' }]);
const style = element(3, 'link', [], { rel: 'stylesheet', _cssText: `sha256-${HASH}` });
const whole = { type: 0, id: 1, childNodes: [element(2, 'html', [style, element(4, 'body', [button])])] };
const click = (at: number, id: number) => ({
  type: 3,
  timestamp: T + at,
  data: { source: 2, type: 2, id, x: 1, y: 1 },
});

const EVENTS = [
  [
    { type: 4, timestamp: T, data: { href: 'https://shop.example/' } },
    { type: 2, timestamp: T + 1, data: { node: whole } },
  ],
  [click(2_000, 6), click(4_000, 5), click(9_000, 4)],
];

test('a click is named though the page that it was on is read later, since its style sheet is waited for', async () => {
  const packed = EVENTS.map((events) => new Uint8Array(gzipSync(JSON.stringify(events))) as Bytes);
  const { promise: sheet, resolve: arrive } = Promise.withResolvers<Bytes>();
  const load: Load = {
    player: Promise.resolve(null),
    chunks: async (run) => run.map(({ n }) => packed[n] as Bytes),
    sheet: () => sheet,
  };
  const chunks = packed.map(
    ({ length }, n): ReplayChunkJson => ({
      ...{ stream: 1, n, from: T + n * 2_000, to: T + 1 + n * 9_000, skew: 0, events: 2, bytes: length },
      ...{ keyframe: n === 0, url: 'https://shop.example/', signals: null },
    }),
  );
  const [first, second] = chunks as [ReplayChunkJson, ReplayChunkJson];
  const [strip] = timeline(chunks).strips;
  if (!strip) throw new Error('no strip');
  let learned = 0;
  const library = new Library(load, () => {
    learned += 1;
  });
  const clicked = () => library.factsOf(second)?.moments.map(({ kind, time, text }) => [kind, time - T, text]);

  library.prepare(strip, chunks);
  await library.take(strip, second);
  expect(library.factsOf(first)).toBeUndefined();
  expect(clicked()).toEqual([
    ['click', 2_000, ''],
    ['click', 4_000, ''],
    ['click', 9_000, ''],
  ]);

  arrive(new Uint8Array(gzipSync('button { color: red }')) as Bytes);
  await library.take(strip, first);
  expect(clicked()).toEqual([
    ['click', 2_000, 'Add to cart'],
    ['click', 4_000, 'Add to cart'],
    // Of what has no name.
    ['click', 9_000, ''],
  ]);
  expect(learned).toBe(2);
  library.close();
});
