import type { SiteJson } from '../../contract/api.ts';
import { CheckField } from '../ui/field.tsx';
import { settings as words } from '../words/settings.tsx';

type Track = SiteJson['track'];

/** What the snippet can watch for by itself. */
const WATCHED: (keyof Track)[] = ['titles', 'outbound', 'downloads', 'forms', 'tagged', 'vitals', 'errors'];

interface Props {
  track: Track;
  onChange: (track: Track) => void;
}

export function Watch({ track, onChange }: Props) {
  return (
    <>
      {WATCHED.map((id) => (
        <CheckField
          key={id}
          name={`track.${id}`}
          label={words.track[id].label}
          hint={words.track[id].hint}
          checked={track[id]}
          onChange={(on) => onChange({ ...track, [id]: on })}
        />
      ))}
    </>
  );
}
