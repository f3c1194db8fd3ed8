import { capital } from '../format.ts';
import { manyOf } from '../site/dimensions.ts';
import { Card } from '../ui/card.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { live as words } from '../words/live.ts';
import { FACET_IDS, FACETS } from './feed.ts';

/** The page before anything is heard: its cards, in their places. */
export function Waiting() {
  return (
    <div aria-busy="true">
      <div class="live-head">
        <Skeleton width="14rem" height="1.625rem" />
      </div>
      <div class="live-lists">
        {FACET_IDS.map((facet) => (
          <Card key={facet} title={capital(manyOf(FACETS[facet].dimension))} class="live-list">
            <Skeleton height="8rem" />
          </Card>
        ))}
      </div>
      <div class="grid live-grid">
        {[words.visitors, words.stream].map((title) => (
          <Card key={title} title={title} class="live-card">
            <Skeleton height="16rem" />
          </Card>
        ))}
      </div>
    </div>
  );
}
