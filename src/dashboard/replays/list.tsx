import { useMemo } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { percent } from '../format.ts';
import { go } from '../router.ts';
import type { PageProps } from '../routes.ts';
import { SiteFrame } from '../site/frame.tsx';
import { HereNow } from '../site/here-now.tsx';
import { useLive } from '../site/live.ts';
import { QueryBar } from '../site/query-bar.tsx';
import { printView, readView, scopeOf, show, type View } from '../site/view.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { offsetOf, Pager, withOffset } from '../ui/pager.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { counts } from '../words/counts.ts';
import { replays as words } from '../words/replays.ts';
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
  const waiting = !data && !error;
  // The player's queue begins with this page of the list.
  const queue = withOffset(scope, offset);
  return (
    <QueryBar site={site} view={view}>
      <Card
        class="replays"
        title={data && data.total > 0 ? counts.recordings(data.total) : words.recordings}
        aside={
          <>
            <a href={`${base}/heatmap${printView(scopeOf(view))}`}>{words.heatmaps}</a>
            <a href={`${base}/watched`}>{words.watched}</a>
            {first ? (
              <a class="button primary" href={`${base}/replays/${first.session}${playingAll(queue)}`}>
                <Icon name="play" size={12} /> {words.playAll}
              </a>
            ) : (
              waiting && (
                <Button kind="primary" disabled>
                  <Icon name="play" size={12} /> {words.playAll}
                </Button>
              )
            )}
          </>
        }
        stale={stale}
      >
        {/* Of none at all there is nothing to choose. */}
        {(data?.total !== 0 || view.recordings) && (
          <ListTools
            choice={choice}
            onChoose={(next) => show(view, { recordings: printChoice(next) }, { replace: true })}
          />
        )}
        {!data && error && <ErrorState error={error} retry={refresh} />}
        {waiting && <Waiting />}
        {data && rows.length === 0 && <Nothing site={site} view={view} base={base} />}
        {rows.length > 0 && (
          <>
            <Heads />
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
            label={words.pager}
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

function Heads() {
  return (
    <p class="replay-heads" aria-hidden="true">
      <span />
      <span>{words.visitor}</span>
      <span>{words.pages}</span>
      <span>{words.source}</span>
      <span>{words.friction}</span>
      <span>{words.strip}</span>
      <span class="numeric">{words.length}</span>
      <span class="numeric">{words.when}</span>
    </p>
  );
}

/** Rows to come, in their place. */
function Waiting() {
  return (
    <>
      <Heads />
      <ul class="replay-rows replay-waiting" aria-busy="true">
        {Array.from({ length: 8 }, (_, i) => (
          <li key={i}>
            <Skeleton height="auto" />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Why there is none, and what to do about it. */
function Nothing({ site, view, base }: { site: SiteJson; view: View; base: string }) {
  if (site.record === 0) {
    return (
      <EmptyState title={words.off} action={{ label: words.toSettings, href: `${base}/settings` }}>
        {words.offText}
      </EmptyState>
    );
  }
  if (view.filters.length > 0 || view.recordings) {
    return (
      <EmptyState
        title={words.noneFits}
        action={{ label: words.clear, onClick: () => show(view, { filters: [], recordings: '' }) }}
      >
        {site.record === 1 ? words.noneFitsOfAll : words.noneFitsOfSome(percent(site.record * 100))}
      </EmptyState>
    );
  }
  if (view.range !== 'all') {
    return (
      <EmptyState
        title={words.noneInRange}
        action={{ label: words.allTime, onClick: () => show(view, { range: 'all' }) }}
      >
        {words.noneInRangeText}
      </EmptyState>
    );
  }
  return (
    <EmptyState title={words.none} action={{ label: words.seeSnippet, href: `${base}/settings` }}>
      {words.noneText}
    </EmptyState>
  );
}
