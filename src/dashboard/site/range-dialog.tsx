import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { common } from '../words/common.ts';
import { rangeDialog as words } from '../words/range-dialog.ts';
import { dayIn } from './ranges.ts';

interface Props {
  site: SiteJson;
  title: string;
  /** What it begins with: dates, or moments. */
  range: [from: string, to: string] | null;
  onPick: (range: [from: string, to: string]) => void;
  onClose: () => void;
}

/** Two days, both included. */
export function RangeDialog({ site, title, range, onPick, onClose }: Props) {
  const today = dayIn(site.timezone, Date.now());
  const [from, setFrom] = useState(range?.[0].slice(0, 10) ?? today);
  const [to, setTo] = useState(range?.[1].slice(0, 10) ?? today);
  const wrong = from && to && from > to ? words.lastBeforeFirst : undefined;
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!from || !to || wrong) return;
          onClose();
          onPick([from, to]);
        }}
      >
        <div class="two">
          <Field
            label={words.first}
            name="from"
            type="date"
            required
            max={today}
            value={from}
            onInput={(event) => setFrom(event.currentTarget.value)}
          />
          <Field
            label={words.last}
            name="to"
            type="date"
            required
            max={today}
            value={to}
            error={wrong}
            onInput={(event) => setTo(event.currentTarget.value)}
          />
        </div>
        <p class="muted small">{words.included(site.timezone)}</p>
        <div class="dialog-foot">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="primary" type="submit">
            {words.show}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
