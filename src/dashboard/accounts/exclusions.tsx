import { useState } from 'preact/hooks';
import type { ExclusionJson, SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { homeOf } from '../home.ts';
import { Button } from '../ui/button.tsx';
import { explain } from '../ui/error-state.tsx';
import { LinesField } from '../ui/field.tsx';
import { toast } from '../ui/toast.tsx';
import { common } from '../words/common.ts';
import { settings as words } from '../words/settings.tsx';
import { CountriesField } from './countries-field.tsx';

/** The lists of a site's exclusions that are written down; addresses are not. */
export type Lists = Pick<SiteJson['exclude'], 'paths' | 'hostnames' | 'countries'>;

interface Props {
  lists: Lists;
  onChange: (more: Partial<Lists>) => void;
  wrong: (name: string) => string | undefined;
}

/** What a site leaves out, by where it happened: pages, hostnames, countries. */
export function ExclusionLists({ lists, onChange, wrong }: Props) {
  return (
    <>
      <LinesField
        label={words.exclude.pages}
        name="exclude.paths"
        placeholder={common.example('/preview/**')}
        value={lists.paths}
        hint={words.pathsHint}
        error={wrong('exclude.paths')}
        onChange={(paths) => onChange({ paths })}
      />
      <LinesField
        label={words.exclude.hostnames}
        name="exclude.hostnames"
        placeholder={common.example('staging.example.com')}
        value={lists.hostnames}
        hint={words.exclude.hostnamesHint}
        error={wrong('exclude.hostnames')}
        onChange={(hostnames) => onChange({ hostnames })}
      />
      <CountriesField
        label={words.exclude.countries}
        name="exclude.countries"
        value={lists.countries}
        add={words.exclude.addCountry}
        removing={words.exclude.takeIn}
        error={wrong('exclude.countries')}
        onChange={(countries) => onChange({ countries })}
      />
    </>
  );
}

/** Whoever looks is the only one whose address can be left out; it is kept as a keyed hash, and never shown. */
export function OwnAddress({ site }: { site: SiteJson }) {
  const path = `/sites/${site.id}/exclusions`;
  const mine = useData(`exclusion ${site.id}`, (signal) => api<ExclusionJson>('GET', `${path}/me`, undefined, signal));
  const [busy, setBusy] = useState(false);
  const change = (method: 'POST' | 'DELETE', what: string, said: string) => {
    setBusy(true);
    api(method, `${path}/${what}`)
      .then(() => toast(said))
      .catch((error: unknown) => toast(explain(error), { bad: true }))
      .finally(() => {
        setBusy(false);
        mine.refresh();
      });
  };
  const { data, error } = mine;
  const others = data ? data.addresses - (data.excluded ? 1 : 0) : 0;
  return (
    <div class="own-address">
      <h3>{words.exclude.ownVisits}</h3>
      <p class="muted small">
        {data?.excluded ? words.exclude.isExcluded : words.exclude.isCounted} {words.exclude.notKept}
      </p>
      {!data && error && (
        <p class="form-error" role="status">
          {explain(error)}
        </p>
      )}
      <div class="row">
        {data?.excluded ? (
          <Button busy={busy} onClick={() => change('DELETE', 'me', words.exclude.countedMine)}>
            {words.exclude.countMine}
          </Button>
        ) : (
          <Button busy={busy} disabled={!data} onClick={() => change('POST', 'me', words.exclude.excludedMine)}>
            {words.exclude.excludeMine}
          </Button>
        )}
        {others > 0 && (
          <>
            <span class="muted small">{words.exclude.others(others)}</span>
            <Button busy={busy} onClick={() => change('DELETE', 'addresses', words.exclude.countedAll)}>
              {words.exclude.countAll}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

/** The site's own address says it to the snippet there, which keeps it in the browser: the dashboard is elsewhere and can't. */
export function OwnBrowser({ site }: { site: SiteJson }) {
  return (
    <div class="own-address">
      <h3>{words.exclude.ownBrowser}</h3>
      <p class="muted small">{words.exclude.ownBrowserText}</p>
      <div class="row">
        <a class="button" href={`${homeOf(site)}#footfall=ignore`} target="_blank" rel="noreferrer">
          {words.exclude.excludeBrowser}
        </a>
        <a class="button" href={`${homeOf(site)}#footfall=count`} target="_blank" rel="noreferrer">
          {words.exclude.countBrowser}
        </a>
      </div>
      <p class="muted small">{words.exclude.byScript()}</p>
    </div>
  );
}
