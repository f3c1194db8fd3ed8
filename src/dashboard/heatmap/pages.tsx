import type { SiteJson } from '../../contract/api.ts';
import { useAnswer, withBots } from '../site/ask.ts';
import { printView, type View } from '../site/view.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Middle } from '../ui/middle.tsx';
import { Count } from '../ui/number.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { heatmap as words } from '../words/heatmap.ts';
import { printChoice, readChoice } from './choice.ts';

const MOST = 100;

interface Props {
  site: SiteJson;
  base: string;
  view: View;
}

/** Pages to choose from, the most visited first. */
export function Pages({ site, base, view }: Props) {
  const { data, error, stale, refresh } = useAnswer(site, {
    date_range: view.range,
    filters: view.filters,
    metrics: ['visitors'],
    dimensions: ['event:page'],
    include: withBots(view),
    pagination: { limit: MOST },
  });
  const choice = readChoice(view.recordings);
  const rows = data?.results ?? [];
  const most = rows[0]?.metrics[0] ?? 0;
  return (
    <Card title={words.whichPage} aside={words.visitors} stale={stale}>
      {!data && error && <ErrorState error={error} retry={refresh} />}
      {!data && !error && <Skeleton height="16rem" />}
      {data && rows.length === 0 && <EmptyState title={words.nobody}>{words.nobodyText}</EmptyState>}
      <ul class="heat-pages">
        {rows.map(({ dimensions: [page = ''], metrics: [visitors] }) => (
          <li key={page}>
            <span class="heat-bar" style={{ width: `${most > 0 ? ((visitors ?? 0) / most) * 100 : 0}%` }} />
            <a
              class="heat-page"
              href={`${base}/heatmap${printView({ ...view, recordings: printChoice({ ...choice, page }) })}`}
            >
              <Middle text={page} />
              <Count of={visitors ?? 0} />
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
