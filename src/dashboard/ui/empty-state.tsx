import type { ComponentChildren } from 'preact';
import { Button, ButtonLink } from './button.tsx';

interface Props {
  title: string;
  /** There is nothing else on the page: its title is the page's. */
  whole?: boolean;
  /** What it means, why, and what to do next. */
  children?: ComponentChildren;
  action?: { label: string; href: string } | { label: string; onClick: () => void };
}

export function EmptyState({ title, whole = false, children, action }: Props) {
  const Title = whole ? 'h1' : 'p';
  return (
    <div class="state">
      <Title class="state-title">{title}</Title>
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
