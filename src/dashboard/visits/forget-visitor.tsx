import type { VisitorForgotten } from '../../contract/api.ts';
import { ConfirmTyped } from '../accounts/confirm-typed.tsx';
import { api } from '../api.ts';
import { forget } from '../data.ts';
import { toast } from '../ui/toast.tsx';
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
  const act = async () => {
    const { visits, recordings } = await api<VisitorForgotten>('POST', `${site}/visitors/forget`, { visitor });
    forget();
    toast(words.done(visits, recordings));
    onGone();
  };
  return (
    <ConfirmTyped
      title={words.title}
      means={words.means}
      label={words.type(words.word)}
      fits={(typed) => typed.toLowerCase() === words.word}
      go={words.go}
      act={act}
      onClose={onClose}
    />
  );
}
