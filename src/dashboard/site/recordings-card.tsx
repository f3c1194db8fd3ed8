import type { ReplayJson, SiteJson } from '../../contract/api.ts';
import { FRICTION } from '../../contract/replay.ts';
import type { Data } from '../data.ts';
import { ago, duration, moment } from '../format.ts';
import { country } from '../names.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { briefly } from '../ui/error-state.tsx';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icon.tsx';
import { Middle } from '../ui/middle.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { dimensions } from '../words/dimensions.ts';
import { overview as words } from '../words/overview.tsx';
import { shownAs } from './dimensions.ts';
import type { Recordings } from './questions.ts';
import { printView, scopeOf, type View } from './view.ts';

interface Props {
  site: SiteJson;
  view: View;
  recordings: Data<Recordings>;
  base: string;
}

/** The newest recorded visits of those in sight. */
export function RecordingsCard({ site, view, recordings: { data, stale, error }, base }: Props) {
  const search = printView(scopeOf(view));
  return (
    <Card
      title={words.recordings.newest}
      class="span recordings-card"
      label={words.recordings.newest}
      stale={stale}
      aside={
        data &&
        data.total > 0 && (
          <a href={`${base}/replays${search}`}>
            {words.recordings.all(data.total)} <Icon name="arrow" size={11} />
          </a>
        )
      }
    >
      <div class="recordings">
        {!data && error && <p class="list-note alone">{briefly(error)}</p>}
        {!data && !error && <Skeleton height="100%" />}
        {data && data.results.length === 0 && <Nothing site={site} filtered={view.filters.length > 0} base={base} />}
        {data && data.results.length > 0 && (
          <ul>
            {data.results.map((one) => (
              <li key={one.session}>
                <a class="recording" href={`${base}/replays/${one.session}${search}`}>
                  <span class="play" aria-hidden="true">
                    <Icon name="play" />
                  </span>
                  <span class="recording-who">
                    {one.visit?.country && <Flag code={one.visit.country} />}
                    <span class="recording-place">{who(one)}</span>
                  </span>
                  <span class="recording-path">{one.visit?.entry_page && <Middle text={one.visit.entry_page} />}</span>
                  <span class="recording-signs">{signs(one)}</span>
                  <span class="recording-long">{duration(one.duration)}</span>
                  <time class="recording-when" dateTime={one.start} title={moment(one.start, site.timezone)}>
                    {ago(one.start, Date.now(), site.timezone)}
                  </time>
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

function who({ visit }: ReplayJson): string {
  if (!visit) return words.recordings.someVisit;
  const place = visit.city ?? (visit.country ? country(visit.country) : null);
  const device = visit.device === 'Desktop' ? null : visit.device && shownAs('visit:device', visit.device);
  return [place, visit.browser, device].filter(Boolean).join(' · ') || words.recordings.someVisit;
}

/** Friction, in words: it is what makes a recording worth opening. */
function signs(one: ReplayJson): string {
  return FRICTION.filter((kind) => one[kind])
    .map((kind) => dimensions.found[kind](one[kind]))
    .join(', ');
}

function Nothing({ site, filtered, base }: { site: SiteJson; filtered: boolean; base: string }) {
  if (site.record === 0) {
    return (
      <EmptyState title={words.recordingOff} action={{ label: words.recordings.toSettings, href: `${base}/settings` }}>
        {words.recordings.offText}
      </EmptyState>
    );
  }
  return (
    <EmptyState title={words.recordings.none}>
      {filtered ? words.recordings.noneFits : words.recordings.noneYet}
    </EmptyState>
  );
}
