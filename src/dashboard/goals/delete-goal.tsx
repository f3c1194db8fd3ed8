import { useState } from 'preact/hooks';
import type { GoalJson, SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { explain } from '../ui/error-state.tsx';
import { toast } from '../ui/toast.tsx';
import { common } from '../words/common.ts';
import { goals as words } from '../words/goals.tsx';

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
      toast(common.deleted(goal.name));
      onClose(true);
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog title={common.askDelete(goal.name)} onClose={() => onClose(false)}>
      <p>{words.deleteMeans}</p>
      {error !== null && (
        <p class="form-error" role="alert">
          {explain(error)}
        </p>
      )}
      <div class="dialog-foot">
        <Button onClick={() => onClose(false)}>{common.keepIt}</Button>
        <Button kind="danger" busy={busy} onClick={() => void remove()}>
          {common.delete}
        </Button>
      </div>
    </Dialog>
  );
}
