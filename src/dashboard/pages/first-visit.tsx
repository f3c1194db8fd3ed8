import type { SiteJson } from '../../contract/api.ts';
import { Install } from '../accounts/install.tsx';
import { homeOf } from '../home.ts';
import { Trouble } from '../status/trouble.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { firstVisit as words } from '../words/first-visit.tsx';

interface Props {
  site: SiteJson;
  /** The dashboard, please: also before there is anything in it. */
  onFirstVisit: () => void;
}

/** What a site shows before its first hit. Its page listens meanwhile, and turns into the dashboard by itself. */
export function FirstVisit({ site, onFirstVisit }: Props) {
  return (
    <div class="first-visit">
      <Card class="padded" label={words.waiting}>
        <div class="first-visit-head" role="status">
          <span class="pulse" aria-hidden="true" />
          <h2>{words.waitingFor(site.domain)}</h2>
        </div>
        <ol class="steps">
          <li>
            <h3>{words.addSnippet}</h3>
            <Install site={site} primary />
          </li>
          <li>
            <h3>{words.openSite}</h3>
            <p class="muted">
              {words.goTo(
                <a href={homeOf(site)} target="_blank" rel="noreferrer">
                  {site.domain}
                </a>,
              )}
            </p>
          </li>
        </ol>
        <Trouble site={site} summary={words.stillWaiting}>
          {site.gpc && <li>{words.gpc}</li>}
          <li>{words.counted(`/sites/${encodeURIComponent(site.domain)}/status`)}</li>
        </Trouble>
      </Card>
      <p class="first-visit-foot">
        <Button onClick={onFirstVisit}>{words.showEmpty}</Button>
      </p>
    </div>
  );
}
