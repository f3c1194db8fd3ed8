import type { ComponentChildren } from 'preact';
import type { SiteJson, WatchedJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { ago, moment } from '../format.ts';
import { go } from '../router.ts';
import type { PageProps } from '../routes.ts';
import { SiteFrame } from '../site/frame.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { offsetOf, Pager, withOffset } from '../ui/pager.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Table } from '../ui/table.tsx';
import { placeOf } from '../visits/words.ts';
import { watched as words } from '../words/watched.ts';

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

function Watched({ site, base, offset }: { site: SiteJson; base: string; offset: number }) {
  const path = `/sites/${site.id}/watched?limit=${PAGE}&offset=${offset}`;
  const { data, error, stale, refresh } = useData(`watched ${path}`, (signal) =>
    api<{ results: WatchedJson[]; total: number }>('GET', path, undefined, signal),
  );
  const zone = site.timezone;
  return (
    <Card class="watched" title={words.title} aside={data && data.total > 0 && words.times(data.total)} stale={stale}>
      {!data && error && <ErrorState error={error} retry={refresh} />}
      {!data && !error && <Skeleton height="12rem" />}
      {data && data.results.length === 0 && (
        <EmptyState title={words.none} action={{ label: words.toRecordings, href: `${base}/replays` }}>
          {words.noneText}
        </EmptyState>
      )}
      {data && data.results.length > 0 && (
        <Table
          caption={words.caption}
          columns={[
            {
              head: words.when,
              cell: ({ at }: WatchedJson) => (
                <time dateTime={at} title={moment(at, zone)}>
                  {ago(at, Date.now(), zone)}
                </time>
              ),
            },
            {
              head: words.who,
              cell: ({ who, email, how }) => (
                <Lines soft={words.ways[how]}>
                  <span title={email ?? ''}>{who || (how === 'link' ? words.somebody : words.goneAccount)}</span>
                </Lines>
              ),
            },
            { head: words.what, cell: (one) => <What {...one} base={base} zone={zone} /> },
          ]}
          rows={data.results}
          rowKey={({ at, session, who }) => `${at} ${session} ${who}`}
        />
      )}
      {data && (
        <Pager
          label={words.pager}
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

/** The recording, by its visit; without it the visit alone, as long as that is there. */
function What({ session, recorded, visit, base, zone }: WatchedJson & { base: string; zone: string }) {
  if (!visit && !recorded) return <span class="muted">{words.deleted}</span>;
  const name = visit ? moment(visit.start, zone) : words.recording;
  return (
    <a href={`${base}/${recorded ? 'replays' : 'visits'}/${session}`}>
      <Lines soft={[visit && placeOf(visit), !recorded && words.deleted].filter(Boolean).join(' · ')}>{name}</Lines>
    </a>
  );
}

function Lines({ soft, children }: { soft: string; children: ComponentChildren }) {
  return (
    <>
      {children}
      <br />
      <span class="muted small">{soft}</span>
    </>
  );
}
