import type { ReplayJson, VisitJson } from '../../contract/api.ts';
import { bytes, duration, moment } from '../format.ts';
import { country, language } from '../names.ts';
import { Flag } from '../ui/flag.tsx';

interface Props {
  visit: Omit<VisitJson, 'visitor'> | null;
  recorded?: Pick<ReplayJson, 'start' | 'duration' | 'bytes'>;
  timezone: string;
  /** With the country's flag, which is a file of the dashboard's. */
  flag?: boolean;
  /** Address of the visit's page, which has the visitor's other ones. */
  more?: string;
}

/** Who it was, as far as anybody may know. */
export function Visitor({ visit, recorded, timezone, flag = true, more }: Props) {
  const start = recorded?.start ?? visit?.start;
  const facts: [string, preact.ComponentChildren][] = start ? [['When', moment(start, timezone)]] : [];
  if (visit) {
    const place = [visit.city, visit.country && country(visit.country)].filter(Boolean).join(', ');
    if (visit.country)
      facts.push([
        'From',
        <>
          {flag && <Flag code={visit.country} />} {place}
        </>,
      ]);
    facts.push(['Source', visit.source ?? 'Direct / None']);
    facts.push(['Device', [visit.device, visit.os, visit.browser].filter(Boolean).join(' · ') || 'Unknown']);
    if (visit.language) facts.push(['Language', language(visit.language)]);
    facts.push(['Visit', `${duration(visit.duration)}, ${visit.views} ${visit.views === 1 ? 'page' : 'pages'}`]);
  } else facts.push(['Visit', 'Its page view has not arrived (yet)']);
  if (visit && more) facts.push(['Visitor', <a href={more}>Other visits</a>]);
  if (recorded) facts.push(['Recorded', `${duration(recorded.duration)}, ${bytes(recorded.bytes)}`]);
  return (
    <dl class="visitor">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
