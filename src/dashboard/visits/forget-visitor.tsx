import { useState } from 'preact/hooks';
import type { VisitorForgotten } from '../../contract/api.ts';
import { Failure } from '../accounts/failure.tsx';
import { api } from '../api.ts';
import { forget } from '../data.ts';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { toast } from '../ui/toast.tsx';
import { common } from '../words/common.ts';
import { forgetVisitor as words } from '../words/forget-visitor.ts';

interface Props {
  /** The API's address of the site. */
  site: string;
  visitor: string;
  onClose: () => void;
  onGone: () => void;
}

/** Deletes all that is known of a visitor; it can't be undone, so a word has to be typed. */
export function ForgetVisitor({ site, visitor, onClose, onGone }: Props) {
  const [typed, setTyped] = useState('');
  const form = useSubmit(async () => {
    const { visits, recordings } = await api<VisitorForgotten>('POST', `${site}/visitors/forget`, { visitor });
    forget();
    toast(words.done(visits, recordings));
    onGone();
  });
  return (
    <Dialog title={words.title} onClose={onClose}>
      <form class="stack" noValidate onSubmit={form.onSubmit}>
        <p>{words.means}</p>
        <Failure text={form.failure} />
        <Field
          label={words.type(words.word)}
          name="confirmation"
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <div class="dialog-foot">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" kind="danger" busy={form.busy} disabled={typed.trim().toLowerCase() !== words.word}>
            {words.go}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
