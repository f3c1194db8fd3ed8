import { useId, useState } from 'preact/hooks';
import type { GoalInput, GoalJson, SiteJson } from '../../contract/api.ts';
import type { Filter } from '../../contract/words.ts';
import { ApiError, api } from '../api.ts';
import { useAnswer } from '../site/ask.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { explain } from '../ui/error-state.tsx';
import { Field } from '../ui/field.tsx';
import { toast } from '../ui/toast.tsx';
import { common } from '../words/common.ts';
import { goals as words } from '../words/goals.tsx';
import { Conditions } from './conditions.tsx';

interface Props {
  site: SiteJson;
  /** The goal to change; null for a new one. */
  goal: GoalJson | null;
  onClose: (changed: boolean) => void;
}

/** A goal, made or changed: an event, perhaps with conditions, or a page. */
export function GoalDialog({ site, goal, onClose }: Props) {
  const [kind, setKind] = useState<'event' | 'path'>(goal?.path ? 'path' : 'event');
  const [name, setName] = useState(goal?.name ?? '');
  const [event, setEvent] = useState(goal?.event ?? '');
  const [path, setPath] = useState(goal?.path ?? '');
  const [props, setProps] = useState<GoalJson['props']>(goal?.props ?? []);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const list = useId();

  const what = kind === 'event' ? event.trim() : path.trim();
  const suggested = useAnswer(site, {
    date_range: '12mo',
    metrics: ['visitors'],
    dimensions: [kind === 'event' ? 'event:name' : 'event:page'],
    filters: kind === 'event' ? [['is_not', 'event:name', ['pageview']]] : [],
    pagination: { limit: 200 },
  });
  const choices = suggested.stale ? [] : (suggested.data?.results ?? []).map((row) => row.dimensions[0] ?? '');

  const save = async () => {
    setBusy(true);
    setError(null);
    const input: GoalInput = {
      name: name.trim() || what,
      event: kind === 'event' ? what : null,
      path: kind === 'path' ? what : null,
      props: kind === 'event' ? props : [],
    };
    try {
      const at = `/sites/${site.id}/goals`;
      if (goal) await api('PUT', `${at}/${goal.id}`, input);
      else await api('POST', at, input);
      toast(goal ? words.changed : words.isSet);
      onClose(true);
    } catch (thrown) {
      setError(
        thrown instanceof ApiError ? thrown : new ApiError({ status: 0, code: 'internal', detail: String(thrown) }),
      );
      setBusy(false);
    }
  };
  const named = error?.code === 'conflict' ? words.inUse : error?.issue('name');
  const known = ['name', 'event', 'path', 'props'].some((field) => error?.issue(field)) || error?.code === 'conflict';

  return (
    <Dialog title={goal ? words.change : words.newGoal} onClose={() => onClose(false)}>
      <form
        class="stack tight"
        onSubmit={(submitted) => {
          submitted.preventDefault();
          void save();
        }}
      >
        <Choice
          label={words.kind}
          name="kind"
          value={kind}
          options={[
            { value: 'event', label: words.eventHappens },
            { value: 'path', label: words.pageSeen },
          ]}
          onChange={setKind}
        />
        {kind === 'event' ? (
          <Field
            key="event"
            label={words.event}
            name="event"
            value={event}
            list={list}
            required
            autofocus
            autocomplete="off"
            maxLength={120}
            placeholder={common.example('signup')}
            hint={words.eventHint(what || 'signup')}
            error={error?.issue('event')}
            onInput={(typed) => setEvent(typed.currentTarget.value)}
          />
        ) : (
          <Field
            key="path"
            label={words.page}
            name="path"
            value={path}
            list={list}
            required
            autofocus
            autocomplete="off"
            placeholder={common.example('/shop/thanks')}
            hint={words.pageHint()}
            error={error?.issue('path')}
            onInput={(typed) => setPath(typed.currentTarget.value)}
          />
        )}
        <datalist id={list}>
          {choices.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        {kind === 'event' && <Conditions props={props} onChange={setProps} {...(error ? { error } : {})} />}
        <Field
          label={common.name}
          name="name"
          value={name}
          autocomplete="off"
          maxLength={120}
          placeholder={what || common.example(words.nameExample)}
          hint={words.nameHint}
          error={named}
          onInput={(typed) => setName(typed.currentTarget.value)}
        />
        <Preview site={site} filters={preview(kind, what, props)} />
        {error && !known && (
          <p class="form-error" role="alert">
            {explain(error)}
          </p>
        )}
        <div class="dialog-foot">
          <Button onClick={() => onClose(false)}>{common.cancel}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {goal ? common.save : words.set}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The goal as filters of a query; null where a query can't say it. */
function preview(kind: 'event' | 'path', what: string, props: GoalJson['props']): Filter[] | null {
  if (what === '' || (kind === 'path' && (what.includes('*') || !what.startsWith('/')))) return null;
  if (kind === 'path') return [['is', 'event:page', [what]]];
  const whole = props.filter(({ key }) => key.trim() !== '');
  return [
    ['is', 'event:name', [what]],
    ...whole.map(({ key, op, value }): Filter => [op, `event:props:${key.trim()}`, [value]]),
  ];
}

/** How often it would have been reached: says at once whether the goal is what was meant. */
function Preview({ site, filters }: { site: SiteJson; filters: Filter[] | null }) {
  const answer = useAnswer(site, filters && { date_range: '30d', metrics: ['visitors', 'events'], filters });
  const [visitors, events] = filters && !answer.stale ? (answer.data?.results[0]?.metrics ?? []) : [];
  return (
    <p class="goal-preview" role="status">
      {typeof events === 'number' && typeof visitors === 'number' ? words.preview(events, visitors) : '\u00a0'}
    </p>
  );
}
