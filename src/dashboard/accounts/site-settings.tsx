import { useEffect, useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { conflictAt } from '../conflict.ts';
import { renew } from '../data.ts';
import { go } from '../router.ts';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { CheckField, Field, LinesField, SelectField } from '../ui/field.tsx';
import { toast } from '../ui/toast.tsx';
import { common } from '../words/common.ts';
import { settings as words } from '../words/settings.tsx';
import { siteFields } from '../words/site-fields.ts';
import { BotSettings } from './bot-settings.tsx';
import { ArchiveSite, DeleteSite } from './delete-site.tsx';
import { ExclusionLists, type Lists, OwnAddress, OwnBrowser } from './exclusions.tsx';
import { ExtrasFields } from './extras-fields.tsx';
import { Failure } from './failure.tsx';
import { Install } from './install.tsx';
import { MaskingFields } from './masking-fields.tsx';
import { RecordingFields } from './recording-fields.tsx';
import { Section } from './section.tsx';
import { MODES, shares, weekdays } from './site-options.ts';
import { Watch } from './watch.tsx';
import { ZoneField } from './zone-field.tsx';
import './settings.css';

type Draft = Pick<
  SiteJson,
  | 'domain'
  | 'timezone'
  | 'week_start'
  | 'mode'
  | 'record'
  | 'record_days'
  | 'picture_hosts'
  | 'masking'
  | 'recording'
  | 'extras'
  | 'hash'
  | 'gpc'
  | 'dnt'
  | 'consent'
  | 'hash_identify'
  | 'track'
  | 'umami_id'
  | 'bot_threshold'
  | 'bot_rules'
> & { exclude: Lists };

interface Props {
  site: SiteJson;
}

/** A site's settings: changed together, saved together. */
export function SiteSettings({ site }: Props) {
  const [changes, setChanges] = useState<Partial<Draft>>({});
  const draft: Draft = { ...site, exclude: listsOf(site), ...changes };
  const before: Draft = { ...site, exclude: listsOf(site) };
  const changed = (Object.keys(changes) as (keyof Draft)[]).filter((name) => !same(changes[name], before[name]));
  const dirty = changed.length > 0;
  const set = (more: Partial<Draft>) => setChanges((old) => ({ ...old, ...more }));
  useUnsaved(dirty);

  const form = useSubmit(async () => {
    const exclude = cleaned(draft.exclude);
    // What is wrong is told by the line: what is shown has the same ones.
    if (changes.exclude) set({ exclude });
    const recording = { ...draft.recording, ...filled(draft.recording) };
    if (changes.recording) set({ recording });
    const picture_hosts = tidy(draft.picture_hosts);
    if (changes.picture_hosts) set({ picture_hosts });
    const patch = {
      ...Object.fromEntries(changed.map((name) => [name, changes[name]])),
      ...(changes.exclude && { exclude }),
      ...(changes.recording && { recording }),
      ...(changes.picture_hosts && { picture_hosts }),
    };
    const saved = await api<SiteJson>('PATCH', `/sites/${site.id}`, patch).catch(conflictAt('domain'));
    setChanges({});
    toast(words.saved);
    renew();
    if (saved.domain !== site.domain) go(`/sites/${encodeURIComponent(saved.domain)}/settings`, { replace: true });
  });

  return (
    <div class="settings">
      <form class="settings" noValidate onSubmit={form.onSubmit}>
        <Section title={words.site} about={words.siteAbout}>
          <Field
            label={siteFields.domain}
            name="domain"
            required
            autoComplete="off"
            autoCapitalize="none"
            spellcheck={false}
            value={draft.domain}
            onInput={(event) => set({ domain: event.currentTarget.value })}
            error={form.wrong('domain')}
          />
          <ZoneField value={draft.timezone} onChange={(timezone) => set({ timezone })} error={form.wrong('timezone')} />
          <SelectField
            label={words.weekStart}
            name="week_start"
            value={String(draft.week_start)}
            options={weekdays()}
            hint={words.weekStartHint}
            onChange={(day) => set({ week_start: Number(day) })}
            error={form.wrong('week_start')}
          />
          <Field
            label={words.umami}
            name="umami_id"
            autoComplete="off"
            autoCapitalize="none"
            spellcheck={false}
            placeholder={words.none}
            value={draft.umami_id ?? ''}
            onInput={(event) => set({ umami_id: event.currentTarget.value.trim() || null })}
            hint={words.umamiHint}
            error={form.wrong('umami_id')}
          />
        </Section>
        <Section title={words.visitors} about={words.visitorsAbout}>
          <fieldset>
            <legend class="sr">{words.toldApart}</legend>
            {MODES.map((id) => (
              <CheckField
                key={id}
                type="radio"
                name="mode"
                value={id}
                label={words.modes[id].label}
                hint={words.modes[id].hint}
                checked={draft.mode === id}
                onChange={() => set({ mode: id })}
              />
            ))}
          </fieldset>
          <CheckField
            name="hash"
            label={words.hash}
            hint={words.hashHint}
            checked={draft.hash}
            onChange={(hash) => set({ hash })}
          />
          <CheckField
            name="gpc"
            label={words.gpc}
            hint={words.gpcHint}
            checked={draft.gpc}
            onChange={(gpc) => set({ gpc })}
          />
          <CheckField
            name="dnt"
            label={words.dnt}
            hint={words.dntHint}
            checked={draft.dnt}
            onChange={(dnt) => set({ dnt })}
          />
          <CheckField
            name="consent"
            label={words.consent}
            hint={words.consentHint}
            checked={draft.consent}
            onChange={(consent) => set({ consent })}
          />
          <CheckField
            name="hash_identify"
            label={words.hashIdentify}
            hint={words.hashIdentifyHint}
            checked={draft.hash_identify}
            onChange={(hash_identify) => set({ hash_identify })}
          />
        </Section>
        <Section title={words.bots} about={words.botsAbout}>
          <BotSettings site={site} draft={draft} onChange={set} wrong={form.wrong} />
        </Section>
        <Section title={words.leftOut} about={words.leftOutAbout(`/sites/${encodeURIComponent(site.domain)}/status`)}>
          <OwnAddress site={site} />
          <OwnBrowser site={site} />
          <ExclusionLists
            lists={draft.exclude}
            onChange={(more) => set({ exclude: { ...draft.exclude, ...more } })}
            wrong={form.wrong}
          />
        </Section>
        <Section title={words.watchedFor} about={words.watchedForAbout}>
          <Watch track={draft.track} onChange={(track) => set({ track })} />
        </Section>
        <Section title={words.recordings} about={words.recordingsAbout}>
          <SelectField
            label={words.record}
            name="record"
            value={String(draft.record)}
            options={shares(site.record)}
            onChange={(record) => set({ record: Number(record) })}
            error={form.wrong('record')}
          />
          <Field
            label={words.recordDays}
            name="record_days"
            type="number"
            min={1}
            max={3650}
            placeholder={words.recordDaysNone}
            value={draft.record_days ?? ''}
            hint={words.recordDaysHint}
            onInput={(event) => set({ record_days: event.currentTarget.valueAsNumber || null })}
            error={form.wrong('record_days')}
          />
          <LinesField
            label={words.pictureHosts}
            name="picture_hosts"
            placeholder={words.pictureHostsNone}
            value={draft.picture_hosts}
            hint={words.pictureHostsHint}
            onChange={(lines) => set({ picture_hosts: lines })}
            error={form.wrong('picture_hosts')}
          />
          <RecordingFields
            recording={draft.recording}
            onChange={(recording) => set({ recording })}
            wrong={form.wrong}
          />
          <MaskingFields masking={draft.masking} onChange={(masking) => set({ masking })} wrong={form.wrong} />
          <ExtrasFields extras={draft.extras} onChange={(extras) => set({ extras })} />
        </Section>
        {dirty && (
          <div class="save-bar">
            <span role="status">{words.unsaved}</span>
            <Failure text={form.failure} />
            <div class="row">
              <Button kind="quiet" onClick={() => setChanges({})}>
                {words.discard}
              </Button>
              <Button type="submit" kind="primary" busy={form.busy}>
                {common.save}
              </Button>
            </div>
          </div>
        )}
      </form>
      <Section title={words.snippet} about={words.snippetAbout}>
        <Install site={site} />
        <p>{words.snippetCheck(`/sites/${encodeURIComponent(site.domain)}/status`)}</p>
      </Section>
      <Section title={words.archive} about={words.archiveAbout}>
        <ArchiveSite site={site} />
      </Section>
      <Section title={common.delete} about={words.deleteAbout}>
        <DeleteSite site={site} />
      </Section>
    </div>
  );
}

function listsOf({ exclude: { paths, hostnames, countries } }: SiteJson): Lists {
  return { paths, hostnames, countries };
}

/** Without empty lines, and without spaces around. */
function tidy(lines: string[]): string[] {
  return lines.map((line) => line.trim()).filter(Boolean);
}

function filled({ when, pages, countries }: SiteJson['recording']) {
  return {
    when: tidy(when.map((name) => name.replace(/^event:\s*/, 'event:'))).filter((name) => name !== 'event:'),
    pages: tidy(pages),
    countries: tidy(countries),
  };
}

function cleaned({ paths, hostnames, countries }: Lists): Lists {
  return { paths: tidy(paths), hostnames: tidy(hostnames), countries };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The browser asks before what was changed is lost with the page. */
function useUnsaved(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [dirty]);
}
