import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { SharedReplay } from '../../contract/api.ts';
import { reach, refusal } from '../api.ts';
import { moment } from '../format.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Plain } from '../ui/top.tsx';
import { player as words } from '../words/player.ts';
import { fromNetwork } from './chunks.ts';
import { Theatre } from './theatre.tsx';
import { useDetail } from './use-detail.ts';
import './story.css';
import './player.css';

/** One recording, for whoever was given its link. What opens it stands behind the `#`, which no server is told. */
export default function Page() {
  const [token, setToken] = useState(() => location.hash.slice(1));
  useEffect(() => {
    const changed = () => setToken(location.hash.slice(1));
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return <Shared key={token} token={token} />;
}

function Shared({ token }: { token: string }) {
  const headers = useMemo(() => ({ authorization: `Bearer ${token}` }), [token]);
  const load = useMemo(() => fromNetwork('/api/v1/shared', '/api/v1/shared/sheets', headers), [headers]);
  // Named by a part of it: answers are remembered under their names.
  const { data, error, refresh, live, ...played } = useDetail({
    key: `shared ${token.slice(-8)}`,
    async index(signal) {
      const response = await reach('/api/v1/shared', { headers, signal, credentials: 'omit' });
      if (!response.ok) throw await refusal(response);
      return (await response.json()) as SharedReplay;
    },
    load,
  });
  if (error?.status === 404) {
    return (
      <Instead>
        <EmptyState whole title={words.linkGone}>
          {words.linkGoneText}
        </EmptyState>
      </Instead>
    );
  }
  if (error && !data) {
    return (
      <Instead>
        <ErrorState whole error={error} title={words.notOpened} retry={refresh} />
      </Instead>
    );
  }
  return (
    <Theatre
      {...{ live, load: played.load }}
      detail={data}
      domain={data?.domain ?? ''}
      timezone={data?.timezone ?? 'UTC'}
      {...(data ? { about: words.sharedUntil(moment(data.expires, data.timezone)) } : {})}
    />
  );
}

/** In the player's place; whoever was given a link may not know whose page this is. */
function Instead({ children }: { children: ComponentChildren }) {
  return (
    <main class="page narrow">
      <Plain />
      {children}
    </main>
  );
}
