import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { explain } from '../ui/error-state.tsx';

/** What each key does, for the list of them. */
const KEYS: [keys: string, what: string][] = [
  ['K or space', 'Play, pause'],
  ['Left, right', '5 seconds back, on'],
  ['J L', '10 seconds back, on'],
  ['Home End', 'To the beginning, to the end or to what happens now'],
  ['< >', 'Slower, faster'],
  ['S', 'Skip inactivity or not'],
  ['F', 'Full screen'],
  ['N P', 'Next, previous visit'],
  ['M', 'Note something at this moment'],
  ['?', 'This list'],
];

export function KeyList({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl class="player-keys">
        {KEYS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

export function AskDelete({ onClose, onDelete }: { onClose: () => void; onDelete: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = () => {
    setBusy(true);
    onDelete().catch((thrown: unknown) => {
      setBusy(false);
      setError(thrown);
    });
  };
  return (
    <Dialog title="Delete this recording?" onClose={onClose}>
      <p>Its picture is gone for good. The visit itself stays in every number.</p>
      {error !== null && (
        <p class="bad" role="alert">
          {explain(error)}
        </p>
      )}
      <div class="dialog-foot">
        <Button onClick={onClose}>Keep it</Button>
        <Button kind="danger" busy={busy} onClick={go}>
          Delete
        </Button>
      </div>
    </Dialog>
  );
}
