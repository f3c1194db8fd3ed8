import type { AnnotationJson, SiteJson } from '../../contract/api.ts';
import type { Answered } from '../site/ask.ts';
import { dayIn, rangeName } from '../site/ranges.ts';
import type { View } from '../site/view.ts';
import { annotations as words } from '../words/annotations.ts';
import { inBuckets } from './annotations.ts';
import type { Opened } from './annotations-dialog.tsx';

interface Props {
  site: SiteJson;
  view: View;
  annotations: AnnotationJson[];
  /** What the chart draws. */
  answer: Answered | undefined;
  onOpen: (opened: Opened) => void;
}

/** How many there are in range, and the way to them and to one more. */
export function AnnotationsButton({ site, view, annotations, answer, onOpen }: Props) {
  if (!answer) return null;
  const opened = ofRange(site, view, annotations, answer);
  return (
    <button type="button" class="unit-button" onClick={() => onOpen(opened)}>
      {opened.shown.length > 0 ? words.count(opened.shown.length) : words.annotate}
    </button>
  );
}

/** All of the range; a new one is of its last day, or of today. */
export function ofRange(
  site: SiteJson,
  view: View,
  annotations: AnnotationJson[],
  answer: Answered | undefined,
): Opened {
  const now = Date.now();
  const today = dayIn(site.timezone, now);
  const whole = answer?.query.date_range ?? [today, today];
  const labels = answer?.results.map(({ dimensions: [label = ''] }) => label) ?? [];
  const shown = [...inBuckets(annotations, labels, whole).values()].flat().map(({ id }) => id);
  const end = whole[1].slice(0, 10);
  return { of: rangeName(view.range, site.timezone, now), shown, date: end < today ? end : today, time: null };
}
