import type { SiteJson } from '../../contract/api.ts';
import { Field, SelectField } from '../ui/field.tsx';
import { settings as words } from '../words/settings.tsx';

type Masking = SiteJson['masking'];

const TEXTS: Masking['text'][] = ['inputs', 'all', 'none'];
const SELECTORS: Exclude<keyof Masking, 'text'>[] = ['mask', 'unmask', 'block', 'ignore'];

interface Props {
  masking: Masking;
  onChange: (masking: Masking) => void;
  wrong: (path: string) => string | undefined;
}

/** What of a page is masked in recordings. */
export function MaskingFields({ masking, onChange, wrong }: Props) {
  return (
    <>
      <SelectField
        label={words.masking.text}
        name="masking.text"
        value={masking.text}
        options={TEXTS.map((value) => ({ value, label: words.masking.texts[value] }))}
        hint={words.masking.textHint}
        onChange={(text) => onChange({ ...masking, text: text as Masking['text'] })}
        error={wrong('masking.text')}
      />
      {SELECTORS.map((name) => (
        <Field
          key={name}
          label={words.masking[name].label}
          name={`masking.${name}`}
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          placeholder={words.none}
          value={masking[name]}
          onInput={(event) => onChange({ ...masking, [name]: event.currentTarget.value })}
          hint={words.masking[name].hint}
          error={wrong(`masking.${name}`)}
        />
      ))}
    </>
  );
}
