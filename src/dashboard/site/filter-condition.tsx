import { useId, useLayoutEffect, useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { FRICTION } from '../../contract/replay.ts';
import {
  type Filter,
  type FilterDimension,
  isEvent,
  isSimple,
  type Modifiers,
  OPERATORS,
  type Operator,
  propKey,
  SIGNAL,
  type SimpleFilter,
  TITLE,
} from '../../contract/words.ts';
import type { ApiError } from '../api.ts';
import { capital } from '../format.ts';
import { explain } from '../ui/error-state.tsx';
import { CheckField, Field, SelectField } from '../ui/field.tsx';
import { common } from '../words/common.ts';
import { filterDialog as words } from '../words/filter-dialog.tsx';
import { filters as filterWords } from '../words/filters.ts';
import { useAnswer, withBots } from './ask.ts';
import { FILTERABLE, nameOf, SMALL, shownAs } from './dimensions.ts';
import { alike } from './filter-words.ts';
import { useProperties } from './properties-card.tsx';
import { Suggestion } from './suggestion.tsx';
import type { View } from './view.ts';

/** They are known without asking, and nothing is divided by them. */
const ALL_SIGNALS = FRICTION.map((signal) => ({ dimensions: [signal as string], metrics: [] as number[] }));

const PROPERTY = 'property';
const SUGGESTED = 100;

/** What a condition keeps: what fits it, or everything of visitors who did, or didn't do, what fits it. */
const KEPT = ['rows', 'has_done', 'has_not_done'] as const;
type Kept = (typeof KEPT)[number];

/** What one can do something with. */
const DEEDS: FilterDimension[] = ['event:goal', 'event:page', TITLE, 'event:name', 'event:hostname'];

interface Props {
  site: SiteJson;
  view: View;
  /** As it was; null for a new one. */
  filter: Filter | null;
  /** What else must hold: values are counted with it. */
  beside: Filter[];
  /** What the server found wrong with it. */
  refused: string | undefined;
  /** Null while something is missing. */
  onChange: (filter: Filter | null) => void;
}

/** One condition: of what, how, and which values, the most frequent of which stand ready to be ticked. */
export function FilterCondition({ site, view, filter, beside, refused, onChange }: Props) {
  const [wasKept, simple] = opened(filter);
  const onePattern = simple !== null && isPattern(simple[0]) && simple[2].length === 1;
  const [kept, setKept] = useState<Kept>(wasKept);
  const [dimension, setDimension] = useState<string>(
    simple ? (propKey(simple[1]) === null ? simple[1] : PROPERTY) : 'event:page',
  );
  const [property, setProperty] = useState(simple ? (propKey(simple[1]) ?? '') : '');
  const [operator, setOperator] = useState<Operator>(simple?.[0] ?? 'is');
  const [values, setValues] = useState<string[]>(onePattern ? [] : (simple?.[2] ?? []));
  const [typed, setTyped] = useState(onePattern ? (simple[2][0] ?? '') : '');
  const [anyCase, setAnyCase] = useState(simple?.[3]?.case_sensitive === false);
  const keys = useId();
  const properties = useProperties(site, view).data?.properties ?? [];

  const whole = (dimension === PROPERTY ? `event:props:${property.trim()}` : dimension) as FilterDimension;
  const usable = dimension !== PROPERTY || property.trim() !== '';
  const search = typed.trim();
  const small = SMALL.has(whole);
  const goal = whole === 'event:goal';
  const operators = operatorsOf(whole);
  const how = operators.includes(operator) ? operator : 'is';
  const pattern = isPattern(how);
  const modifiers: [] | [Modifiers] = anyCase && !goal && !small ? [{ case_sensitive: false }] : [];
  const answer = useAnswer(
    site,
    usable && whole !== SIGNAL
      ? {
          date_range: view.range,
          filters: [...beside, ...searched()],
          metrics: ['visitors'],
          dimensions: [whole],
          include: withBots(view),
          pagination: { limit: SUGGESTED },
        }
      : null,
  );
  /** Of the most frequent values those that look like what was typed; of a pattern, those that it stands for. */
  function searched(): Filter[] {
    if (search && pattern) return [['matches', whole, [search], ...modifiers]];
    return search && !small && !goal ? [alike(whole, search)] : [];
  }
  const looksSo = (value = '') => shownAs(whole, value).toLowerCase().includes(search.toLowerCase());
  const told = answer.stale || answer.error ? [] : (answer.data?.results ?? []);
  const found = (whole === SIGNAL ? ALL_SIGNALS : told).filter(
    ({ dimensions: [value] }) => !search || pattern || looksSo(value),
  );
  const meant = found.find(
    ({ dimensions: [value = ''] }) => shownAs(whole, value).toLowerCase() === search.toLowerCase(),
  );
  const free = search !== '' && !goal && !small && !pattern && meant?.dimensions[0] !== search;
  const tick = (value: string) => {
    setValues(values.includes(value) ? values.filter((one) => one !== value) : [...values, value]);
  };
  const chosen = chosenOf();
  /** What was typed and not ticked counts, where nothing else was chosen; a pattern always does. */
  function chosenOf(): string[] {
    if (pattern) return search && !values.includes(search) ? [...values, search] : values;
    const typedValue = meant?.dimensions[0] ?? (goal ? undefined : search);
    return values.length === 0 && search && typedValue ? [typedValue] : values;
  }
  const wrong = refused ?? (answer.error && faultOf(answer.error));
  const said: Filter | null = saidNow();
  function saidNow(): Filter | null {
    if (!usable || chosen.length === 0) return null;
    const condition: SimpleFilter = [how, whole, chosen, ...modifiers];
    return kept === 'rows' ? condition : [kept, condition];
  }
  // Before whatever is pressed next.
  useLayoutEffect(() => onChange(said), [JSON.stringify(said)]);
  const turnTo = (next: string) => {
    setDimension(next);
    setValues([]);
    setTyped('');
  };

  return (
    <>
      <SelectField
        label={words.keep}
        name="kept"
        value={kept}
        options={KEPT.map((value) => ({ value, label: words.kept[value] }))}
        hint={kept === 'rows' ? undefined : words.keptHint}
        onChange={(next) => {
          setKept(next as Kept);
          if (next !== 'rows' && !isEvent(whole)) turnTo('event:goal');
        }}
      />
      <div class="two">
        <SelectField
          label={words.of}
          name="dimension"
          value={dimension}
          options={[
            ...(kept === 'rows' ? FILTERABLE : DEEDS).map((one) => ({ value: one, label: nameOf(one) })),
            { value: PROPERTY, label: words.aProperty },
          ]}
          onChange={turnTo}
        />
        <SelectField
          label={words.how}
          name="operator"
          value={how}
          options={operators.map((one) => ({ value: one, label: filterWords.operators[one] }))}
          onChange={(next) => setOperator(next as Operator)}
        />
      </div>
      {dimension === PROPERTY && (
        <Field
          label={words.property}
          name="property"
          value={property}
          placeholder={common.example('plan')}
          maxLength={300}
          list={keys}
          autocomplete="off"
          onInput={(event) => {
            setProperty(event.currentTarget.value);
            setValues([]);
          }}
        />
      )}
      <datalist id={keys}>
        {properties.map(({ key }) => (
          <option key={key} value={key} />
        ))}
      </datalist>
      <Field
        label={pattern ? words.pattern : words.value}
        name="value"
        value={typed}
        autocomplete="off"
        autofocus
        spellcheck={false}
        placeholder={pattern ? common.example('^/blog/.*coffee') : words.searchOrType}
        hint={pattern ? words.patternHint() : undefined}
        error={wrong || undefined}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      {!goal && !small && <CheckField name="any_case" label={words.anyCase} checked={anyCase} onChange={setAnyCase} />}
      <fieldset class="suggestions" aria-busy={answer.stale ? 'true' : undefined}>
        <legend class="sr">{pattern ? words.matched : words.values}</legend>
        {values
          .filter((value) => pattern || !found.some((row) => row.dimensions[0] === value))
          .map((value) => (
            <Suggestion key={value} dimension={whole} value={value} checked onTick={tick} />
          ))}
        {free && !values.includes(search) && (
          <Suggestion key={`free ${search}`} dimension={whole} value={search} checked={false} onTick={tick} typed />
        )}
        {found.map(({ dimensions: [value = ''], metrics: [visitors] }) => (
          <Suggestion
            key={value}
            dimension={whole}
            value={value}
            {...(whole === SIGNAL ? {} : { count: visitors ?? 0 })}
            checked={values.includes(value)}
            {...(pattern ? {} : { onTick: tick })}
          />
        ))}
        {usable && answer.data && !answer.stale && !wrong && found.length === 0 && values.length === 0 && !free && (
          <p class="list-note">{pattern ? words.matchesNothing : words.nothing}</p>
        )}
      </fieldset>
    </>
  );
}

/** A condition as its fields show it. */
function opened(filter: Filter | null): [Kept, SimpleFilter | null] {
  if (!filter) return ['rows', null];
  if (isSimple(filter)) return ['rows', filter];
  if (filter[0] !== 'has_done' && filter[0] !== 'has_not_done') return ['rows', null];
  return [filter[0], isSimple(filter[1]) ? filter[1] : null];
}

export const isPattern = (operator: Operator) => operator === 'matches' || operator === 'matches_not';

/** Goals are named; what is kept as a code, and shown as a name, has no part that anybody would type. */
function operatorsOf(dimension: FilterDimension): readonly Operator[] {
  if (dimension === 'event:goal') return ['is'];
  const named = dimension === 'visit:country' || dimension === 'visit:language' || dimension === SIGNAL;
  return named ? ['is', 'is_not'] : OPERATORS;
}

/** What an answer to a question finds wrong with its filters. */
export function faultOf(error: ApiError): string {
  const said = error.issues.find(({ path }) => path.startsWith('filters'))?.message;
  return said ? `${capital(said)}.` : explain(error);
}
