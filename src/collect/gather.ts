interface Waiting<In, Out> {
  items: In[];
  settled: boolean;
  promise: Promise<Out[]>;
  resolve(answers: Out[]): void;
  reject(reason: unknown): void;
}

/** Items that one call carries at most. */
const GROUP_MAX = 1_000;

/**
 * Gathers what comes while a call is under way and sends it with the next one. There is no timer: a lone item waits for
 * nobody. Each call is made by one of the requests that wait for it, since what talks to the outside belongs to one.
 */
export class Gatherer<In, Out> {
  #line: Waiting<In, Out>[] = [];
  #call: Promise<void> | null = null;

  /** Nothing waits and nothing is under way. */
  get idle(): boolean {
    return this.#call === null && this.#line.length === 0;
  }

  /**
   * Sends items, alone or with others'; resolves with their answers, in order.
   * @param call makes the call, in case it falls to this request: one answer an item
   * @param keep holds the caller's request open for the others that wait for its call
   */
  async send(items: In[], call: (items: In[]) => Promise<Out[]>, keep: (work: Promise<void>) => void): Promise<Out[]> {
    const mine: Waiting<In, Out> = { items, settled: false, ...Promise.withResolvers<Out[]>() };
    this.#line.push(mine);
    while (this.#call && !mine.settled) await this.#call;
    if (!mine.settled) {
      this.#call = this.#make(call).finally(() => {
        this.#call = null;
      });
      keep(this.#call);
    }
    return mine.promise;
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
    try {
      const answers = await call(group.flatMap(({ items }) => items));
      let at = 0;
      for (const waiting of group) {
        waiting.settled = true;
        waiting.resolve(answers.slice(at, at + waiting.items.length));
        at += waiting.items.length;
      }
    } catch (error) {
      for (const waiting of group) {
        waiting.settled = true;
        waiting.reject(error);
      }
    }
  }
}

/** Gatherers by name, kept while they have work. */
export class Gatherers<In, Out> {
  readonly #busy = new Map<string, Gatherer<In, Out>>();

  /** See `Gatherer.send`. */
  async send(name: string, ...[items, call, keep]: Parameters<Gatherer<In, Out>['send']>): Promise<Out[]> {
    const gatherer = this.#busy.get(name) ?? new Gatherer<In, Out>();
    this.#busy.set(name, gatherer);
    try {
      return await gatherer.send(items, call, keep);
    } finally {
      if (gatherer.idle) this.#busy.delete(name);
    }
  }
}
