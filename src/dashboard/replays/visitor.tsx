import type { ReplayJson, VisitJson } from '../../contract/api.ts';
import { bytes, duration, moment } from '../format.ts';
import { language } from '../names.ts';
import { Flag } from '../ui/flag.tsx';
import { deviceOf, placeOf } from '../visits/words.ts';
import { counts } from '../words/counts.ts';
import { visit as words } from '../words/visit.ts';

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
  const facts: [string, preact.ComponentChildren][] = start ? [[words.when, moment(start, timezone)]] : [];
  if (visit) {
    if (visit.country)
      facts.push([
        words.from,
        <>
          {flag && <Flag code={visit.country} />} {placeOf(visit)}
        </>,
      ]);
    facts.push([words.source, visit.source ?? words.direct]);
    facts.push([words.device, deviceOf(visit)]);
    if (visit.language) facts.push([words.language, language(visit.language)]);
    facts.push([words.length, `${duration(visit.duration)}, ${counts.pages(visit.views)}`]);
  } else facts.push([words.visit, words.notArrived]);
  if (visit && more) facts.push([words.visitor, <a href={more}>{words.otherVisits}</a>]);
  if (recorded) facts.push([words.recorded, `${duration(recorded.duration)}, ${bytes(recorded.bytes)}`]);
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
