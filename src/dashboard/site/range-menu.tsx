import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import type { Period } from '../../contract/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { dayIn, PERIOD_NAMES, rangeName, yesterday } from './ranges.ts';
import { show, type View } from './view.ts';

/** Ranges with a key of their own. */
export const RANGE_KEYS: Record<string, Period> = { d: 'day', w: '7d', m: '30d', y: '12mo', a: 'all' };

const ORDER: Period[] = ['day', '7d', '30d', '91d', 'month', 'year', '12mo', 'all'];

/** Which stretch of time: the usual ones, or two dates. */
export function RangeMenu({ site, view }: { site: SiteJson; view: View }) {
  const [custom, setCustom] = useState(false);
  const now = Date.now();
  const key = (period: Period) =>
    Object.entries(RANGE_KEYS)
      .find(([, one]) => one === period)?.[0]
      ?.toUpperCase();
  const last = yesterday(site.timezone, now);
  const items = ORDER.flatMap((period, i) => {
    const item = {
      label: PERIOD_NAMES[period],
      hint: key(period) && <kbd>{key(period)}</kbd>,
      current: view.range === period,
      divided: period === 'month' || period === 'all',
      onPick: () => show(view, { range: period }),
    };
    const yester = {
      label: 'Yesterday',
      current: typeof view.range !== 'string' && view.range.join() === last.join(),
      onPick: () => show(view, { range: last }),
    };
    return i === 0 ? [item, yester] : [item];
  });
  return (
    <>
      <Menu
        name="Range of time"
        align="end"
        class="button range-button"
        label={
          <>
            {rangeName(view.range, site.timezone, now)}
            <Icon name="chevron" size={10} />
          </>
        }
        items={[...items, { label: 'Custom range…', onPick: () => setCustom(true) }]}
      />
      {custom && <Custom site={site} view={view} now={now} onClose={() => setCustom(false)} />}
    </>
  );
}

function Custom({ site, view, now, onClose }: { site: SiteJson; view: View; now: number; onClose: () => void }) {
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
