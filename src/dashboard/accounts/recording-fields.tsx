import type { SiteJson } from '../../contract/api.ts';
import { TRIGGERS } from '../../contract/wire.ts';
import { Field, LinesField } from '../ui/field.tsx';

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
        label="Visits that last at least, in seconds"
        name="recording.seconds"
        type="number"
        min={0}
        max={600}
        value={recording.seconds}
        hint="A shorter one sends nothing of a recording."
        onInput={(event) => set({ seconds: event.currentTarget.valueAsNumber || 0 })}
        error={wrong('recording.seconds')}
      />
      <LinesField
        label="Only when something happens"
        name="recording.when"
        placeholder="always"
        value={recording.when}
        hint={`One a line: ${TRIGGERS.join(', ')} (any of your own events), or event:NAME. The page may also call footfall.record().`}
        onChange={(when) => set({ when })}
        error={wrong('recording.when')}
      />
      {recording.when.length > 0 && (
        <Field
          label="With the seconds before it"
          name="recording.before"
          type="number"
          min={10}
          max={300}
          value={recording.before}
          hint="Kept in the browser’s memory until then."
          onInput={(event) => set({ before: event.currentTarget.valueAsNumber || 0 })}
          error={wrong('recording.before')}
        />
      )}
      <LinesField
        label="Record only on"
        name="recording.pages"
        placeholder="every page"
        value={recording.pages}
        hint="One path a line. * stands for anything but a slash, ** for anything."
        onChange={(pages) => set({ pages })}
        error={wrong('recording.pages')}
      />
      <LinesField
        label="Record only in"
        name="recording.countries"
        placeholder="every country"
        value={recording.countries}
        hint="One country’s code a line, such as EE."
        onChange={(countries) => set({ countries })}
        error={wrong('recording.countries')}
      />
    </>
  );
}
