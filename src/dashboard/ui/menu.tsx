import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

interface MenuItem {
  label: ComponentChildren;
  /** Said at the right: a key, a count. */
  hint?: ComponentChildren;
  href?: string;
  onPick?: () => void;
  /** Ticked: the one in force. */
  current?: boolean;
  /** Instead of `current`, of what is on or off by itself. */
  ticked?: boolean;
  /** A line above it. */
  divided?: boolean;
  /** What it belongs to, said once above all that stand together. */
  group?: string;
}

interface Props {
  /** What the button shows. */
  label: ComponentChildren;
  /** What the button is for: it is called this, and then what it shows. */
  name?: string;
  items: MenuItem[];
  align?: 'start' | 'end';
  class?: string;
  /** Something under the items, a small form say; it must not use arrow keys. */
  children?: ComponentChildren;
}

/** A button with a menu on the popover API: Esc and a click elsewhere close it, arrow keys walk it. */
export function Menu({ label, name, items, align = 'start', class: look = 'button', children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const box = popover.current;
    const anchor = button.current;
    if (!box || !anchor) return;
    const toggled = (event: Event) => {
      const open = (event as ToggleEvent).newState === 'open';
      anchor.setAttribute('aria-expanded', String(open));
      if (!open) return;
      place(box, anchor, align);
      const first =
        box.querySelector<HTMLElement>('[aria-checked="true"]') ?? box.querySelector<HTMLElement>('[role^="menuitem"]');
      first?.focus({ preventScroll: true });
    };
    const moved = () => {
      if (box.matches(':popover-open')) place(box, anchor, align);
    };
    box.addEventListener('toggle', toggled);
    addEventListener('resize', moved);
    addEventListener('scroll', moved, { passive: true });
    return () => {
      box.removeEventListener('toggle', toggled);
      removeEventListener('resize', moved);
      removeEventListener('scroll', moved);
    };
  }, [align]);

  const close = () => {
    popover.current?.hidePopover();
    button.current?.focus({ preventScroll: true });
  };
  const walk = (event: KeyboardEvent) => {
    const all = [...(popover.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all[(to + all.length) % all.length]?.focus();
  };

  return (
    <>
      <button
        ref={button}
        id={`${id}-button`}
        type="button"
        class={look}
        popovertarget={id}
        aria-haspopup="menu"
        aria-expanded="false"
        aria-labelledby={name && `${id}-name ${id}-button`}
      >
        {label}
      </button>
      {name && (
        <span id={`${id}-name`} hidden>
          {name}
        </span>
      )}
      <div ref={popover} id={id} popover="auto" class="menu">
        <div role="menu" aria-label={name} tabIndex={-1} onKeyDown={walk}>
          {grouped(items).map(([group, within], g) => {
            const shown = within.map((item, i) => <Item key={i} item={item} close={close} />);
            if (group === undefined) return shown;
            return (
              <fieldset key={g}>
                <legend class="menu-group">{group}</legend>
                {shown}
              </fieldset>
            );
          })}
        </div>
        {children}
      </div>
    </>
  );
}

function Item({ item, close }: { item: MenuItem; close: () => void }) {
  const body = (
    <>
      {(item.current || item.ticked) && <Icon name="check" />}
      <span class="menu-label">{item.label}</span>
      {item.hint && <span class="menu-hint">{item.hint}</span>}
    </>
  );
  const role = roleOf(item);
  const look = item.divided ? 'menu-item divided' : 'menu-item';
  if (item.href !== undefined) {
    return (
      <a class={look} {...role} tabIndex={-1} href={item.href} onClick={close}>
        {body}
      </a>
    );
  }
  return (
    <button
      type="button"
      class={look}
      {...role}
      tabIndex={-1}
      onClick={() => {
        close();
        item.onPick?.();
      }}
    >
      {body}
    </button>
  );
}

/** Items in order, those of one group together. */
function grouped(items: MenuItem[]): [group: string | undefined, items: MenuItem[]][] {
  const groups: [string | undefined, MenuItem[]][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last && last[0] === item.group) last[1].push(item);
    else groups.push([item.group, [item]]);
  }
  return groups;
}

function roleOf({ current, ticked }: MenuItem) {
  if (ticked !== undefined) return { role: 'menuitemcheckbox', 'aria-checked': ticked ? 'true' : 'false' } as const;
  if (current === undefined) return { role: 'menuitem' } as const;
  return { role: 'menuitemradio', 'aria-checked': current ? 'true' : 'false' } as const;
}

/** Below its button, within the window. */
function place(box: HTMLElement, anchor: HTMLElement, align: 'start' | 'end'): void {
  const at = anchor.getBoundingClientRect();
  const wide = box.offsetWidth;
  const atLeft = (align === 'start') === (getComputedStyle(anchor).direction === 'ltr');
  const left = atLeft ? at.left : at.right - wide;
  box.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - wide - 8))}px`;
  const below = at.bottom + 4;
  const fits = below + box.offsetHeight <= innerHeight - 8;
  box.style.top = `${fits ? below : Math.max(8, innerHeight - box.offsetHeight - 8)}px`;
}
