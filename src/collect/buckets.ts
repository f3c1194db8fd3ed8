interface Bucket {
  tokens: number;
  at: number;
}

/** Buckets remembered at most; the fullest tell nothing and go first. */
const BUCKETS_MAX = 20_000;

/**
 * Token buckets: each key may spend `burst` at once and `perSecond` for ever. Whoever is refused keeps what he has.
 * https://en.wikipedia.org/wiki/Token_bucket
 */
export class Buckets<Key> {
  readonly #burst: number;
  readonly #perSecond: number;
  readonly #buckets = new Map<Key, Bucket>();

  constructor(burst: number, perSecond: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
  }

  /** Spends `cost` tokens of a key. @returns 0, or the seconds until there will be enough */
  spend(key: Key, cost: number, now: number): number {
    const known = this.#buckets.get(key);
    const tokens = known ? this.#filled(known, now) : this.#burst;
    if (tokens < cost) return Math.max(1, Math.ceil((Math.min(cost, this.#burst) - tokens) / this.#perSecond));
    if (!known && this.#buckets.size >= BUCKETS_MAX) this.#sweep(now);
    this.#buckets.set(key, { tokens: tokens - cost, at: now });
    return 0;
  }

  #filled({ tokens, at }: Bucket, now: number): number {
    return Math.min(this.#burst, tokens + (Math.max(0, now - at) / 1000) * this.#perSecond);
  }

  #sweep(now: number): void {
    for (const [key, bucket] of this.#buckets) {
      if (this.#filled(bucket, now) >= this.#burst) this.#buckets.delete(key);
    }
    // None is full: a flood of senders. The site's own bucket bounds it; these begin anew.
    if (this.#buckets.size >= BUCKETS_MAX) this.#buckets.clear();
  }
}
