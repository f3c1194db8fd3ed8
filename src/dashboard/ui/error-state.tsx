import { ApiError } from '../api.ts';
import { Button } from './button.tsx';

interface Props {
  error: unknown;
  /** What could not be done. */
  title?: string;
  /** There is nothing else on the page: its title is the page's. */
  whole?: boolean;
  retry?: () => void;
}

/** Why there is nothing to see, what that means for what was collected, and what to do. */
export function ErrorState({ error, title, whole = false, retry }: Props) {
  const Title = whole ? 'h1' : 'p';
  return (
    <div class="state" role="alert">
      <Title class="state-title">{title ?? headline(error)}</Title>
      <p class="state-text">{explain(error)}</p>
      {retry && <Button onClick={retry}>Try again</Button>}
    </div>
  );
}

function headline(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something went wrong';
  if (error.code === 'not_found') return 'Not found';
  if (error.code === 'offline') return 'No connection';
  if (error.status === 429) return 'A little too fast';
  if (error.status === 503) return 'The database is not answering';
  return 'Something went wrong';
}

/** A sentence for a person. */
export function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  if (error.code === 'not_found') return 'It does not exist, or it belongs to somebody else.';
  if (error.code === 'offline') return 'The server did not answer. This page asks again by itself.';
  if (error.status === 429) return `Too many requests. This page asks again${seconds(error)}.`;
  if (error.status === 503)
    return `Visits are still being collected and none is lost; they show up when it is back. Asking again${seconds(error)}.`;
  return error.message;
}

function seconds(error: ApiError): string {
  return error.retryAfter ? ` in ${error.retryAfter} s` : ' by itself';
}
