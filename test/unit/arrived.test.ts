import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ReplayChunkJson, ReplayDetail } from '../../src/contract/api.ts';
import { beside, chunkIn, withArrived } from '../../src/dashboard/replays/arrived.ts';
import { type Bytes, keyOf, type Load } from '../../src/dashboard/replays/chunks.ts';

// What comes of a recording while it is watched, beside what its index and the network have.

const T = Date.UTC(2026, 10, 26, 9);

function row(n: number, more: Partial<ReplayChunkJson> = {}): ReplayChunkJson {
  const rest = { skew: 0, events: 1, bytes: 10, keyframe: n === 0, url: 'https://shop.example/', signals: null };
  return { stream: 7, n, from: T + n * 1_000, to: T + n * 1_000 + 900, ...rest, ...more };
}

const detail = {
  ...{ start: new Date(T).toISOString(), last: new Date(T + 900).toISOString(), duration: 0.9, bytes: 10 },
  ...{ clicks: 1, errors: 0, rage_clicks: 0, dead_clicks: 0, quick_backs: 0, abandoned_forms: 0, slow_interactions: 0 },
  chunks: [row(0)],
} as unknown as ReplayDetail;

test('a message of the socket is a line about the chunk, and its bytes', () => {
  const body = gzipSync('["ä\\n"]');
  const message = Buffer.concat([Buffer.from(`${JSON.stringify(row(3, { url: 'https://shop.example/ö' }))}\n`), body]);
  const { buffer, byteOffset, byteLength } = message;
  const { row: told, bytes } = chunkIn(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
  expect(told).toEqual(row(3, { url: 'https://shop.example/ö' }));
  expect(Buffer.from(bytes).equals(body)).toBe(true);
});

describe('the index', () => {
  test('has what came since it was asked for, counted', () => {
    const later = [row(1, { signals: { clicks: 2, errors: 1 } }), row(2, { signals: { clicks: 1 } })];
    expect(withArrived(detail, later)).toMatchObject({
      ...{ start: detail.start, last: new Date(T + 2_900).toISOString(), duration: 2.9, bytes: 30 },
      ...{ clicks: 4, errors: 1, rage_clicks: 0 },
      chunks: [row(0), ...later],
    });
  });

  test('counts nothing twice, and stays itself where nothing is new', () => {
    expect(withArrived(detail, [row(0, { signals: { clicks: 1 } })])).toBe(detail);
    expect(withArrived(detail, [row(0), row(1)]).chunks.map(({ n }) => n)).toEqual([0, 1]);
  });
});

test('bytes that came are not asked for; the others are, in runs without a hole, and keep their places', async () => {
  const asked: string[][] = [];
  const load: Load = {
    chunks: async (run) => {
      asked.push(run.map(keyOf));
      return run.map(({ n }) => Uint8Array.of(n) as Bytes);
    },
    sheet: () => Promise.reject(new Error('no')),
    player: Promise.resolve(null),
  };
  const arrived = new Map([2, 3, 5].map((n) => [keyOf(row(n)), Uint8Array.of(100 + n) as Bytes]));
  const all = await beside(load, arrived).chunks(
    [0, 1, 2, 3, 4, 5].map((n) => row(n)),
    new AbortController().signal,
  );
  expect(all.map((bytes) => bytes[0])).toEqual([0, 1, 102, 103, 4, 105]);
  expect(asked).toEqual([['7/0', '7/1'], ['7/4']]);
});
