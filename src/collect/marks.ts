/** When a collector writes to Postgres with nobody looking. Pure: the bench of what that costs reads it, too. */

/** How much waits before it is written without waiting for the mark; and what one batch holds, but for its last row. */
export const FULL = { entries: 5_000, bytes: 1_000_000, sheetBytes: 8_000_000 };

/**
 * How much of recordings is held at most: of all visits, and of one. What is over goes along when something else is written,
 * for which Postgres wakes anyhow, but after so long in any case: less than a day, the least that a site keeps recordings.
 */
export const HELD = { bytes: 128_000_000, visitBytes: 4_000_000, ms: 6 * 3_600_000 };

/** The next common mark of the clock: every so many minutes of the UTC day, the same for all collectors. */
export function nextMark(now: number, minutes: number): number {
  const span = minutes * 60_000;
  return (Math.floor(now / span) + 1) * span;
}
