import { FRICTION, type Friction, REPLAY_ORDERS } from '../../contract/replay.ts';
import { duration } from '../format.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { dimensions } from '../words/dimensions.ts';
import { replays as words } from '../words/replays.ts';
import type { Choice } from './choice.ts';

const LENGTHS = [0, 10, 30, 60, 180, 600];

interface Props {
  choice: Choice;
  onChoose: (choice: Choice) => void;
}

/** What comes first, and what the recordings must have. */
export function ListTools({ choice, onChoose }: Props) {
  const { order, with: wanted, unseen, min_duration } = choice;
  const length = (seconds: number) => (seconds ? words.atLeast(duration(seconds)) : words.anyLength);
  const toggle = (kind: Friction) =>
    onChoose({ ...choice, with: wanted.includes(kind) ? wanted.filter((one) => one !== kind) : [...wanted, kind] });
  return (
    <div class="replay-tools">
      <Menu
        class="button"
        name={words.order}
        label={
          <>
            {words.orders[order]} <Icon name="chevron" size={10} />
          </>
        }
        items={REPLAY_ORDERS.map((id) => ({
          label: words.orders[id],
          current: id === order,
          onPick: () => onChoose({ ...choice, order: id }),
        }))}
      />
      <Menu
        class="button"
        name={words.length}
        label={
          <>
            {length(min_duration)} <Icon name="chevron" size={10} />
          </>
        }
        items={LENGTHS.map((seconds) => ({
          label: length(seconds),
          current: seconds === min_duration,
          onPick: () => onChoose({ ...choice, min_duration: seconds }),
        }))}
      />
      <fieldset class="replay-kinds" aria-label={words.which}>
        <button
          type="button"
          class="button toggle"
          aria-pressed={unseen !== false}
          onClick={() => onChoose({ ...choice, unseen: !unseen && new Date().toISOString() })}
        >
          {words.unseen}
        </button>
        {FRICTION.map((kind) => (
          <button
            key={kind}
            type="button"
            class="button toggle"
            aria-pressed={wanted.includes(kind)}
            onClick={() => toggle(kind)}
          >
            {dimensions.signals[kind]}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
