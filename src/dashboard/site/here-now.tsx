import { exact } from '../format.ts';
import './here-now.css';

/** ● 23 here now. Keeps its place while nobody tells. */
export function HereNow({ here }: { here: number | null }) {
  return (
    <span class={here === null ? 'here-now waiting' : 'here-now'}>
      <span class={here ? 'here-dot' : 'here-dot none'} aria-hidden="true" />
      <strong>{here === null ? '–' : exact(here)}</strong> <span class="muted here-words">here now</span>
    </span>
  );
}
