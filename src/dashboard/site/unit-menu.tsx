import type { TimeDimension } from '../../contract/words.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { ranges as words } from '../words/ranges.ts';
import type { Answered } from './ask.ts';
import { unitsOf } from './chart-maths.ts';
import { show, type View } from './view.ts';

/** What a point of the chart stands for, of what makes sense in the range. */
export function UnitMenu({ view, answer }: { view: View; answer: Answered | undefined }) {
  const drawn = answer?.query.dimensions[0] as TimeDimension | undefined;
  if (!answer || !drawn) return null;
  const units = unitsOf(answer.query.date_range);
  if (units.length < 2) return null;
  return (
    <Menu
      name={words.points}
      align="end"
      class="unit-button"
      label={
        <>
          {words.units[drawn]} <Icon name="chevron" size={9} />
        </>
      }
      items={units.map((unit) => ({
        label: words.units[unit],
        current: unit === drawn,
        onPick: () => show(view, { unit }, { replace: true }),
      }))}
    />
  );
}
