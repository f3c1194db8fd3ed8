import { ApiError } from '../api.ts';
import { ui as words } from '../words/ui.ts';
import { Button } from './button.tsx';

interface Props {
  error: unknown;
  /** What could not be done. */
  title?: string;
  /** There is nothing else on the page: its title is the page's. */
  whole?: boolean;
  /** What holds all the same while the database is away; that visits are collected when absent. */
  meanwhile?: string;
  retry?: () => void;
}

/** Why there is nothing to see, what that means for what was collected, and what to do. */
export function ErrorState({ error, title, whole = false, meanwhile, retry }: Props) {
  const Title = whole ? 'h1' : 'p';
  return (
    <div class="state" role="alert">
      <Title class="state-title">{title ?? headline(error)}</Title>
      <p class="state-text">{explain(error, meanwhile)}</p>
      {retry && <Button onClick={retry}>{words.tryAgain}</Button>}
    </div>
  );
}

function headline(error: unknown): string {
  if (!(error instanceof ApiError)) return words.wentWrong;
  if (error.code === 'not_found') return words.notFound;
  if (error.code === 'offline') return words.offline;
  if (error.status === 429) return words.tooFast;
  if (error.status === 503) return words.databaseSilent;
  return words.wentWrong;
}

/** A sentence for a person. */
export function explain(error: unknown, meanwhile = words.stillCollected): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  if (error.code === 'not_found') return words.notFoundText;
  if (error.code === 'offline') return words.offlineText;
  if (error.status === 429) return words.tooFastText(error.retryAfter);
  if (error.status === 503) return `${meanwhile} ${words.asksAgain(error.retryAfter)}`;
  return error.message;
}
