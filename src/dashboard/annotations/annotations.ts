import type { AnnotationJson, SiteJson } from '../../contract/api.ts';
import type { ResolvedRange } from '../../contract/query.ts';
import { api } from '../api.ts';
import { type Data, useData } from '../data.ts';
import { day } from '../site/ranges.ts';

/** The site's annotations, the latest first. */
export function useAnnotations(site: SiteJson): Data<{ annotations: AnnotationJson[] }> {
  return useData(`annotations ${site.id}`, (signal) =>
    api<{ annotations: AnnotationJson[] }>('GET', `/sites/${site.id}/annotations`, undefined, signal),
  );
}

/** 20 Nov, 14:00: The new shop is up. */
export function annotationWords({ date, time, text }: AnnotationJson, year: string): string {
  return `${day(date, year)}${time ? `, ${time}` : ''}: ${text}`;
}

/**
 * In which bucket of a chart each is, by the buckets' numbers; those of before and after its range are in none.
 * @param labels of the buckets' beginnings, `2026-11-21` or `2026-11-21T14:00:00+02:00`
 */
export function inBuckets(
  annotations: AnnotationJson[],
  labels: string[],
  whole: ResolvedRange,
): Map<number, AnnotationJson[]> {
  const starts = labels.map((label) => (label.length > 10 ? label.slice(0, 16) : `${label}T00:00`));
  const flags = new Map<number, AnnotationJson[]>();
  for (const one of annotations) {
    const at = bucketOf(one, starts, whole);
    if (at >= 0) flags.set(at, [...(flags.get(at) ?? []), one]);
  }
  return flags;
}

function bucketOf({ date, time }: AnnotationJson, starts: string[], [from, to]: ResolvedRange): number {
  // What is of a whole day belongs to it, even if the range begins amid it.
  const outside = time === null ? date < from.slice(0, 10) || date > to.slice(0, 10) : false;
  const at = `${date}T${time ?? '00:00'}`;
  if (outside || (time !== null && (at < from.slice(0, 16) || at > to.slice(0, 16)))) return -1;
  const after = starts.findIndex((start) => start > at);
  return Math.max(0, (after < 0 ? starts.length : after) - 1);
}
