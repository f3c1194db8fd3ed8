import { show, type View } from '../site/view.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { segmentsIn } from './segments.ts';

/** The address speaks of a segment that the site hasn't got. */
export function LostSegment({ view, lost }: { view: View; lost: number[] }) {
  const others = view.filters.filter((filter) => !segmentsIn(filter).some((id) => lost.includes(id)));
  return (
    <section class="card" aria-label="Segment">
      <EmptyState
        title="This segment is not here"
        action={{ label: 'Go on without it', onClick: () => show(view, { filters: others }) }}
      >
        It was deleted, or the address is of another site: this one has no segment {lost.join(' and no ')}.
      </EmptyState>
    </section>
  );
}
