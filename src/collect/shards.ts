/** How a site's visitors are spread over collectors, and how they were before. */
export interface Shards {
  count: number;
  /** Earlier counts, as long as a visit of that time may still be going on. */
  before: { count: number; until: number }[];
}

/** Collectors of one site at most: a visit's id has six bits for its collector. */
export const SHARDS_MAX = 64;

/** More arrivals a second than this, for a minute, are too much for one collector. */
const BUSY_PER_SECOND = 300;
const BUSY_MS = 60_000;

/** One visitor is always one collector's: a new visit is opened here and nowhere else. */
export function homeOf(visitor: number, count: number): number {
  return visitor % count;
}

/** Collectors that may know a visit of this visitor from the time before the count was raised. */
export function formerHomes({ count, before }: Shards, visitor: number, now: number): number[] {
  const homes = before.filter(({ until }) => until > now).map((then) => homeOf(visitor, then.count));
  return [...new Set(homes)].filter((home) => home !== homeOf(visitor, count));
}

/** The spread after the count is raised, at `now`, with visits remembered for `memory` milliseconds. */
export function raised({ count, before }: Shards, to: number, now: number, memory: number): Shards {
  return { count: to, before: [...before.filter(({ until }) => until > now), { count, until: now + memory }] };
}

/** Tells when a collector has had too much to do for a whole minute. */
export class Busyness {
  #since = 0;
  #count = 0;

  /** @returns whether the minute that ends with this arrival was too busy */
  arrived(count: number, now: number): boolean {
    this.#count += count;
    const span = now - this.#since;
    if (span < BUSY_MS) return false;
    // A minute that began long ago, with silence in it, says nothing.
    const busy = span < 2 * BUSY_MS && this.#count / (span / 1000) > BUSY_PER_SECOND;
    this.#since = now;
    this.#count = 0;
    return busy;
  }
}
