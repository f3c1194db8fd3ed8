import { useState } from 'preact/hooks';
import type { ExclusionJson, SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { homeOf } from '../home.ts';
import { country } from '../names.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/chip.tsx';
import { explain } from '../ui/error-state.tsx';
import { LinesField, SelectField } from '../ui/field.tsx';
import { Flag } from '../ui/flag.tsx';
import { toast } from '../ui/toast.tsx';
import { locale } from '../words/language.ts';
import { settings as words } from '../words/settings.tsx';

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
        placeholder="/preview/**"
        value={lists.paths}
        hint={words.pathsHint}
        error={wrong('exclude.paths')}
        onChange={(paths) => onChange({ paths })}
      />
      <LinesField
        label={words.exclude.hostnames}
        name="exclude.hostnames"
        placeholder="staging.example.com"
        value={lists.hostnames}
        hint={words.exclude.hostnamesHint}
        error={wrong('exclude.hostnames')}
        onChange={(hostnames) => onChange({ hostnames })}
      />
      <div class="countries">
        <SelectField
          label={words.exclude.countries}
          name="exclude.countries"
          value=""
          options={[{ value: '', label: words.exclude.addCountry }, ...others(lists.countries)]}
          error={wrong('exclude.countries')}
          onChange={(code) => code && onChange({ countries: [...lists.countries, code] })}
        />
        {lists.countries.length > 0 && (
          <div class="row">
            {lists.countries.map((code) => (
              <Chip
                key={code}
                name={country(code)}
                removing={words.exclude.takeIn}
                onRemove={() => onChange({ countries: lists.countries.filter((one) => one !== code) })}
              >
                <Flag code={code} /> {country(code)}
              </Chip>
            ))}
          </div>
        )}
      </div>
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
      {!data && error && <p class="muted small">{explain(error)}</p>}
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
            <Button kind="quiet" busy={busy} onClick={() => change('DELETE', 'addresses', words.exclude.countedAll)}>
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
        <a class="button quiet" href={`${homeOf(site)}#footfall=count`} target="_blank" rel="noreferrer">
          {words.exclude.countBrowser}
        </a>
      </div>
      <p class="muted small">{words.exclude.byScript()}</p>
    </div>
  );
}

/** Countries not in the list, by name. The browser knows their names; what it has no name for, or the same one twice, is none. */
function others(chosen: string[]): { value: string; label: string }[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const named = new Map<string, string>();
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = country(code);
    if (name !== code && !NO_COUNTRIES.has(code) && !named.has(name)) named.set(name, code);
  }
  return [...named]
    .map(([label, value]) => ({ value, label }))
    .filter(({ value }) => !chosen.includes(value))
    .sort((a, b) => a.label.localeCompare(b.label, locale()));
}

/** Named, but nobody comes from there. */
const NO_COUNTRIES = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);
