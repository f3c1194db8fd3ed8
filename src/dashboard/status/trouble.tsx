import type { ComponentChildren } from 'preact';
import type { SiteJson } from '../../contract/api.ts';
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
        <li>
          Look for a request to <code>{location.host}/e/…</code> in the network tab of your browser. When it was
          refused, the header <code>X-Footfall-Reason</code> of its answer says why.
        </li>
        <li>An ad blocker may have stopped it: try without, or in a private window.</li>
        {site.consent && (
          <li>
            The settings say that the snippet waits for consent: it sends nothing before the page calls{' '}
            <code>footfall.consent(true)</code>.
          </li>
        )}
        {children}
        <li>
          A Content-Security-Policy of your site must allow <code>{location.origin}</code> in <code>script-src</code>{' '}
          and <code>connect-src</code>.
        </li>
        <li>A page kept by a cache or a CDN may not have the snippet yet.</li>
      </ul>
    </details>
  );
}
