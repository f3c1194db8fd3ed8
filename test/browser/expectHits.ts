import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type {} from '../../snippet/lib/footfall.ts';
import type { Hit } from '../../src/contract/wire.ts';
import type { Front } from './front.ts';

type Pattern = Partial<Omit<Hit, 'props'>> & { props?: Record<string, unknown>; path?: string };

interface Expectation {
  /** What a person or a page does. */
  does: () => Promise<unknown>;
  /** Hits that must arrive, each once, in any order; a pattern names only the fields that matter. */
  hits: Pattern[];
  /** Where the last act happens: an event sent from there afterwards proves that nothing more is under way. */
  fence?: Page;
  /** Reports of engagement come with leaving a page; unless they are the matter of a test, they are not counted. */
  engagement?: boolean;
}

let fences = 0;

/** Action, hits expected; whatever else arrives is refused. When it fails it prints what did arrive. */
export async function expectHits(front: Front, { does, hits, fence, engagement }: Expectation): Promise<Hit[]> {
  const start = front.hits.length;
  const arrived = () =>
    front.hits
      .slice(start)
      .filter(({ name }) => !name?.startsWith('fence-') && (engagement || name !== 'engagement'))
      // A page that goes cuts off what is on its way and can't know that it arrived: the next page sends it again under
      // the same number, by which the collector drops it.
      .filter(({ seq }, i, all) => !seq || all.findIndex((hit) => hit.seq === seq) === i);
  await does();
  await front.until(() => arrived().length >= hits.length);
  if (fence) {
    fences += 1;
    const name = `fence-${fences}`;
    await fence.evaluate((name) => window.footfall?.(name), name);
    await front.until(() => front.hits.some((hit) => hit.name === name));
  }
  const left = arrived();
  const missing = hits.filter((pattern) => {
    const place = left.findIndex((hit) => matches({ ...hit, path: pathOf(hit) }, pattern));
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
  const told = `\narrived:\n${arrived()
    .map((hit) => `  ${JSON.stringify(hit)}`)
    .join('\n')}\nrefused by the collector: ${front.refusals}`;
  expect(missing, `hits that never arrived${told}`).toEqual([]);
  expect(left, `hits that nobody expected${told}`).toEqual([]);
  return arrived();
}

function pathOf({ url }: Hit): string {
  const { pathname, search, hash } = new URL(url);
  return pathname + search + hash;
}

/** True when every field of the pattern is in the value. */
function matches(value: unknown, pattern: unknown): boolean {
  if (typeof pattern !== 'object' || pattern === null) return value === pattern;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(pattern).every(([key, part]) => matches((value as Record<string, unknown>)[key], part));
}
