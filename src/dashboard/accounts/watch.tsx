import type { SiteJson } from '../../contract/api.ts';
import { CheckField } from '../ui/field.tsx';

type Track = SiteJson['track'];

/** What the snippet can watch for by itself, and what comes of it. */
const WATCHED: { id: keyof Track; label: string; hint: string }[] = [
  {
    id: 'outbound',
    label: 'Links that lead away',
    hint: 'A click on a link to another host is the event “Outbound Link: Click”, with its url.',
  },
  {
    id: 'downloads',
    label: 'Downloads',
    hint: 'A click on a link to a file (PDF, ZIP, audio, video …) is the event “File Download”, with its url.',
  },
  {
    id: 'forms',
    label: 'Forms',
    hint: 'A form that is sent off is the event “Form: Submission”. What was typed into it is never read.',
  },
  {
    id: 'tagged',
    label: 'Tagged elements',
    hint: 'A click on an element with data-footfall-event="…" is an event of that name, its data-footfall-prop-… are its properties.',
  },
  {
    id: 'vitals',
    label: 'Web vitals',
    hint: 'How fast a page was for its visitor, as the event “Web Vitals”. A small script more, loaded after the page.',
  },
  {
    id: 'errors',
    label: 'Errors of scripts',
    hint: 'What breaks in a visitor’s browser is the event “Script Error”, with its message. A small script more, loaded after the page.',
  },
];

interface Props {
  track: Track;
  onChange: (track: Track) => void;
}

export function Watch({ track, onChange }: Props) {
  return (
    <>
      {WATCHED.map(({ id, label, hint }) => (
        <CheckField
          key={id}
          name={`track.${id}`}
          label={label}
          hint={hint}
          checked={track[id]}
          onChange={(on) => onChange({ ...track, [id]: on })}
        />
      ))}
    </>
  );
}
