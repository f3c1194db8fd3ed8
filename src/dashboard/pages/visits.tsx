import { useMemo } from 'preact/hooks';
import type { SessionJson, SiteJson } from '../../contract/api.ts';
import type { Warning } from '../../contract/query.ts';
import { isTime } from '../../contract/words.ts';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { playingAll } from '../replays/queue.ts';
import { go } from '../router.ts';
import type { PageProps } from '../routes.ts';
import { useAnswer, withBots } from '../site/ask.ts';
import { zoomed } from '../site/chart-maths.ts';
import { SiteFrame } from '../site/frame.tsx';
import { HereNow } from '../site/here-now.tsx';
import { useLive } from '../site/live.ts';
import { QueryBar } from '../site/query-bar.tsx';
import { printView, readView, scopeOf, show, type View } from '../site/view.ts';
import { warned } from '../site/warned.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { offsetOf, Pager, withOffset } from '../ui/pager.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { VisitRow } from '../visits/row.tsx';
import { counts } from '../words/counts.ts';
import { visits as words } from '../words/visits.ts';
import '../visits/visits.css';

const PAGE = 50;

/** The visits behind a number: those of the range and the filters in the address, newest first. */
export default function Page({ params, search }: PageProps) {
  const id = params.id ?? '';
  const live = useLive(id);
  return (
    <SiteFrame id={id} current="visits" aside={<HereNow here={live.here} site={id} />}>
      {(site) => <Visits site={site} base={`/sites/${encodeURIComponent(id)}`} search={search} turn={live.turn} />}
    </SiteFrame>
  );
}

interface Listed {
  results: SessionJson[];
  total: number;
  recorded: number;
  warnings?: Warning[];
}

interface Props {
  site: SiteJson;
  base: string;
  search: string;
  /** See `useLive`. */
  turn: number;
}

function Visits({ site, base, search, turn }: Props) {
  const view = useMemo(() => readView(search), [search]);
  const offset = offsetOf(search);
  // The address as the API reads it, too.
  const scope = printView({ ...scopeOf(view), bucket: view.bucket });
  const question = `${withOffset(scope, offset) || '?'}&limit=${PAGE}`;
  const { data, error, stale, refresh } = useData(
    `sessions ${site.id} ${question}`,
    (signal) => api<Listed>('GET', `/sites/${site.id}/sessions${question}`, undefined, signal),
    { turn },
  );
  const rows = data?.results ?? [];
  return (
    <QueryBar site={site} view={view}>
      <Card
        class="visits"
        title={data && data.total > 0 ? counts.visits(data.total) : words.visits}
        aside={
          data ? data.total > 0 && <Beside {...{ site, view, base, turn }} listed={data} /> : !error && <Counting />
        }
        stale={stale}
      >
        {!data && error && <ErrorState error={error} retry={refresh} />}
        {!data && !error && (
          <>
            <Heads />
            <Waiting />
          </>
        )}
        {data && rows.length === 0 && <Nothing view={view} base={base} listed={data} />}
        {rows.length > 0 && (
          <>
            <Heads />
            <ul class="visit-rows">
              {rows.map((one) => (
                <VisitRow
                  key={one.id}
                  visit={one}
                  href={`${base}/${one.recording ? 'replays' : 'visits'}/${one.id}${printView(scopeOf(view))}`}
                  timezone={site.timezone}
                />
              ))}
            </ul>
          </>
        )}
        {rows.length > 0 &&
          data?.warnings?.map((warning) => (
            <p key={warning.code} class="list-note">
              {warned(warning)}
            </p>
          ))}
        {data && (
          <Pager
            label={words.pager}
            offset={offset}
            rows={rows.length}
            total={data.total}
            page={PAGE}
            onTurn={(at) => go(`${base}/visits${withOffset(scope, at)}`)}
          />
        )}
      </Card>
    </QueryBar>
  );
}

interface BesideProps extends Omit<Props, 'search'> {
  view: View;
  listed: Listed;
}

/** What else is counted of these visits: the number that led here stands here again. And how many of them play. */
function Beside({ site, view, listed, base, turn }: BesideProps) {
  const { bucket } = view;
  const { data, error, stale } = useAnswer(
    site,
    {
      date_range: view.range,
      filters: view.filters,
      metrics: ['visitors', 'pageviews', 'events'],
      dimensions: bucket ? [bucket.unit] : [],
      include: withBots(view),
    },
    turn,
  );
  const labels = data?.results.map(({ dimensions: [label = ''] }) => label) ?? [];
  const point = bucket ? labels.indexOf(bucket.label) : 0;
  const [visitors, views, events] = data?.results[point]?.metrics ?? [];
  const done = view.filters.some((filter) => filter[1] === 'event:goal')
    ? counts.conversions(events ?? 0)
    : counts.views(views ?? 0);
  const recorded = listed.recorded > 0 && words.someRecorded(listed.recorded, listed.total);
  // Recordings are asked for by range, not by a point of the chart: where that ends, the answer says.
  const within = bucket && data ? zoomed(labels, point, point, bucket.unit, data.query.date_range) : view.range;
  const queue = bucket && !data ? null : printView({ ...scopeOf(view), range: within ?? view.range });
  const first = listed.results.find(({ recording }) => recording);
  return (
    <>
      <span>
        <span aria-busy={stale ? 'true' : undefined}>
          {data ? `${counts.visitors(visitors ?? 0)} · ${done}` : error ? words.notCounted : <Counting />}
        </span>
        {recorded && (
          <>
            {' · '}
            {queue === null ? recorded : <a href={`${base}/replays${queue}`}>{recorded}</a>}
          </>
        )}
      </span>
      {recorded && queue !== null && (
        <a class="button" href={first ? `${base}/replays/${first.id}${playingAll(queue)}` : `${base}/replays${queue}`}>
          <Icon name="play" size={11} /> {words.playAll}
        </a>
      )}
    </>
  );
}

/** Visitors and page views to come. */
const Counting = () => <Skeleton width="13rem" />;

function Heads() {
  return (
    <p class="visit-heads" aria-hidden="true">
      <span />
      <span>{words.when}</span>
      <span>{words.visitor}</span>
      <span>{words.pages}</span>
      <span>{words.source}</span>
      <span class="numeric">{words.events}</span>
      <span class="numeric">{words.duration}</span>
      <span class="numeric">{words.recorded}</span>
    </p>
  );
}

/** Rows to come, in their place. */
function Waiting() {
  return (
    <ul class="visit-rows visits-waiting" aria-busy="true">
      {Array.from({ length: 8 }, (_, i) => (
        <li key={i}>
          <Skeleton height="100%" />
        </li>
      ))}
    </ul>
  );
}

/** Why there is none, and what to do about it. */
function Nothing({ view, base, listed }: { view: View; base: string; listed: Listed }) {
  const [warning] = listed.warnings ?? [];
  if (listed.total > 0) {
    return <EmptyState title={words.ended} action={{ label: words.toNewest, onClick: () => show(view, {}) }} />;
  }
  if (warning) return <EmptyState title={words.notKept}>{warned(warning)}</EmptyState>;
  if (view.bucket && isTime(view.bucket.unit)) {
    return (
      <EmptyState
        title={words.noneThen}
        action={{ label: words.wholeRange, onClick: () => show(view, { bucket: null }) }}
      />
    );
  }
  if (view.filters.length > 0) {
    return (
      <EmptyState title={words.noneFits} action={{ label: words.clear, onClick: () => show(view, { filters: [] }) }}>
        {view.range !== 'all' && words.noneFitsText}
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
