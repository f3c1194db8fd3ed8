import { useMemo } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { exact } from '../format.ts';
import { go } from '../router.ts';
import type { PageProps } from '../routes.ts';
import { SiteFrame } from '../site/frame.tsx';
import { HereNow } from '../site/here-now.tsx';
import { useLive } from '../site/live.ts';
import { QueryBar } from '../site/query-bar.tsx';
import { printView, readView, scopeOf, show, type View } from '../site/view.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { offsetOf, Pager, withOffset } from '../ui/pager.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { printChoice, readChoice } from './choice.ts';
import { Icon } from './icons.tsx';
import { ListTools } from './list-tools.tsx';
import { PAGE_ROWS, playingAll, useReplays } from './queue.ts';
import { ReplayRow } from './row.tsx';
import './list.css';

/** The site's recordings of the range and the filters in the address. */
export default function Page({ params, search }: PageProps) {
  const id = params.id ?? '';
  const live = useLive(id);
  return (
    <SiteFrame id={id} current="recordings" aside={<HereNow here={live.here} site={id} />}>
      {(site) => <Recordings site={site} base={`/sites/${encodeURIComponent(id)}`} search={search} turn={live.turn} />}
    </SiteFrame>
  );
}

interface Props {
  site: SiteJson;
  base: string;
  search: string;
  turn: number;
}

function Recordings({ site, base, search, turn }: Props) {
  const view = useMemo(() => {
    const asked = readView(search);
    return { ...scopeOf(asked), recordings: asked.recordings };
  }, [search]);
  const choice = readChoice(view.recordings);
  const offset = offsetOf(search);
  const { data, error, stale, refresh } = useReplays(String(site.id), search, PAGE_ROWS, turn);
  const scope = printView(view);
  const rows = data?.results ?? [];
  const first = rows[0];
  // The player's queue begins with this page of the list.
  const queue = withOffset(scope, offset);
  return (
    <QueryBar site={site} view={view}>
      <Card
        class="replays"
        title={
          data && data.total > 0
            ? `${exact(data.total)} ${data.total === 1 ? 'recording' : 'recordings'}`
            : 'Recordings'
        }
        aside={
          <>
            <a href={`${base}/heatmap${printView(scopeOf(view))}`}>Heat maps</a>
            <a href={`${base}/watched`}>Who watched what</a>
            {first && (
              <a class="button primary" href={`${base}/replays/${first.session}${playingAll(queue)}`}>
                <Icon name="play" size={12} /> Play all
              </a>
            )}
          </>
        }
        stale={stale}
      >
        <ListTools
          choice={choice}
          onChoose={(next) => show(view, { recordings: printChoice(next) }, { replace: true })}
        />
        {!data && error && <ErrorState error={error} retry={refresh} />}
        {!data && !error && <Waiting />}
        {data && rows.length === 0 && <Nothing site={site} view={view} base={base} />}
        {rows.length > 0 && (
          <>
            <p class="replay-heads" aria-hidden="true">
              <span />
              <span>Visitor</span>
              <span>Pages</span>
              <span>Source</span>
              <span>Friction</span>
              <span>What happened when</span>
              <span class="numeric">Length</span>
              <span class="numeric">When</span>
            </p>
            <ul class="replay-rows">
              {rows.map((one) => (
                <ReplayRow
                  key={one.session}
                  replay={one}
                  href={`${base}/replays/${one.session}${queue}`}
                  timezone={site.timezone}
                />
              ))}
            </ul>
          </>
        )}
        {data && (
          <Pager
            label="Pages of recordings"
            offset={offset}
            rows={rows.length}
            total={data.total}
            page={PAGE_ROWS}
            onTurn={(at) => go(`${base}/replays${withOffset(scope, at)}`)}
          />
        )}
      </Card>
    </QueryBar>
  );
}

/** Rows to come, in their place. */
function Waiting() {
  return (
    <div class="replay-waiting" aria-busy="true">
      {Array.from({ length: 8 }, (_, i) => (
        <Skeleton key={i} height="2rem" />
      ))}
    </div>
  );
}

/** Why there is none, and what to do about it. */
function Nothing({ site, view, base }: { site: SiteJson; view: View; base: string }) {
  if (site.record === 0) {
    return (
      <EmptyState title="Recording is off" action={{ label: 'To the settings', href: `${base}/settings` }}>
        Choose in the settings which share of visits to record. What is typed stays masked, before it leaves the page.
      </EmptyState>
    );
  }
  if (view.filters.length > 0 || view.recordings) {
    return (
      <EmptyState
        title="No recorded visit fits these filters"
        action={{ label: 'Clear the filters', onClick: () => show(view, { filters: [], recordings: '' }) }}
      >
        There may be visits that fit but were not recorded: the site records{' '}
        {site.record === 1 ? 'every visit' : `${Math.round(site.record * 100)} % of visits`}.
      </EmptyState>
    );
  }
  if (view.range !== 'all') {
    return (
      <EmptyState
        title="No recordings in this range"
        action={{ label: 'Look at all time', onClick: () => show(view, { range: 'all' }) }}
      >
        A visit shows up here some seconds after its first page.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No recordings yet" action={{ label: 'See the snippet', href: `${base}/settings` }}>
      Visits are recorded from the moment the snippet is on the site. One shows up here some seconds after its first
      page.
    </EmptyState>
  );
}
