import { useState } from 'preact/hooks';
import type { SegmentInput, SegmentJson, SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { conflictAt } from '../conflict.ts';
import { renew } from '../data.ts';
import { show, type View } from '../site/view.ts';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { explain } from '../ui/error-state.tsx';
import { Field } from '../ui/field.tsx';
import { toast } from '../ui/toast.tsx';
import { common } from '../words/common.ts';
import { segmentDialogs as words } from '../words/segment-dialogs.ts';
import { FilterList } from './filter-list.tsx';
import { ForWhom } from './for-whom.tsx';
import { asFilter } from './segments.ts';

interface Props {
  site: SiteJson;
  view: View;
  segment: SegmentJson;
  /** Which of the view's filters it is. */
  index: number;
  onClose: () => void;
}

/** One segment: what it is made of, its name, whose it is, its end, and the way to change its filters: with those in its place. */
export function SegmentDialog({ site, view, segment, index, onClose }: Props) {
  const [name, setName] = useState(segment.name);
  const [shared, setShared] = useState(segment.shared);
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const at = `/sites/${site.id}/segments/${segment.id}`;
  const others = view.filters.filter((_, i) => i !== index);
  const form = useSubmit(async () => {
    const input: SegmentInput = { name: name.trim(), filters: segment.filters, shared };
    const made = await api<SegmentJson>('PUT', at, input).catch(conflictAt('name'));
    toast(words.changed(made.name));
    onClose();
    show(
      view,
      { filters: view.filters.map((filter, i) => (i === index ? asFilter(made) : filter)) },
      { replace: true },
    );
    renew();
  });
  const apart = () => {
    onClose();
    show(view, { filters: view.filters.flatMap((filter, i) => (i === index ? segment.filters : [filter])) });
  };
  const remove = async () => {
    setBusy(true);
    try {
      await api('DELETE', at);
    } catch (error) {
      setFailure(explain(error));
      setBusy(false);
      return;
    }
    toast(common.deleted(segment.name));
    onClose();
    show(view, { filters: others }, { replace: true });
    renew();
  };
  if (sure) {
    return (
      <Dialog title={common.askDelete(segment.name)} onClose={onClose}>
        <p>{segment.shared ? words.deleteMeans : words.deleteOwnMeans}</p>
        {failure && (
          <p class="form-error" role="alert">
            {failure}
          </p>
        )}
        <div class="dialog-foot">
          <Button onClick={() => setSure(false)}>{common.keepIt}</Button>
          <Button kind="danger" busy={busy} onClick={() => void remove()}>
            {common.delete}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={words.segment} onClose={onClose}>
      <form class="stack tight" noValidate onSubmit={form.onSubmit}>
        <Field
          label={common.name}
          name="name"
          value={name}
          required
          autocomplete="off"
          maxLength={120}
          error={form.wrong('name')}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <ForWhom shared={shared} onChange={setShared} />
        {segment.shared && !shared && <p class="muted small">{words.takenBack}</p>}
        <FilterList filters={segment.filters} />
        <p class="muted small">{words.how}</p>
        {form.failure && (
          <p class="form-error" role="alert">
            {form.failure}
          </p>
        )}
        <div class="dialog-foot">
          <Button kind="danger" onClick={() => setSure(true)}>
            {common.delete}
          </Button>
          <Button onClick={apart}>{words.changeFilters}</Button>
          <Button
            kind="primary"
            type="submit"
            busy={form.busy}
            disabled={name.trim() === segment.name && shared === segment.shared}
          >
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
