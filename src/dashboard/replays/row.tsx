import type { ListedReplay } from '../../contract/api.ts';
import { ago, duration, exact, moment } from '../format.ts';
import { Flag } from '../ui/flag.tsx';
import { Icon as Arrow } from '../ui/icon.tsx';
import { Middle } from '../ui/middle.tsx';
import { deviceOf, placeOf } from '../visits/words.ts';
import { counts } from '../words/counts.ts';
import { replays as words } from '../words/replays.ts';
import { visit as visitWords } from '../words/visit.ts';
import { Icon, type IconName } from './icons.tsx';
import { Strip } from './strip.tsx';

/** One recording of the list; the whole row opens it. */
export function ReplayRow({ replay, href, timezone }: { replay: ListedReplay; href: string; timezone: string }) {
  const { visit } = replay;
  return (
    <li>
      <a class={replay.seen ? 'replay-row' : 'replay-row unseen'} href={href}>
        <span class="replay-play">
          <Icon name="play" size={12} />
          {!replay.seen && <span class="sr">{words.notWatched} </span>}
        </span>
        <span class="replay-who">
          {visit?.country ? <Flag code={visit.country} /> : <span class="flag" aria-hidden="true" />}
          <span class="replay-lines">
            <span class="replay-strong">{visit ? placeOf(visit) : words.aVisit}</span>
            <span class="replay-soft">{visit ? deviceOf(visit) : words.notArrived}</span>
            {replay.watched_by.length > 0 && (
              <span class="replay-soft">{words.watchedBy(replay.watched_by.join(', '))}</span>
            )}
          </span>
        </span>
        <span class="replay-where replay-lines">
          <span class="replay-strong">{visit?.entry_page ? <Middle text={visit.entry_page} /> : '–'}</span>
          {visit && (
            <span class="replay-soft">
              {visit.exit_page && visit.exit_page !== visit.entry_page && (
                <>
                  <Arrow name="arrow" size={10} /> <bdi>{visit.exit_page}</bdi> ·{' '}
                </>
              )}
              {counts.pages(visit.views)}
            </span>
          )}
        </span>
        <span class="replay-source">{visit ? (visit.source ?? visitWords.direct) : ''}</span>
        <span class="replay-signs">
          <Sign icon="error" n={replay.errors} said={counts.errors} />
          <Sign icon="rage" n={replay.rage_clicks} said={counts.rage_clicks} />
          <Sign icon="dead" n={replay.dead_clicks} said={counts.dead_clicks} mild />
          <Sign icon="back" n={replay.quick_backs} said={counts.quick_backs} mild />
          <Sign icon="form" n={replay.abandoned_forms} said={counts.abandoned_forms} mild />
          <Sign icon="slow" n={replay.slow_interactions} said={counts.slow_interactions} mild />
        </span>
        <Strip parts={replay.strip} />
        <span class="replay-long numeric">{duration(replay.duration)}</span>
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
  said: (n: number) => string;
  mild?: boolean;
}

function Sign({ icon, n, said: sentence, mild = false }: SignProps) {
  if (n === 0) return null;
  const said = sentence(n);
  return (
    <span class={mild ? 'sign mild' : 'sign'} title={said}>
      <Icon name={icon} size={13} />
      <span aria-hidden="true">{exact(n)}</span>
      <span class="sr">{said}</span>
    </span>
  );
}
