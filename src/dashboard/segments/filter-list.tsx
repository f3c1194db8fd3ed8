import type { Filter } from '../../contract/words.ts';
import { FilterText } from '../site/filter-text.tsx';

/** Filters in words, one a line. */
export function FilterList({ filters }: { filters: Filter[] }) {
  return (
    <ul class="filter-list">
      {filters.map((filter) => (
        <li key={JSON.stringify(filter)}>
          <FilterText filter={filter} />
        </li>
      ))}
    </ul>
  );
}
