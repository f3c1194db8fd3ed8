import { useEffect, useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import {
  type Filter,
  isEvent,
  type Metric,
  OF_PAGES,
  oneOf,
  PAGE_METRICS,
  QUERY_LIMITS,
  type RowDimension,
  TITLE,
  VISIT_METRICS,
} from '../../contract/words.ts';
import { api } from '../api.ts';
import { capital, duration, exact, percent } from '../format.ts';
import { save } from '../save.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { explain } from '../ui/error-state.tsx';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icon.tsx';
import { Middle } from '../ui/middle.tsx';
import { toast } from '../ui/toast.tsx';
import { listDialog as words } from '../words/list-dialog.ts';
import { type Answered, type Question, useAnswer, withBots } from './ask.ts';
import { csv } from './csv.ts';
import { manyOf, nameOf, SMALL, shownAs } from './dimensions.ts';
import { alike } from './filter-words.ts';
import { narrowed, type Order, printView, scopeOf, show, toggled, type View } from './view.ts';

const PAGE = 50;
const EVERYTHING = 1000;

const COLUMNS: { metric: keyof typeof words.heads; text: (n: number) => string }[] = [
  { metric: 'visitors', text: exact },
  { metric: 'percentage', text: percent },
  { metric: 'visits', text: exact },
  { metric: 'pageviews', text: exact },
  { metric: 'bounce_rate', text: percent },
  { metric: 'visit_duration', text: duration },
  { metric: 'time_on_page', text: duration },
  { metric: 'scroll_depth', text: percent },
];

interface Props {
  site: SiteJson;
  view: View;
  dimension: RowDimension;
  base: string;
}

/** All rows of a list: searched, in any order, leafed through, taken along. */
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
    if (oneOf(PAGE_METRICS, metric)) return OF_PAGES.includes(dimension);
    return !isEvent(dimension) || !oneOf(VISIT_METRICS, metric);
  });
  // An order by what this list doesn't have is that of another one.
  const order: Order =
    view.order && columns.some(({ metric }) => metric === view.order?.[0]) ? view.order : ['visitors', 'desc'];
  const question: Question = {
    date_range: view.range,
    filters: small || !search ? view.filters : [...view.filters, alike(dimension, search)],
    metrics: columns.map(({ metric }) => metric),
    dimensions: [dimension],
    order_by: [order],
    include: { total_rows: true, ...withBots(view) },
    pagination: small ? { limit: EVERYTHING, offset: 0 } : { limit: PAGE, offset },
  };
  const answer = useAnswer(site, question);
  const wanted = search.toLowerCase();
  const searched = (all: Answered['results']) =>
    small && wanted
      ? all.filter(({ dimensions: [value = ''] }) => shownAs(dimension, value).toLowerCase().includes(wanted))
      : all;
  const found = searched(answer.data?.results ?? []);
  const rows = small ? found.slice(offset, offset + PAGE) : found;
  const total = small ? found.length : (answer.data?.meta.total_rows ?? 0);
  const close = () => show(view, { all: null }, { replace: true });
  const sort = (metric: Metric) => {
    const direction = order[0] === metric && order[1] === 'desc' ? 'asc' : 'desc';
    setOffset(0);
    show(
      view,
      { order: metric === 'visitors' && direction === 'desc' ? null : [metric, direction] },
      { replace: true },
    );
  };
  const [taking, setTaking] = useState(false);
  const take = async () => {
    setTaking(true);
    try {
      const rows = searched(await everything(site, question));
      const head = [nameOf(dimension), ...columns.map(({ metric }) => metric)];
      const body = rows.map(({ dimensions: [value = ''], metrics }) => [shownAs(dimension, value), ...metrics]);
      // Without the mark, spreadsheets take it for an older encoding.
      const text = `\ufeff${csv([head, ...body])}`;
      save(`${site.domain} ${manyOf(dimension)}.csv`, new Blob([text], { type: 'text/csv' }));
    } catch {
      toast(words.notWhole, { bad: true });
    }
    setTaking(false);
  };
  const pick = (value: string) => {
    const filter: Filter = ['is', dimension, [value]];
    show(view, { filters: toggled(view.filters, filter), all: null });
  };

  return (
    <Dialog wide title={capital(manyOf(dimension))} onClose={close}>
      <input
        type="search"
        class="list-search"
        aria-label={words.search(manyOf(dimension))}
        placeholder={words.search(manyOf(dimension))}
        value={typed}
        autofocus
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <div class="table-box list-all" aria-busy={answer.stale ? 'true' : undefined}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{nameOf(dimension)}</th>
              {columns.map(({ metric }) => (
                <th
                  key={metric}
                  scope="col"
                  class={`numeric col-${metric}`}
                  aria-sort={order[0] !== metric ? undefined : order[1] === 'asc' ? 'ascending' : 'descending'}
                >
                  <button type="button" class="sort" onClick={() => sort(metric)}>
                    {order[0] === metric && <Icon name={order[1] === 'asc' ? 'up' : 'down'} size={8} />}
                    {words.heads[metric]}
                  </button>
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
                    <Middle text={shownAs(dimension, value)} words={dimension === TITLE} />
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
                          title={words.visits}
                        >
                          {shown}
                          <span class="sr"> {words.visitsOf(shownAs(dimension, value))}</span>
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
        {answer.data && rows.length === 0 && <p class="list-note">{words.noneLike(search)}</p>}
        {!answer.data && answer.error && <p class="list-note">{explain(answer.error)}</p>}
      </div>
      <div class="dialog-foot between">
        <span class="muted small" role="status">
          {total > 0 && words.rows(offset + 1, Math.min(offset + PAGE, total), total)}
        </span>
        <span class="row">
          <Button busy={taking} disabled={total === 0} onClick={take}>
            {words.download}
          </Button>
          {(offset > 0 || total > PAGE) && (
            <>
              <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
                {words.back}
              </Button>
              <Button disabled={offset + PAGE >= total} onClick={() => setOffset(offset + PAGE)}>
                {words.next}
              </Button>
            </>
          )}
        </span>
      </div>
    </Dialog>
  );
}

/** All rows of the answer to a question, however many answers they take. */
async function everything(site: SiteJson, question: Question): Promise<Answered['results']> {
  const rows: Answered['results'] = [];
  for (let total = 1; rows.length < total; ) {
    const pagination = { limit: QUERY_LIMITS.rows, offset: rows.length };
    const { results, meta } = await api<Answered>('POST', '/query', { ...question, site_id: site.id, pagination });
    rows.push(...results);
    total = results.length > 0 ? (meta.total_rows ?? 0) : 0;
  }
  return rows;
}
