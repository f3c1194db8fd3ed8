import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import type { Comparisons } from '../../contract/query.ts';
import { Icon } from '../ui/icon.tsx';
import { later } from '../ui/later.tsx';
import { Menu } from '../ui/menu.tsx';
import { ranges as words } from '../words/ranges.ts';
import { rangeName } from './ranges.ts';
import { show, type View } from './view.ts';

const RangeDialog = later(() => import('./range-dialog.tsx').then((module) => module.RangeDialog));

const MODES = ['previous_period', 'year_over_year'] as const;

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
        name={words.comparison}
        align="end"
        class="button range-button"
        label={
          <>
            <span class="wide-only">{words.compareTo(inWords(compare, site))}</span>
            <span class="phone-only">{compare ? words.compared : words.compare}</span>
            <Icon name="chevron" size={10} />
          </>
        }
        items={[
          ...MODES.map((mode) => ({
            label: words.modes[mode],
            current: compare?.mode === mode,
            onPick: () => to(matched ? { mode, match_day_of_week: true } : { mode }),
          })),
          {
            label: own ? words.ownOther(nameOf(own, site)) : words.other,
            current: own !== undefined,
            onPick: () => setCustom(true),
          },
          { label: words.none, hint: <kbd>C</kbd>, current: compare === null, onPick: () => to(null) },
          ...(compare && !own
            ? [
                {
                  label: words.matchWeekday,
                  hint: matched ? words.on : words.off,
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
          title={words.compareWith}
          range={own ?? null}
          onPick={(range) => to({ mode: 'custom', date_range: range })}
          onClose={() => setCustom(false)}
        />
      )}
    </>
  );
}

function inWords(compare: Comparisons | null, site: SiteJson): string {
  if (!compare) return words.off;
  if (compare.date_range) return nameOf(compare.date_range, site);
  const mode = words.modesWithin[compare.mode === 'year_over_year' ? compare.mode : 'previous_period'];
  return compare.match_day_of_week ? words.byWeekday(mode) : mode;
}

const nameOf = (range: [string, string], { timezone }: SiteJson) => rangeName(range, timezone, Date.now());
