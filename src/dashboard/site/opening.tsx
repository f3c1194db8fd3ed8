import { Skeleton } from '../ui/skeleton.tsx';
import { overview as words } from '../words/overview.tsx';
import { LISTS } from './dimensions.ts';
import { Places } from './list-card.tsx';
import { Waiting } from './numbers.tsx';
import { METRIC_IDS } from './view.ts';
import './overview.css';
import './query-bar.css';

/** The overview while it isn't known of which site: everything has its place already. */
export function Opening() {
  return (
    <div aria-hidden="true">
      <div class="query-bar">
        <Skeleton width="5.5rem" height="var(--tap)" />
        <Skeleton width="9rem" height="var(--tap)" />
      </div>
      <div class="grid">
        <div class="card span head-card">
          <div class="numbers">
            {METRIC_IDS.map((id) => (
              <div key={id} class="tile">
                <span class="tile-label">{words.metrics[id]}</span>
                <span class="tile-value">
                  <Waiting />
                </span>
                <span class="change">{'\u00a0'}</span>
              </div>
            ))}
          </div>
          <div class="chart" />
        </div>
        <div class="below-chart span">
          <span class="bots-line" />
        </div>
        {LISTS.map(({ id }) => (
          <div key={id} class="card list-card">
            <div class="card-head" />
            <div class="list-panel">
              <Places />
            </div>
            <div class="list-foot" />
          </div>
        ))}
      </div>
    </div>
  );
}
