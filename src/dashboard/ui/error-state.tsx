import { ApiError } from '../api.ts';
import { ui as words } from '../words/ui.ts';
import { Button } from './button.tsx';

interface Props {
  error: unknown;
  /** What could not be done. */
  title?: string;
  /** There is nothing else on the page: its title is the page's. */
  whole?: boolean;
  /** What holds all the same while the database is away. Else that visits are collected; under a title of one's own that it is away. */
  meanwhile?: string;
  retry?: () => void;
}

/** Why there is nothing to see, what that means for what was collected, and what to do. */
export function ErrorState({
  error,
  title,
  whole = false,
  meanwhile = title && `${words.databaseSilent}.`,
  retry,
}: Props) {
  const Title = whole ? 'h1' : 'p';
  return (
    <div class="state" role="alert">
      <Title class="state-title">{title ?? headline(error)}</Title>
      <p class="state-text">{explain(error, meanwhile)}</p>
      {retry && <Button onClick={retry}>{words.tryAgain}</Button>}
    </div>
  );
}

/** The same above what there is of a page, whose parts say only that they lack. */
export function ErrorBanner({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <div class="banner row between" role="alert">
      <p>
        <strong>{headline(error)}.</strong> {explain(error)}
      </p>
      <Button onClick={retry}>{words.tryAgain}</Button>
    </div>
  );
}

/** For a part of a page: what happens to all of them in a few words, what is this one's own as the server says it. */
export function briefly(error: unknown): string {
  const known = headline(error);
  if (known === words.wentWrong) return explain(error);
  return error instanceof ApiError && error.passing ? `${known}. ${words.again}` : `${known}.`;
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
