import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';

type Kind = 'plain' | 'primary' | 'quiet' | 'danger';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'class' | 'type' | 'disabled' | 'role'> {
  kind?: Kind;
  /** Something is under way because of it: it can't be pressed again, and says so. */
  busy?: boolean;
  type?: 'button' | 'submit';
  disabled?: boolean;
  class?: string;
  children?: ComponentChildren;
}

/** A button; `href` makes it a link that looks like one. */
export function Button({ kind = 'plain', busy = false, type = 'button', class: more = '', disabled, ...rest }: Props) {
  return (
    <button
      {...rest}
      type={type}
      class={`button ${kind} ${more}`}
      disabled={busy || disabled === true}
      aria-busy={busy ? 'true' : undefined}
    />
  );
}

interface LinkProps {
  href: string;
  kind?: Kind;
  class?: string;
  children: ComponentChildren;
}

export function ButtonLink({ href, kind = 'plain', class: more = '', children }: LinkProps) {
  return (
    <a href={href} class={`button ${kind} ${more}`}>
      {children}
    </a>
  );
}
