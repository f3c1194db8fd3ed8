import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { type Filter, isSimple } from '../../contract/words.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/chip.tsx';
import { useKeys } from '../ui/keys.ts';
import { later } from '../ui/later.tsx';
import { bucketName } from './chart-maths.ts';
import { filterWords } from './filter-words.ts';
import { RANGE_KEYS, RangeMenu } from './range-menu.tsx';
import { show, type View } from './view.ts';
import './query-bar.css';

const FilterDialog = later(() => import('./filter-dialog.tsx').then((module) => module.FilterDialog));

interface Props {
  site: SiteJson;
  view: View;
  /** With the switch of the comparison; a list of recordings has none. */
  compare?: boolean;
}

/** What is looked at: the filters in force, the comparison, the range. The same row on every page that knows them. */
export function QueryBar({ site, view, compare = false }: Props) {
  const [editing, setEditing] = useState<{ index: number | null } | null>(null);
  useKeys({
    f: () => setEditing({ index: null }),
    ...Object.fromEntries(Object.entries(RANGE_KEYS).map(([key, range]) => [key, () => show(view, { range })])),
    ...(compare ? { c: () => show(view, { compare: !view.compare }, { replace: true }) } : {}),
  });
  return (
    <div class="query-bar">
      <fieldset class="chips" aria-label="Filters">
        {view.filters.map((filter, i) => {
          const [subject, values] = filterWords(filter);
          const editable = isSimple(filter) || isDeed(filter);
          return (
            <Chip
              key={JSON.stringify(filter)}
              name={`${subject} ${values}`.trim()}
              {...(editable ? { onOpen: () => setEditing({ index: i }) } : {})}
              onRemove={() => show(view, { filters: view.filters.filter((_, n) => n !== i) })}
            >
              <span class="muted">{subject}</span>
              {values}
            </Chip>
          );
        })}
        {view.bucket && (
          <Chip
            name={bucketName(view.bucket.label, view.bucket.unit)}
            removing="The whole range again"
            onRemove={() => show(view, { bucket: null })}
          >
            {bucketName(view.bucket.label, view.bucket.unit)}
          </Chip>
        )}
        {view.bots && (
          <Chip name="Bots are counted, too" onRemove={() => show(view, { bots: false })}>
            With bots
          </Chip>
        )}
        <button type="button" class="add-filter" onClick={() => setEditing({ index: null })}>
          + Filter <kbd>F</kbd>
        </button>
        {view.filters.length > 1 && (
          <button type="button" class="clear-filters" onClick={() => show(view, { filters: [] })}>
            Clear
          </button>
        )}
      </fieldset>
      <div class="query-end">
        {compare && (
          <Button
            class="compare"
            aria-pressed={view.compare ? 'true' : 'false'}
            onClick={() => show(view, { compare: !view.compare }, { replace: true })}
          >
            <span class="wide-only">Compare: {view.compare ? 'previous period' : 'off'}</span>
            <span class="phone-only">{view.compare ? 'Compared' : 'Compare'}</span>
          </Button>
        )}
        <RangeMenu site={site} view={view} />
      </div>
      {editing && <FilterDialog site={site} view={view} index={editing.index} onClose={() => setEditing(null)} />}
    </div>
  );
}

/** What somebody has done, or not, in one simple filter. */
const isDeed = (filter: Filter) => (filter[0] === 'has_done' || filter[0] === 'has_not_done') && isSimple(filter[1]);
