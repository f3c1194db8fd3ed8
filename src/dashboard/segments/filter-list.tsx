import type { Filter } from '../../contract/words.ts';
import { filterWords } from '../site/filter-words.ts';

/** Filters in words, one a line. */
export function FilterList({ filters }: { filters: Filter[] }) {
  return (
    <ul class="filter-list">
      {filters.map((filter) => {
        const [subject, values] = filterWords(filter);
        return (
          <li key={JSON.stringify(filter)}>
            <span class="muted">{subject}</span> {values}
          </li>
        );
      })}
    </ul>
  );
}
