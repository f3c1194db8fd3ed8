import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { namer, segmentOf, segmentsIn, useSegments, worthSaving } from '../segments/segments.ts';
import { SegmentsMenu } from '../segments/segments-menu.tsx';
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

/** What is open: a filter, which may be a segment, by its number (null: a new one), or the filters' saving. */
type Editing = { index: number | null } | 'save';

/**
 * What is looked at: the filters in force, the comparison, the range. The same row on every page that knows them, with
 * what the page shows of it below.
 */
export function QueryBar({ site, view, compare = false, children }: Props) {
  const [editing, setEditing] = useState<Editing | null>(null);
  const known = useSegments(site);
  const segments = known.data?.segments ?? [];
  const segmentName = namer(known.data?.segments);
  const shared = segments.filter((one) => one.shared).map(({ id }) => id);
  const lost = known.data ? view.filters.flatMap(segmentsIn).filter((id) => !shared.includes(id)) : [];
  const close = () => setEditing(null);
  const index = editing && editing !== 'save' ? editing.index : undefined;
  const filter = typeof index === 'number' ? view.filters[index] : undefined;
  const segment = filter && segmentOf(filter, segments);
  useKeys({
    f: () => setEditing({ index: null }),
    ...(worthSaving(view, segments) ? { s: () => setEditing('save') } : {}),
    ...Object.fromEntries(Object.entries(RANGE_KEYS).map(([key, range]) => [key, () => show(view, { range })])),
    ...(compare ? { c: () => show(view, { compare: view.compare ? null : COMPARED }, { replace: true }) } : {}),
  });
  return (
    <>
      <div class="query-bar">
        <fieldset class="chips" aria-label={words.filters}>
          {view.filters.map((filter, i) => {
            const segment = segmentOf(filter, segments);
            return (
              <Chip
                key={JSON.stringify(filter)}
                name={segment ? `${words.segment} ${segment.name}` : filterText(filter, segmentName)}
                {...(segment || isOpenable(filter) ? { onOpen: () => setEditing({ index: i }) } : {})}
                onRemove={() => show(view, { filters: view.filters.filter((_, n) => n !== i) })}
              >
                {segment ? (
                  <>
                    <span class="muted">{words.segment}</span> {segment.name}
                  </>
                ) : (
                  <FilterText filter={filter} segmentName={segmentName} />
                )}
              </Chip>
            );
          })}
          {view.unread.map((text) => (
            <Chip
              key={text}
              wrong
              name={`${words.notUnderstood} ${text}`}
              onRemove={() => show(view, { unread: [] }, { replace: true })}
            >
              {words.notUnderstood} {text}
            </Chip>
          ))}
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
          <SegmentsMenu view={view} segments={segments} onSave={() => setEditing('save')} />
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
        {index !== undefined && !segment && (
          <FilterDialog site={site} view={view} index={index} segmentName={segmentName} onClose={close} />
        )}
        {typeof index === 'number' && segment && (
          <SegmentDialog site={site} view={view} segment={segment} index={index} onClose={close} />
        )}
        {editing === 'save' && <SaveDialog site={site} view={view} segments={segments} onClose={close} />}
      </div>
      {lost.length > 0 ? <LostSegment view={view} lost={lost} /> : children}
    </>
  );
}
