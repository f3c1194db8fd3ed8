import { exact } from '../format.ts';
import { frame as words } from '../words/frame.tsx';
import './here-now.css';

/** ● 23 here now, and the way to them. Keeps its place while nobody tells. */
export function HereNow({ here, site }: { here: number | null; site: string }) {
  return (
    <a
      href={`/sites/${encodeURIComponent(site)}/live`}
      title={words.hereNowTitle}
      class={here === null ? 'here-now waiting' : 'here-now'}
    >
      <span class={here ? 'here-dot' : 'here-dot none'} aria-hidden="true" />
      <strong>{here === null ? '–' : exact(here)}</strong> <span class="muted here-words">{words.hereNow}</span>
    </a>
  );
}
