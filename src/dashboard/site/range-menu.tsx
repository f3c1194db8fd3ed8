import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import type { Period } from '../../contract/words.ts';
import { Icon } from '../ui/icon.tsx';
import { later } from '../ui/later.tsx';
import { Menu } from '../ui/menu.tsx';
import { ranges as words } from '../words/ranges.ts';
import { rangeName } from './ranges.ts';
import { show, type View } from './view.ts';

const RangeDialog = later(() => import('./range-dialog.tsx').then((module) => module.RangeDialog));

/** Ranges with a key of their own. */
export const RANGE_KEYS: Record<string, Period> = { h: 'hour', d: 'day', w: '7d', m: '30d', y: '12mo', a: 'all' };

/** In the order of the menu; a line divides the groups. */
const GROUPS: Period[][] = [
  ['hour', '24h', 'day', 'yesterday'],
  ['7d', '30d', '91d'],
  ['month', 'year', '12mo'],
  ['all'],
];

/** Which stretch of time: the usual ones, or two dates. */
export function RangeMenu({ site, view }: { site: SiteJson; view: View }) {
  const [custom, setCustom] = useState(false);
  const key = (period: Period) =>
    Object.entries(RANGE_KEYS)
      .find(([, one]) => one === period)?.[0]
      ?.toUpperCase();
  const items = GROUPS.flatMap((periods, group) =>
    periods.map((period, i) => ({
      label: words.periods[period],
      hint: key(period) && <kbd>{key(period)}</kbd>,
      current: view.range === period,
      divided: group > 0 && i === 0,
      onPick: () => show(view, { range: period }),
    })),
  );
  return (
    <>
      <Menu
        name={words.range}
        align="end"
        class="button range-button"
        label={
          <>
            {rangeName(view.range, site.timezone, Date.now())}
            <Icon name="chevron" size={10} />
          </>
        }
        items={[...items, { label: words.askCustom, onPick: () => setCustom(true) }]}
      />
      {custom && (
        <RangeDialog
          site={site}
          title={words.custom}
          range={view.range}
          onPick={(range) => show(view, { range })}
          onClose={() => setCustom(false)}
        />
      )}
    </>
  );
}
