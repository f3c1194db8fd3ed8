import type { ReplayChunkJson } from '../../contract/api.ts';
import { firstSnapshot, type Load } from './chunks.ts';
import { Clock } from './clock.ts';
import type { Facts } from './facts.ts';
import { Library } from './library.ts';
import type { Projector, Size } from './projector.ts';
import { idle, keyframeBefore, type Scene, type Span, type Strip, sceneAt, type Timeline } from './timeline.ts';

/** What the player's parts show; a new object with each change. Times: milliseconds since 1970, server clock. */
export interface Shown {
  /** `empty`: nothing of this visit can be shown. `failed`: what shows it did not come. */
  phase: 'opening' | 'ready' | 'empty' | 'failed';
  time: number;
  /** Somebody pressed play, whether or not there is something to play yet. */
  playing: boolean;
  /** A moment was asked for whose picture isn't there yet. */
  opening: boolean;
  /** The picture waits for a chunk, and for long enough to say so. */
  waiting: boolean;
  /** At the end of what there is. */
  ended: boolean;
  /** What is shown is what happens, as soon as it is known. */
  following: boolean;
  speed: number;
  skip: boolean;
  line: Timeline;
  idle: Span[];
  /** Grows when `factsOf` knows more. */
  known: number;
  /** Spans whose chunks did not come. */
  lost: Span[];
  /** Of the page on show; null when its picture is lost. */
  size: Size | null;
  /** Jumps over inactivity so far, and how long the last one was, in milliseconds. */
  jumps: number;
  jumped: number;
}

interface Options {
  line: Timeline;
  load: Load;
  /** A fresh place for a picture, in the stage's document. */
  place: () => HTMLElement;
  start: number;
  playing: boolean;
  speed: number;
  skip: boolean;
  changed: (shown: Shown) => void;
}

/** One strip being shown. */
interface Reel {
  strip: Strip;
  projector: Projector;
  place: HTMLElement;
  /** Index of the first of the strip's chunks that the projector does not have. */
  next: number;
}

/** Recording to have at hand, at normal speed. */
const AHEAD_MS = 30_000;
/** Chunks to have at hand, however far apart they are. */
const AHEAD_CHUNKS = 2;
/** Chunks on their way at once: those from one full snapshot to the next. */
const AT_ONCE = 60;
/** Inactivity shorter than this isn't worth a jump. */
const JUMP_MS = 1_000;
/** With skipping on, how much of the time between two pages is shown. */
const GAP_MS = 1_000;
/** A picture that comes sooner than this needs no excuse. */
const LATE_MS = 150;

/**
 * Plays a visit: decides which strip is shown, has its chunks at hand in time, and lets nothing wait that need not.
 */
export class Director {
  #shown: Shown;
  readonly #place: () => HTMLElement;
  readonly #changed: (shown: Shown) => void;
  readonly #library: Library;
  readonly #clock = new Clock();
  readonly #over = new AbortController();
  #reel: Reel | null = null;
  /** The strip on show, even where its picture is lost. */
  #stream: number | null = null;
  /** Counts openings, so that one that was overtaken gives up. */
  #turn = 0;
  #opening = false;
  #pumping = false;
  #frame = 0;
  /** The moment to be shown of a visit that goes on; null where none does. */
  #edge: (() => number) | null = null;

  constructor({ line, load, place, start, playing, speed, skip, changed }: Options) {
    this.#place = place;
    this.#changed = changed;
    this.#library = new Library(load, () => this.#learned());
    const phase = line.scenes.length ? 'opening' : 'empty';
    this.#shown = {
      ...{
        phase,
        time: within(line, start),
        playing,
        opening: false,
        waiting: phase === 'opening',
        ended: false,
        following: playing && !Number.isFinite(start),
        speed,
        skip,
        line,
      },
      ...{ idle: [], known: 0, lost: [], size: null, jumps: 0, jumped: 0 },
    };
    this.#learned();
    document.addEventListener('visibilitychange', this.#seen, { signal: this.#over.signal });
    this.#go(start);
  }

  get shown(): Shown {
    return this.#shown;
  }

  /** What is known of a chunk's content; undefined until it has been read once. */
  factsOf(chunk: ReplayChunkJson): Facts | undefined {
    return this.#library.factsOf(chunk);
  }

