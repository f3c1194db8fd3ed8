import type { SiteJson } from '../../contract/api.ts';
import { TRIGGERS } from '../../contract/wire.ts';
import { CheckField, Field, LinesField } from '../ui/field.tsx';
import { settings as words } from '../words/settings.tsx';
import { CountriesField } from './countries-field.tsx';

type Recording = SiteJson['recording'];
type Trigger = (typeof TRIGGERS)[number];

const EVENT = /^event:/;
const isTrigger = (name: string): name is Trigger => TRIGGERS.some((trigger) => trigger === name);

interface Props {
  recording: Recording;
  onChange: (recording: Recording) => void;
  wrong: (path: string) => string | undefined;
}

/** Which of the chosen visits are recorded: how long they have to be, what has to happen, where. */
export function RecordingFields({ recording, onChange, wrong }: Props) {
  const set = (more: Partial<Recording>) => onChange({ ...recording, ...more });
  const marks = recording.when.filter(isTrigger);
  const events = recording.when.filter((name) => !isTrigger(name));
  // Events first: what is wrong is told by the line.
  const setWhen = (names: string[], chosen: Trigger[]) => set({ when: [...names, ...chosen] });
  return (
    <>
      <Field
        label={words.recording.seconds}
        name="recording.seconds"
        type="number"
        min={0}
        max={600}
        value={recording.seconds}
        hint={words.recording.secondsHint}
        onInput={(event) => set({ seconds: event.currentTarget.valueAsNumber || 0 })}
        error={wrong('recording.seconds')}
      />
      <fieldset>
        <legend>{words.recording.when}</legend>
        <p class="note">{words.recording.whenHint}</p>
        {TRIGGERS.map((trigger) => (
          <CheckField
            key={trigger}
            name={`recording.when.${trigger}`}
            label={words.recording.triggers[trigger]}
            checked={marks.includes(trigger)}
            onChange={(on) => setWhen(events, on ? [...marks, trigger] : marks.filter((one) => one !== trigger))}
          />
        ))}
        <LinesField
          label={words.recording.whenEvents}
          name="recording.when"
          placeholder={words.none}
          value={events.map((name) => name.replace(EVENT, ''))}
          hint={words.recording.whenEventsHint}
          onChange={(names) =>
            setWhen(
              names.map((name) => name && `event:${name.replace(EVENT, '')}`),
              marks,
            )
          }
          error={wrong('recording.when')}
        />
      </fieldset>
      {recording.when.length > 0 && (
        <Field
          label={words.recording.before}
          name="recording.before"
          type="number"
          min={10}
          max={300}
          value={recording.before}
          hint={words.recording.beforeHint}
          onInput={(event) => set({ before: event.currentTarget.valueAsNumber || 0 })}
          error={wrong('recording.before')}
        />
      )}
      <LinesField
        label={words.recording.pages}
        name="recording.pages"
        placeholder={words.recording.pagesNone}
        value={recording.pages}
        hint={words.pathsHint}
        onChange={(pages) => set({ pages })}
        error={wrong('recording.pages')}
      />
      <CountriesField
        label={words.recording.countries}
        name="recording.countries"
        value={recording.countries}
        add={recording.countries.length > 0 ? words.recording.addCountry : words.recording.countriesNone}
        removing={words.recording.takeOut}
        onChange={(countries) => set({ countries })}
        error={wrong('recording.countries')}
      />
    </>
  );
}
