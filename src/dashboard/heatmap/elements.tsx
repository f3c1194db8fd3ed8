import { useMemo } from 'preact/hooks';
import type { HeatmapJson } from '../../contract/api.ts';
import type { TOUCHES } from '../../contract/wire.ts';
import { exact, percent } from '../format.ts';
import { heatmap as words } from '../words/heatmap.ts';
import type { Picture } from './picture.ts';
import { follow, labelOf, lastSteps } from './ways.ts';

const SHOWN = 100;

interface Props {
  data: HeatmapJson;
  kind: (typeof TOUCHES)[number];
  picture: Picture | null;
  chosen: string | null;
  onChoose: (element: string | null) => void;
}

/** What was clicked, the most clicked first; each one shows itself in the picture. */
export function Elements({ data, kind, picture, chosen, onChoose }: Props) {
  const named = useMemo(() => {
    const all = data.elements.filter((one) => one[kind] > 0).sort((a, b) => b[kind] - a[kind]);
    return all.slice(0, SHOWN).map((one) => {
      const found = picture && follow(picture.document, one.element);
      return { ...one, found, label: found ? labelOf(found) : '' };
    });
  }, [data, kind, picture]);
  const total = data.totals[kind];
  return (
    <aside class="heat-list">
      <p class="muted">{words.inVisits(words.found[kind](total), data.visits)}</p>
      <ol class="heat-elements" aria-label={words.elements}>
        {named.map(({ element, found, label, visits, [kind]: n }) => (
          <li key={element}>
            <button
              type="button"
              aria-pressed={element === chosen}
              title={element}
              onClick={() => onChoose(element === chosen ? null : element)}
            >
              <span class="heat-bar" style={{ width: `${(100 * n) / (named[0]?.[kind] || 1)}%` }} />
              <span class="heat-name">
                <span class="heat-label">{label || lastSteps(element)}</span>
                <span class="heat-way">
                  {label && lastSteps(element)}
                  {picture && !found && words.elsewhere}
                </span>
              </span>
              <span class="heat-count numeric">
                {exact(n)}
                <span class="heat-share">{percent((100 * n) / total)}</span>
                <span class="sr"> {words.visits(visits)}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </aside>
  );
}
