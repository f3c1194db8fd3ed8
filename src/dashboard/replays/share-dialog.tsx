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
import { common } from '../words/common.ts';
import { share as words } from '../words/share.ts';

const lasting = () => [
  { value: '24', label: words.lasting.day },
  { value: '168', label: words.lasting.week },
  { value: '720', label: words.lasting.month },
];

interface Props {
  /** Of the recording, in the API. */
  path: string;
  timezone: string;
  onClose: () => void;
}

/** Links to this recording: makes one, shows it once, and takes back those that are in force. */
export function ShareDialog({ path, timezone, onClose }: Props) {
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
      () => toast(words.notTakenBack, { bad: true }),
    );
  return (
    <Dialog title={words.title} onClose={onClose} wide>
      <div class="stack">
        {made ? (
          <>
            <p>{words.copyNow}</p>
            <Code label={words.theLink} text={`${location.origin}/shared#${made.token}`} primary />
          </>
        ) : (
          <form class="stack" noValidate onSubmit={form.onSubmit}>
            <p>{words.about}</p>
            <Failure text={form.failure} />
            <Field
              label={words.forWhom}
              name="name"
              autoFocus
              maxLength={120}
              autoComplete="off"
              placeholder={common.example(words.example)}
              hint={words.hint}
              error={form.wrong('name')}
            />
            <SelectField label={words.works} name="hours" value={hours} options={lasting()} onChange={setHours} />
            <div class="dialog-foot">
              <Button type="submit" kind="primary" busy={form.busy}>
                {words.make}
              </Button>
            </div>
          </form>
        )}
        {inForce && inForce.length > 0 && (
          <>
            <h3>{words.inForce}</h3>
            <ul class="shares">
              {inForce.map(({ id, name, expires }) => (
                <li key={id}>
                  <span>
                    {name || words.aLink} <span class="muted">{words.until(moment(expires, timezone))}</span>
                  </span>
                  <Button kind="danger" onClick={() => void revoke(id)}>
                    {words.takeBack}
                    <span class="sr"> {name}</span>
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
