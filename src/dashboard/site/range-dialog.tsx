import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { dayIn } from './ranges.ts';
import { show, type View } from './view.ts';

interface Props {
  site: SiteJson;
  view: View;
  now: number;
  onClose: () => void;
}

/** Two days, both included. */
export function RangeDialog({ site, view, now, onClose }: Props) {
  const today = dayIn(site.timezone, now);
  const [from, setFrom] = useState(typeof view.range === 'string' ? today : view.range[0].slice(0, 10));
  const [to, setTo] = useState(typeof view.range === 'string' ? today : view.range[1].slice(0, 10));
  const wrong = from && to && from > to ? 'The last day lies before the first.' : undefined;
  return (
    <Dialog title="Custom range" onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!from || !to || wrong) return;
          onClose();
          show(view, { range: [from, to] });
        }}
      >
        <div class="two">
          <Field
            label="First day"
            name="from"
            type="date"
            required
            max={today}
            value={from}
            onInput={(event) => setFrom(event.currentTarget.value)}
          />
          <Field
            label="Last day"
            name="to"
            type="date"
            required
            max={today}
            value={to}
            error={wrong}
            onInput={(event) => setTo(event.currentTarget.value)}
          />
        </div>
        <p class="muted small">Both included; days of {site.timezone}.</p>
        <div class="dialog-foot">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit">
            Show
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
