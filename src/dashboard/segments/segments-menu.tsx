import type { SegmentJson } from '../../contract/api.ts';
import { show, type View } from '../site/view.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { segments as words } from '../words/segments.ts';
import { asFilter, segmentOf, worthSaving } from './segments.ts';

interface Props {
  view: View;
  segments: SegmentJson[];
  /** Keeps the filters in force under a name. */
  onSave: () => void;
}

/** The site's segments and one's own, to put one in force or to leave it; and the way to make one of the filters in force. */
export function SegmentsMenu({ view, segments, onSave }: Props) {
  const savable = worthSaving(view, segments);
  if (segments.length === 0 && !savable) return null;
  const inForce = view.filters.map((filter) => segmentOf(filter, segments)?.id);
  const items = [false, true].flatMap((shared) =>
    segments
      .filter((one) => one.shared === shared)
      .map((one) => {
        const current = inForce.includes(one.id);
        const others = view.filters.filter((_, i) => inForce[i] !== one.id);
        return {
          group: shared ? words.shared : words.own,
          label: one.name,
          current,
          onPick: () => show(view, { filters: current ? others : [...others, asFilter(one)] }),
        };
      }),
  );
  const save = { label: words.save, hint: <kbd>S</kbd>, divided: items.length > 0, onPick: onSave };
  return (
    <Menu
      name={words.segments}
      class="add-filter"
      label={
        <>
          {words.segments} <Icon name="chevron" size={9} />
        </>
      }
      items={savable ? [...items, save] : items}
    />
  );
}
