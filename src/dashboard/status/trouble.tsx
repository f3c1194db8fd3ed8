import type { ComponentChildren } from 'preact';
import type { SiteJson } from '../../contract/api.ts';
import { trouble as words } from '../words/trouble.tsx';
import './trouble.css';

interface Props {
  site: SiteJson;
  summary: string;
  open?: boolean;
  /** What the place knows besides, as `<li>`s. */
  children?: ComponentChildren;
}

/** What keeps a hit from getting here at all, so that nothing can count it. */
export function Trouble({ site, summary, open = false, children }: Props) {
  return (
    <details class="trouble" open={open}>
      <summary>{summary}</summary>
      <ul>
        <li>{words.request(`${location.host}/e/…`)}</li>
        <li>{words.adBlocker}</li>
        {site.consent && <li>{words.consent()}</li>}
        {children}
        <li>{words.policy(location.origin)}</li>
        <li>{words.cache}</li>
      </ul>
    </details>
  );
}
