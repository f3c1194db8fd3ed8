import type { ComponentChildren } from 'preact';
import { Button, ButtonLink } from './button.tsx';

interface Props {
  title: string;
  /** What it means, why, and what to do next. */
  children?: ComponentChildren;
  action?: { label: string; href: string } | { label: string; onClick: () => void };
}

export function EmptyState({ title, children, action }: Props) {
  return (
    <div class="state">
      <p class="state-title">{title}</p>
      {children && <div class="state-text">{children}</div>}
      {action && 'href' in action && (
        <ButtonLink kind="primary" href={action.href}>
          {action.label}
        </ButtonLink>
      )}
      {action && 'onClick' in action && (
        <Button kind="primary" onClick={action.onClick}>
          {action.label}
        </Button>
      )}
    </div>
  );
}
