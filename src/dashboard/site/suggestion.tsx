import { Flag } from '../ui/flag.tsx';
import { Middle } from '../ui/middle.tsx';
import { Count } from '../ui/number.tsx';
import { filterDialog as words } from '../words/filter-dialog.tsx';
import { shownAs } from './dimensions.ts';

interface Props {
  dimension: string;
  value: string;
  checked: boolean;
  count?: number;
  typed?: boolean;
  /** Absent for what is only told. */
  onTick?: (value: string) => void;
}

/** A value that stands ready to be ticked, with its visitors. */
export function Suggestion({ dimension, value, checked, count, typed = false, onTick }: Props) {
  const body = (
    <>
      {dimension === 'visit:country' && <Flag code={value} />}
      <span class="row-name">
        {typed ? <bdi>{words.typed(value)}</bdi> : <Middle text={shownAs(dimension, value)} />}
      </span>
      {count !== undefined && (
        <span class="muted">
          <Count of={count} />
        </span>
      )}
    </>
  );
  if (!onTick) return <p class="suggestion still">{body}</p>;
  return (
    <label class="suggestion">
      <input type="checkbox" checked={checked} onChange={() => onTick(value)} />
      {body}
    </label>
  );
}
