import { useState } from 'preact/hooks';
import type { Filter } from '../../contract/words.ts';
import { useData } from '../data.ts';
import { percent } from '../format.ts';
import { country } from '../names.ts';
import { briefly } from '../ui/error-state.tsx';
import { Flag } from '../ui/flag.tsx';
import { worldMap as words } from '../words/world-map.ts';
import type { Answered } from './ask.ts';
import { toggled } from './view.ts';
import type { World } from './world.ts';

interface Props {
  /** Countries with their visitors and their share. */
  rows: Answered['results'];
  filters: Filter[];
  onPick: (filters: Filter[]) => void;
}

/**
 * Where visitors are, the more of them the deeper. A click filters by a country. It is for the eyes: the list of countries says
 * the same, and more, to whoever has a keyboard or a screen reader.
 */
export function WorldMap({ rows, filters, onPick }: Props) {
  const [at, setAt] = useState<string | null>(null);
  const { data: world, error } = useData('world', fetchWorld);
  const seen = new Map(rows.map(({ dimensions: [code = ''], metrics }) => [code, metrics]));
  const most = rows[0]?.metrics[0] ?? 0;
  const [visitors, share] = (at && seen.get(at)) || [];
  const chosen = (code: string) =>
    filters.some((filter) => filter[0] === 'is' && filter[1] === 'visit:country' && filter[2].includes(code));

  /** What every mark of a country has, be it a shape or a dot. */
  const mark = (code: string) => {
    const here = seen.get(code)?.[0] ?? 0;
    if (here === 0) return { class: 'land' };
    const look = chosen(code) ? 'land seen chosen' : 'land seen';
    return {
      class: look,
      // By the root: half of the visitors is more than half as deep, and a handful can be told from none.
      style: { '--share': Math.round(100 * Math.sqrt(here / most)) },
      'data-country': code,
      onPointerEnter: () => setAt(code),
      onClick: () => onPick(toggled(filters, ['is', 'visit:country', [code]])),
    };
  };

  if (!world) return error ? <p class="list-note alone">{briefly(error)}</p> : null;
  const [wide, high] = world.size;
  return (
    <div class="world" onPointerLeave={() => setAt(null)}>
      <svg viewBox={`0 0 ${wide} ${high}`} role="img" aria-label={words.inWords(mostIn(rows))}>
        {Object.entries(world.lands).map(([code, path]) => (
          <path key={code} d={path} {...mark(code)} />
        ))}
        {Object.entries(world.dots).map(
          ([code, [x, y]]) => seen.has(code) && <circle key={code} cx={x} cy={y} r="5" {...mark(code)} />,
        )}
      </svg>
      {at && visitors != null && (
        <div class="reading" aria-hidden="true">
          <strong>
            <Flag code={at} /> {country(at)}
          </strong>
          <span>
            {words.visitors(visitors)}
            {share != null && ` · ${percent(share)}`}
          </span>
        </div>
      )}
    </div>
  );
}

async function fetchWorld(signal: AbortSignal): Promise<World> {
  const answer = await fetch('/world.json', { signal });
  if (!answer.ok) throw new Error(words.notLoaded);
  return (await answer.json()) as World;
}

/** The countries with the most visitors. */
const mostIn = (rows: Answered['results']) => rows.slice(0, 3).map(({ dimensions: [code = ''] }) => country(code));
