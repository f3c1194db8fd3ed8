import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import type { Comparisons } from '../../contract/query.ts';
import { Icon } from '../ui/icon.tsx';
import { later } from '../ui/later.tsx';
import { Menu } from '../ui/menu.tsx';
import { rangeName } from './ranges.ts';
import { show, type View } from './view.ts';

const RangeDialog = later(() => import('./range-dialog.tsx').then((module) => module.RangeDialog));

const MODES = [
  { mode: 'previous_period', label: 'Previous period' },
  { mode: 'year_over_year', label: 'Year over year' },
] as const;

/** With what the numbers are compared: what went before, the year before, two dates, nothing. */
export function CompareMenu({ site, view }: { site: SiteJson; view: View }) {
  const [custom, setCustom] = useState(false);
  const { compare } = view;
  const to = (next: Comparisons | null) => show(view, { compare: next }, { replace: true });
  const matched = compare?.match_day_of_week === true;
  const own = compare?.date_range;
  return (
    <>
      <Menu
        name="Comparison"
        align="end"
        class="button range-button"
        label={
          <>
            <span class="wide-only">Compare: {inWords(compare, site)}</span>
            <span class="phone-only">{compare ? 'Compared' : 'Compare'}</span>
            <Icon name="chevron" size={10} />
          </>
        }
        items={[
          ...MODES.map(({ mode, label }) => ({
            label,
            current: compare?.mode === mode,
            onPick: () => to(matched ? { mode, match_day_of_week: true } : { mode }),
          })),
          {
            label: own ? `Custom: ${nameOf(own, site)}…` : 'Custom…',
            current: own !== undefined,
            onPick: () => setCustom(true),
          },
          { label: 'No comparison', hint: <kbd>C</kbd>, current: compare === null, onPick: () => to(null) },
          ...(compare && !own
            ? [
                {
                  label: 'Match day of week',
                  hint: matched ? 'on' : 'off',
                  ticked: matched,
                  divided: true,
                  onPick: () => to(matched ? { mode: compare.mode } : { mode: compare.mode, match_day_of_week: true }),
                },
              ]
            : []),
        ]}
      />
      {custom && (
        <RangeDialog
          site={site}
          title="Compare with"
          range={own ?? null}
          onPick={(range) => to({ mode: 'custom', date_range: range })}
          onClose={() => setCustom(false)}
        />
      )}
    </>
  );
}

function inWords(compare: Comparisons | null, site: SiteJson): string {
  if (!compare) return 'off';
  if (compare.date_range) return nameOf(compare.date_range, site);
  const mode = compare.mode === 'year_over_year' ? 'year over year' : 'previous period';
  return compare.match_day_of_week ? `${mode}, by weekday` : mode;
}

const nameOf = (range: [string, string], { timezone }: SiteJson) => rangeName(range, timezone, Date.now());
