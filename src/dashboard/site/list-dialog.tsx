import { useEffect, useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import {
  type Filter,
  isEvent,
  type Metric,
  oneOf,
  PAGE_METRICS,
  type RowDimension,
  VISIT_METRICS,
} from '../../contract/words.ts';
import { capital, duration, exact, percent } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { explain } from '../ui/error-state.tsx';
import { Flag } from '../ui/flag.tsx';
import { Middle } from '../ui/middle.tsx';
import { useAnswer, withBots } from './ask.ts';
import { manyOf, nameOf, SMALL, shownAs } from './dimensions.ts';
import { alike } from './filter-words.ts';
import { narrowed, printView, scopeOf, show, toggled, type View } from './view.ts';

const PAGE = 50;
const EVERYTHING = 1000;

const COLUMNS: { metric: Metric; head: string; text: (n: number) => string }[] = [
  { metric: 'visitors', head: 'Visitors', text: exact },
  { metric: 'percentage', head: 'Share', text: percent },
  { metric: 'visits', head: 'Visits', text: exact },
  { metric: 'pageviews', head: 'Views', text: exact },
  { metric: 'bounce_rate', head: 'Bounce', text: percent },
  { metric: 'visit_duration', head: 'Duration', text: duration },
  { metric: 'time_on_page', head: 'Time', text: duration },
  { metric: 'scroll_depth', head: 'Scrolled', text: percent },
];

interface Props {
  site: SiteJson;
  view: View;
  dimension: RowDimension;
  base: string;
}

/** All rows of a list, searched and leafed through. */
export function ListDialog({ site, view, dimension, base }: Props) {
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const [offset, setOffset] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSearch(typed.trim());
      setOffset(0);
    }, 180);
    return () => clearTimeout(timer);
  }, [typed]);

  const small = SMALL.has(dimension);
  const columns = COLUMNS.filter(({ metric }) => {
    if (oneOf(PAGE_METRICS, metric)) return dimension === 'event:page';
    return !isEvent(dimension) || !oneOf(VISIT_METRICS, metric);
  });
  const answer = useAnswer(site, {
    date_range: view.range,
    filters: small || !search ? view.filters : [...view.filters, alike(dimension, search)],
    metrics: columns.map(({ metric }) => metric),
    dimensions: [dimension],
    include: { total_rows: true, ...withBots(view) },
    pagination: small ? { limit: EVERYTHING, offset: 0 } : { limit: PAGE, offset },
  });
  const all = answer.data?.results ?? [];
  const wanted = search.toLowerCase();
  const found =
    small && wanted
      ? all.filter((row) =>
          shownAs(dimension, row.dimensions[0] ?? '')
            .toLowerCase()
            .includes(wanted),
        )
      : all;
  const rows = small ? found.slice(offset, offset + PAGE) : found;
  const total = small ? found.length : (answer.data?.meta.total_rows ?? 0);
  const close = () => show(view, { all: null }, { replace: true });
  const pick = (value: string) => {
    const filter: Filter = ['is', dimension, [value]];
    show(view, { filters: toggled(view.filters, filter), all: null });
  };

  return (
    <Dialog wide title={capital(manyOf(dimension))} onClose={close}>
      <input
        type="search"
        class="list-search"
        aria-label={`Search ${manyOf(dimension)}`}
        placeholder={`Search ${manyOf(dimension)}`}
        value={typed}
        autofocus
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <div class="table-box list-all" aria-busy={answer.stale ? 'true' : undefined}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{nameOf(dimension)}</th>
              {columns.map(({ metric, head }) => (
                <th key={metric} scope="col" class={`numeric col-${metric}`}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ dimensions: [value = ''], metrics }) => (
              <tr key={value}>
                <td>
                  <button type="button" class="link-row" onClick={() => pick(value)}>
                    {dimension === 'visit:country' && <Flag code={value} />}
                    <Middle text={shownAs(dimension, value)} />
                  </button>
                </td>
                {columns.map(({ metric, text }, i) => {
                  const shown = metrics[i] == null ? '–' : text(metrics[i]);
                  return (
                    <td key={metric} class={`numeric col-${metric}`}>
                      {metric === 'visits' ? (
                        <a
                          class="plain-link"
                          href={`${base}/visits${printView(scopeOf(narrowed(view, dimension, value)))}`}
                          title="See these visits"
                        >
                          {shown}
                          <span class="sr"> visits of {shownAs(dimension, value)}</span>
                        </a>
                      ) : (
                        shown
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {answer.data && rows.length === 0 && <p class="list-note">Nothing like “{search}” in this range.</p>}
        {!answer.data && answer.error && <p class="list-note">{explain(answer.error)}</p>}
      </div>
      <div class="dialog-foot between">
        <span class="muted small" role="status">
          {total > 0 && `${exact(offset + 1)} – ${exact(Math.min(offset + PAGE, total))} of ${exact(total)}`}
        </span>
        <span class="row">
          <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
            Back
          </Button>
          <Button disabled={offset + PAGE >= total} onClick={() => setOffset(offset + PAGE)}>
            Next
          </Button>
        </span>
      </div>
    </Dialog>
  );
}
