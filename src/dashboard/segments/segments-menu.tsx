import type { SegmentJson } from '../../contract/api.ts';
import { show, type View } from '../site/view.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { segments as words } from '../words/segments.ts';
import { segmentId } from './segments.ts';

interface Props {
  view: View;
  segments: SegmentJson[];
  /** Keeps the filters in force under a name. */
  onSave: () => void;
}

/** The site's segments, to put one in force or to leave it; and the way to make one of the filters in force. */
export function SegmentsMenu({ view, segments, onSave }: Props) {
  const savable = worthSaving(view);
  if (segments.length === 0 && !savable) return null;
  const inForce = view.filters.map(segmentId);
  const items = segments.map(({ id, name }) => {
    const current = inForce.includes(id);
    const others = view.filters.filter((_, i) => inForce[i] !== id);
    return {
      label: name,
      current,
      onPick: () => show(view, { filters: current ? others : [...others, ['is', 'segment', [id]]] }),
    };
  });
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

/** A segment alone is kept already. */
export function worthSaving({ filters }: View): boolean {
  return filters.length > 1 || filters.some((filter) => segmentId(filter) === null);
}
