import type { SiteJson } from '../../contract/api.ts';
import { TRIGGERS } from '../../contract/wire.ts';
import { Field, LinesField } from '../ui/field.tsx';
import { settings as words } from '../words/settings.tsx';

type Recording = SiteJson['recording'];

interface Props {
  recording: Recording;
  onChange: (recording: Recording) => void;
  wrong: (path: string) => string | undefined;
}

/** Which of the chosen visits are recorded: how long they have to be, what has to happen, where. */
export function RecordingFields({ recording, onChange, wrong }: Props) {
  const set = (more: Partial<Recording>) => onChange({ ...recording, ...more });
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
      <LinesField
        label={words.recording.when}
        name="recording.when"
        placeholder={words.recording.whenNone}
        value={recording.when}
        hint={words.recording.whenHint(TRIGGERS.join(', '))}
        onChange={(when) => set({ when })}
        error={wrong('recording.when')}
      />
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
      <LinesField
        label={words.recording.countries}
        name="recording.countries"
        placeholder={words.recording.countriesNone}
        value={recording.countries}
        hint={words.recording.countriesHint}
        onChange={(countries) => set({ countries })}
        error={wrong('recording.countries')}
      />
    </>
  );
}
