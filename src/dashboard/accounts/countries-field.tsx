import { country } from '../names.ts';
import { Chip } from '../ui/chip.tsx';
import { SelectField } from '../ui/field.tsx';
import { Flag } from '../ui/flag.tsx';
import { locale } from '../words/language.ts';

interface Props {
  label: string;
  name: string;
  /** Codes of those that are chosen. */
  value: string[];
  /** What choosing one does, in the place of a choice. */
  add: string;
  /** What the cross of one does. */
  removing: string;
  hint?: string;
  error: string | undefined;
  onChange: (codes: string[]) => void;
}

/** Some countries, chosen by their names one after the other. */
export function CountriesField({ label, name, value, add, removing, hint, error, onChange }: Props) {
  return (
    <div class="countries">
      <SelectField
        label={label}
        name={name}
        value=""
        options={[{ value: '', label: add }, ...others(value)]}
        hint={hint}
        error={error}
        onChange={(code) => code && onChange([...value, code])}
      />
      {value.length > 0 && (
        <div class="row">
          {value.map((code) => (
            <Chip
              key={code}
              name={country(code)}
              removing={removing}
              onRemove={() => onChange(value.filter((one) => one !== code))}
            >
              <Flag code={code} /> {country(code)}
            </Chip>
          ))}
        </div>
      )}
    </div>
  );
}

/** Countries not in the list, by name. The browser knows their names; what it has no name for, or the same one twice, is none. */
function others(chosen: string[]): { value: string; label: string }[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const named = new Map<string, string>();
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = country(code);
    if (name !== code && !NO_COUNTRIES.has(code) && !named.has(name)) named.set(name, code);
  }
  return [...named]
    .map(([label, value]) => ({ value, label }))
    .filter(({ value }) => !chosen.includes(value))
    .sort((a, b) => a.label.localeCompare(b.label, locale()));
}

/** Named, but nobody comes from there. */
const NO_COUNTRIES = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);
