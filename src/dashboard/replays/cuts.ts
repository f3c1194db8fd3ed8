import type { ReplayChunkJson } from '../../contract/api.ts';
import type { GapReason } from '../../contract/wire.ts';
import { duration } from '../format.ts';
import { player as words } from '../words/player.ts';
import { story } from '../words/story.ts';
import type { Facts } from './facts.ts';
import { holes, type Scene, type Span, type Strip, type Timeline } from './timeline.ts';

/**
 * A stretch of a visit that there is no picture of, and why: the recorder stopped and said so, something never arrived, or the
 * visitor was between two pages, or on one that isn't recorded. At the recording's end it has no length.
 */
export interface Cut extends Span {
  why: GapReason | 'lost' | 'between';
}

/** From one page to the next takes this long without anybody missing anything. */
const BETWEEN_MS = 3_000;

/** @param lost chunks that the index has, and nobody else */
export function cuts(
  line: Timeline,
  factsOf: (chunk: ReplayChunkJson) => Facts | undefined,
  lost: ReplayChunkJson[],
): Cut[] {
  const { scenes, strips } = line;
  const isLost = (chunk: ReplayChunkJson) => lost.some(({ stream, n }) => stream === chunk.stream && n === chunk.n);
  const stopped = (strip: Strip) => stoppedBy(strip, factsOf);
  const all: Cut[] = [...lost, ...strips.flatMap(holes)].map(({ from, to }) => ({ from, to, why: 'lost' }));
  for (const [i, scene] of scenes.entries()) {
    const why = stopped(scene.strip);
    const seen = firstPicture(scene, isLost);
    if (seen > scene.from) all.push({ from: scene.from, to: seen, why: why ?? 'lost' });
    const next = scenes[i + 1];
    // Another tab may go on meanwhile.
    if (scene.to < scene.strip.to) continue;
    if (!next) {
      if (why) all.push({ from: scene.to, to: scene.to, why });
    } else if (why && next.from > scene.to) all.push({ from: scene.to, to: next.from, why });
    else if (next.from - scene.to > BETWEEN_MS) all.push({ from: scene.to, to: next.from, why: 'between' });
  }
  return together(all);
}

/** Why the recorder stopped at a strip's end, if it says so: what goes on after that is a strip of its own. */
function stoppedBy(strip: Strip, factsOf: (chunk: ReplayChunkJson) => Facts | undefined): GapReason | undefined {
  const last = strip.chunks.at(-1);
  return last && (factsOf(last)?.moments.findLast(({ kind }) => kind === 'gap')?.text as GapReason | undefined);
}

/** When a scene has its first picture: at its beginning, unless the chunk that held it is lost. */
function firstPicture({ strip, from, to }: Scene, isLost: (chunk: ReplayChunkJson) => boolean): number {
  const pictures = strip.chunks.filter((chunk) => chunk.keyframe && !isLost(chunk));
  const [first] = pictures;
  if (!first) return to;
  return strip.chunks[0] === first ? from : Math.max(from, Math.min(to, first.from));
}

/** In order; of those that run into each other for one reason, one. */
function together(all: Cut[]): Cut[] {
  const merged: Cut[] = [];
  for (const cut of all.sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = merged.at(-1);
    if (last && last.why === cut.why && cut.from <= last.to) last.to = Math.max(last.to, cut.to);
    else merged.push({ ...cut });
  }
  return merged;
}

/** A note of a short one is read after it, too. */
const READ_MS = 4_000;
/** One that never arrived is told of a moment before, since its place isn't known to the millisecond. */
const NEAR_MS = 1_500;

/** The one to be told of at a moment. */
export function cutAt(all: Cut[], time: number): Cut | undefined {
  return all.findLast(({ from, to, why }) => {
    const early = why === 'lost' ? NEAR_MS : 0;
    return time >= from - early && time < Math.max(to + early, from + READ_MS);
  });
}

/** How long a stretch is, in words; one that is known by a missing number alone has no length, but isn't nothing. */
export function lengthOf({ from, to }: Span): string {
  return duration(Math.max(1, to - from) / 1000);
}

/** What is said of one, over the picture and on the timeline. */
export function cutWords(cut: Cut): { title: string; why: string } {
  const { from, to, why } = cut;
  const long = lengthOf(cut);
  if (why === 'lost') return { title: words.lost(long), why: '' };
  return {
    title: to > from ? words.notRecorded(long) : story.titles.gap,
    why: why === 'between' ? words.between : story.gaps[why],
  };
}
