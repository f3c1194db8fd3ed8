import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { common } from '../words/common.ts';
import { Failure } from './failure.tsx';

interface Props {
  title: string;
  /** What will be lost. */
  means: ComponentChildren;
  /** What is to be typed, in words; and whether something is that. */
  label: string;
  fits: (typed: string) => boolean;
  /** What the button says, and what is done. */
  go: string;
  act: () => Promise<void>;
  onClose: () => void;
}

/** Asks before what can't be undone: something has to be typed. */
export function ConfirmTyped({ title, means, label, fits, go, act, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const form = useSubmit(act);
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="stack" noValidate onSubmit={form.onSubmit}>
        <p>{means}</p>
        <Failure text={form.failure} />
        <Field
          label={label}
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
          <Button type="submit" kind="danger" busy={form.busy} disabled={!fits(typed.trim())}>
            {go}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
