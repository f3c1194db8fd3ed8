import type { ReplayDetail } from '../../contract/api.ts';
import { bytes, duration, moment } from '../format.ts';
import { country, language } from '../names.ts';
import { Flag } from '../ui/flag.tsx';

/** Who it was, as far as anybody may know. */
export function Visitor({ detail, timezone }: { detail: ReplayDetail; timezone: string }) {
  const { visit } = detail;
  const facts: [string, preact.ComponentChildren][] = [['When', moment(detail.start, timezone)]];
  if (visit) {
    const place = [visit.city, visit.country && country(visit.country)].filter(Boolean).join(', ');
    if (visit.country)
      facts.push([
        'From',
        <>
          <Flag code={visit.country} /> {place}
        </>,
      ]);
    facts.push(['Source', visit.source ?? 'Direct / None']);
    facts.push(['Device', [visit.device, visit.os, visit.browser].filter(Boolean).join(' · ') || 'Unknown']);
    if (visit.language) facts.push(['Language', language(visit.language)]);
    facts.push(['Visit', `${duration(visit.duration)}, ${visit.views} ${visit.views === 1 ? 'page' : 'pages'}`]);
  } else facts.push(['Visit', 'Its page view has not arrived (yet)']);
  facts.push(['Recorded', `${duration(detail.duration)}, ${bytes(detail.bytes)}`]);
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
