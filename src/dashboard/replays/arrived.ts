import type { ReplayChunkJson } from '../../contract/api.ts';
import { SIGNALS } from '../../contract/wire.ts';
import { type Bytes, keyOf, type Load } from './chunks.ts';
import { runs } from './library.ts';
import type { Played } from './use-detail.ts';

/** What came of a recording while it is watched, and isn't in its index yet. */

/** A chunk as the socket brings it: a line of JSON, a newline, gzip. */
export function chunkIn(message: ArrayBuffer): { row: ReplayChunkJson; bytes: Bytes } {
  const all = new Uint8Array(message);
  const end = all.indexOf(10);
  return {
    row: JSON.parse(new TextDecoder().decode(all.subarray(0, end))) as ReplayChunkJson,
    bytes: all.slice(end + 1),
  };
}

/** The index with what came since it was asked for. */
export function withArrived<T extends Played>(detail: T, rows: ReplayChunkJson[]): T {
  const known = new Set(detail.chunks.map(keyOf));
  const fresh = rows.filter((row) => !known.has(keyOf(row)));
  if (fresh.length === 0) return detail;
  const last = Math.max(Date.parse(detail.last), ...fresh.map(({ to }) => to));
  const counts = SIGNALS.map((name) => [
    name,
    fresh.reduce((sum, { signals }) => sum + (signals?.[name] ?? 0), detail[name]),
  ]);
  return {
    ...detail,
    ...Object.fromEntries(counts),
    chunks: [...detail.chunks, ...fresh],
    bytes: fresh.reduce((sum, { bytes }) => sum + bytes, detail.bytes),
    last: new Date(last).toISOString(),
    duration: Math.round((last - Date.parse(detail.start)) / 100) / 10,
  };
}

/** Bytes that are there already, and of the others those that `load` brings. */
export function beside(load: Load, arrived: ReadonlyMap<string, Bytes>): Load {
  return {
    ...load,
    async chunks(run, signal) {
      const others = run.filter((chunk) => !arrived.has(keyOf(chunk)));
      const loaded = (await Promise.all(runs(others).map((some) => load.chunks(some, signal)))).flat();
      return run.map((chunk) => (arrived.get(keyOf(chunk)) ?? loaded.shift()) as Bytes);
    },
  };
}
