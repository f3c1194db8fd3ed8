import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { ui as words } from '../words/ui.ts';
import { Icon } from './icon.tsx';

interface Props {
  title: ComponentChildren;
  onClose: () => void;
  wide?: boolean;
  children: ComponentChildren;
}

/** A modal `<dialog>`: shown while it is rendered. Esc, the cross and a click beside it call `onClose`. */
export function Dialog({ title, onClose, wide = false, children }: Props) {
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard's way out is Esc, which <dialog> has of its own.
    <dialog
      ref={ref}
      class={wide ? 'dialog wide' : 'dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div class="dialog-box">
        <header class="dialog-head">
          <h2 id={id}>{title}</h2>
          <button type="button" class="button quiet icon" aria-label={words.close} onClick={onClose}>
            <Icon name="cross" size={14} />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
