import { useState } from 'preact/hooks';
import type { GoalJson, SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { explain } from '../ui/error-state.tsx';
import { toast } from '../ui/toast.tsx';

interface Props {
  site: SiteJson;
  goal: GoalJson;
  onClose: (changed: boolean) => void;
}

/** Asks once more. What was collected stays: the same goal made again has the same numbers. */
export function DeleteGoal({ site, goal, onClose }: Props) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const remove = async () => {
    setBusy(true);
    try {
      await api('DELETE', `/sites/${site.id}/goals/${goal.id}`);
      toast(`“${goal.name}” is deleted`);
      onClose(true);
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog title={`Delete “${goal.name}”?`} onClose={() => onClose(false)}>
      <p>Only the goal goes. Visits and events stay, so that the same goal made again has the same numbers.</p>
      {error !== null && (
        <p class="form-error" role="alert">
          {explain(error)}
        </p>
      )}
      <div class="dialog-foot">
        <Button onClick={() => onClose(false)}>Keep it</Button>
        <Button kind="danger" busy={busy} onClick={() => void remove()}>
          Delete
        </Button>
      </div>
    </Dialog>
  );
}
