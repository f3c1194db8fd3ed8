import { useEffect, useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { type Filter, type FilterDimension, TITLE } from '../../contract/words.ts';
import { api } from '../api.ts';
import { exact, percent } from '../format.ts';
import { printChoice } from '../heatmap/choice.ts';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icon.tsx';
import { Middle } from '../ui/middle.tsx';
import { Count } from '../ui/number.tsx';
import { overview as words } from '../words/overview.tsx';
import { shownAs } from './dimensions.ts';
import { narrowed, printView, scopeOf, toggled, type View } from './view.ts';

interface Props {
  site: SiteJson;
  view: View;
  dimension: FilterDimension;
  value: string;
  visitors: number;
  /** Percent of all visitors in sight. */
  share: number | null;
  /** The longest bar's. */
  most: number;
  base: string;
  onPick: (filters: Filter[]) => void;
}

/** One line of a list: bar, name, number. A click filters by it; its links open the visits of it, and those that are recorded. */
export function ListRow({ site, view, dimension, value, visitors, share, most, base, onPick }: Props) {
  const [looked, setLooked] = useState(false);
  const filter: Filter = ['is', dimension, [value]];
  const ofRow = scopeOf(narrowed(view, dimension, value));
  const name = shownAs(dimension, value);
  const counts = useCounts(site, ofRow, visitors, looked);
  const chosen = view.filters.some((f) => f[0] === 'is' && f[1] === dimension && f[2].includes(value));
  return (
    <li class="list-row" onPointerEnter={() => setLooked(true)} onFocusIn={() => setLooked(true)}>
      <span class="row-bar" style={{ width: `${most > 0 ? Math.max(0.5, (visitors / most) * 100) : 0}%` }} />
      <button
        type="button"
        class="row-main"
        aria-pressed={chosen ? 'true' : 'false'}
        onClick={() => onPick(toggled(view.filters, filter))}
      >
        {dimension === 'visit:country' && <Flag code={value} />}
        <span class="row-name">
          <Middle text={name} words={dimension === TITLE} />
        </span>
        <span class="row-value">
          {share !== null && <span class="row-share">{percent(share)}</span>}
          <Count of={visitors} />
        </span>
      </button>
      <span class="row-links">
        <a class="row-visits" href={`${base}/visits${printView(ofRow)}`}>
          <span class="row-count">{words.row.visits(counts?.total ?? null)}</span>
          <span class="sr"> {words.row.of(name)}</span>
          <Icon name="arrow" size={11} />
        </a>
        {dimension === 'event:page' && (
          <a
            class="row-heat"
            href={`${base}/heatmap${printView({ ...scopeOf(view), recordings: printChoice({ page: value }) })}`}
          >
            {words.row.heatmap}
            <span class="sr"> {words.row.of(name)}</span>
          </a>
        )}
        {looked && counts?.recorded !== 0 && (
          <a class="row-play" href={`${base}/replays${printView(ofRow)}`}>
            <Icon name="play" size={10} />
            {counts ? exact(counts.recorded) : words.row.recordings}
            {counts && <span class="row-word">{words.row.recorded}</span>}
            <span class="sr"> {words.row.of(name)}</span>
          </a>
        )}
      </span>
    </li>
  );
}

interface Counts {
  total: number;
  recorded: number;
}

const known = new Map<string, Counts>();

/**
 * How many visits a row has, and how many of them are recorded: asked when somebody has looked at it for a moment, null until
 * then. When the row's own number is another, so are these.
 */
function useCounts(site: SiteJson, view: View, visitors: number, looked: boolean): Counts | null {
  const search = printView(view);
  const key = `${site.id} ${search} ${visitors}`;
  const [counts, setCounts] = useState<Counts | null>(() => known.get(key) ?? null);
  useEffect(() => {
    setCounts(known.get(key) ?? null);
    if (!looked) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api<Counts>('GET', `/sites/${site.id}/sessions${search || '?'}&limit=1`, undefined, abort.signal).then(
        (answer) => {
          known.set(key, answer);
          setCounts(answer);
        },
        () => {
          // The links say without numbers where they lead.
        },
      );
    }, 120);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, looked]);
  return counts;
}
