import type { ApiKey } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toast.tsx';
import { common } from '../words/common.ts';
import { keys as words } from '../words/keys.tsx';
import { Failure } from './failure.tsx';

interface Props {
  apiKey: ApiKey;
  onClose: () => void;
  onRevoked: () => void;
}

export function RevokeKey({ apiKey, onClose, onRevoked }: Props) {
  const form = useSubmit(async () => {
    await api('DELETE', `/keys/${apiKey.id}`);
    toast(words.isRevoked(apiKey.name));
    onRevoked();
    onClose();
  });
  return (
    <Dialog title={words.askRevoke(apiKey.name)} onClose={onClose}>
      <form class="stack" onSubmit={form.onSubmit}>
        <p>{words.revokeMeans}</p>
        <Failure text={form.failure} />
        <div class="dialog-foot">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" kind="danger" busy={form.busy}>
            {words.revoke}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
