import type { ComponentChildren } from 'preact';
import './settings.css';

interface Props {
  title: string;
  about: ComponentChildren;
  children: ComponentChildren;
}

/** A part of a site's settings: what it is about, and its fields. */
export function Section({ title, about, children }: Props) {
  return (
    <section class="card setting" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <p>{about}</p>
      </header>
      <div class="setting-body">{children}</div>
    </section>
  );
}
