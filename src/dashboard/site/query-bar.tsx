import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { segmentId, segmentsIn, useSegments } from '../segments/segments.ts';
import { SegmentsMenu, worthSaving } from '../segments/segments-menu.tsx';
import { Chip } from '../ui/chip.tsx';
import { useKeys } from '../ui/keys.ts';
import { later } from '../ui/later.tsx';
import { filters as words } from '../words/filters.ts';
import { bucketName } from './chart-maths.ts';
import { CompareMenu } from './compare-menu.tsx';
import { FilterText } from './filter-text.tsx';
import { filterText, isOpenable } from './filter-words.ts';
import { RANGE_KEYS, RangeMenu } from './range-menu.tsx';
import { COMPARED, show, type View } from './view.ts';
import './query-bar.css';

const SaveDialog = later(() => import('../segments/save-dialog.tsx').then((module) => module.SaveDialog));
const SegmentDialog = later(() => import('../segments/segment-dialog.tsx').then((module) => module.SegmentDialog));
const LostSegment = later(() => import('../segments/lost-segment.tsx').then((module) => module.LostSegment));
const FilterDialog = later(() => import('./filter-dialog.tsx').then((module) => module.FilterDialog));

interface Props {
  site: SiteJson;
  view: View;
  /** With the menu of the comparison; a list of recordings has none. */
  compare?: boolean;
  children: ComponentChildren;
}

/** What is open: a filter by its number (null: a new one), a segment among the filters, or the filters' saving. */
interface Editing {
  index: number | null;
  segment?: number;
  save?: true;
}

/**
 * What is looked at: the filters in force, the comparison, the range. The same row on every page that knows them, with
 * what the page shows of it below.
 */
export function QueryBar({ site, view, compare = false, children }: Props) {
  const [editing, setEditing] = useState<Editing | null>(null);
  const known = useSegments(site);
  const segments = known.data?.segments ?? [];
  const named = (id: number) => segments.find((one) => one.id === id)?.name;
  const segmentName = (id: number) => named(id) ?? (known.data ? words.notHere : '…');
  const lost = known.data ? view.filters.flatMap(segmentsIn).filter((id) => named(id) === undefined) : [];
  const close = () => setEditing(null);
  const opened = editing?.segment === undefined ? undefined : segments.find(({ id }) => id === editing.segment);
  useKeys({
    f: () => setEditing({ index: null }),
    ...(worthSaving(view) ? { s: () => setEditing({ index: null, save: true }) } : {}),
    ...Object.fromEntries(Object.entries(RANGE_KEYS).map(([key, range]) => [key, () => show(view, { range })])),
    ...(compare ? { c: () => show(view, { compare: view.compare ? null : COMPARED }, { replace: true }) } : {}),
  });
  return (
    <>
      <div class="query-bar">
        <fieldset class="chips" aria-label={words.filters}>
          {view.filters.map((filter, i) => {
            const segment = segmentId(filter);
            const editable = segment === null ? isOpenable(filter) : named(segment) !== undefined;
            return (
              <Chip
                key={JSON.stringify(filter)}
                name={filterText(filter, segmentName)}
                {...(editable
                  ? { onOpen: () => setEditing(segment === null ? { index: i } : { index: i, segment }) }
                  : {})}
                onRemove={() => show(view, { filters: view.filters.filter((_, n) => n !== i) })}
              >
                <FilterText filter={filter} segmentName={segmentName} />
              </Chip>
            );
          })}
          {view.bucket && (
            <Chip
              name={bucketName(view.bucket.label, view.bucket.unit)}
              removing={words.wholeRange}
              onRemove={() => show(view, { bucket: null })}
            >
              {bucketName(view.bucket.label, view.bucket.unit)}
            </Chip>
          )}
          {view.bots && (
            <Chip name={words.botsCounted} onRemove={() => show(view, { bots: false })}>
              {words.withBots}
            </Chip>
          )}
          <button type="button" class="add-filter" onClick={() => setEditing({ index: null })}>
            {words.add} <kbd>F</kbd>
          </button>
          <SegmentsMenu view={view} segments={segments} onSave={() => setEditing({ index: null, save: true })} />
          {view.filters.length > 1 && (
            <button type="button" class="clear-filters" onClick={() => show(view, { filters: [] })}>
              {words.clear}
            </button>
          )}
        </fieldset>
        <div class="query-end">
          {compare && <CompareMenu site={site} view={view} />}
          <RangeMenu site={site} view={view} />
        </div>
        {editing && !editing.save && editing.segment === undefined && (
          <FilterDialog site={site} view={view} index={editing.index} segmentName={segmentName} onClose={close} />
        )}
        {editing?.save && <SaveDialog site={site} view={view} segments={segments} onClose={close} />}
        {opened && editing && editing.index !== null && (
          <SegmentDialog site={site} view={view} segment={opened} index={editing.index} onClose={close} />
        )}
      </div>
      {lost.length > 0 ? <LostSegment view={view} lost={lost} /> : children}
    </>
  );
}
