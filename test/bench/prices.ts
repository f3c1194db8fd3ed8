/**
 * Prices and free allowances, as of 2026-11-21, US dollars:
 * https://developers.cloudflare.com/durable-objects/platform/pricing, https://developers.cloudflare.com/workers/platform/pricing,
 * https://neon.com/docs/introduction/plans. Cloudflare's free allowances are a day's, its paid ones a month's.
 */

const DAYS_A_MONTH = 30;

export const NEON = {
  /** Minutes without a query until it suspends, and what runs until then. */
  idleMinutes: 5,
  compute: 0.25,
  /** CU-hours a month and project; pages of Neon's own differ between 100 and 50. */
  freeHours: 100,
  perHour: 0.106,
};

/** `free`: a day. `included`: a month, in the paid plan's $5. `per`: dollars for each more. */
export const CLOUDFLARE = {
  plan: 5,
  workerRequests: { free: 100_000, included: 10_000_000, per: 0.3e-6 },
  objectRequests: { free: 100_000, included: 1_000_000, per: 0.15e-6 },
  /** GB-seconds; an object has 128 MB. */
  duration: { free: 13_000, included: 400_000, per: 12.5e-6 },
  rowsWritten: { free: 100_000, included: 50_000_000, per: 1e-6 },
  rowsRead: { free: 5_000_000, included: 25_000_000_000, per: 0.001e-6 },
};

/** https://developers.cloudflare.com/r2/pricing: what a write costs; a month’s first million is free. */
export const R2 = { perPut: 4.5e-6 };

export const OBJECT_GB = 0.128;
/** Milliseconds that an object is at work for a hit, its write made durable, and for a batch, Postgres woken by it. Guessed high. */
export const HIT_MS = 20;
export const BATCH_MS = 2_000;

export type Usage = Record<Exclude<keyof typeof CLOUDFLARE, 'plan'>, number>;

/** What a day's usage costs in a month: nothing while all of it is inside the free plan, else the paid plan and what exceeds it. */
export function cloudflare(day: Usage): { free: boolean; dollars: number } {
  const names = Object.keys(day) as (keyof Usage)[];
  if (names.every((name) => day[name] <= CLOUDFLARE[name].free)) return { free: true, dollars: 0 };
  const more = names.map((name) => {
    const { included, per } = CLOUDFLARE[name];
    return Math.max(0, day[name] * DAYS_A_MONTH - included) * per;
  });
  return { free: false, dollars: CLOUDFLARE.plan + more.reduce((sum, each) => sum + each, 0) };
}

/** Hours of the smallest compute in a month, and what they cost. */
export function neon(minutesADay: number): { hours: number; free: boolean; dollars: number } {
  const hours = (minutesADay / 60) * NEON.compute * DAYS_A_MONTH;
  const free = hours <= NEON.freeHours;
  return { hours, free, dollars: free ? 0 : hours * NEON.perHour };
}
