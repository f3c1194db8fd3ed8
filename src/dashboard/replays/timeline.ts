import type { ReplayChunkJson } from '../../contract/api.ts';

/**
 * A visit's chunks laid out in time. A chunk belongs to a strip (one page load, rrweb's node ids are valid within one);
 * strips that follow each other share a tab; scenes say which strip is shown when. Times: ms since 1970, server clock.
 */

export interface Strip {
  stream: number;
  /** Ordered by `n`; `from` and `to` on this strip's one skew. */
  chunks: ReplayChunkJson[];
  /** Add to rrweb's timestamps. */
  skew: number;
  from: number;
  to: number;
  /** 0, 1, … in order of first appearance. */
  tab: number;
}

export interface Scene {
  strip: Strip;
  from: number;
  to: number;
}

export interface Timeline {
  from: number;
  to: number;
  strips: Strip[];
  tabs: number;
  /** In order, never overlapping; between them nothing was recorded. */
  scenes: Scene[];
}

/** Clocks of one device: more apart than this and the clock itself was set anew. */
const SAME_CLOCK_MS = 5_000;
/** The last events of a page and the first of the next one may cross by this much. */
const CROSSING_MS = 1_500;

/** @param tab show this tab alone; otherwise the picture follows the visitor to the page opened last */
export function timeline(chunks: ReplayChunkJson[], tab?: number): Timeline {
  const strips = intoTabs(intoStrips(chunks));
  const shown = tab === undefined ? strips : strips.filter((strip) => strip.tab === tab);
  const scenes = cut(shown);
  const tabs = 1 + Math.max(-1, ...strips.map((strip) => strip.tab));
  const from = strips.length ? Math.min(...strips.map((strip) => strip.from)) : 0;
  const to = strips.length ? Math.max(...strips.map((strip) => strip.to)) : 0;
  return { from, to, strips, tabs, scenes };
}

/** How long it all is, for the player's clock: something that plays has a second, if not a whole one. */
export function secondsOf({ from, to }: Timeline): number {
  return Math.max(1, (to - from) / 1000);
}

/** The scene at t; in a gap and after the end the one before, before the first the first. */
export function sceneAt({ scenes }: Timeline, t: number): Scene | undefined {
  return scenes.findLast((scene) => scene.from <= t) ?? scenes[0];
}

/** The last chunk that began by t, of those that hold a full snapshot and aren't lost. */
export function keyframeBefore(strip: Strip, t: number, lost: (chunk: ReplayChunkJson) => boolean) {
  const good = strip.chunks.filter((chunk) => chunk.keyframe && !lost(chunk));
  return good.findLast((chunk) => chunk.from <= t) ?? good[0];
}

/** Numbers that are missing between a strip's chunks, as spans of time. */
export function holes(strip: Strip): { from: number; to: number }[] {
  return strip.chunks.flatMap((chunk, i) => {
    const before = strip.chunks[i - 1];
    const whole = before ? chunk.n === before.n + 1 : chunk.n === 0;
    return whole ? [] : [{ from: before?.to ?? strip.from, to: chunk.from }];
  });
}

function intoStrips(chunks: ReplayChunkJson[]): Strip[] {
  // What the server saw as skew includes the network's delay: the least is the truest.
  const least = Math.min(...chunks.map((chunk) => chunk.skew));
  return [...Map.groupBy(chunks, (chunk) => chunk.stream)].map(([stream, own]) => {
    const ownLeast = Math.min(...own.map((chunk) => chunk.skew));
    const skew = ownLeast - least < SAME_CLOCK_MS ? least : ownLeast;
    const placed = own
      .map((chunk) => ({ ...chunk, from: chunk.from - chunk.skew + skew, to: chunk.to - chunk.skew + skew }))
      .sort((a, b) => a.n - b.n);
    const from = Math.min(...placed.map((chunk) => chunk.from));
    const to = Math.max(from + 1, ...placed.map((chunk) => chunk.to));
    return { stream, chunks: placed, skew, from, to, tab: 0 };
  });
}

/** A page load follows, in its tab, the one that ended last before it began. */
function intoTabs(strips: Strip[]): Strip[] {
  const ends: number[] = [];
  return strips
    .sort((a, b) => a.from - b.from || a.stream - b.stream)
    .map((strip) => {
      let tab = -1;
      for (const [i, end] of ends.entries())
        if (end <= strip.from + CROSSING_MS && end > (ends[tab] ?? -Infinity)) tab = i;
      if (tab < 0) tab = ends.length;
      ends[tab] = strip.to;
      return { ...strip, tab };
    });
}

/** At any moment the strip that began last of those that go on. */
function cut(strips: Strip[]): Scene[] {
  const marks = [...new Set(strips.flatMap((strip) => [strip.from, strip.to]))].sort((a, b) => a - b);
  const scenes: Scene[] = [];
  for (const [i, from] of marks.entries()) {
    const to = marks[i + 1];
    if (to === undefined) break;
    const strip = strips.findLast((one) => one.from <= from && one.to >= to);
    if (!strip) continue;
    const last = scenes.at(-1);
    if (last?.strip === strip && last.to === from) last.to = to;
    else scenes.push({ strip, from, to });
  }
  return scenes;
}

export interface Span {
  from: number;
  to: number;
}
