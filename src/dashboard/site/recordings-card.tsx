import type { ReplayJson, SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { type Data, useData } from '../data.ts';
import { ago, clock, exact, moment, plural } from '../format.ts';
import { country } from '../names.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { explain } from '../ui/error-state.tsx';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icon.tsx';
import { Middle } from '../ui/middle.tsx';
import { printView, scopeOf, type View } from './view.ts';

const ROWS = 6;

interface Props {
  site: SiteJson;
  view: View;
  recordings: Data<Recordings>;
  base: string;
}

/** Recordings of what is in sight: the newest, how many there are, and how many have friction of each kind. */
export interface Recordings {
  results: ReplayJson[];
  total: number;
  friction: Partial<Record<string, number>>;
}

export function useRecordings(site: SiteJson, view: View, turn: number): Data<Recordings> {
  const scope = {
    date_range: view.range,
    filters: view.filters,
    include: { bots: view.bots },
    pagination: { limit: ROWS, offset: 0 },
  };
  return useData(
    `replays ${site.id} ${JSON.stringify(scope)}`,
    (signal) => api<Recordings>('POST', `/sites/${site.id}/replays`, scope, signal),
    turn,
  );
}

/** The newest recorded visits of those in sight. */
export function RecordingsCard({ site, view, recordings: { data, stale, error }, base }: Props) {
  const search = printView(scopeOf(view));
  return (
    <Card
      title="Newest recordings"
      class="span recordings-card"
      label="Newest recordings"
      stale={stale}
      aside={
        data &&
        data.total > 0 && (
          <a href={`${base}/replays${search}`}>
            All {exact(data.total)} <Icon name="arrow" size={11} />
          </a>
        )
      }
    >
      {!data && error && <p class="list-note alone">{explain(error)}</p>}
      {data && data.results.length === 0 && <Nothing site={site} filtered={view.filters.length > 0} base={base} />}
      {data && data.results.length > 0 && (
        <ul class="recordings">
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
                <span class="recording-long">{clock(one.duration)}</span>
                <time class="recording-when" dateTime={one.start} title={moment(one.start, site.timezone)}>
                  {ago(one.start, Date.now(), site.timezone)}
                </time>
              </a>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function who({ visit }: ReplayJson): string {
  if (!visit) return 'A visit';
  const place = visit.city ?? (visit.country ? country(visit.country) : null);
  return (
    [place, visit.browser, visit.device === 'Desktop' ? null : visit.device].filter(Boolean).join(' · ') || 'A visit'
  );
}

/** Friction, in words: it is what makes a recording worth opening. */
function signs(one: ReplayJson): string {
  const said: string[] = [];
  if (one.errors) said.push(plural(one.errors, 'error'));
  if (one.rage_clicks) said.push(plural(one.rage_clicks, 'rage click'));
  if (one.dead_clicks) said.push(plural(one.dead_clicks, 'dead click'));
  if (one.abandoned_forms) said.push(plural(one.abandoned_forms, 'abandoned form'));
  if (one.quick_backs) said.push(plural(one.quick_backs, 'quick back'));
  if (one.slow_interactions) said.push(plural(one.slow_interactions, 'slow interaction'));
  return said.join(', ');
}

function Nothing({ site, filtered, base }: { site: SiteJson; filtered: boolean; base: string }) {
  if (site.record === 0) {
    return (
      <EmptyState title="Recording is off" action={{ label: 'To the settings', href: `${base}/settings` }}>
        Choose in the settings which share of visits to record; what is typed stays masked.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No recordings here">
      {filtered
        ? 'None of the visits that fit these filters was recorded in this range.'
        : 'A visit shows up here some seconds after its first page.'}
    </EmptyState>
  );
}
