import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { ApiKey } from '../../contract/api.ts';
import { NewKey } from '../accounts/new-key.tsx';
import { RevokeKey } from '../accounts/revoke-key.tsx';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { ago } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Top } from '../ui/top.tsx';
import '../accounts/keys.css';

export default function Page() {
  const keys = useData('keys', (signal) => api<{ keys: ApiKey[] }>('GET', '/keys', undefined, signal));
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const all = keys.data?.keys;
  const live = all?.filter((key) => !key.revoked);
  const gone = all?.filter((key) => key.revoked) ?? [];
  return (
    <main class="page">
      <Top />
      <div class="row between keys-head">
        <div>
          <h1>API keys</h1>
          <p class="muted">For programs that ask on your behalf. Each can see every site of yours.</p>
        </div>
        <Button kind="primary" onClick={() => setMaking(true)}>
          New key
        </Button>
      </div>
      <Card label="Keys in force">
        {!all && keys.error && <ErrorState error={keys.error} retry={keys.refresh} />}
        {!all && !keys.error && <Skeleton height="6rem" />}
        {live?.length === 0 && (
          <EmptyState title="No key yet">
            A key lets a script or another tool read what this dashboard shows, with <code>Authorization: Bearer</code>.
          </EmptyState>
        )}
        {live && live.length > 0 && (
          <ul class="keys">
            {live.map((key) => (
              <Key key={key.id} of={key}>
                <Button kind="danger" onClick={() => setRevoking(key)}>
                  Revoke<span class="sr"> {key.name}</span>
                </Button>
              </Key>
            ))}
          </ul>
        )}
      </Card>
      {gone.length > 0 && (
        <details class="keys-gone">
          <summary>
            {gone.length} revoked {gone.length === 1 ? 'key' : 'keys'}
          </summary>
          <Card label="Revoked keys">
            <ul class="keys">
              {gone.map((key) => (
                <Key key={key.id} of={key}>
                  <span class="muted small">Revoked {key.revoked && day(key.revoked)}</span>
                </Key>
              ))}
            </ul>
          </Card>
        </details>
      )}
      {making && <NewKey onClose={() => setMaking(false)} onMade={keys.refresh} />}
      {revoking && <RevokeKey apiKey={revoking} onClose={() => setRevoking(null)} onRevoked={keys.refresh} />}
    </main>
  );
}

function Key({ of: key, children }: { of: ApiKey; children: ComponentChildren }) {
  return (
    <li class="key">
      <div class="key-name">
        <strong>{key.name}</strong>
        <code>{key.prefix}…</code>
      </div>
      <div class="key-facts">
        <span>{key.scope === 'write' ? 'Read and write' : 'Read'}</span>
        <span>{key.last_used ? `Used ${ago(key.last_used)}` : 'Never used'}</span>
        <span>Made {day(key.created)}</span>
      </div>
      {children}
    </li>
  );
}

/** 20 Nov 2026. */
function day(time: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(time));
}
