import type { ReplayJson } from '../../contract/api.ts';
import { ago, bytes, clock, exact, moment, plural } from '../format.ts';
import { Flag } from '../ui/flag.tsx';
import { Icon as Arrow } from '../ui/icon.tsx';
import { Middle } from '../ui/middle.tsx';
import { deviceOf, placeOf } from '../visits/words.ts';
import { Icon, type IconName } from './icons.tsx';

/** One recording of the list; the whole row opens it. */
export function ReplayRow({ replay, href, timezone }: { replay: ReplayJson; href: string; timezone: string }) {
  const { visit } = replay;
  return (
    <li>
      <a class="replay-row" href={href}>
        <span class="replay-play">
          <Icon name="play" size={12} />
        </span>
        <span class="replay-who">
          {visit?.country ? <Flag code={visit.country} /> : <span class="flag" aria-hidden="true" />}
          <span class="replay-lines">
            <span class="replay-strong">{visit ? placeOf(visit) : 'A visit'}</span>
            <span class="replay-soft">{visit ? deviceOf(visit) : 'Its page view has not arrived'}</span>
          </span>
        </span>
        <span class="replay-where replay-lines">
          <span class="replay-strong">{visit?.entry_page ? <Middle text={visit.entry_page} /> : '–'}</span>
          {visit && (
            <span class="replay-soft">
              {visit.exit_page && visit.exit_page !== visit.entry_page && (
                <>
                  <Arrow name="arrow" size={10} /> {visit.exit_page} ·{' '}
                </>
              )}
              {plural(visit.views, 'page')}
            </span>
          )}
        </span>
        <span class="replay-source">{visit ? (visit.source ?? 'Direct / None') : ''}</span>
        <span class="replay-signs">
          <Sign icon="error" n={replay.errors} one="error" />
          <Sign icon="rage" n={replay.rage_clicks} one="rage click" />
          <Sign icon="dead" n={replay.dead_clicks} one="dead click" mild />
        </span>
        <span class="replay-long numeric">{clock(replay.duration)}</span>
        <span class="replay-size numeric">{bytes(replay.bytes)}</span>
        <time class="replay-when numeric" dateTime={replay.start} title={moment(replay.start, timezone)}>
          {ago(replay.start, Date.now(), timezone)}
        </time>
      </a>
    </li>
  );
}

interface SignProps {
  icon: IconName;
  n: number;
  one: string;
  mild?: boolean;
}

function Sign({ icon, n, one, mild = false }: SignProps) {
  if (n === 0) return null;
  const said = plural(n, one);
  return (
    <span class={mild ? 'sign mild' : 'sign'} title={said}>
      <Icon name={icon} size={13} />
      <span aria-hidden="true">{exact(n)}</span>
      <span class="sr">{said}</span>
    </span>
  );
}
