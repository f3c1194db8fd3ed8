import type { Collector } from './collector.ts';
import { FORGET_MS, type Ledger } from './ledger.ts';
import { formerHomes, homeOf, raised, SHARDS_MAX, type Shards } from './shards.ts';

/** Who a visit is asked for by. */
export interface Sought {
  key: string;
  visitor: number;
  time: number;
}

/**
 * A collector's part in how a site's visitors are spread over collectors. A visit stays where it was opened: a collector
 * that doesn't know one asks those whose it would have been before, and one whose visitor's home is elsewhere opens none.
 */
export class Spread {
  readonly #ledger: Ledger;
  readonly #shard: number;
  readonly #peer: (shard: number) => DurableObjectStub<Collector>;
  #shards: Shards;

  constructor(ledger: Ledger, shard: number, peer: (shard: number) => DurableObjectStub<Collector>) {
    this.#ledger = ledger;
    this.#shard = shard;
    this.#peer = peer;
    this.#shards = JSON.parse(ledger.meta('shards') ?? '{"count":1,"before":[]}') as Shards;
  }

  /** Collectors that share the site's traffic. */
  get count(): number {
    return this.#shards.count;
  }

  /** Whether this is the site's only collector, and always was. */
  get alone(): boolean {
    return this.#shards.count === 1 && this.#shards.before.length === 0;
  }

  /** The site's collectors but the first. */
  get others(): DurableObjectStub<Collector>[] {
    return Array.from({ length: this.count - 1 }, (_, i) => this.#peer(i + 1));
  }

  /** Whose visits these are: null where they are this collector's, else the collector's that knows or would open them. */
  async homes(sought: Sought[], now: number): Promise<({ shard: number } | null)[]> {
    const { count } = this.#shards;
    const homes: ({ shard: number } | null)[] = sought.map(() => null);
    if (this.alone) return homes;
    const asked = new Map<number, number[]>();
    for (const [i, { key, visitor, time }] of sought.entries()) {
      if (this.#ledger.knows(key, time)) continue;
      const home = homeOf(visitor, count);
      if (home !== this.#shard) {
        homes[i] = { shard: home };
        continue;
      }
      for (const former of formerHomes(this.#shards, visitor, now)) {
        asked.set(former, [...(asked.get(former) ?? []), i]);
      }
    }
    await Promise.all(
      [...asked].map(async ([former, places]) => {
        const questions = places.map((i) => sought[i]).filter((one) => one !== undefined);
        const known = await this.#peer(former).knows(questions);
        for (const [n, i] of places.entries()) if (known[n]) homes[i] = { shard: former };
      }),
    );
    return homes;
  }

  /** Which of these visits were opened here. */
  knows(sought: Sought[]): boolean[] {
    return sought.map(({ key, time }) => this.#ledger.knows(key, time));
  }

  /** Takes part in a new spread. */
  become(shards: Shards): void {
    this.#shards = shards;
    this.#ledger.setMeta('shards', JSON.stringify(shards));
  }

  /**
   * Raises the number of collectors; the first one's business. The new ones hear of it first, then the old ones, who from
   * then on open no visit that isn't theirs any more, and last the world: so that a visit is never opened at two places.
   * Doing it again after an interruption is safe.
   * @returns whether there are more now
   */
  async raise(to: number): Promise<boolean> {
    if (to <= this.count || to > SHARDS_MAX) return false;
    const shards = raised(this.#shards, to, Date.now(), FORGET_MS);
    for (let shard = to - 1; shard > 0; shard--) await this.#peer(shard).spread(shards);
    this.become(shards);
    return true;
  }
}
