import type { SiteJson } from '../../contract/api.ts';
import { Install } from '../accounts/install.tsx';
import { homeOf } from '../home.ts';
import { Trouble } from '../status/trouble.tsx';
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
              <a href={homeOf(site)} target="_blank" rel="noreferrer">
                {site.domain}
              </a>{' '}
              as a visitor would. This page turns into the dashboard the moment it hears of it.
            </p>
          </li>
        </ol>
        <Trouble site={site} summary="Visited, and still waiting?">
          {site.gpc && (
            <li>
              A browser that asks not to be tracked (Global Privacy Control) is left out, unless the site’s settings say
              otherwise.
            </li>
          )}
          <li>
            Whatever did arrive, and what became of it, is counted on the site’s{' '}
            <a href={`/sites/${encodeURIComponent(site.domain)}/status`}>status page</a>.
          </li>
        </Trouble>
      </Card>
      <p class="first-visit-foot">
        <Button kind="quiet" onClick={onFirstVisit}>
          Show the empty dashboard
        </Button>
      </p>
    </div>
  );
}
