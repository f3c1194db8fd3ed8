import { useId } from 'preact/hooks';
import { Failure } from '../accounts/failure.tsx';
import { clock } from '../format.ts';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { common } from '../words/common.ts';
import { player as words } from '../words/player.ts';

interface Props {
  /** Seconds into the recording. */
  at: number;
  onAdd: (text: string) => Promise<void>;
  onClose: () => void;
}

/** Notes something at a moment of the recording. */
export function NoteDialog({ at, onAdd, onClose }: Props) {
  const id = useId();
  const form = useSubmit(async (data) => {
    const text = String(data.get('text') ?? '').trim();
    if (text) await onAdd(text);
    onClose();
  });
  const wrong = form.wrong('text');
  return (
    <Dialog title={words.noteAt(clock(at))} onClose={onClose}>
      <form class="stack" noValidate onSubmit={form.onSubmit}>
        <Failure text={form.failure} />
        <div class={wrong ? 'field wrong' : 'field'}>
          <label for={id}>{words.noteHint}</label>
          <textarea
            id={id}
            name="text"
            rows={4}
            maxLength={2_000}
            required
            autoFocus
            aria-invalid={wrong ? 'true' : undefined}
          />
          {wrong && (
            <p class="note" role="alert">
              {wrong}
            </p>
          )}
        </div>
        <div class="dialog-foot">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" kind="primary" busy={form.busy}>
            {words.addNote}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
