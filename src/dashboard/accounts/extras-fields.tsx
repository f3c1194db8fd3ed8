import type { SiteJson } from '../../contract/api.ts';
import { CheckField } from '../ui/field.tsx';

type Extras = SiteJson['extras'];

/** Each with what it does, what it costs, and what it may show. */
const EXTRAS: { name: keyof Extras; label: string; hint: string }[] = [
  {
    name: 'console',
    label: 'The console',
    hint: 'What scripts write to it, masked like text of the page, shown beside the replay. At most 20 lines a second, some 50 bytes each; words that your own scripts log about a visitor are among them.',
  },
  {
    name: 'network',
    label: 'Requests',
    hint: 'Of fetch and XMLHttpRequest: method, address without secrets, status, time and sizes; never headers or bodies. At most 20 a second, some 50 bytes each. Paths are recorded as they are.',
  },
  {
    name: 'canvas',
    label: 'Canvases',
    hint: 'A small picture of each that is seen, at most once a second while it changes: up to 240 kB a minute. It shows whatever is drawn there, text as well; mask or block a canvas to leave it out. None where all text is masked.',
  },
  {
    name: 'fonts',
    label: 'Web fonts',
    hint: 'Their files, for fonts that other hosts may not load: each once for all visitors, up to 300 kB, then 100 bytes a page. None where all text is masked.',
  },
  {
    name: 'media',
    label: 'Videos and audio',
    hint: 'When they are played, paused and moved, some 60 bytes each time. What they show comes from your site’s address as the recording is watched.',
  },
  {
    name: 'frames',
    label: 'Frames of your other hosts',
    hint: 'Frames of another origin on the site’s domain, or below it, whose page carries this snippet: about as many bytes as a page of its own. Masked by the same rules; not where the frame’s element is masked or blocked.',
  },
];

interface Props {
  extras: Extras;
  onChange: (extras: Extras) => void;
}

/** What recordings hold besides the page. */
export function ExtrasFields({ extras, onChange }: Props) {
  return (
    <fieldset>
      <legend>Record besides the page</legend>
      <p class="note">
        Nothing of this is as a site begins. Any of it makes the recorder 4 kB larger, once for each browser.
      </p>
      {EXTRAS.map(({ name, label, hint }) => (
        <CheckField
          key={name}
          name={`extras.${name}`}
          label={label}
          hint={hint}
          checked={extras[name]}
          onChange={(on) => onChange({ ...extras, [name]: on })}
        />
      ))}
    </fieldset>
  );
}
