interface Props<Value extends string> {
  /** What is chosen, for screen readers. */
  label: string;
  name: string;
  value: Value;
  options: { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** One of two, side by side: radio buttons that look like a switch. */
export function Choice<Value extends string>({ label, name, value, options, onChange }: Props<Value>) {
  return (
    <fieldset class="choice">
      <legend class="sr">{label}</legend>
      {options.map((one) => (
        <label key={one.value} class={one.value === value ? 'current' : undefined}>
          <input
            type="radio"
            class="sr"
            name={name}
            value={one.value}
            checked={one.value === value}
            onChange={() => onChange(one.value)}
          />
          {one.label}
        </label>
      ))}
    </fieldset>
  );
}