  close(): void {
    this.#over.abort();
    this.#library.close();
    this.#turn++;
    cancelAnimationFrame(this.#frame);
    this.#reel?.projector.destroy();
    this.#reel = null;
  }

  // ── What a person asks for ───────────────────────────────────────────────────────────────────────────────────────

  play(): void {
    const { phase, time, line } = this.#shown;
    if (phase === 'empty') return;
    this.#change({ playing: true });
    // At the end there is only the beginning to go to, or what comes.
    if (!this.#more(time)) this.#edge ? this.follow() : this.seek(line.from);
    else this.#resume();
  }

  pause(): void {
    this.#hold(within(this.#shown.line, this.#clock.now()));
    this.#change({ playing: false, following: false, waiting: this.#opening });
  }

  setSpeed(speed: number): void {
    this.#change({ speed });
    this.#clock.rate = this.#speed;
    if (this.#reel) this.#reel.projector.speed = this.#speed;
    void this.#pump();
  }

  setSkip(skip: boolean): void {
    this.#change({ skip });
  }

  /** Goes to a moment. The picture that is shown stays until the new one is there. */
  seek(to: number): void {
    this.#follow(false);
    this.#go(to);
  }

  /** Shows what happens from now on, as it happens. */
  follow(): void {
    if (!this.#edge || this.#shown.phase === 'empty') return;
    this.#change({ playing: true });
    this.#follow(true);
    this.#go(this.#edge());
  }

  /** The visit goes on, up to that moment; or, with null, it is over. */
  setEdge(edge: (() => number) | null): void {
    if (edge === this.#edge) return;
    const over = this.#edge !== null && edge === null;
    this.#edge = edge;
    if (!this.#shown.following) return;
    if (over) {
      this.#follow(false);
      this.#end();
    } else if (edge) {
      this.#change({ ended: false });
      this.#resume();
    }
  }

  #follow(following: boolean): void {
    this.#change({ following });
    this.setSpeed(this.#shown.speed);
  }

  get #speed(): number {
    return this.#shown.following ? 1 : this.#shown.speed;
  }

  #go(to: number): void {
    const { line } = this.#shown;
    const time = within(line, to);
    const scene = sceneAt(line, time);
    if (!scene) return;
    this.#hold(time);
    this.#change({ time, ended: false });
    void this.#open(scene, time);
  }

  /** The index has grown, or another tab of the visit is to be shown. */
  setLine(line: Timeline): void {
    if (line === this.#shown.line) return;
    const { time, ended, playing } = this.#shown;
    const stream = this.#stream;
    const strip = line.strips.find((one) => one.stream === stream);
    if (this.#reel && strip) this.#reel.strip = strip;
    this.#change({ line, phase: line.scenes.length ? this.#shown.phase : 'empty' });
    this.#learned();
    if (sceneAt(line, time)?.strip.stream !== stream) this.#go(time);
    else if (ended && this.#more(time)) {
      this.#change({ ended: false });
      if (playing) this.#resume();
    }
    void this.#pump();
    void this.#scan();
  }

  // ── The picture ──────────────────────────────────────────────────────────────────────────────────────────────────

  async #open(scene: Scene, time: number): Promise<void> {
    const turn = ++this.#turn;
    const at = Math.min(time, scene.to);
    this.#opening = true;
    this.#change({ opening: true });
    const late = setTimeout(() => turn === this.#turn && this.#change({ waiting: true }), LATE_MS);
    const reel = (await this.#stretch(scene.strip, at, turn)) ?? (await this.#load(scene.strip, at, turn));
    clearTimeout(late);
    if (turn !== this.#turn) return;
    this.#opening = false;
    const old = this.#reel;
    this.#reel = reel;
    this.#stream = scene.strip.stream;
    if (reel) {
      reel.projector.show(Math.max(at, reel.projector.start));
      reel.place.hidden = false;
    }
    if (old && old !== reel) old.projector.destroy();
    const phase = this.#shown.phase === 'failed' ? 'failed' : 'ready';
    this.#change({ phase, opening: false, waiting: false, time, ...(reel ? {} : { size: null }) });
    if (this.#shown.playing) this.#resume();
    void this.#pump();
    void this.#scan();
  }

  /** The reel that is there, where it can reach `at` without a new full snapshot. */
  async #stretch(strip: Strip, at: number, turn: number): Promise<Reel | null> {
    const reel = this.#reel;
    if (!reel || reel.strip.stream !== strip.stream || at < reel.projector.start) return null;
    const start = keyframeBefore(strip, at, this.#library.isLost);
    if (start && strip.chunks.indexOf(start) > reel.next) return null;
    await this.#append(reel, (chunk) => chunk.from <= at, turn);
    return turn === this.#turn ? reel : null;
  }

  /** A new reel from the last full snapshot before `at`; null when there is none to be had. */
  async #load(strip: Strip, at: number, turn: number): Promise<Reel | null> {
    for (let before = at; turn === this.#turn; ) {
      const start = keyframeBefore(strip, before, this.#library.isLost);
      if (!start) return null;
      const index = strip.chunks.indexOf(start);
      // What leads from the snapshot to the moment comes along with it.
      this.#library.prepare(
        strip,
        strip.chunks.slice(index, index + AT_ONCE).filter((chunk) => chunk === start || chunk.from <= at),
      );
      const events = await this.#library.take(strip, start);
      const first = events ? firstSnapshot(events) : -1;
      const from = (events?.[first]?.timestamp ?? 0) + strip.skew;
      const earlier = strip.chunks.slice(0, index).some((chunk) => chunk.keyframe && !this.#library.isLost(chunk));
      if (!events || first < 0) this.#library.lose(start);
      // A snapshot taken in the middle of its chunk is no use for what came before it.
      else if (from > at && earlier) before = start.from - 1;
      else if (turn === this.#turn) return this.#reelOf(strip, index, events.slice(first), at, turn);
    }
    return null;
  }

  async #reelOf(
    strip: Strip,
    index: number,
    events: ConstructorParameters<typeof Projector>[1],
    at: number,
    turn: number,
  ) {
    const player = await this.#library.player;
    if (!player) this.#change({ phase: 'failed' });
    if (!player || turn !== this.#turn) return null;
    const place = this.#place();
    place.hidden = true;
    const resized = (size: Size) => this.#reel?.projector === projector && this.#change({ size });
    const projector: Projector = new player.Projector(place, events, strip.skew, this.#speed, resized);
    const reel: Reel = { strip, projector, place, next: index + 1 };
    await Promise.all([projector.settled(), this.#append(reel, (chunk) => chunk.from <= at, turn)]);
    if (turn === this.#turn) return reel;
    projector.destroy();
    return null;
  }

  /** Gives the projector its next chunks for as long as they are `wanted`. */
  async #append(reel: Reel, wanted: (chunk: ReplayChunkJson, index: number) => boolean, turn: number): Promise<void> {
    for (;;) {
      const { strip, next } = reel;
      const chunk = strip.chunks[next];
      if (!chunk || !wanted(chunk, next)) return;
      const soon = strip.chunks.slice(next, next + AT_ONCE);
      this.#library.prepare(
        strip,
        soon.filter((later, i) => wanted(later, next + i)),
      );
      const events = await this.#library.take(strip, chunk);
      if (turn !== this.#turn) return;
      // The index may have grown meanwhile; what came too late for its place is left to the next opening.
      reel.next = reel.strip.chunks.findIndex((one) => one.n === chunk.n) + 1;
      if (events) reel.projector.add(events);
    }
  }

  /** Keeps enough at hand, of this page and of the next one. */
  async #pump(): Promise<void> {
    const reel = this.#reel;
    if (!reel || this.#pumping || this.#opening) return;
    this.#pumping = true;
    const turn = this.#turn;
    const ahead = () => this.#clock.now() + AHEAD_MS * Math.max(1, this.#shown.speed);
    const at = () => reel.strip.chunks.findLastIndex((chunk) => chunk.from <= this.#clock.now());
    await this.#append(reel, (chunk, index) => chunk.from < ahead() || index <= at() + AHEAD_CHUNKS, turn);
    this.#pumping = false;
    if (turn !== this.#turn) return;
    const { scenes } = this.#shown.line;
    const next = scenes.find(({ from, strip }) => from > this.#clock.now() && strip.stream !== reel.strip.stream);
    const first = next && keyframeBefore(next.strip, next.from, this.#library.isLost);
    if (next && first && first.from < ahead()) this.#library.prepare(next.strip, [first]);
    reel.projector.trim();
  }

  #scan(): Promise<void> {
    return this.#library.scan(
      () => this.#shown.line,
      () => !this.#opening,
    );
  }

  // ── Time ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Everything stands still at `time`. */
  #hold(time: number): void {
    cancelAnimationFrame(this.#frame);
    this.#reel?.projector.pause();
    this.#clock.stop(time);
  }

  #resume(): void {
    if (this.#opening || document.hidden) return;
    const edge = this.#shown.following ? this.#edge : null;
    const time = edge ? edge() : this.#clock.now();
    const scene = sceneAt(this.#shown.line, time);
    this.#clock.start(time, this.#speed);
    if (this.#reel && scene && (edge || time < scene.to)) this.#reel.projector.play(time);
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(this.#tick);
  }

  /** One frame: moves the clock, and sees whether the picture has to change, to wait or to jump. */
  readonly #tick = (): void => {
    const { line, skip, playing, following } = this.#shown;
    const time = this.#clock.now();
    const scene = sceneAt(line, time);
    if (!playing || this.#opening || !scene) return;
    const live = following && this.#edge !== null;
    const stop = this.#stop(scene);
    const jump = !live && (skip || !this.#reel) ? this.#jump(scene, time) : null;
    // However fast it plays, a page is shown from its beginning.
    if (this.#stream !== scene.strip.stream) this.#go(Math.min(time, Math.max(scene.from, this.#shown.time)));
    // What comes late of what happens now is done at once; where nothing comes, nothing happens.
    else if (!live && time >= stop) this.#wait(stop);
    else if (!live && time >= scene.to && !this.#more(scene.to)) this.#edge ? this.follow() : this.#end();
    else if (jump !== null) {
      this.#change({ jumps: this.#shown.jumps + 1, jumped: jump - time });
      this.#go(jump);
    } else {
      this.#change({ time: within(line, time), waiting: false });
      void this.#pump();
      this.#frame = requestAnimationFrame(this.#tick);
    }
  };

  /** The first moment that can't be shown yet. */
  #stop(scene: Scene): number {
    const chunk = this.#reel?.strip.chunks[this.#reel.next];
    return chunk && chunk.from < scene.to ? chunk.from : Number.POSITIVE_INFINITY;
  }

  /** Holds at `time` until the chunk that goes on from there has come. */
  #wait(time: number): void {
    this.#hold(time);
    this.#change({ time, waiting: true });
    const again = () => {
      const { playing, line } = this.#shown;
      if (!playing || this.#opening || this.#clock.now() !== time || this.#over.signal.aborted) return;
      const scene = sceneAt(line, time);
      void this.#pump();
      if (scene && this.#stop(scene) <= time) this.#frame = requestAnimationFrame(again);
      else this.#resume();
    };
    this.#frame = requestAnimationFrame(again);
  }

  #end(): void {
    const { to } = this.#shown.line;
    this.#hold(to);
    this.#change({ time: to, ended: true, waiting: false });
  }

  /** Whether something is recorded after `time`. */
  #more(time: number): boolean {
    return this.#shown.line.scenes.some((scene) => scene.to > time + 1);
  }

  /** Where to go on when nothing happens at `time`; null when something does. */
  #jump(scene: Scene, time: number): number | null {
    const { line, idle } = this.#shown;
    const next = !this.#reel || time > scene.to + GAP_MS ? line.scenes.find((one) => one.from > time) : undefined;
    if (next && next.from - time > JUMP_MS) return next.from;
    const span = idle.find(({ from, to }) => from <= time && time < to);
    return span && span.to - time > JUMP_MS ? span.to : null;
  }

  /** Nobody looks at a hidden tab, and its frames stand still. */
  readonly #seen = (): void => {
    if (!this.#shown.playing) return;
    if (document.hidden) this.#hold(this.#clock.now());
    else this.#resume();
  };

  #learned(): void {
    const { line, known } = this.#shown;
    const spans = idle(line, (chunk) => this.#library.factsOf(chunk)?.done);
    this.#change({ idle: spans, lost: this.#library.lost, known: known + 1 });
  }

  #change(part: Partial<Shown>): void {
    if (this.#over.signal.aborted) return;
    this.#shown = { ...this.#shown, ...part };
    this.#changed(this.#shown);
  }
}

function within({ from, to }: Timeline, time: number): number {
  return Math.max(from, Math.min(to, time));
}
