import { clock } from '../format.ts';
import { story as words } from '../words/story.ts';
import { Icon, type IconName } from './icons.tsx';
import { current, type Line } from './story.ts';
import { useFollow } from './use-follow.ts';

const icons: Record<Line['kind'], IconName> = {
  page: 'page',
  event: 'event',
  click: 'click',
  rage_click: 'rage',
  dead_click: 'dead',
  error: 'error',
  quick_back: 'back',
  abandoned_form: 'form',
  slow_interaction: 'slow',
  gap: 'gap',
  unstyled: 'gap',
  lost: 'gap',
  note: 'note',
};

interface Props {
  lines: Line[];
  /** Where the recording begins. */
  from: number;
  /** What is shown; nothing is, and no line a jump, where nothing was recorded. */
  time?: number;
  onSeek?: (time: number) => void;
  onDeleteNote?: ((id: number) => void) | undefined;
}

/** What happened, line by line; each one a jump. The one being shown stays in view, unless somebody reads elsewhere. */
export function StoryList({ lines, from, time, onSeek, onDeleteNote }: Props) {
  const now = time === undefined ? lines.length : current(lines, time);
  const follow = useFollow(now);

  if (lines.length === 0) return <p class="story-none muted">{words.nothing}</p>;
  return (
    <ol {...follow} class="story" aria-label={words.story}>
      {lines.map((line, i) => (
        <li key={`${line.time} ${line.kind} ${i}`} class={i > now ? 'later' : ''}>
          {onSeek ? (
            <button
              type="button"
              class="story-line"
              data-kind={line.kind}
              aria-current={i === now ? 'step' : undefined}
              onClick={() => onSeek(line.time)}
            >
              <Told line={line} from={from} />
            </button>
          ) : (
            <div class="story-line" data-kind={line.kind}>
              <Told line={line} from={from} />
            </div>
          )}
          {line.note !== undefined && onDeleteNote && (
            <button
              type="button"
              class="story-delete"
              aria-label={words.deleteNoteOf(line.title)}
              title={words.deleteNote}
              onClick={() => onDeleteNote(line.note as number)}
            >
              <Icon name="cross" size={12} />
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}

function Told({ line, from }: { line: Line; from: number }) {
  return (
    <>
      <span class="story-time">{clock((line.time - from) / 1000)}</span>
      <span class="story-icon">
        <Icon name={icons[line.kind]} />
        <span class="sr">{words.kinds[line.kind]}: </span>
      </span>
      <span class="story-text">
        <span class="story-title" title={line.title}>
          {line.title}
        </span>
        {line.detail && (
          <span class="story-detail" title={line.detail}>
            {line.detail}
          </span>
        )}
        {line.props.length > 0 && (
          <span class="story-props">
            {line.props.map(([key, value]) => (
              <span key={key} class="story-prop">
                <span class="muted">{key}</span> {value}
              </span>
            ))}
          </span>
        )}
      </span>
    </>
  );
}
