import { Dialog } from '../ui/dialog.tsx';
import { keyHelp as words } from '../words/key-help.ts';
import { ranges } from '../words/ranges.ts';
import { RANGE_KEYS } from './range-menu.tsx';

/** In the order in which they are told. */
const keys = (): [key: string, does: string][] => [
  ...Object.entries(RANGE_KEYS).map(([key, period]): [string, string] => [key.toUpperCase(), ranges.periods[period]]),
  ['C', words.compare],
  ['B', words.bots],
  ['F', words.filter],
  ['S', words.save],
  ['/', words.search],
  ['1 … 6', words.numbers],
  [words.arrows, words.chart],
  ['N', words.annotate],
  ['V', words.visits],
  ['R', words.recordings],
  ['L', words.live],
  ['Esc', words.escape],
  ['?', words.help],
];

export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={words.keys} onClose={onClose}>
      <dl class="key-list">
        {keys().map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
