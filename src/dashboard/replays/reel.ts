import type { eventWithTime } from '@rrweb/types';
import type { ReplayChunkJson } from '../../contract/api.ts';
import { firstSnapshot } from './chunks.ts';
import type { Library } from './library.ts';
import type { Projector, Size } from './projector.ts';
import { keyframeBefore, type Strip } from './timeline.ts';

/** Chunks on their way at once: those from one full snapshot to the next. */
const AT_ONCE = 60;

/** What reels are made of. */
export interface Means {
  library: Library;
  /** A fresh place for a picture, in the stage's document. */
  place: () => HTMLElement;
  speed: number;
  resized: (reel: Reel, size: Size) => void;
}

/** One strip being shown, from one of its full snapshots on. What it waits for is given up once nobody is `going` to show it. */
export class Reel {
  /** Of the index as it is now. */
  strip: Strip;
  readonly #library: Library;
  readonly #projector: Projector;
  readonly #place: HTMLElement;
  /** Index of the first of the strip's chunks that the projector does not have. */
  #next: number;

  private constructor(strip: Strip, next: number, library: Library, projector: Projector, place: HTMLElement) {
    this.strip = strip;
    this.#next = next;
    this.#library = library;
    this.#projector = projector;
    this.#place = place;
  }

  /** A reel that shows `at`, from the last full snapshot before that; null when there is none to be had. */
  static async open(strip: Strip, at: number, means: Means, going: () => boolean): Promise<Reel | null> {
    const { library } = means;
    for (let before = at; going(); ) {
      const start = keyframeBefore(strip, before, library.isLost);
      if (!start) return null;
      const index = strip.chunks.indexOf(start);
      // What leads from the snapshot to the moment comes along with it.
      library.prepare(
        strip,
        strip.chunks.slice(index, index + AT_ONCE).filter((chunk) => chunk === start || chunk.from <= at),
      );
      const events = await library.take(strip, start);
      const first = events ? firstSnapshot(events) : -1;
      const from = (events?.[first]?.timestamp ?? 0) + strip.skew;
      const earlier = strip.chunks.slice(0, index).some((chunk) => chunk.keyframe && !library.isLost(chunk));
      if (!events || first < 0) library.lose(start);
      // A snapshot taken in the middle of its chunk is no use for what came before it.
      else if (from > at && earlier) before = start.from - 1;
      else if (going()) return Reel.#of(strip, index, events.slice(first), at, means, going);
    }
    return null;
  }

  static async #of(
    strip: Strip,
    index: number,
    events: eventWithTime[],
    at: number,
    { library, place: make, speed, resized }: Means,
    going: () => boolean,
  ): Promise<Reel | null> {
    const player = await library.player;
    if (!player || !going()) return null;
    const place = make();
    place.hidden = true;
    let reel: Reel | undefined;
    const projector = new player.Projector(place, events, strip.skew, speed, (size) => reel && resized(reel, size));
    reel = new Reel(strip, index + 1, library, projector, place);
    await Promise.all([projector.settled(), reel.append((chunk) => chunk.from <= at, going)]);
    if (going()) return reel;
    reel.close();
    return null;
  }

  /** Whether it can show a moment without a new full snapshot. */
  reaches(at: number): boolean {
    if (at < this.#projector.start) return false;
    const start = keyframeBefore(this.strip, at, this.#library.isLost);
    return !start || this.strip.chunks.indexOf(start) <= this.#next;
  }

  /** Gives the projector its next chunks for as long as they are `wanted`. */
  async append(wanted: (chunk: ReplayChunkJson, index: number) => boolean, going: () => boolean): Promise<void> {
    for (;;) {
      const [strip, next] = [this.strip, this.#next];
      const chunk = strip.chunks[next];
      if (!chunk || !wanted(chunk, next)) return;
      const soon = strip.chunks.slice(next, next + AT_ONCE);
      this.#library.prepare(
        strip,
        soon.filter((later, i) => wanted(later, next + i)),
      );
      const events = await this.#library.take(strip, chunk);
      if (!going()) return;
      // The index may have grown meanwhile; what came too late for its place is left to the next opening.
      this.#next = this.strip.chunks.findIndex((one) => one.n === chunk.n) + 1;
      if (events) this.#projector.add(events);
    }
  }

  /** The first moment that it has nothing for yet. */
  get upto(): number {
    return this.strip.chunks[this.#next]?.from ?? Number.POSITIVE_INFINITY;
  }

  set speed(speed: number) {
    this.#projector.speed = speed;
  }

  /** Shows a moment, standing still. */
  show(at: number): void {
    this.#projector.show(Math.max(at, this.#projector.start));
    this.#place.hidden = false;
  }

  play(from: number): void {
    this.#projector.play(from);
  }

  pause(): void {
    this.#projector.pause();
  }

  trim(): void {
    this.#projector.trim();
  }

  close(): void {
    this.#projector.destroy();
  }
}
