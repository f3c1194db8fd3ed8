import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { SiteJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { conflictAt } from '../conflict.ts';
import { renew } from '../data.ts';
import { go } from '../router.ts';
import { useSubmit } from '../submit.ts';
import { Button } from '../ui/button.tsx';
import { CheckField, Field, SelectField } from '../ui/field.tsx';
import { toast } from '../ui/toast.tsx';
import { BotSettings } from './bot-settings.tsx';
import { ArchiveSite, DeleteSite } from './delete-site.tsx';
import { ExclusionLists, type Lists, OwnAddress, OwnBrowser } from './exclusions.tsx';
import { ExtrasFields } from './extras-fields.tsx';
import { Failure } from './failure.tsx';
import { Install } from './install.tsx';
import { MaskingFields } from './masking-fields.tsx';
import { RecordingFields } from './recording-fields.tsx';
import { MODES, shares, WEEKDAYS } from './site-options.ts';
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
    const patch = {
      ...Object.fromEntries(changed.map((name) => [name, changes[name]])),
      ...(changes.exclude && { exclude }),
      ...(changes.recording && { recording }),
    };
    const saved = await api<SiteJson>('PATCH', `/sites/${site.id}`, patch).catch(conflictAt('domain'));
    setChanges({});
    toast('Saved');
    renew();
    if (saved.domain !== site.domain) go(`/sites/${encodeURIComponent(saved.domain)}/settings`, { replace: true });
  });

  return (
    <div class="settings">
      <form class="settings" noValidate onSubmit={form.onSubmit}>
        <Section title="Site" about="Its name here, and where its days begin.">
          <Field
            label="Domain"
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
            label="First day of the week"
            name="week_start"
            value={String(draft.week_start)}
            options={WEEKDAYS}
            hint="Where numbers are asked for by the week."
            onChange={(day) => set({ week_start: Number(day) })}
            error={form.wrong('week_start')}
          />
          <Field
            label="Umami’s website id"
            name="umami_id"
            autoComplete="off"
            autoCapitalize="none"
            spellcheck={false}
            placeholder="none"
            value={draft.umami_id ?? ''}
            onInput={(event) => set({ umami_id: event.currentTarget.value.trim() || null })}
            hint="Pages that still carry Umami’s script can point it here: its data-website-id. Plausible’s needs only the domain."
            error={form.wrong('umami_id')}
          />
        </Section>
        <Section title="Visitors" about="How one visitor is told from another, and what a page is.">
          <fieldset>
            <legend class="sr">Visitors are told apart</legend>
            {MODES.map(({ id, label, hint }) => (
              <CheckField
                key={id}
                type="radio"
                name="mode"
                value={id}
                label={label}
                hint={hint}
                checked={draft.mode === id}
                onChange={() => set({ mode: id })}
              />
            ))}
          </fieldset>
          <CheckField
            name="hash"
            label="Count pages behind #"
            hint="For single-page applications whose addresses look like example.com/#/pricing."
            checked={draft.hash}
            onChange={(hash) => set({ hash })}
          />
          <CheckField
            name="gpc"
            label="Respect Global Privacy Control"
            hint="Visitors whose browser asks not to be tracked are left out, and never recorded."
            checked={draft.gpc}
            onChange={(gpc) => set({ gpc })}
          />
          <CheckField
            name="dnt"
            label="Respect Do Not Track"
            hint="The older wish of the same kind. Few browsers still ask for it, and most of those who send it never chose it."
            checked={draft.dnt}
            onChange={(dnt) => set({ dnt })}
          />
          <CheckField
            name="consent"
            label="Wait for consent"
            hint="Nothing is sent and nothing is kept before the page calls footfall.consent(true); footfall.consent(false) takes it back."
            checked={draft.consent}
            onChange={(consent) => set({ consent })}
          />
          <CheckField
            name="hash_identify"
            label="Keep who is identified as a hash only"
            hint="footfall.identify('…') makes one visitor of several browsers, and nobody can read the name. Without it, events carry the name as their property user."
            checked={draft.hash_identify}
            onChange={(hash_identify) => set({ hash_identify })}
          />
        </Section>
        <Section
          title="Bots"
          about="Programs are kept apart: stored with what gave them away, and left out of every number unless you ask."
        >
          <BotSettings site={site} draft={draft} onChange={set} wrong={form.wrong} />
        </Section>
        <Section
          title="Left out"
          about={
            <>
              Hits that are answered, counted on the{' '}
              <a href={`/sites/${encodeURIComponent(site.domain)}/status`}>status page</a>, and stored nowhere. From now
              on: what was counted stays.
            </>
          }
        >
          <OwnAddress site={site} />
          <OwnBrowser site={site} />
          <ExclusionLists
            lists={draft.exclude}
            onChange={(more) => set({ exclude: { ...draft.exclude, ...more } })}
            wrong={form.wrong}
          />
        </Section>
        <Section
          title="Watched for"
          about="What the snippet tells of by itself, beside page views. A change here reaches visitors within five minutes."
        >
          <Watch track={draft.track} onChange={(track) => set({ track })} />
        </Section>
        <Section
          title="Recordings"
          about="What is masked is masked in the visitors’ browsers, and never leaves them. A change here reaches them within five minutes."
        >
          <SelectField
            label="Record"
            name="record"
            value={String(draft.record)}
            options={shares(site.record)}
            onChange={(record) => set({ record: Number(record) })}
            error={form.wrong('record')}
          />
          <Field
            label="Keep recordings for, in days"
            name="record_days"
            type="number"
            min={1}
            max={3650}
            placeholder="until somebody deletes them"
            value={draft.record_days ?? ''}
            hint="Once a day older ones are deleted for good. The visits stay in the numbers."
            onInput={(event) => set({ record_days: event.currentTarget.valueAsNumber || null })}
            error={form.wrong('record_days')}
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
            <span role="status">Unsaved changes</span>
            <Failure text={form.failure} />
            <div class="row">
              <Button kind="quiet" onClick={() => setChanges({})}>
                Discard
              </Button>
              <Button type="submit" kind="primary" busy={form.busy}>
                Save
              </Button>
            </div>
          </div>
        )}
      </form>
      <Section title="Snippet" about="One line in every page of the site.">
        <Install site={site} />
      </Section>
      <Section
        title="Archive"
        about="It takes no hits and is out of the way. What was measured stays, and it can be brought back."
      >
        <ArchiveSite site={site} />
      </Section>
      <Section title="Delete" about="Everything that was measured goes with it.">
        <DeleteSite site={site} />
      </Section>
    </div>
  );
}

function listsOf({ exclude: { paths, hostnames, countries } }: SiteJson): Lists {
  return { paths, hostnames, countries };
}

/** Lists without empty lines. */
function filled({ when, pages, countries }: SiteJson['recording']) {
  const lines = (list: string[]) => list.map((line) => line.trim()).filter(Boolean);
  return { when: lines(when), pages: lines(pages), countries: lines(countries) };
}

/** Without empty lines, and without spaces around. */
function cleaned({ paths, hostnames, countries }: Lists): Lists {
  const tidy = (lines: string[]) => lines.map((line) => line.trim()).filter(Boolean);
  return { paths: tidy(paths), hostnames: tidy(hostnames), countries };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

interface SectionProps {
  title: string;
  about: ComponentChildren;
  children: ComponentChildren;
}

function Section({ title, about, children }: SectionProps) {
  return (
    <section class="card setting" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <p>{about}</p>
      </header>
      <div class="setting-body">{children}</div>
    </section>
  );
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
