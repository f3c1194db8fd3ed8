import type { GoalJson } from '../../contract/api.ts';
import type { ApiError } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { common } from '../words/common.ts';
import { filters } from '../words/filters.ts';
import { goals as words } from '../words/goals.tsx';

type Props = GoalJson['props'];
const OPS = ['is', 'is_not', 'contains'] as const;
const MOST = 10;

/** Conditions on the event's properties; all must hold. */
export function Conditions({
  props,
  error,
  onChange,
}: {
  props: Props;
  error?: ApiError;
  onChange: (props: Props) => void;
}) {
  const set = (i: number, change: Partial<Props[number]>) =>
    onChange(props.map((one, n) => (n === i ? { ...one, ...change } : one)));
  const wrong = error?.issue('props');
  return (
    <fieldset class="conditions">
      <legend>{words.conditions}</legend>
      {props.map(({ key, op, value }, i) => (
        <div key={i} class="condition">
          <input
            aria-label={words.property(i + 1)}
            value={key}
            placeholder={common.example('plan')}
            required
            maxLength={300}
            onInput={(typed) => set(i, { key: typed.currentTarget.value })}
          />
          <select
            aria-label={words.comparison(i + 1)}
            value={op}
            onChange={(chosen) => set(i, { op: OPS.find((one) => one === chosen.currentTarget.value) ?? 'is' })}
          >
            {OPS.map((one) => (
              <option key={one} value={one}>
                {filters.operators[one]}
              </option>
            ))}
          </select>
          <input
            aria-label={words.value(i + 1)}
            value={value}
            placeholder={common.example('pro')}
            maxLength={2000}
            onInput={(typed) => set(i, { value: typed.currentTarget.value })}
          />
          <Button
            kind="quiet"
            class="icon"
            aria-label={words.removeCondition(i + 1)}
            onClick={() => onChange(props.filter((_, n) => n !== i))}
          >
            <Icon name="cross" />
          </Button>
        </div>
      ))}
      {wrong && (
        <p class="form-error" role="alert">
          {wrong}
        </p>
      )}
      {props.length < MOST && (
        <Button
          kind="quiet"
          class="add-condition"
          onClick={() => onChange([...props, { key: '', op: 'is', value: '' }])}
        >
          {words.addCondition}
        </Button>
      )}
    </fieldset>
  );
}
