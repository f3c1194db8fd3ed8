import type { ComponentChildren } from 'preact';

interface Props {
  /** Heading; give `label` instead when the heading is something else than text. */
  title?: ComponentChildren;
  label?: string;
  /** At the right of the heading. */
  aside?: ComponentChildren;
  class?: string;
  /** Its numbers answer an earlier question: dimmed, in their place. */
  stale?: boolean;
  children?: ComponentChildren;
}

/** The white sheet that things lie on. */
export function Card({ title, label, aside, class: more = '', stale = false, children }: Props) {
  return (
    <section class={`card ${more}`} aria-label={label} aria-busy={stale ? 'true' : undefined}>
      {(title || aside) && (
        <header class="card-head">
          {title && <h2>{title}</h2>}
          {aside && <div class="card-aside">{aside}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
