import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import type { Filter } from '../../contract/words.ts';
import { exact } from '../format.ts';
import { FACET_IDS, FACETS, type Feed, hear, type Narrow, narrowed, printNarrow, readNarrow } from '../live/feed.ts';
import { LiveList } from '../live/live-list.tsx';
import { Stream } from '../live/stream.tsx';
import { Who } from '../live/who.tsx';
import { go, place } from '../router.ts';
import type { PageProps } from '../routes.ts';
import { FilterText } from '../site/filter-text.tsx';
import { filterText } from '../site/filter-words.ts';
import { SiteFrame } from '../site/frame.tsx';
import { useLive } from '../site/live.ts';
import { useTick } from '../tick.ts';
import { Chip } from '../ui/chip.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useKeys } from '../ui/keys.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { live as words } from '../words/live.ts';
import '../site/overview.css';
import '../site/here-now.css';
import '../live/live.css';

const CLOCK_MS = 5_000;

export default function Page({ params, search }: PageProps) {
  const id = params.id ?? '';
  return <LivePage key={id} id={id} search={search} />;
}

function LivePage({ id, search }: { id: string; search: string }) {
  const [feed, setFeed] = useState<Feed | null>(null);
  const { broken } = useLive(id, (message) => setFeed((old) => hear(old, message)));
  return (
    <SiteFrame id={id} current="live">
      {(site) => (
        <>
          {feed && (
            <LiveView
              site={site}
              feed={feed}
              connected={!broken}
              narrow={readNarrow(search)}
              base={`/sites/${encodeURIComponent(id)}`}
            />
          )}
          {!feed && broken && <EmptyState title={words.offline}>{words.offlineText}</EmptyState>}
          {!feed && !broken && <Skeleton height="24rem" />}
        </>
      )}
    </SiteFrame>
  );
}

/** What has to be before a recording is sent, and can be watched; null when nothing has. */
function heldBack({ record, recording: { seconds, when } }: SiteJson): string | null {
  if (record === 0 || (seconds === 0 && when.length === 0)) return null;
  return words.heldBack(seconds, when);
}

interface Props {
  site: SiteJson;
  feed: Feed;
  /** Somebody tells; otherwise what is shown is the last that was told. */
  connected: boolean;
  narrow: Narrow;
  base: string;
}

/** Who is here now, by page, source and country; each visitor; and what they do, as they do it. */
function LiveView({ site, feed, connected, narrow, base }: Props) {
  useTick(CLOCK_MS);
  const shown = narrowed(feed, narrow);
  const show = (wanted: Narrow) => go(place().path + printNarrow(wanted), { replace: true });
  useKeys({ Escape: () => show(null) });
  const { here } = shown;
  const filter: Filter | null = narrow && ['is', FACETS[narrow[0]].dimension, [narrow[1]]];
  return (
    <>
      <div class="live-head">
        <p class="live-count">
          <span class={here > 0 && connected ? 'here-dot' : 'here-dot none'} aria-hidden="true" />
          <strong>{exact(here)}</strong>
          <span class="muted">{words.inFiveMinutes(here)}</span>
        </p>
        {filter && (
          <Chip name={filterText(filter)} onRemove={() => show(null)}>
            <FilterText filter={filter} />
          </Chip>
        )}
      </div>
      {!connected && (
        <p class="banner" role="alert">
          {words.broke}
        </p>
      )}
      {here === 0 && feed.events.length === 0 ? (
        <EmptyState title={words.nobody} action={{ label: words.toOverview, href: base }}>
          {words.nobodyText(site.domain)}
        </EmptyState>
      ) : (
        <>
          <div class="live-lists">
            {FACET_IDS.map((facet) => (
              <LiveList
                key={facet}
                facet={facet}
                visitors={narrow?.[0] === facet ? feed.visitors : shown.visitors}
                narrow={narrow}
                onNarrow={show}
              />
            ))}
          </div>
          <div class="grid live-grid">
            <Who visitors={shown.visitors} here={here} now={Date.now()} base={base} held={heldBack(site)} />
            <Stream
              key={printNarrow(narrow)}
              events={shown.events}
              visitors={feed.visitors}
              timezone={site.timezone}
              base={base}
            />
          </div>
        </>
      )}
    </>
  );
}
