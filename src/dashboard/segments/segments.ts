import type { SegmentJson, SiteJson } from '../../contract/api.ts';
import { type Filter, innerFilters, isSegment } from '../../contract/words.ts';
import { api } from '../api.ts';
import { type Data, useData } from '../data.ts';
import type { SegmentName } from '../site/filter-words.ts';
import { same, type View } from '../site/view.ts';
import { filters as words } from '../words/filters.ts';

/** The site's shared segments and one's own, by name. */
export function useSegments(site: SiteJson): Data<{ segments: SegmentJson[] }> {
  return useData(`segments ${site.id}`, (signal) =>
    api<{ segments: SegmentJson[] }>('GET', `/sites/${site.id}/segments`, undefined, signal),
  );
}

/**
 * A segment among the filters, and so in the address: a shared one by its number; one's own as the filters that it is, so that whoever
 * gets the address sees the same.
 */
export const asFilter = ({ id, filters, shared }: SegmentJson): Filter =>
  shared ? ['is', 'segment', [id]] : ['and', filters];

/** The segment that a filter is, when it is one and no more. */
export const segmentOf = (filter: Filter, segments: SegmentJson[]): SegmentJson | undefined =>
  segments.find((one) => same(asFilter(one), filter));

/** One shared segment, whether it is there or not. */
const isOne = (filter: Filter): boolean => isSegment(filter) && filter[2].length === 1;

/** What a filter calls a segment; without a list it isn't known yet. */
export const namer =
  (segments: SegmentJson[] | undefined): SegmentName =>
  (id) =>
    segments ? (segments.find((one) => one.shared && one.id === id)?.name ?? words.notHere) : '…';

/** Every segment that a filter names, however deep. */
export function segmentsIn(filter: Filter): number[] {
  if (isSegment(filter)) return filter[2];
  return innerFilters(filter)?.flatMap(segmentsIn) ?? [];
}

/** A segment alone is kept already. */
export function worthSaving({ filters }: View, segments: SegmentJson[]): boolean {
  return filters.length > 1 || filters.some((filter) => !isOne(filter) && !segmentOf(filter, segments));
}

/** Filters with those of each segment in its place, for a segment holds no other. */
export function spelledOut(filters: Filter[], segments: SegmentJson[]): Filter[] {
  return filters.flatMap(
    (filter) => segmentOf(filter, segments)?.filters ?? (isOne(filter) ? [] : [nested(filter, segments)]),
  );
}

function nested(filter: Filter, segments: SegmentJson[]): Filter {
  if (filter[0] === 'not') return ['not', nested(filter[1], segments)];
  if (filter[0] === 'and' || filter[0] === 'or') return [filter[0], filter[1].map((one) => nested(one, segments))];
  if (!isSegment(filter)) return filter;
  const meant = segments
    .filter(({ id }) => filter[2].includes(id))
    .map(({ filters }): Filter => (filters.length === 1 && filters[0] ? filters[0] : ['and', filters]));
  return meant.length === 1 && meant[0] ? meant[0] : ['or', meant];
}
