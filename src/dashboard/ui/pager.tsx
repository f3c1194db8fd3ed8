import { exact } from '../format.ts';
import { ui as words } from '../words/ui.ts';

interface Props {
  /** What is leafed through, for screen readers: "Pages of recordings". */
  label: string;
  /** Rows before the first that is shown, rows that are shown, and all there are. */
  offset: number;
  rows: number;
  total: number;
  /** Rows of one page. */
  page: number;
  onTurn: (offset: number) => void;
}

/** Newer, older, and where one is; nothing where all rows fit on one page. */
export function Pager({ label, offset, rows, total, page, onTurn }: Props) {
  if (total <= page && offset === 0) return null;
  return (
    <nav class="pager" aria-label={label}>
      <button
        type="button"
        class="button"
        disabled={offset === 0}
        onClick={() => onTurn(Math.min(Math.max(0, offset - page), Math.floor(Math.max(0, total - 1) / page) * page))}
      >
        {words.newer}
      </button>
      {rows > 0 && (
        <span class="muted small">
          {words.rows(exact(offset + 1), exact(Math.min(total, offset + rows)), exact(total))}
        </span>
      )}
      <button type="button" class="button" disabled={offset + page >= total} onClick={() => onTurn(offset + page)}>
        {words.older}
      </button>
    </nav>
  );
}

/** The page that an address asks for, as rows before its first. */
export function offsetOf(search: string): number {
  const offset = Number(new URLSearchParams(search).get('offset'));
  return Number.isInteger(offset) && offset > 0 ? offset : 0;
}

/** A query string with another page. */
export function withOffset(search: string, offset: number): string {
  if (offset <= 0) return search;
  return `${search}${search ? '&' : '?'}offset=${offset}`;
}
