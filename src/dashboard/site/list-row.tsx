import { useEffect, useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import type { Filter, FilterDimension } from '../../contract/words.ts';
import { api } from '../api.ts';
import { exact, percent, plural } from '../format.ts';
import { printChoice } from '../heatmap/choice.ts';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icon.tsx';
import { Middle } from '../ui/middle.tsx';
import { Count } from '../ui/number.tsx';
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
          <Middle text={name} />
        </span>
        <span class="row-value">
          {share !== null && <span class="row-share">{percent(share)}</span>}
          <Count of={visitors} />
        </span>
      </button>
      <span class="row-links">
        <a class="row-visits" href={`${base}/visits${printView(ofRow)}`}>
          <span class="row-count">
            {looked ? <VisitCount site={site} view={ofRow} visitors={visitors} /> : 'visits'}
          </span>
          <span class="sr"> of {name}</span>
          <Icon name="arrow" size={11} />
        </a>
        {dimension === 'event:page' && (
          <a
            class="row-heat"
            href={`${base}/heatmap${printView({ ...scopeOf(view), recordings: printChoice({ page: value }) })}`}
          >
            heat map<span class="sr"> of {name}</span>
          </a>
        )}
        {looked && <Recorded site={site} view={ofRow} visitors={visitors} name={name} base={base} />}
      </span>
    </li>
  );
}

interface CountProps {
  site: SiteJson;
  /** Of the row. */
  view: View;
  /** The row's number: when it is another, so is what is counted here. */
  visitors: number;
}

/** 6,912 visits. */
function VisitCount({ site, view, visitors }: CountProps) {
  const search = printView(view);
  const total = useCount(`visits ${site.id} ${search} ${visitors}`, (signal) =>
    api('GET', `/sites/${site.id}/sessions${search || '?'}&limit=1`, undefined, signal),
  );
  return <>{total === null ? 'visits' : plural(total, 'visit')}</>;
}

/** ▶ 158 recorded, and the way to them. */
function Recorded({ site, view, visitors, name, base }: CountProps & { name: string; base: string }) {
  const search = printView(view);
  const { range, filters, bots } = view;
  const scope = { date_range: range, filters, include: { bots }, pagination: { limit: 1, offset: 0 } };
  const total = useCount(`recorded ${site.id} ${search} ${visitors}`, (signal) =>
    api('POST', `/sites/${site.id}/replays`, scope, signal),
  );
  if (total === 0) return null;
  return (
    <a class="row-play" href={`${base}/replays${search}`}>
      <Icon name="play" size={10} />
      {total === null ? 'recordings' : exact(total)}
      {total !== null && <span class="row-word">recorded</span>}
      <span class="sr"> of {name}</span>
    </a>
  );
}

const counts = new Map<string, number>();

/** How many there are, asked when somebody has looked at the row for a moment; null until then. */
function useCount(key: string, ask: (signal: AbortSignal) => Promise<{ total: number }>): number | null {
  const [total, setTotal] = useState<number | null>(() => counts.get(key) ?? null);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      ask(abort.signal).then(
        (answer) => {
          counts.set(key, answer.total);
          setTotal(answer.total);
        },
        () => {
          // The link says without a number where it leads.
        },
      );
    }, 120);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key]);
  return total;
}
