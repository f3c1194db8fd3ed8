import type { ReplayChunkJson } from '../../contract/api.ts';
import type { Load } from './chunks.ts';
import { Clock } from './clock.ts';
import type { Facts } from './facts.ts';
import { inactivity, jump } from './inactivity.ts';
import { Library } from './library.ts';
import type { Size } from './projector.ts';
import { Reel } from './reel.ts';
import type { Shown } from './shown.ts';
import { keyframeBefore, type Scene, type Strip, sceneAt, type Timeline } from './timeline.ts';

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

/** Recording to have at hand, at normal speed. */
const AHEAD_MS = 30_000;
/** Chunks to have at hand, however far apart they are. */
const AHEAD_CHUNKS = 2;
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
    this.#reel?.close();
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
    if (this.#reel) this.#reel.speed = this.#speed;
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
    const going = () => turn === this.#turn;
    const at = Math.min(time, scene.to);
    this.#opening = true;
    this.#change({ opening: true });
    const late = setTimeout(() => going() && this.#change({ waiting: true }), LATE_MS);
    const reel = await this.#reelAt(scene.strip, at, going);
    const phase = (await this.#library.player) ? 'ready' : 'failed';
    clearTimeout(late);
    if (!going()) return;
    this.#opening = false;
    const old = this.#reel;
    this.#reel = reel;
    this.#stream = scene.strip.stream;
    reel?.show(at);
    if (old !== reel) old?.close();
    this.#change({ phase, opening: false, waiting: false, time, ...(reel ? {} : { size: null }) });
    if (this.#shown.playing) this.#resume();
    void this.#pump();
    void this.#scan();
  }

  /** The reel that is there, where it can reach `at` without a new full snapshot; else a new one, if any. */
  async #reelAt(strip: Strip, at: number, going: () => boolean): Promise<Reel | null> {
    const reel = this.#reel;
    if (reel?.strip.stream !== strip.stream || !reel.reaches(at)) return this.#newReel(strip, at, going);
    await reel.append((chunk) => chunk.from <= at, going);
    return reel;
  }

  #newReel(strip: Strip, at: number, going: () => boolean): Promise<Reel | null> {
    const resized = (reel: Reel, size: Size) => reel === this.#reel && this.#change({ size });
    const means = { library: this.#library, place: this.#place, speed: this.#speed, resized };
    return Reel.open(strip, at, means, going);
  }

  /** Keeps enough at hand, of this page and of the next one. */
  async #pump(): Promise<void> {
    const reel = this.#reel;
    if (!reel || this.#pumping || this.#opening) return;
    this.#pumping = true;
    const turn = this.#turn;
    const going = () => turn === this.#turn;
    const ahead = () => this.#clock.now() + AHEAD_MS * Math.max(1, this.#shown.speed);
    const at = () => reel.strip.chunks.findLastIndex((chunk) => chunk.from <= this.#clock.now());
    await reel.append((chunk, index) => chunk.from < ahead() || index <= at() + AHEAD_CHUNKS, going);
    this.#pumping = false;
    if (!going()) return;
    const { scenes } = this.#shown.line;
    const next = scenes.find(({ from, strip }) => from > this.#clock.now() && strip.stream !== reel.strip.stream);
    const first = next && keyframeBefore(next.strip, next.from, this.#library.isLost);
    if (next && first && first.from < ahead()) this.#library.prepare(next.strip, [first]);
    reel.trim();
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
    this.#reel?.pause();
    this.#clock.stop(time);
  }

  #resume(): void {
    if (this.#opening || document.hidden) return;
    const edge = this.#shown.following ? this.#edge : null;
    const time = edge ? edge() : this.#clock.now();
    const scene = sceneAt(this.#shown.line, time);
    this.#clock.start(time, this.#speed);
    if (this.#reel && scene && (edge || time < scene.to)) this.#reel.play(time);
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(this.#tick);
  }

  /** One frame: moves the clock, and sees whether the picture has to change, to wait or to jump. */
  readonly #tick = (): void => {
    const { line, idle, skip, playing, following } = this.#shown;
    const time = this.#clock.now();
    const scene = sceneAt(line, time);
    if (!playing || this.#opening || !scene) return;
    const live = following && this.#edge !== null;
    const stop = this.#stop(scene);
    const on = !live && (skip || !this.#reel) ? jump(line, idle, this.#reel && scene, time) : null;
    // However fast it plays, a page is shown from its beginning.
    if (this.#stream !== scene.strip.stream) this.#go(Math.min(time, Math.max(scene.from, this.#shown.time)));
    // What comes late of what happens now is done at once; where nothing comes, nothing happens.
    else if (!live && time >= stop) this.#wait(stop);
    else if (!live && time >= scene.to && !this.#more(scene.to)) this.#edge ? this.follow() : this.#end();
    else if (on !== null) {
      this.#change({ jumps: this.#shown.jumps + 1, jumped: on - time, time: on });
      this.#go(on);
    } else {
      this.#change({ time: within(line, time), waiting: false });
      void this.#pump();
      this.#frame = requestAnimationFrame(this.#tick);
    }
  };

  /** The first moment that can't be shown yet. */
  #stop(scene: Scene): number {
    const upto = this.#reel?.upto ?? Number.POSITIVE_INFINITY;
    return upto < scene.to ? upto : Number.POSITIVE_INFINITY;
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

  /** Nobody looks at a hidden tab, and its frames stand still. */
  readonly #seen = (): void => {
    if (!this.#shown.playing) return;
    if (document.hidden) this.#hold(this.#clock.now());
    else this.#resume();
  };

  #learned(): void {
    const { line, known } = this.#shown;
    const idle = inactivity(line, (chunk) => this.#library.factsOf(chunk)?.done);
    this.#change({ idle, lost: this.#library.lost, known: known + 1 });
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
