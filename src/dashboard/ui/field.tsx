import type { ComponentChildren, InputHTMLAttributes, LooseInputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';

interface Frame {
  label: ComponentChildren;
  /** One sentence below, while there is no error. */
  hint?: ComponentChildren;
  /** What is wrong with the value. */
  error?: string | undefined;
}

type Props = Frame & Omit<LooseInputHTMLAttributes<HTMLInputElement>, 'label' | 'list' | 'role'> & { list?: string };

/** A labelled input with its hint and its error, tied together for screen readers. */
export function Field({ label, hint, error, ...input }: Props) {
  const id = useId();
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={id}>{label}</label>
      <input
        {...(input as InputHTMLAttributes<HTMLInputElement>)}
        id={id}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={`${id}-note`}
      />
      <Note id={id} hint={hint} error={error} />
    </div>
  );
}

interface SelectProps extends Frame {
  name: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

export function SelectField({ label, hint, error, name, value, options, onChange }: SelectProps) {
  const id = useId();
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={id}>{label}</label>
      <select
        id={id}
        name={name}
        value={value}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
      <Note id={id} hint={hint} error={error} />
    </div>
  );
}

interface LinesProps extends Frame {
  name: string;
  value: string[];
  placeholder?: string;
  onChange: (lines: string[]) => void;
}

/** A list that is written one to a line. Empty lines are kept while somebody types. */
export function LinesField({ label, hint, error, name, value, placeholder, onChange }: LinesProps) {
  const id = useId();
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={id}>{label}</label>
      <textarea
        id={id}
        name={name}
        rows={Math.min(8, Math.max(2, value.length + 1))}
        placeholder={placeholder}
        autoCapitalize="none"
        autoComplete="off"
        spellcheck={false}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={`${id}-note`}
        value={value.join('\n')}
        onInput={(event) => {
          const text = event.currentTarget.value;
          onChange(text === '' ? [] : text.split('\n'));
        }}
      />
      <Note id={id} hint={hint} error={error} />
    </div>
  );
}

interface CheckProps extends Frame {
  name: string;
  checked: boolean;
  type?: 'checkbox' | 'radio';
  value?: string;
  onChange: (checked: boolean) => void;
}

/** A checkbox or radio button, its label at its right. */
export function CheckField({ label, hint, error, name, checked, type = 'checkbox', value, onChange }: CheckProps) {
  const id = useId();
  return (
    <div class={error ? 'field check wrong' : 'field check'}>
      <input
        id={id}
        name={name}
        type={type}
        value={value}
        checked={checked}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      <Note id={id} hint={hint} error={error} />
    </div>
  );
}

function Note({ id, hint, error }: { id: string; hint: ComponentChildren; error: string | undefined }) {
  return (
    <p id={`${id}-note`} class="note" role={error ? 'alert' : undefined}>
      {error ?? hint}
    </p>
  );
}
