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
import { ForWhom } from './for-whom.tsx';
import { asFilter, segmentOf, spelledOut } from './segments.ts';

interface Props {
  site: SiteJson;
  view: View;
  segments: SegmentJson[];
  onClose: () => void;
}

/** Keeps the filters in force under a name, for oneself or for all: a new one, or that of a segment, which they become. */
export function SaveDialog({ site, view, segments, onClose }: Props) {
  const inForce = view.filters.map((filter) => segmentOf(filter, segments)).find((one) => one !== undefined);
  const [name, setName] = useState(inForce?.name ?? '');
  const [shared, setShared] = useState(inForce?.shared ?? false);
  const list = useId();
  const alike = segments.filter((one) => one.shared === shared);
  const old = alike.find((one) => one.name === name.trim());
  const filters = spelledOut(view.filters, segments);
  const form = useSubmit(async () => {
    const input: SegmentInput = { name: name.trim(), filters, shared };
    const at = `/sites/${site.id}/segments`;
    const sent = old
      ? api<SegmentJson>('PUT', `${at}/${old.id}`, input)
      : api<SegmentJson>('POST', at, input).catch(conflictAt('name'));
    const made = await sent;
    toast(old ? words.replaced(input.name) : words.kept(input.name));
    onClose();
    show(view, { filters: [asFilter(made)] });
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
          placeholder={common.example(words.nameExample)}
          hint={old ? words.isThere : words.replaces}
          error={form.wrong('name')}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <datalist id={list}>
          {alike.map((one) => (
            <option key={one.id} value={one.name} />
          ))}
        </datalist>
        <ForWhom shared={shared} onChange={setShared} />
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
