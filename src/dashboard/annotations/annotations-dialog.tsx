import { useEffect, useRef, useState } from 'preact/hooks';
import type { AnnotationInput, AnnotationJson, SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { day, dayIn } from '../site/ranges.ts';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { explain } from '../ui/error-state.tsx';
import { Field } from '../ui/field.tsx';
import { toast } from '../ui/toast.tsx';
import { annotations as words } from '../words/annotations.ts';
import { common } from '../words/common.ts';

/** What the dialog is opened with. */
export interface Opened {
  /** Called so: the point of the chart, or the range. */
  of: string;
  /** Those that are of it. */
  shown: number[];
  /** When a new one is. */
  date: string;
  time: string | null;
}

interface Props extends Opened {
  site: SiteJson;
  annotations: AnnotationJson[];
  refresh: () => void;
  onClose: () => void;
}

/** What happened then: listed, said anew, changed, deleted. */
export function AnnotationsDialog({ site, annotations, of, shown, date, time, refresh, onClose }: Props) {
  const [editing, setEditing] = useState<number | null>(null);
  // What is written here stays in sight, whenever it was.
  const [own, setOwn] = useState<number[]>([]);
  const here = annotations.filter(({ id }) => shown.includes(id) || own.includes(id));
  const year = dayIn(site.timezone, Date.now()).slice(0, 4);
  const saved = ({ id }: AnnotationJson) => {
    setOwn((old) => [...old, id]);
    setEditing(null);
    refresh();
  };
  return (
    <Dialog title={words.title(of)} onClose={onClose}>
      {here.length > 0 && (
        <ul class="annotations">
          {here.map((one) => (
            <li key={one.id}>
              {editing === one.id ? (
                <Form site={site} old={one} onSaved={saved} onCancel={() => setEditing(null)} />
              ) : (
                <One site={site} one={one} year={year} onEdit={() => setEditing(one.id)} onDeleted={refresh} />
              )}
            </li>
          ))}
        </ul>
      )}
      {editing === null && <Form key={here.length} site={site} old={{ date, time, text: '' }} onSaved={saved} />}
    </Dialog>
  );
}

interface OneProps {
  site: SiteJson;
  one: AnnotationJson;
  year: string;
  onEdit: () => void;
  onDeleted: () => void;
}

function One({ site, one, year, onEdit, onDeleted }: OneProps) {
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    try {
      await api('DELETE', `/sites/${site.id}/annotations/${one.id}`);
      toast(words.removed);
      onDeleted();
    } catch (error) {
      toast(explain(error), { bad: true });
      setBusy(false);
    }
  };
  return (
    <>
      <p>
        <span class="muted small">
          {day(one.date, year, true)}
          {one.time && `, ${one.time}`}
        </span>
        <br />
        {one.text}
      </p>
      <Button kind="quiet" onClick={onEdit} aria-label={words.changeOne(one.text)}>
        {words.change}
      </Button>
      <Button kind="quiet" busy={busy} onClick={() => void remove()} aria-label={words.removeOne(one.text)}>
        {words.remove}
      </Button>
    </>
  );
}

interface FormProps {
  site: SiteJson;
  old: AnnotationInput & { id?: number };
  onSaved: (saved: AnnotationJson) => void;
  onCancel?: () => void;
}

/** A new one, or one to be changed: whichever comes is where one goes on. */
function Form({ site, old, onSaved, onCancel }: FormProps) {
  const box = useRef<HTMLFormElement>(null);
  // `autofocus` is for the first, as the dialog opens.
  useEffect(() => box.current?.querySelector('input')?.focus(), []);
  const [draft, setDraft] = useState<AnnotationInput>({ date: old.date, time: old.time, text: old.text });
  const form = useSubmit(async () => {
    const at = `/sites/${site.id}/annotations`;
    const input: AnnotationInput = { ...draft, time: draft.time || null };
    onSaved(
      old.id === undefined
        ? await api<AnnotationJson>('POST', at, input)
        : await api<AnnotationJson>('PUT', `${at}/${old.id}`, input),
    );
  });
  return (
    <form ref={box} class="stack tight annotation-form" noValidate onSubmit={form.onSubmit}>
      <Field
        label={words.what}
        name="text"
        required
        autofocus
        autocomplete="off"
        maxLength={500}
        placeholder={common.example(words.example)}
        value={draft.text}
        error={form.wrong('text')}
        onInput={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
      />
      <div class="two">
        <Field
          label={words.day}
          name="date"
          type="date"
          required
          value={draft.date}
          error={form.wrong('date')}
          onInput={(event) => setDraft({ ...draft, date: event.currentTarget.value })}
        />
        <Field
          label={words.time}
          name="time"
          type="time"
          value={draft.time ?? ''}
          error={form.wrong('time')}
          onInput={(event) => setDraft({ ...draft, time: event.currentTarget.value || null })}
        />
      </div>
      {form.failure && (
        <p class="form-error" role="alert">
          {form.failure}
        </p>
      )}
      <div class="dialog-foot">
        {onCancel && <Button onClick={onCancel}>{words.cancel}</Button>}
        <Button kind="primary" type="submit" busy={form.busy}>
          {old.id === undefined ? words.add : words.save}
        </Button>
      </div>
    </form>
  );
}
