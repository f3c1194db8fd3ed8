import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { ApiKey } from '../../contract/api.ts';
import { NewKey } from '../accounts/new-key.tsx';
import { RevokeKey } from '../accounts/revoke-key.tsx';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { ago, dates } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Top } from '../ui/top.tsx';
import { keys as words } from '../words/keys.tsx';
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
          <h1>{words.keys}</h1>
          <p class="muted">{words.about}</p>
        </div>
        <Button kind="primary" onClick={() => setMaking(true)}>
          {words.newKey}
        </Button>
      </div>
      <Card label={words.inForce}>
        {!all && keys.error && <ErrorState error={keys.error} meanwhile={words.meanwhile} retry={keys.refresh} />}
        {!all && !keys.error && <Skeleton height="6rem" />}
        {live?.length === 0 && <EmptyState title={words.none}>{words.noneText()}</EmptyState>}
        {live && live.length > 0 && (
          <ul class="keys">
            {live.map((key) => (
              <Key key={key.id} of={key}>
                <Button kind="danger" onClick={() => setRevoking(key)}>
                  {words.revoke}
                  <span class="sr"> {key.name}</span>
                </Button>
              </Key>
            ))}
          </ul>
        )}
      </Card>
      {gone.length > 0 && (
        <details class="keys-gone">
          <summary>{words.countRevoked(gone.length)}</summary>
          <Card label={words.revokedKeys}>
            <ul class="keys">
              {gone.map((key) => (
                <Key key={key.id} of={key}>
                  <span class="muted small">{key.revoked && words.revoked(day(key.revoked))}</span>
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
        <span>{words.scopes[key.scope].label}</span>
        <span>{key.last_used ? words.used(ago(key.last_used)) : words.neverUsed}</span>
        <span>{words.made(day(key.created))}</span>
      </div>
      {children}
    </li>
  );
}

/** 20 Nov 2026. */
function day(time: string): string {
  return dates({ day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(time));
}
