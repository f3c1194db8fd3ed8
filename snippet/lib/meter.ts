/** Milliseconds of work that are allowed within any second. */
const BUDGET_MS = 50;
/** What was worked within so long is added up as one. */
const GRAIN_MS = 50;

/**
 * Measures what is run by it; what runs within that is a part of it.
 * @param exceeded called once all of it, within a second, took more than is allowed
 */
export function meter(exceeded: () => void): <T>(run: () => T) => T {
  let spent: { at: number; ms: number }[] = [];
  let measuring = false;
  return (run) => {
    if (measuring) return run();
    measuring = true;
    const begun = performance.now();
    try {
      return run();
    } finally {
      measuring = false;
      const now = performance.now();
      spent = spent.filter(({ at }) => now - at < 1_000);
      const latest = spent[0];
      if (latest && now - latest.at < GRAIN_MS) latest.ms += now - begun;
      else spent.unshift({ at: now, ms: now - begun });
      if (spent.reduce((sum, { ms }) => sum + ms, 0) > BUDGET_MS) {
        spent = [];
        exceeded();
      }
    }
  };
}
