interface Waiting<In, Out> {
  items: In[];
  answers: Promise<Out[]>;
  resolve(answers: Out[]): void;
  reject(reason: unknown): void;
  /** Tells it that the next call is its to make. */
  turn(): void;
}

/** Ends when the next call may be made. */
type Pause = () => Promise<unknown>;

/** Items that one call carries at most. */
const GROUP_MAX = 1_000;
/** Whose turn it is may be gone with its connection: after so long whoever still waits makes the call. */
const TURN_MS = 2_000;
/** How long a call holds the next one up after its answer: what comes this fast costs less the more of it goes together. */
const PAUSE_MS = 3;
const briefly: Pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/**
 * Gathers what comes while a call is under way, or was just now, and sends it with the next one: a lone item waits for
 * nobody. Each call is made by one of the requests that wait for it, since what talks to the outside belongs to one. And
 * each waits for promises of its own alone: what continues after another request's promise runs as that request, and ends
 * with it.
 */
export class Gatherer<In, Out> {
  #line: Waiting<In, Out>[] = [];
  #calls = 0;
  /** Somebody was told that it is his turn. */
  #passed = false;
  readonly #pause: Pause;

  constructor(pause: Pause = briefly) {
    this.#pause = pause;
  }

  /** Nothing waits and nothing is under way. */
  get idle(): boolean {
    return this.#calls === 0 && this.#line.length === 0;
  }

  /**
   * Sends items, alone or with others'; resolves with their answers, in order.
   * @param call makes the call, in case it falls to this request: one answer an item
   * @param keep holds the caller's request open for the others that wait for its call
   */
  async send(items: In[], call: (items: In[]) => Promise<Out[]>, keep: (work: Promise<void>) => void): Promise<Out[]> {
    const turn = Promise.withResolvers<void>();
    const mine: Waiting<In, Out> = { items, ...pending<Out[]>(), turn: turn.resolve };
    const busy = this.#calls > 0 || this.#passed;
    this.#line.push(mine);
    const go = () => {
      if (this.#line.includes(mine)) keep(this.#make(call));
      else this.#pass();
    };
    if (!busy) {
      go();
      return mine.answers;
    }
    void turn.promise.then(go);
    // Of use besides: a request that waits for nothing but another one's work is taken for one that hangs, and ended. It goes
    // with its request: to clear it would cost more than all else here, and once answered a turn only passes.
    setInterval(go, TURN_MS);
    return mine.answers;
  }

  async #make(call: (items: In[]) => Promise<Out[]>): Promise<void> {
    const group: Waiting<In, Out>[] = [];
    let room = GROUP_MAX;
    for (const next of this.#line) {
      room -= next.items.length;
      if (room < 0 && group.length > 0) break;
      group.push(next);
    }
    this.#line = this.#line.slice(group.length);
    this.#passed = false;
    this.#calls += 1;
    try {
      const answers = await call(group.flatMap(({ items }) => items));
      let at = 0;
      for (const waiting of group) {
        waiting.resolve(answers.slice(at, at + waiting.items.length));
        at += waiting.items.length;
      }
    } catch (error) {
      for (const waiting of group) waiting.reject(error);
    }
    await this.#pause();
    this.#calls -= 1;
    this.#pass();
  }

  /** Lets the first in line make the next call. */
  #pass(): void {
    this.#passed = this.#calls === 0 && this.#line.length > 0;
    if (this.#passed) this.#line[0]?.turn();
  }
}

function pending<T>() {
  const { promise: answers, resolve, reject } = Promise.withResolvers<T>();
  return { answers, resolve, reject };
}

/** Gatherers by number, kept while they have work. */
export class Gatherers<In, Out> {
  readonly #busy = new Map<number, Gatherer<In, Out>>();
  readonly #pause: Pause;

  constructor(pause: Pause = briefly) {
    this.#pause = pause;
  }

  /** How many have work. */
  get size(): number {
    return this.#busy.size;
  }

  /** See `Gatherer.send`. */
  send(name: number, ...[items, call, keep]: Parameters<Gatherer<In, Out>['send']>): Promise<Out[]> {
    const gatherer = this.#busy.get(name) ?? new Gatherer<In, Out>(this.#pause);
    this.#busy.set(name, gatherer);
    const leave = () => {
      if (gatherer.idle && this.#busy.get(name) === gatherer) this.#busy.delete(name);
    };
    return gatherer.send(items, call, (work) => keep(work.then(leave)));
  }
}
