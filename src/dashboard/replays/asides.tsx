import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { explain } from '../ui/error-state.tsx';
import { common } from '../words/common.ts';
import { player as words } from '../words/player.ts';

export function KeyList({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={words.shortcuts} onClose={onClose}>
      <dl class="key-list">
        {words.keys.map(([keys, what]) => (
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
    <Dialog title={words.askDelete} onClose={onClose}>
      <p>{words.deleteMeans}</p>
      {error !== null && (
        <p class="bad" role="alert">
          {explain(error)}
        </p>
      )}
      <div class="dialog-foot">
        <Button onClick={onClose}>{common.keepIt}</Button>
        <Button kind="danger" busy={busy} onClick={go}>
          {common.delete}
        </Button>
      </div>
    </Dialog>
  );
}
