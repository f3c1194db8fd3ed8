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
import { FilterList } from './filter-list.tsx';

interface Props {
  site: SiteJson;
  view: View;
  segment: SegmentJson;
  /** Which of the view's filters it is. */
  index: number;
  onClose: () => void;
}

/** One segment: what it is made of, its name, its end, and the way to change its filters: with those in its place. */
export function SegmentDialog({ site, view, segment, index, onClose }: Props) {
  const [name, setName] = useState(segment.name);
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const at = `/sites/${site.id}/segments/${segment.id}`;
  const others = view.filters.filter((_, i) => i !== index);
  const form = useSubmit(async () => {
    const input: SegmentInput = { name: name.trim(), filters: segment.filters };
    await api('PUT', at, input).catch(conflictAt('name'));
    toast(`It is called “${input.name}” now`);
    onClose();
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
    toast(`“${segment.name}” is deleted`);
    onClose();
    show(view, { filters: others }, { replace: true });
    renew();
  };
  if (sure) {
    return (
      <Dialog title={`Delete “${segment.name}”?`} onClose={onClose}>
        <p>Only the name goes, no visit. Addresses that speak of it will say that it is no longer here.</p>
        {failure && (
          <p class="form-error" role="alert">
            {failure}
          </p>
        )}
        <div class="dialog-foot">
          <Button onClick={() => setSure(false)}>Keep it</Button>
          <Button kind="danger" busy={busy} onClick={() => void remove()}>
            Delete
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="Segment" onClose={onClose}>
      <form class="stack tight" noValidate onSubmit={form.onSubmit}>
        <Field
          label="Name"
          name="name"
          value={name}
          required
          autocomplete="off"
          maxLength={120}
          error={form.wrong('name')}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <FilterList filters={segment.filters} />
        <p class="muted small">“Change filters” puts them in its place; save them again under its name.</p>
        {form.failure && (
          <p class="form-error" role="alert">
            {form.failure}
          </p>
        )}
        <div class="dialog-foot">
          <Button kind="danger" onClick={() => setSure(true)}>
            Delete
          </Button>
          <Button onClick={apart}>Change filters</Button>
          <Button kind="primary" type="submit" busy={form.busy} disabled={name.trim() === segment.name}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
