import type { ComponentChildren } from 'preact';
import { ui as words } from '../words/ui.ts';
import { Icon } from './icon.tsx';

interface Props {
  children: ComponentChildren;
  /** What it is called as a whole, for the button that removes it. */
  name: string;
  /** What the cross does with it, in words. */
  removing?: string;
  onOpen?: () => void;
  /** It isn't in force, though it was asked for. */
  wrong?: boolean;
  onRemove: () => void;
}

/** One filter in force: a click changes it, the cross removes it. */
export function Chip({ children, name, removing = words.removeFilter, onOpen, wrong = false, onRemove }: Props) {
  return (
    <span class={wrong ? 'chip wrong' : 'chip'}>
      {onOpen ? (
        <button type="button" class="chip-body" onClick={onOpen} title={name}>
          {children}
        </button>
      ) : (
        <span class="chip-body still" title={name}>
          {children}
        </span>
      )}
      <button type="button" class="chip-x" aria-label={`${removing}: ${name}`} onClick={onRemove}>
        <Icon name="cross" size={10} />
      </button>
    </span>
  );
}
