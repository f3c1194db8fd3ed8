import type { ComponentChildren } from 'preact';

interface Props {
  children: ComponentChildren;
  /** What it is called as a whole, for the button that removes it. */
  name: string;
  onOpen?: () => void;
  onRemove: () => void;
}

/** One filter in force: a click changes it, the cross removes it. */
export function Chip({ children, name, onOpen, onRemove }: Props) {
  return (
    <span class="chip">
      <button type="button" class="chip-body" onClick={onOpen} title={name}>
        {children}
      </button>
      <button type="button" class="chip-x" aria-label={`Remove filter: ${name}`} onClick={onRemove}>
        <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
          <path d="M2 2l8 8m0-8l-8 8" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" />
        </svg>
      </button>
    </span>
  );
}
