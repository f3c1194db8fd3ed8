import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import type { DateRange } from '../../contract/query.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { common } from '../words/common.ts';
import { rangeDialog as words } from '../words/range-dialog.ts';
import { dayIn, daysOf } from './ranges.ts';

interface Props {
  site: SiteJson;
  title: string;
  /** What it begins with; null: today. */
  range: DateRange | null;
  onPick: (range: [from: string, to: string]) => void;
  onClose: () => void;
}

/** Two days, both included. */
export function RangeDialog({ site, title, range, onPick, onClose }: Props) {
  const today = dayIn(site.timezone, Date.now());
  const [first, last] = daysOf(range ?? 'day', site.timezone, Date.now());
  const [from, setFrom] = useState(first);
  const [to, setTo] = useState(last);
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
