import { Dialog } from '../ui/dialog.tsx';

const KEYS: [key: string, does: string][] = [
  ['H', 'Last hour'],
  ['D', 'Today'],
  ['W', 'Last 7 days'],
  ['M', 'Last 30 days'],
  ['Y', 'Last 12 months'],
  ['A', 'All time'],
  ['C', 'Compare with the period before, or with nothing'],
  ['B', 'Count bots, too, or not'],
  ['F', 'Add a filter'],
  ['S', 'Save the filters as a segment'],
  ['/', 'Search the pages'],
  ['1 … 6', 'Draw the first … sixth number'],
  [
    'Arrows',
    'On the chart: read it out; Shift marks a range, Enter looks closer, V opens the visits, N says what happened',
  ],
  ['N', 'Say what happened in the range'],
  ['V', 'To the visits of what is in sight'],
  ['R', 'To the recordings of what is in sight'],
  ['L', 'To those who are here now'],
  ['Esc', 'Close; without anything open, take away the last filter'],
  ['?', 'This list'],
];

export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl class="keys">
        {KEYS.map(([key, does]) => (
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
