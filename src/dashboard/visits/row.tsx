import type { SessionJson } from '../../contract/api.ts';
import { ago, duration, exact, moment, percent } from '../format.ts';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icon.tsx';
import { Middle } from '../ui/middle.tsx';
import { counts } from '../words/counts.ts';
import { visit as words } from '../words/visit.ts';
import { deviceOf, placeOf } from './words.ts';

interface Props {
  visit: SessionJson;
  /** Of its recording, or of its story. */
  href: string;
  timezone: string;
}

/** One visit of the list; the whole row opens the recording, or, where there is none, what was counted. */
export function VisitRow({ visit, href, timezone }: Props) {
  return (
    <li>
      <a class={visit.recording ? 'visit-row recorded' : 'visit-row'} href={href}>
        <Cells visit={visit} timezone={timezone} />
      </a>
    </li>
  );
}

function Cells({ visit, timezone }: Omit<Props, 'href'>) {
  const { recording, entry_page, exit_page } = visit;
  // Page views are told by the pages.
  const events = visit.events - visit.views;
  return (
    <>
      <span class="visit-play" aria-hidden="true">
        {recording && <Icon name="play" size={11} />}
      </span>
      <time class="visit-when" dateTime={visit.start} title={moment(visit.start, timezone)}>
        {ago(visit.start, Date.now(), timezone)}
      </time>
      <span class="visit-who">
        {visit.country ? <Flag code={visit.country} /> : <span class="flag" aria-hidden="true" />}
        <span class="visit-lines">
          <span class="visit-strong">{placeOf(visit)}</span>
          <span class="visit-soft">{deviceOf(visit)}</span>
        </span>
      </span>
      <span class="visit-lines visit-where">
        <span class="visit-strong">{entry_page ? <Middle text={entry_page} /> : '–'}</span>
        <span class="visit-soft">
          {exit_page && exit_page !== entry_page && (
            <>
              <Icon name="arrow" size={10} /> <span class="sr">{words.to}</span> <bdi>{exit_page}</bdi> ·{' '}
            </>
          )}
          {counts.pages(visit.views)}
        </span>
      </span>
      <span class="visit-source">{visit.source ?? words.direct}</span>
      <span class="visit-events numeric" title={events > 0 ? words.besides : undefined}>
        {events > 0 && exact(events)}
        {events > 0 && <span class="visit-unit">{` ${events === 1 ? words.event : words.events}`}</span>}
      </span>
      <span class="visit-long numeric">{duration(visit.duration)}</span>
      <span class="visit-recorded numeric">
        {recording ? (
          <>
            <span class="sr">{words.recordedFor} </span>
            {duration(recording.duration)}{' '}
            <span class="visit-share" title={`${percent(recording.share)} ${words.ofVisit}`}>
              {percent(recording.share)}
              <span class="sr"> {words.ofVisit}</span>
            </span>
          </>
        ) : (
          <span class="sr">{words.notRecorded}</span>
        )}
      </span>
    </>
  );
}
