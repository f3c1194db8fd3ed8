import type { SiteJson } from '../../contract/api.ts';
import { Field, SelectField } from '../ui/field.tsx';

type Masking = SiteJson['masking'];

const TEXTS: { value: Masking['text']; label: string }[] = [
  { value: 'inputs', label: 'What is typed or chosen' },
  { value: 'all', label: 'All text of the page' },
  { value: 'none', label: 'Nothing but passwords, cards and codes' },
];

const SELECTORS: { name: Exclude<keyof Masking, 'text'>; label: string; hint: string }[] = [
  {
    name: 'mask',
    label: 'Mask as well',
    hint: 'CSS selectors, with commas between; as data-footfall-mask does in the page.',
  },
  { name: 'unmask', label: 'Show', hint: 'Like data-footfall-unmask. Passwords, cards and codes stay hidden.' },
  { name: 'block', label: 'Leave out', hint: 'Nothing of it but its size, like data-footfall-block.' },
  {
    name: 'ignore',
    label: 'Fields not to look at',
    hint: 'Not even that something is typed, like data-footfall-ignore.',
  },
];

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
        label="Masked"
        name="masking.text"
        value={masking.text}
        options={TEXTS}
        hint="What is masked is recorded as stars."
        onChange={(text) => onChange({ ...masking, text: text as Masking['text'] })}
        error={wrong('masking.text')}
      />
      {SELECTORS.map(({ name, label, hint }) => (
        <Field
          key={name}
          label={label}
          name={`masking.${name}`}
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          placeholder="none"
          value={masking[name]}
          onInput={(event) => onChange({ ...masking, [name]: event.currentTarget.value })}
          hint={hint}
          error={wrong(`masking.${name}`)}
        />
      ))}
    </>
  );
}
