import { type Guest, guest, pathOf } from './traffic.ts';

/** Visits over days, for benches that need no clock: when each begins, and what it sends. */

export interface Step {
  time: number;
  who: Guest;
  kind: 'pageview' | 'event' | 'engagement';
  path: string;
  seq: number;
  /** Of an engagement report: the page view's number, milliseconds, percent. */
  of: number;
  engaged: number;
  scroll: number;
}

/** How busy an hour of the day is, beside the others: nights are quiet. Mean 1. */
export function busyness(hour: number): number {
  return 1 + 0.85 * Math.sin(((hour - 9) / 24) * 2 * Math.PI);
}

/** A Poisson-distributed number: https://en.wikipedia.org/wiki/Poisson_distribution#Random_variate_generation */
export function poisson(mean: number, random: () => number): number {
  if (mean > 50) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}

/** What one visit sends, in order: each page is read for a while, which most browsers report when it is left. */
export function visit(start: number, random: () => number): Step[] {
  const who = guest(random);
  const steps: Step[] = [];
  let time = start;
  let count = 0;
  const number = () => who.load * 2 ** 20 + ++count;
  for (let left = who.left; left > 0; left--) {
    const path = pathOf(random);
    const seq = number();
    const none = { of: 0, engaged: 0, scroll: 0 };
    steps.push({ time, who, kind: 'pageview', path, seq, ...none });
    const read = Math.min(600_000, -Math.log(1 - random()) * 45_000);
    if (random() < 0.05) steps.push({ time: time + read / 2, who, kind: 'event', path, seq: number(), ...none });
    time += read;
    const engaged = { of: seq, engaged: Math.round(read * 0.7), scroll: Math.ceil(random() * 100) };
    if (random() < 0.9) steps.push({ time, who, kind: 'engagement', path, seq: 0, ...engaged });
    time += 300;
  }
  return steps;
}
