import type { SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { place } from '../router.ts';
import type { PageProps } from '../routes.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Theatre } from './theatre.tsx';
import { useDetail } from './use-detail.ts';
import './story.css';
import './player.css';

/** One recording, played. */
export default function Page({ params }: PageProps) {
  const { id = '', session = '' } = params;
  const scope = withoutTime(place().search);
  return <Player key={`${id} ${session}`} id={id} session={session} scope={scope} />;
}

function Player({ id, session, scope }: { id: string; session: string; scope: string }) {
  const base = `/sites/${encodeURIComponent(id)}`;
  const site = useData(`site ${id}`, (signal) => api<SiteJson>('GET', base, undefined, signal));
  const { data: detail, error, refresh, live } = useDetail(`${base}/replays/${encodeURIComponent(session)}`);
  const all = `${base}/replays${scope}`;
  if (error?.status === 404) {
    return (
      <main class="page narrow">
        <EmptyState
          title="This recording is not here"
          action={{
            label: 'What was counted of the visit',
            href: `${base}/visits/${encodeURIComponent(session)}${scope}`,
          }}
        >
          It may have been deleted, or it belongs to a site of somebody else.
        </EmptyState>
      </main>
    );
  }
  if (error && !detail) {
    return (
      <main class="page narrow">
        <ErrorState error={error} title="The recording could not be opened" retry={refresh} />
      </main>
    );
  }
  return (
    <Theatre
      key={session}
      {...{ base, all, scope, detail, live }}
      domain={site.data?.domain ?? ''}
      timezone={site.data?.timezone ?? 'UTC'}
    />
  );
}

/** The list's range and filters, without the moment. */
function withoutTime(search: string): string {
  const kept = search
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair && !pair.startsWith('t='));
  return kept.length ? `?${kept.join('&')}` : '';
}
