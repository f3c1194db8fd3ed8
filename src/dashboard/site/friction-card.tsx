import type { SiteJson } from '../../contract/api.ts';
import { FRICTION } from '../../contract/replay.ts';
import type { Data } from '../data.ts';
import { exact, percent } from '../format.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { briefly } from '../ui/error-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { dimensions } from '../words/dimensions.ts';
import { overview as words } from '../words/overview.tsx';
import { Places } from './list-card.tsx';
import type { Recordings } from './questions.ts';
import { printView, scopeOf, type View } from './view.ts';

interface Props {
  site: SiteJson;
  view: View;
  recordings: Data<Recordings>;
  base: string;
}

/** What went wrong for visitors, as far as their visits are recorded: each kind opens the recordings that have it. */
export function FrictionCard({ site, view, recordings: { data, stale, error }, base }: Props) {
  const kinds = FRICTION.map((kind) => ({ kind, n: data?.friction[kind] ?? 0 })).sort((a, b) => b.n - a.n);
  const total = data?.total ?? 0;
  const most = kinds[0]?.n ?? 0;
  return (
    <Card
      title={words.friction}
      label={words.friction}
      class="list-card friction-card"
      stale={stale}
      aside={total > 0 && words.ofRecorded(total)}
    >
      <div class="list-panel">
        {!data && error && <p class="list-note alone">{briefly(error)}</p>}
        {!data && !error && <Places />}
        {data && total === 0 && (
          <EmptyState title={site.record === 0 ? words.recordingOff : words.nothingRecorded}>
            {words.frictionText}
          </EmptyState>
        )}
        {total > 0 && (
          <ul class="list">
            {kinds.map(({ kind, n }) => {
              const search = printView({ ...scopeOf(view), recordings: `with=${kind}` });
              return (
                <li key={kind} class="list-row">
                  {n > 0 && <span class="row-bar" style={{ width: `${(n / most) * 100}%` }} />}
                  <a class="row-main" href={`${base}/replays${search}`}>
                    <span class="row-name">{dimensions.signals[kind]}</span>
                    <span class="row-value">
                      <span class="row-share">{percent((n / total) * 100)}</span> {exact(n)}{' '}
                      <span class="sr">{words.recordedVisits}</span>{' '}
                      <span class="friction-play">{n > 0 && <Icon name="play" />}</span>
                    </span>
                  </a>
                </li>
              );
            })}
          </ul>
        )}
      </div>
      <footer class="list-foot" />
    </Card>
  );
}
