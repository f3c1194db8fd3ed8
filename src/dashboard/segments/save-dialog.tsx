import { useId, useState } from 'preact/hooks';
import type { SegmentInput, SegmentJson, SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { conflictAt } from '../conflict.ts';
import { renew } from '../data.ts';
import { show, type View } from '../site/view.ts';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { toast } from '../ui/toast.tsx';
import { common } from '../words/common.ts';
import { segmentDialogs as words } from '../words/segment-dialogs.ts';
import { FilterList } from './filter-list.tsx';
import { segmentId, spelledOut } from './segments.ts';

interface Props {
  site: SiteJson;
  view: View;
  segments: SegmentJson[];
  onClose: () => void;
}

/** Keeps the filters in force under a name: a new one, or that of a segment, which they become. */
export function SaveDialog({ site, view, segments, onClose }: Props) {
  const inForce = view.filters.map(segmentId).find((id) => id !== null);
  const [name, setName] = useState(segments.find(({ id }) => id === inForce)?.name ?? '');
  const list = useId();
  const old = segments.find((one) => one.name === name.trim());
  const filters = spelledOut(view.filters, segments);
  const form = useSubmit(async () => {
    const input: SegmentInput = { name: name.trim(), filters };
    const at = `/sites/${site.id}/segments`;
    const sent = old
      ? api<SegmentJson>('PUT', `${at}/${old.id}`, input)
      : api<SegmentJson>('POST', at, input).catch(conflictAt('name'));
    const { id } = await sent;
    toast(old ? words.replaced(input.name) : words.kept(input.name));
    onClose();
    show(view, { filters: [['is', 'segment', [id]]] });
    renew();
  });
  return (
    <Dialog title={words.saveTitle} onClose={onClose}>
      <form class="stack tight" noValidate onSubmit={form.onSubmit}>
        <Field
          label={common.name}
          name="name"
          value={name}
          list={list}
          required
          autofocus
          autocomplete="off"
          maxLength={120}
          placeholder={words.nameExample}
          hint={old ? words.isThere : words.replaces}
          error={form.wrong('name')}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <datalist id={list}>
          {segments.map((one) => (
            <option key={one.id} value={one.name} />
          ))}
        </datalist>
        <FilterList filters={filters} />
        {form.failure && (
          <p class="form-error" role="alert">
            {form.failure}
          </p>
        )}
        <div class="dialog-foot">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="primary" type="submit" busy={form.busy}>
            {old ? words.replace : common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
