import type { LiveVisitor } from '../../contract/api.ts';
import { capital, exact } from '../format.ts';
import { manyOf, shownAs } from '../site/dimensions.ts';
import { Card } from '../ui/card.tsx';
import { Flag } from '../ui/flag.tsx';
import { Middle } from '../ui/middle.tsx';
import { live as words } from '../words/live.ts';
import { counted, FACETS, type Facet, type Narrow } from './feed.ts';

const ROWS = 6;

interface Props {
  facet: Facet;
  visitors: LiveVisitor[];
  narrow: Narrow;
  onNarrow: (narrow: Narrow) => void;
  /** They were here when somebody last told. */
  lost: boolean;
}

/** Who is here, by one thing known of them. A click narrows the page down to a row, and back. */
export function LiveList({ facet, visitors, narrow, onNarrow, lost }: Props) {
  const { dimension } = FACETS[facet];
  const all = counted(visitors, facet);
  const most = all[0]?.[1] ?? 0;
  return (
    <Card title={capital(manyOf(dimension))} aside={lost ? undefined : words.hereNow} class="live-list">
      <ul class="list" data-facet={facet}>
        {all.slice(0, ROWS).map(([value, n]) => {
          const chosen = narrow?.[0] === facet && narrow[1] === value;
          return (
            <li key={value} class="list-row">
              <span class="row-bar" style={{ width: `${(n / most) * 100}%` }} />
              <button
                type="button"
                class="row-main"
                aria-pressed={chosen ? 'true' : 'false'}
                onClick={() => onNarrow(chosen ? null : [facet, value])}
              >
                {facet === 'country' && <Flag code={value} />}
                <span class="row-name">
                  <Middle text={shownAs(dimension, value)} />
                </span>
                <span class="row-value num">{exact(n)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {all.length > ROWS && <p class="live-more">{words.more(all.length - ROWS)}</p>}
    </Card>
  );
}
