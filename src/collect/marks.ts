/** When a collector writes to Postgres with nobody looking. Pure: the bench of what that costs reads it, too. */

/** How much waits before it is written without waiting for the mark; and what one batch holds, but for its last row. */
export const FULL = { entries: 5_000, bytes: 1_000_000, chunkBytes: 8_000_000 };

/** The next common mark of the clock: every so many minutes of the UTC day, the same for all collectors. */
export function nextMark(now: number, minutes: number): number {
  const span = minutes * 60_000;
  return (Math.floor(now / span) + 1) * span;
}
