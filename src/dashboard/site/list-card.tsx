import { useId } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { type FilterDimension, propKey } from '../../contract/words.ts';
import { capital } from '../format.ts';
import { briefly } from '../ui/error-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { later } from '../ui/later.tsx';
import { Menu } from '../ui/menu.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { overview as words } from '../words/overview.tsx';
import { useAnswer } from './ask.ts';
import { type List, type ListTab, manyOf } from './dimensions.ts';
import { ListRow } from './list-row.tsx';
import { listOf, ROWS, shownOf } from './questions.ts';
import { show, type View } from './view.ts';

const WorldMap = later(() => import('./world-map.tsx').then((module) => module.WorldMap));

interface Props {
  site: SiteJson;
  view: View;
  list: List;
  turn: number;
  base: string;
}

/** A card of lists, one shown at a time: the first rows, and the way to all of them. */
export function ListCard({ site, view, list, turn, base }: Props) {
  const panel = useId();
  const which = shownOf(list, view);
  const answer = useAnswer(site, which && listOf(view, which), turn);
  if (!which) return null;
  const { tab, dimension } = which;
  const pick = (id: string) => {
    const { [list.id]: _, ...others } = view.tabs;
    show(view, { tabs: id === list.tabs[0]?.id ? others : { ...others, [list.id]: id } }, { replace: true });
  };
  const rows = answer.data?.results ?? [];
  // For a moment after another tab was chosen these are still the rows of the one before: dimmed, and what they say they are.
  const shown = (answer.data?.query.dimensions[0] ?? dimension) as FilterDimension;
  const most = rows[0]?.metrics[0] ?? 0;
  const total = answer.data?.meta.total_rows ?? rows.length;
  const open = list.tabs.slice(0, 3);
  const more = list.tabs.slice(3);
  // Of a list that is filtered down to one row, what divides that row is shown, and is a tab of its own.
  const at = list.tabs.find((one) => one.dimension === dimension && one.map === tab.map) ?? tab;
  const hidden = more.some((one) => one.id === at.id);

  return (
    <section class="card list-card" aria-label={words.cards[list.id]} data-card={list.id}>
      <header class="card-head">
        <div class="list-tabs">
          {list.headed && <h2>{words.cards[list.id]}</h2>}
          <Tabs
            label={words.cards[list.id]}
            tabs={open.map((one) => ({ id: one.id, label: tabName(one) }))}
            current={at.id}
            controls={panel}
            onPick={pick}
          />
          {more.length > 0 && (
            <Menu
              class={hidden ? 'more-tabs current' : 'more-tabs'}
              label={
                <>
                  {hidden ? tabName(at) : words.more}
                  <Icon name="chevron" size={9} />
                </>
              }
              items={more.map((one) => ({
                label: tabName(one),
                current: one.id === at.id,
                onPick: () => pick(one.id),
              }))}
            />
          )}
        </div>
        <span class="card-aside">{words.ofVisitors}</span>
      </header>
      <div
        id={panel}
        role="tabpanel"
        aria-label={tabName(at)}
        aria-busy={answer.stale ? 'true' : undefined}
        class="list-panel"
      >
        {tab.map && shown === dimension && rows.length > 0 && (
          <WorldMap rows={rows} filters={view.filters} onPick={(filters) => show(view, { filters })} />
        )}
        {!tab.map && rows.length > 0 && (
          <ul class="list">
            {rows.slice(0, ROWS).map(({ dimensions: [value = ''], metrics: [visitors, share] }) => (
              <ListRow
                key={value}
                site={site}
                view={view}
                dimension={shown}
                value={value}
                visitors={visitors ?? 0}
                share={share ?? null}
                most={most ?? 0}
                base={base}
                onPick={(filters) => show(view, { filters })}
              />
            ))}
          </ul>
        )}
        {answer.data && rows.length === 0 && <p class="list-note alone">{emptyNote(shown, view.filters.length > 0)}</p>}
        {!answer.data && answer.error && <p class="list-note alone">{briefly(answer.error)}</p>}
        {!answer.data && !answer.error && !tab.map && <Places />}
      </div>
      <footer class="list-foot">
        {shown === dimension && total > ROWS && (
          <button type="button" onClick={() => show(view, { all: dimension })}>
            {words.all(total, manyOf(dimension))} <Icon name="arrow" size={11} />
          </button>
        )}
      </footer>
    </section>
  );
}

/** A property's own name; of what else is listed, what it is called, mostly. */
function tabName({ id, dimension }: ListTab): string {
  return propKey(dimension) ?? words.tabs[id as keyof typeof words.tabs] ?? capital(manyOf(dimension));
}

function emptyNote(dimension: string, filtered: boolean): string {
  if (filtered) return `${words.nobodyFits}.`;
  if (dimension.startsWith('visit:utm')) return words.noTag;
  return words.none(manyOf(dimension));
}

/** Grey lines where rows will be. */
export function Places() {
  return (
    <ul class="list" aria-hidden="true">
      {[92, 64, 48, 30, 22, 16, 12].map((wide) => (
        <li key={wide} class="list-row">
          <span class="row-bar waiting" style={{ width: `${wide}%` }} />
        </li>
      ))}
    </ul>
  );
}
