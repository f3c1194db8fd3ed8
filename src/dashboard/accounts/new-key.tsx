import { useState } from 'preact/hooks';
import type { ApiKey } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { CheckField, Field } from '../ui/field.tsx';
import { Code } from './code.tsx';
import { Failure } from './failure.tsx';

const SCOPES = [
  { id: 'read', label: 'Read', hint: 'Numbers, goals and recordings.' },
  { id: 'write', label: 'Read and write', hint: 'Sites and goals too: make them, change them, delete them.' },
] as const;

interface Props {
  onClose: () => void;
  /** There is a new one in the list. */
  onMade: () => void;
}

/** Makes a key, and then shows it: once. */
export function NewKey({ onClose, onMade }: Props) {
  const [scope, setScope] = useState<ApiKey['scope']>('read');
  const [made, setMade] = useState<ApiKey | null>(null);
  const form = useSubmit(async (data) => {
    setMade(await api<ApiKey>('POST', '/keys', { name: data.get('name'), scope }));
    onMade();
  });
  if (made) return <Made made={made} onClose={onClose} />;
  return (
    <Dialog title="New API key" onClose={onClose}>
      <form class="stack" noValidate onSubmit={form.onSubmit}>
        <Failure text={form.failure} />
        <Field
          label="Name"
          name="name"
          required
          autoFocus
          maxLength={100}
          autoComplete="off"
          placeholder="Weekly report"
          hint="What it is for, so that you know later which one to revoke."
          error={form.wrong('name')}
        />
        <fieldset class="scopes">
          <legend>It may</legend>
          {SCOPES.map(({ id, label, hint }) => (
            <CheckField
              key={id}
              type="radio"
              name="scope"
              value={id}
              label={label}
              hint={hint}
              checked={scope === id}
              onChange={() => setScope(id)}
            />
          ))}
        </fieldset>
        <div class="dialog-foot">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" busy={form.busy}>
            Create key
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Made({ made, onClose }: { made: ApiKey; onClose: () => void }) {
  const key = made.key ?? '';
  return (
    <Dialog title={`“${made.name}” is ready`} onClose={onClose} wide>
      <div class="stack">
        <p>Copy the key now. Only its fingerprint is kept here, so it can’t be shown again.</p>
        <Code label="The key" text={key} primary />
        <div class="key-try">
          <h3>Try it</h3>
          <Code
            label="A command that asks for your sites"
            text={`curl ${location.origin}/api/v1/sites \\\n  -H 'Authorization: Bearer ${key}'`}
          />
        </div>
        <div class="dialog-foot">
          <Button onClick={onClose}>Done</Button>
        </div>
      </div>
    </Dialog>
  );
}
