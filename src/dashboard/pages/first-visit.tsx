import type { SiteJson } from '../../contract/api.ts';
import { Install } from '../accounts/install.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';

interface Props {
  site: SiteJson;
  /** The dashboard, please: also before there is anything in it. */
  onFirstVisit: () => void;
}

/** What a site shows before its first hit. Its page listens meanwhile, and turns into the dashboard by itself. */
export function FirstVisit({ site, onFirstVisit }: Props) {
  return (
    <div class="first-visit">
      <Card class="padded" label="Waiting for the first visit">
        <div class="first-visit-head" role="status">
          <span class="pulse" aria-hidden="true" />
          <h2>Waiting for the first visit to {site.domain}</h2>
        </div>
        <ol class="steps">
          <li>
            <h3>Add the snippet to your site</h3>
            <Install site={site} primary />
          </li>
          <li>
            <h3>Open your site</h3>
            <p class="muted">
              Go to{' '}
              <a href={`${scheme(site.domain)}://${site.domain}/`} target="_blank" rel="noreferrer">
                {site.domain}
              </a>{' '}
              as a visitor would. This page turns into the dashboard the moment it hears of it.
            </p>
          </li>
        </ol>
        <details class="trouble">
          <summary>Visited, and still waiting?</summary>
          <ul>
            <li>
              Look for a request to <code>{location.host}/e/…</code> in the network tab of your browser. When it was
              refused, the header <code>X-Footfall-Reason</code> of its answer says why.
            </li>
            <li>An ad blocker may have stopped it: try without, or in a private window.</li>
            <li>
              A browser that asks not to be tracked (Global Privacy Control) is left out, unless the site’s settings say
              otherwise.
            </li>
            <li>
              A Content-Security-Policy of your site must allow <code>{location.origin}</code> in{' '}
              <code>script-src</code> and <code>connect-src</code>.
            </li>
            <li>A page kept by a cache or a CDN may not have the snippet yet.</li>
          </ul>
        </details>
      </Card>
      <p class="first-visit-foot">
        <Button kind="quiet" onClick={onFirstVisit}>
          Show the empty dashboard
        </Button>
      </p>
    </div>
  );
}

/** A site under development speaks plain http. */
function scheme(domain: string): string {
  return /^(localhost|127\.|192\.168\.|10\.)|\.(localhost|test|local)(:|$)/.test(domain) ? 'http' : 'https';
}
