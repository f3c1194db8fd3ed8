import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import type { Period } from '../../contract/words.ts';
import { Icon } from '../ui/icon.tsx';
import { later } from '../ui/later.tsx';
import { Menu } from '../ui/menu.tsx';
import { PERIOD_NAMES, rangeName, yesterday } from './ranges.ts';
import { show, type View } from './view.ts';

const RangeDialog = later(() => import('./range-dialog.tsx').then((module) => module.RangeDialog));

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
      {custom && <RangeDialog site={site} view={view} now={now} onClose={() => setCustom(false)} />}
    </>
  );
}
