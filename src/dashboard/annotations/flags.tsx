import type { AnnotationJson } from '../../contract/api.ts';
import { Icon } from '../ui/icon.tsx';

interface Props {
  /** By the number of their bucket. */
  flags: Map<number, AnnotationJson[]>;
  /** Where a bucket stands, in pixels from the chart's left. */
  x: (bucket: number) => number;
  /** What a bucket is called. */
  name: (bucket: number) => string;
  onOpen: (bucket: number) => void;
  /** Somebody looks at it, or no longer. */
  onLook: (bucket: number | null) => void;
}

/** What happened, as small flags above the line; each opens what it stands for. */
export function Flags({ flags, x, name, onOpen, onLook }: Props) {
  return (
    <>
      {[...flags].sort(by).map(([bucket, all]) => (
        <button
          key={bucket}
          type="button"
          class="chart-flag"
          style={{ left: `${x(bucket)}px` }}
          aria-label={`${name(bucket)}: ${all.map(({ text }) => text).join('; ')}`}
          onPointerEnter={() => onLook(bucket)}
          onPointerLeave={() => onLook(null)}
          onFocus={() => onLook(bucket)}
          onBlur={() => onLook(null)}
          onClick={() => onOpen(bucket)}
        >
          <Icon name="flag" />
        </button>
      ))}
    </>
  );
}

const by = ([a]: [number, unknown], [b]: [number, unknown]) => a - b;
