import type { SegmentJson, SiteJson } from '../../contract/api.ts';
import { type Filter, innerFilters, isSegment } from '../../contract/words.ts';
import { api } from '../api.ts';
import { type Data, useData } from '../data.ts';

/** The site's segments, by name. */
export function useSegments(site: SiteJson): Data<{ segments: SegmentJson[] }> {
  return useData(`segments ${site.id}`, (signal) =>
    api<{ segments: SegmentJson[] }>('GET', `/sites/${site.id}/segments`, undefined, signal),
  );
}

/** The segment that a filter is, when it is one and no more. */
export function segmentId(filter: Filter): number | null {
  return isSegment(filter) && filter[2].length === 1 ? (filter[2][0] ?? null) : null;
}

/** Every segment that a filter names, however deep. */
export function segmentsIn(filter: Filter): number[] {
  if (isSegment(filter)) return filter[2];
  return innerFilters(filter)?.flatMap(segmentsIn) ?? [];
}

/** Filters with those of each segment in its place, for a segment holds no other. */
export function spelledOut(filters: Filter[], segments: SegmentJson[]): Filter[] {
  return filters.flatMap((filter) => {
    const id = segmentId(filter);
    return id === null ? [nested(filter, segments)] : (segments.find((one) => one.id === id)?.filters ?? []);
  });
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
