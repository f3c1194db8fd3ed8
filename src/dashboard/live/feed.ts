import type { LiveEvent, LiveMessage, LiveVisitor } from '../../contract/api.ts';
import { unset } from '../../contract/words.ts';

/** What a live page knows: who is here, and what happened lately, newest first. */
export interface Feed {
  here: number;
  visitors: LiveVisitor[];
  events: LiveEvent[];
}

/** Events that are kept: older ones are in the reports. */
export const KEPT = 60;

/**
 * A message taken in. One may tell of events that were told before, as the first one after a broken connection does:
 * they are taken once.
 */
export function hear(feed: Feed | null, message: LiveMessage): Feed {
  const { here, visitors, events } = message;
  const old = feed?.events ?? [];
  const known = new Set(old.map(keyOf));
  const fresh = events.filter((event) => {
    const key = keyOf(event);
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
  const all = fresh.length ? [...fresh.reverse(), ...old].sort((a, b) => b.time - a.time).slice(0, KEPT) : old;
  return { here, visitors, events: all };
}

export function keyOf({ visit, time, name, page }: LiveEvent): string {
  return `${visit} ${time} ${name} ${page}`;
}

/** By what visitors who are here are counted, and can be narrowed down to. */
export const FACETS = {
  page: { dimension: 'event:page', of: (one: LiveVisitor) => one.page },
  source: {
    dimension: 'visit:source',
    of: (one: LiveVisitor) => one.source ?? unset('visit:source'),
  },
  country: {
    dimension: 'visit:country',
    of: (one: LiveVisitor) => one.country ?? unset('visit:country'),
  },
} as const;

export type Facet = keyof typeof FACETS;
export const FACET_IDS = Object.keys(FACETS) as Facet[];

/** How many visitors there are of each value, most first; equal ones by name, so that rows don't dance. */
export function counted(visitors: LiveVisitor[], facet: Facet): [value: string, visitors: number][] {
  const counts = new Map<string, number>();
  for (const one of visitors) {
    const value = FACETS[facet].of(one);
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

/** The one value that the page is narrowed down to, as its address says. */
export type Narrow = [facet: Facet, value: string] | null;

export function readNarrow(search: string): Narrow {
  const asked = new URLSearchParams(search);
  for (const facet of FACET_IDS) {
    const value = asked.get(facet);
    if (value) return [facet, value];
  }
  return null;
}

export function printNarrow(narrow: Narrow): string {
  return narrow ? `?${narrow[0]}=${encodeURIComponent(narrow[1]).replaceAll('%2F', '/')}` : '';
}

/** The feed of those who fit. A visit that isn't among those told of fits nothing. */
export function narrowed(feed: Feed, narrow: Narrow): Feed {
  if (!narrow) return feed;
  const [facet, value] = narrow;
  const visitors = feed.visitors.filter((one) => FACETS[facet].of(one) === value);
  const visits = new Set(visitors.map(({ visit }) => visit));
  return { here: visitors.length, visitors, events: feed.events.filter(({ visit }) => visits.has(visit)) };
}
