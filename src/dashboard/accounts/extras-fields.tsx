import type { SiteJson } from '../../contract/api.ts';
import { CheckField } from '../ui/field.tsx';
import { settings as words } from '../words/settings.tsx';

type Extras = SiteJson['extras'];

const EXTRAS: (keyof Extras)[] = ['console', 'network', 'canvas', 'fonts', 'media', 'frames'];

interface Props {
  extras: Extras;
  onChange: (extras: Extras) => void;
}

/** What recordings hold besides the page. */
export function ExtrasFields({ extras, onChange }: Props) {
  return (
    <fieldset>
      <legend>{words.extras.extras}</legend>
      <p class="note">{words.extras.about}</p>
      {EXTRAS.map((name) => (
        <CheckField
          key={name}
          name={`extras.${name}`}
          label={words.extras[name].label}
          hint={words.extras[name].hint}
          checked={extras[name]}
          onChange={(on) => onChange({ ...extras, [name]: on })}
        />
      ))}
    </fieldset>
  );
}
