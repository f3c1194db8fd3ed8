import { useRef, useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import type { Filter } from '../../contract/words.ts';
import { useWanted } from '../data.ts';
import { exact } from '../format.ts';
import { FACET_IDS, FACETS, type Feed, hear, type Narrow, narrowed, printNarrow, readNarrow } from '../live/feed.ts';
import { LiveList } from '../live/live-list.tsx';
import { Stream } from '../live/stream.tsx';
import { Waiting } from '../live/waiting.tsx';
import { Who } from '../live/who.tsx';
import { go, place } from '../router.ts';
import type { PageProps } from '../routes.ts';
import { siteAt } from '../site/ask.ts';
import { FilterText } from '../site/filter-text.tsx';
import { filterText } from '../site/filter-words.ts';
import { SiteFrame } from '../site/frame.tsx';
import { useLive } from '../site/live.ts';
import { useTick } from '../tick.ts';
import { Chip } from '../ui/chip.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { useKeys } from '../ui/keys.ts';
import { live as words } from '../words/live.ts';
import { ui } from '../words/ui.ts';
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
  const heard = useRef(0);
  const { broken, retry } = useLive(id, (message) => {
    heard.current = Date.now();
    setFeed((old) => hear(old, message));
  });
  return (
    <SiteFrame id={id} current="live" aside={null}>
      {(site) => (
        <>
          {feed && (
            <LiveView
              site={site}
              feed={feed}
              lost={broken ? heard.current : null}
              narrow={readNarrow(search)}
              base={`/sites/${encodeURIComponent(id)}`}
            />
          )}
          {!feed && broken && <Unheard id={id} retry={retry} />}
          {!feed && !broken && <Waiting />}
        </>
      )}
    </SiteFrame>
  );
}

/** A socket doesn't say why there is none; whoever asks for the site is told. */
function Unheard({ id, retry }: { id: string; retry: () => void }) {
  const { error, refresh } = useWanted(siteAt(id));
  const again = () => {
    refresh();
    retry();
  };
  if (error) return <ErrorState error={error} retry={again} />;
  return <ErrorState title={ui.offline} error={new Error(words.offlineText)} retry={again} />;
}

/** What has to be before a recording is sent, and can be watched; null when nothing has. */
function heldBack({ record, recording: { seconds, when } }: SiteJson): string | null {
  if (record === 0 || (seconds === 0 && when.length === 0)) return null;
  return words.heldBack(seconds, when);
}

interface Props {
  site: SiteJson;
  feed: Feed;
  /** Nobody tells any more: when what is shown was told. */
  lost: number | null;
  narrow: Narrow;
  base: string;
}

/** Who is here now, by page, source and country; each visitor; and what they do, as they do it. */
function LiveView({ site, feed, lost, narrow, base }: Props) {
  useTick(CLOCK_MS);
  const shown = narrowed(feed, narrow);
  const show = (wanted: Narrow) => go(place().path + printNarrow(wanted), { replace: true });
  useKeys({ Escape: () => show(null) });
  const { here } = shown;
  const filter: Filter | null = narrow && ['is', FACETS[narrow[0]].dimension, [narrow[1]]];
  return (
    <div class={lost === null ? undefined : 'live-lost'}>
      <div class="live-head">
        <p class="live-count">
          <span class={here > 0 && lost === null ? 'here-dot' : 'here-dot none'} aria-hidden="true" />
          <strong>{exact(here)}</strong>
          <span class="muted">{words.inFiveMinutes(here)}</span>
        </p>
        {filter && (
          <Chip name={filterText(filter)} onRemove={() => show(null)}>
            <FilterText filter={filter} />
          </Chip>
        )}
      </div>
      {lost !== null && (
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
                lost={lost !== null}
              />
            ))}
          </div>
          <div class="grid live-grid">
            <Who visitors={shown.visitors} here={here} now={lost ?? Date.now()} base={base} held={heldBack(site)} />
            <Stream
              key={printNarrow(narrow)}
              events={shown.events}
              visitors={feed.visitors}
              timezone={site.timezone}
              base={base}
              lost={lost !== null}
            />
          </div>
        </>
      )}
    </div>
  );
}
