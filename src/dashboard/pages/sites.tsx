import { useEffect, useRef, useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { AddSite, AddSiteDialog } from '../accounts/add-site.tsx';
import { useReturned } from '../accounts/returned.ts';
import { SiteCard } from '../accounts/site-card.tsx';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { MANY } from '../site/frame.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Top } from '../ui/top.tsx';
import { sites as words } from '../words/sites.ts';
import '../accounts/sites.css';

export default function Page() {
  const sites = useData('sites', (signal) => api<{ sites: SiteJson[] }>('GET', '/sites', undefined, signal));
  const [adding, setAdding] = useState(false);
  const all = sites.data?.sites;
  return (
    <main class="page">
      <Top />
      {all?.length === 0 && <First />}
      {all && all.length > 0 && <Sites all={all} add={() => setAdding(true)} />}
      {!all && sites.error && <ErrorState whole error={sites.error} retry={sites.refresh} />}
      {!all && !sites.error && <Loading />}
      {adding && <AddSiteDialog onClose={() => setAdding(false)} />}
    </main>
  );
}

function Sites({ all, add }: { all: SiteJson[]; add: () => void }) {
  const [sought, setSought] = useState('');
  const turn = useReturned();
  const found = all.filter(({ domain }) => domain.includes(sought.trim().toLowerCase()));
  const inUse = found.filter((site) => !site.archived);
  const archived = found.filter((site) => site.archived);
  return (
    <>
      <div class="row between sites-head">
        <h1>{words.sites}</h1>
        <div class="row">
          {all.length >= MANY && (
            <input
              type="search"
              class="sites-search"
              placeholder={words.find}
              aria-label={words.find}
              value={sought}
              onInput={(event) => setSought(event.currentTarget.value)}
            />
          )}
          <Button onClick={add}>{words.addSite}</Button>
        </div>
      </div>
      {found.length === 0 && <EmptyState title={words.noneFound(sought.trim())}>{words.noneFoundText}</EmptyState>}
      <ul class="sites">
        {inUse.map((site) => (
          <Seen key={site.id} site={site} turn={turn} />
        ))}
      </ul>
      {archived.length > 0 && (
        // What is sought is not folded away.
        <details class="sites-archived" open={sought.trim() !== '' || inUse.length === 0}>
          <summary>{words.archived(archived.length)}</summary>
          <ul>
            {archived.map(({ id, domain }) => (
              <li key={id}>
                <a href={`/sites/${encodeURIComponent(domain)}`}>{domain}</a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** Asks for numbers when it comes into view, so that a hundred sites are not two hundred questions. */
function Seen({ site, turn }: { site: SiteJson; turn: number }) {
  const ref = useRef<HTMLLIElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!ref.current) return;
    const watch = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
    });
    watch.observe(ref.current);
    return () => watch.disconnect();
  }, []);
  return (
    <li ref={ref}>
      <SiteCard site={site} seen={seen} turn={turn} />
    </li>
  );
}

/** Nothing yet: the first site is added right here. */
function First() {
  return (
    <div class="first-site">
      <h1>{words.first}</h1>
      <p class="muted">{words.firstText}</p>
      <Card class="padded" label={words.addTitle}>
        <AddSite />
      </Card>
    </div>
  );
}

function Loading() {
  return (
    <>
      <div class="row between sites-head">
        <h1>{words.sites}</h1>
      </div>
      <ul class="sites" aria-busy="true">
        {[1, 2, 3].map((one) => (
          <li key={one}>
            <div class="card site-card">
              <Skeleton width="9rem" height="1.25rem" />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
