import { show, type View } from '../site/view.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { segmentDialogs as words } from '../words/segment-dialogs.ts';
import { segmentsIn } from './segments.ts';

/** The address speaks of a segment that the site hasn't got. */
export function LostSegment({ view, lost }: { view: View; lost: number[] }) {
  const others = view.filters.filter((filter) => !segmentsIn(filter).some((id) => lost.includes(id)));
  return (
    <section class="card" aria-label={words.segment}>
      <EmptyState title={words.lost} action={{ label: words.goOn, onClick: () => show(view, { filters: others }) }}>
        {words.lostText(lost)}
      </EmptyState>
    </section>
  );
}
