import type { HeatmapJson } from '../../contract/api.ts';
import { DEPTHS } from '../../contract/replay.ts';
import { exact, percent } from '../format.ts';
import { heatmap as words } from '../words/heatmap.ts';
import { colourOf } from './draw.ts';

/** How many visits saw how much of the page, as a table; with the colours that the picture says it in. */
export function Depths({ scroll: { visits, reached } }: Pick<HeatmapJson, 'scroll'>) {
  return (
    <aside class="heat-list">
      <p class="muted">{words.told(visits)}</p>
      <table class="heat-depths">
        <thead>
          <tr>
            <th scope="col">{words.depth}</th>
            <th scope="col">{words.share}</th>
            <th scope="col">{words.howMany}</th>
          </tr>
        </thead>
        <tbody>
          {DEPTHS.map((depth, i) => {
            const share = visits > 0 ? (100 * (reached[i] ?? 0)) / visits : 0;
            return depth % 10 === 0 ? (
              <tr key={depth}>
                <th scope="row">{percent(depth)}</th>
                <td>
                  <span class="heat-swatch" style={{ background: colourOf(share / 100) }} />
                  <span class="heat-bar" style={{ width: `${share}%` }} />
                  {percent(share)}
                </td>
                <td class="numeric">{exact(reached[i] ?? 0)}</td>
              </tr>
            ) : null;
          })}
        </tbody>
      </table>
    </aside>
  );
}
