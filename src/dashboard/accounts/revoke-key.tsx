import type { ApiKey } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toast.tsx';
import { Failure } from './failure.tsx';

interface Props {
  apiKey: ApiKey;
  onClose: () => void;
  onRevoked: () => void;
}

export function RevokeKey({ apiKey, onClose, onRevoked }: Props) {
  const form = useSubmit(async () => {
    await api('DELETE', `/keys/${apiKey.id}`);
    toast(`“${apiKey.name}” is revoked`);
    onRevoked();
    onClose();
  });
  return (
    <Dialog title={`Revoke “${apiKey.name}”?`} onClose={onClose}>
      <form class="stack" onSubmit={form.onSubmit}>
        <p>Whatever uses this key is refused from now on. A revoked key can’t be brought back.</p>
        <Failure text={form.failure} />
        <div class="dialog-foot">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="danger" busy={form.busy}>
            Revoke
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
