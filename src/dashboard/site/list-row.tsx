import { useEffect, useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import type { Filter, FilterDimension } from '../../contract/words.ts';
import { api } from '../api.ts';
import { exact, percent } from '../format.ts';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icon.tsx';
import { Middle } from '../ui/middle.tsx';
import { Count } from '../ui/number.tsx';
import { shownAs } from './dimensions.ts';
import { printView, scopeOf, toggled, type View } from './view.ts';

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

/** One line of a list: bar, name, number. A click filters by it; its play mark opens the recordings of it. */
export function ListRow({ site, view, dimension, value, visitors, share, most, base, onPick }: Props) {
  const [looked, setLooked] = useState(false);
  const filter: Filter = ['is', dimension, [value]];
  const with_ = scopeOf({
    ...view,
    filters: [...view.filters.filter((f) => !(f[0] === 'is' && f[1] === dimension)), filter],
  });
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
      {looked && <Recorded site={site} view={with_} name={name} href={`${base}/replays${printView(with_)}`} />}
    </li>
  );
}

const counts = new Map<string, number>();

/** 158 recorded: counted when somebody looks at the row for a moment. */
function Recorded({ site, view, name, href }: { site: SiteJson; view: View; name: string; href: string }) {
  const key = `${site.id} ${JSON.stringify([view.range, view.filters, view.bots])}`;
  const [total, setTotal] = useState<number | null>(() => counts.get(key) ?? null);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const scope = {
        date_range: view.range,
        filters: view.filters,
        include: { bots: view.bots },
        pagination: { limit: 1, offset: 0 },
      };
      api<{ total: number }>('POST', `/sites/${site.id}/replays`, scope, abort.signal).then(
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
  if (total === 0) return null;
  return (
    <a class="row-play" href={href}>
      <Icon name="play" size={10} />
      {total === null ? 'recordings' : `${exact(total)} recorded`}
      <span class="sr"> of {name}</span>
    </a>
  );
}
