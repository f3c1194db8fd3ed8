import type { SiteJson, WatchedJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { ago, moment, plural } from '../format.ts';
import { go } from '../router.ts';
import type { PageProps } from '../routes.ts';
import { SiteFrame } from '../site/frame.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { offsetOf, Pager, withOffset } from '../ui/pager.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Table } from '../ui/table.tsx';

const PAGE = 50;

/** Who watched which recording: what is written down of everybody, the owner too. */
export default function Page({ params, search }: PageProps) {
  const id = params.id ?? '';
  return (
    <SiteFrame id={id} current="recordings">
      {(site) => <Watched site={site} base={`/sites/${encodeURIComponent(id)}`} offset={offsetOf(search)} />}
    </SiteFrame>
  );
}

const HOW: Record<WatchedJson['how'], string> = {
  heatmap: 'One moment of it, below a heat map',
  dashboard: 'In the dashboard',
  key: 'With an API key',
  link: 'By a link',
};

function Watched({ site, base, offset }: { site: SiteJson; base: string; offset: number }) {
  const path = `/sites/${site.id}/watched?limit=${PAGE}&offset=${offset}`;
  const { data, error, stale, refresh } = useData(`watched ${path}`, (signal) =>
    api<{ results: WatchedJson[]; total: number }>('GET', path, undefined, signal),
  );
  const zone = site.timezone;
  return (
    <Card
      class="watched"
      title="Who watched what"
      aside={data && data.total > 0 && plural(data.total, 'time')}
      stale={stale}
    >
      {!data && error && <ErrorState error={error} retry={refresh} />}
      {!data && !error && <Skeleton height="12rem" />}
      {data && data.results.length === 0 && (
        <EmptyState
          title="Nobody has watched a recording"
          action={{ label: 'To the recordings', href: `${base}/replays` }}
        >
          Whoever opens one, in the dashboard or with an API key, stands here from then on.
        </EmptyState>
      )}
      {data && data.results.length > 0 && (
        <Table
          caption="Recordings that were watched, newest first"
          columns={[
            {
              head: 'When',
              cell: ({ at }: WatchedJson) => (
                <time dateTime={at} title={moment(at, zone)}>
                  {ago(at, Date.now(), zone)}
                </time>
              ),
            },
            {
              head: 'Who',
              cell: ({ who, email, how }) => (
                <span title={email ?? ''}>{who || (how === 'link' ? 'Somebody' : 'An account that is gone')}</span>
              ),
            },
            { head: 'How', cell: ({ how }) => HOW[how] },
            {
              head: 'Recording',
              cell: ({ session, recorded }) =>
                recorded ? (
                  <a href={`${base}/replays/${session}`}>Watch it</a>
                ) : (
                  <span class="muted">Deleted since</span>
                ),
            },
          ]}
          rows={data.results}
          rowKey={({ at, session, who }) => `${at} ${session} ${who}`}
        />
      )}
      {data && (
        <Pager
          label="Pages of the log"
          offset={offset}
          rows={data.results.length}
          total={data.total}
          page={PAGE}
          onTurn={(to) => go(`${base}/watched${withOffset('', to)}`)}
        />
      )}
    </Card>
  );
}
