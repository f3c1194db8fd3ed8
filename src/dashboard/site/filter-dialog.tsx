import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import {
  type Filter,
  type FilterDimension,
  isSimple,
  OPERATORS,
  type Operator,
  propKey,
} from '../../contract/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, SelectField } from '../ui/field.tsx';
import { Flag } from '../ui/flag.tsx';
import { Middle } from '../ui/middle.tsx';
import { Count } from '../ui/number.tsx';
import { useAnswer, withBots } from './ask.ts';
import { FILTERABLE, nameOf, SMALL, shownAs } from './dimensions.ts';
import { OPERATOR_NAMES } from './filter-words.ts';
import { spellings } from './spellings.ts';
import { show, type View } from './view.ts';

const PROPERTY = 'property';
const SUGGESTED = 100;

interface Props {
  site: SiteJson;
  view: View;
  /** Number of the filter to change; null for a new one. */
  index: number | null;
  onClose: () => void;
}

/** One filter: of what, how, and which values, the most frequent of which stand ready to be ticked. */
export function FilterDialog({ site, view, index, onClose }: Props) {
  const old = index === null ? undefined : view.filters[index];
  const simple = old && isSimple(old) ? old : null;
  const [dimension, setDimension] = useState<string>(
    simple ? (propKey(simple[1]) === null ? simple[1] : PROPERTY) : 'event:page',
  );
  const [property, setProperty] = useState(simple ? (propKey(simple[1]) ?? '') : '');
  const [operator, setOperator] = useState<Operator>(simple?.[0] ?? 'is');
  const [values, setValues] = useState<string[]>(simple?.[2] ?? []);
  const [typed, setTyped] = useState('');

  const whole = (dimension === PROPERTY ? `event:props:${property.trim()}` : dimension) as FilterDimension;
  const usable = dimension !== PROPERTY || property.trim() !== '';
  const others = view.filters.filter((_, i) => i !== index);
  const search = typed.trim();
  const small = SMALL.has(whole);
  const answer = useAnswer(
    site,
    usable
      ? {
          date_range: view.range,
          filters:
            search && !small && whole !== 'event:goal' ? [...others, ['contains', whole, spellings(search)]] : others,
          metrics: ['visitors'],
          dimensions: [whole],
          include: withBots(view),
          pagination: { limit: SUGGESTED },
        }
      : null,
  );
  const found = (answer.stale ? [] : (answer.data?.results ?? [])).filter(
    ({ dimensions: [value = ''] }) => !search || shownAs(whole, value).toLowerCase().includes(search.toLowerCase()),
  );
  const goal = whole === 'event:goal';
  const meant = found.find(
    ({ dimensions: [value = ''] }) => shownAs(whole, value).toLowerCase() === search.toLowerCase(),
  );
  const free = search !== '' && !goal && !small && meant?.dimensions[0] !== search && !values.includes(search);
  const tick = (value: string) => {
    setValues(values.includes(value) ? values.filter((one) => one !== value) : [...values, value]);
  };
  // What was typed and not ticked counts, where nothing else was chosen.
  const typedValue = meant?.dimensions[0] ?? (goal ? undefined : search);
  const chosen = values.length === 0 && search && typedValue ? [typedValue] : values;
  const apply = (event: Event) => {
    event.preventDefault();
    if (!usable || chosen.length === 0) return;
    const next: Filter = [goal ? 'is' : operator, whole, chosen];
    const filters = [...view.filters];
    if (index === null) filters.push(next);
    else filters[index] = next;
    onClose();
    show(view, { filters });
  };

  return (
    <Dialog title={index === null ? 'Add a filter' : 'Change the filter'} onClose={onClose}>
      <form class="stack tight" onSubmit={apply}>
        <div class="two">
          <SelectField
            label="Of"
            name="dimension"
            value={dimension}
            options={[
              ...FILTERABLE.map((one) => ({ value: one, label: nameOf(one) })),
              { value: PROPERTY, label: 'Property…' },
            ]}
            onChange={(next) => {
              setDimension(next);
              setValues([]);
              setTyped('');
            }}
          />
          <SelectField
            label="How"
            name="operator"
            value={goal ? 'is' : operator}
            options={(goal ? (['is'] as const) : OPERATORS).map((one) => ({ value: one, label: OPERATOR_NAMES[one] }))}
            onChange={(next) => setOperator(next as Operator)}
          />
        </div>
        {dimension === PROPERTY && (
          <Field
            label="Property"
            name="property"
            value={property}
            placeholder="plan"
            maxLength={300}
            onInput={(event) => {
              setProperty(event.currentTarget.value);
              setValues([]);
            }}
          />
        )}
        <Field
          label="Value"
          name="value"
          value={typed}
          autocomplete="off"
          autofocus
          spellcheck={false}
          placeholder="Search or type"
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <fieldset class="suggestions" aria-busy={answer.stale ? 'true' : undefined}>
          <legend class="sr">Values</legend>
          {values
            .filter((value) => !found.some((row) => row.dimensions[0] === value))
            .map((value) => (
              <Suggestion key={value} dimension={whole} value={value} checked onTick={tick} />
            ))}
          {free && (
            <Suggestion key={`free ${search}`} dimension={whole} value={search} checked={false} onTick={tick} typed />
          )}
          {found.map(({ dimensions: [value = ''], metrics: [visitors] }) => (
            <Suggestion
              key={value}
              dimension={whole}
              value={value}
              count={visitors ?? 0}
              checked={values.includes(value)}
              onTick={tick}
            />
          ))}
          {usable && answer.data && found.length === 0 && values.length === 0 && !free && (
            <p class="list-note">Nothing in this range.</p>
          )}
        </fieldset>
        <div class="dialog-foot">
          {index !== null && (
            <Button
              kind="danger"
              onClick={() => {
                onClose();
                show(view, { filters: others });
              }}
            >
              Remove
            </Button>
          )}
          <Button kind="primary" type="submit" disabled={!usable || chosen.length === 0}>
            Apply
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface SuggestionProps {
  dimension: string;
  value: string;
  checked: boolean;
  count?: number;
  typed?: boolean;
  onTick: (value: string) => void;
}

function Suggestion({ dimension, value, checked, count, typed = false, onTick }: SuggestionProps) {
  return (
    <label class="suggestion">
      <input type="checkbox" checked={checked} onChange={() => onTick(value)} />
      {dimension === 'visit:country' && <Flag code={value} />}
      <span class="row-name">{typed ? `“${value}”` : <Middle text={shownAs(dimension, value)} />}</span>
      {count !== undefined && (
        <span class="muted">
          <Count of={count} />
        </span>
      )}
    </label>
  );
}
