import { useState } from 'preact/hooks';
import type { ShareJson } from '../../contract/api.ts';
import { Code } from '../accounts/code.tsx';
import { Failure } from '../accounts/failure.tsx';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { moment } from '../format.ts';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, SelectField } from '../ui/field.tsx';
import { toast } from '../ui/toast.tsx';

const LASTING = [
  { value: '24', label: 'For a day' },
  { value: '168', label: 'For a week' },
  { value: '720', label: 'For 30 days' },
];

interface Props {
  /** Of the recording, in the API. */
  path: string;
  onClose: () => void;
}

/** Links to this recording: makes one, shows it once, and takes back those that are in force. */
export function ShareDialog({ path, onClose }: Props) {
  const [hours, setHours] = useState('168');
  const [made, setMade] = useState<ShareJson | null>(null);
  const found = useData(`shares ${path}`, (signal) =>
    api<{ shares: ShareJson[] }>('GET', `${path}/shares`, undefined, signal),
  );
  const form = useSubmit(async (data) => {
    setMade(await api<ShareJson>('POST', `${path}/shares`, { name: data.get('name') ?? '', hours: Number(hours) }));
    found.refresh();
  });
  const inForce = found.data?.shares.filter(({ revoked, expires }) => !revoked && Date.parse(expires) > Date.now());
  const revoke = (id: number) =>
    api('DELETE', `${path}/shares/${id}`).then(
      () => {
        if (made?.id === id) setMade(null);
        found.refresh();
      },
      () => toast('The link could not be taken back. Is the network up?', { bad: true }),
    );
  return (
    <Dialog title="Share this recording" onClose={onClose} wide>
      <div class="stack">
        {made ? (
          <>
            <p>Copy the link now: it can’t be shown again. Whoever has it sees this recording, and nothing else.</p>
            <Code label="The link" text={`${location.origin}/shared#${made.token}`} primary />
          </>
        ) : (
          <form class="stack" noValidate onSubmit={form.onSubmit}>
            <p>Whoever has the link sees this recording, and nothing else, without signing in.</p>
            <Failure text={form.failure} />
            <Field
              label="For whom"
              name="name"
              autoFocus
              maxLength={120}
              autoComplete="off"
              placeholder="The designers"
              hint="So that you know it again here, and in the list of who watched what."
              error={form.wrong('name')}
            />
            <SelectField label="It works" name="hours" value={hours} options={LASTING} onChange={setHours} />
            <div class="dialog-foot">
              <Button type="submit" kind="primary" busy={form.busy}>
                Make a link
              </Button>
            </div>
          </form>
        )}
        {inForce && inForce.length > 0 && (
          <>
            <h3>Links that work</h3>
            <ul class="shares">
              {inForce.map(({ id, name, expires }) => (
                <li key={id}>
                  <span>
                    {name || 'A link'} <span class="muted">until {moment(expires)}</span>
                  </span>
                  <Button kind="danger" onClick={() => void revoke(id)}>
                    Take back<span class="sr"> {name}</span>
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Dialog>
  );
}
