import type { Filter } from '../../contract/words.ts';
import { filterPieces, type SegmentName } from './filter-words.ts';

/** A filter in words; what it asks stands back behind the values. */
export function FilterText({ filter, segmentName }: { filter: Filter; segmentName?: SegmentName }) {
  return (
    <>
      {filterPieces(filter, segmentName).map(([asked, values], i) => (
        <span key={i}>
          {i > 0 && ' '}
          <span class="muted">{asked}</span> <bdi>{values}</bdi>
        </span>
      ))}
    </>
  );
}
