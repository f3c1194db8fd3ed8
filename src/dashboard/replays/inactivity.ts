import type { ReplayChunkJson } from '../../contract/api.ts';
import type { Scene, Span, Timeline } from './timeline.ts';

/** Nothing done for this long counts as inactivity. */
const IDLE_MS = 5_000;
/** Kept of it at either end, so that one sees what came before and what comes next. */
const EDGE_MS = 1_000;

/**
 * Where nobody did anything; of what wasn't recorded nobody knows.
 * @param doneIn when somebody did something in a chunk, if that is known yet; a chunk nobody has looked into counts as busy
 */
export function inactivity(whole: Timeline, doneIn: (chunk: ReplayChunkJson) => number[] | undefined): Span[] {
  const busy: Span[] = [{ from: whole.from, to: whole.from }];
  for (const [i, scene] of whole.scenes.entries()) {
    busy.push({ from: whole.scenes[i - 1]?.to ?? scene.from, to: scene.from });
    for (const chunk of scene.strip.chunks) {
      if (chunk.to < scene.from || chunk.from > scene.to) continue;
      const done = doneIn(chunk);
      if (!done) busy.push(chunk);
      else for (const time of done) busy.push({ from: time, to: time });
    }
  }
  busy.push({ from: whole.to, to: whole.to });
  busy.sort((a, b) => a.from - b.from);
  const spans: Span[] = [];
  let end = whole.from;
  for (const { from, to } of busy) {
    if (from - end > IDLE_MS) spans.push({ from: end + EDGE_MS, to: from - EDGE_MS });
    end = Math.max(end, to);
  }
  return spans;
}

/** A jump that is shorter isn't worth it. */
const JUMP_MS = 1_000;
/** How much is shown of the time between two pages. */
const GAP_MS = 1_000;

/**
 * Where to go on when nothing happens at `time`; null when something does.
 * @param scene the one at `time`; null where its picture is lost
 */
export function jump({ scenes }: Timeline, quiet: Span[], scene: Scene | null, time: number): number | null {
  const next = !scene || time > scene.to + GAP_MS ? scenes.find((one) => one.from > time) : undefined;
  if (next && next.from - time > JUMP_MS) return next.from;
  const span = quiet.find(({ from, to }) => from <= time && time < to);
  return span && span.to - time > JUMP_MS ? span.to : null;
}
