import { useState } from 'preact/hooks';
import type { ApiKey } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { CheckField, Field } from '../ui/field.tsx';
import { common } from '../words/common.ts';
import { keys as words } from '../words/keys.tsx';
import { Code } from './code.tsx';
import { Failure } from './failure.tsx';

const SCOPES = ['read', 'write'] as const;

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
    <Dialog title={words.newTitle} onClose={onClose}>
      <form class="stack" noValidate onSubmit={form.onSubmit}>
        <Failure text={form.failure} />
        <Field
          label={common.name}
          name="name"
          required
          autoFocus
          maxLength={100}
          autoComplete="off"
          placeholder={common.example(words.nameExample)}
          hint={words.nameHint}
          error={form.wrong('name')}
        />
        <fieldset class="scopes">
          <legend>{words.may}</legend>
          {SCOPES.map((id) => (
            <CheckField
              key={id}
              type="radio"
              name="scope"
              value={id}
              label={words.scopes[id].label}
              hint={words.scopes[id].hint}
              checked={scope === id}
              onChange={() => setScope(id)}
            />
          ))}
        </fieldset>
        <div class="dialog-foot">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" kind="primary" busy={form.busy}>
            {words.create}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Made({ made, onClose }: { made: ApiKey; onClose: () => void }) {
  const key = made.key ?? '';
  return (
    <Dialog title={words.ready(made.name)} onClose={onClose} wide>
      <div class="stack">
        <p>{words.copyNow}</p>
        <Code label={words.theKey} text={key} primary />
        <div class="key-try">
          <h3>{words.tryIt}</h3>
          <Code
            label={words.command}
            text={`curl ${location.origin}/api/v1/sites \\\n  -H 'Authorization: Bearer ${key}'`}
          />
        </div>
        <div class="dialog-foot">
          <Button onClick={onClose}>{words.done}</Button>
        </div>
      </div>
    </Dialog>
  );
}
