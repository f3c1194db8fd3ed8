import { clock } from '../format.ts';
import { Menu } from '../ui/menu.tsx';
import type { Shown } from './director.ts';
import { Icon } from './icons.tsx';

export const SPEEDS = [0.5, 1, 2, 4, 8];

interface Props {
  shown: Shown;
  live: boolean;
  /** The tab that is shown alone; undefined follows the visitor. */
  tab: number | undefined;
  full: boolean;
  onPlay: () => void;
  onStep: (ms: number) => void;
  onSpeed: (speed: number) => void;
  onSkip: (skip: boolean) => void;
  onTab: (tab: number | undefined) => void;
  onFull: () => void;
  onLive: () => void;
}

/** The row of buttons under the picture. */
export function Controls({ shown, live, tab, full, onPlay, onStep, onSpeed, onSkip, onTab, onFull, onLive }: Props) {
  const { line, time, playing, ended, following, speed, skip } = shown;
  const going = playing && !ended;
  const all = Array.from({ length: line.tabs }, (_, i) => i);
  return (
    <div class="controls">
      <button
        type="button"
        class="control play"
        aria-label={going ? 'Pause' : ended ? 'Play again' : 'Play'}
        title={`${going ? 'Pause' : 'Play'} (K or space)`}
        onClick={onPlay}
      >
        <Icon name={going ? 'pause' : ended && !live ? 'again' : 'play'} size={18} />
      </button>
      <button
        type="button"
        class="control step"
        aria-label="Back 5 seconds"
        title="Back 5 s (left arrow)"
        onClick={() => onStep(-5_000)}
      >
        <Icon name="back" size={18} />
      </button>
      <button
        type="button"
        class="control step"
        aria-label="On 5 seconds"
        title="On 5 s (right arrow)"
        onClick={() => onStep(5_000)}
      >
        <Icon name="forward" size={18} />
      </button>
      <p class="controls-time">
        <span class="controls-now">{clock((time - line.from) / 1000)}</span>
        <span class="muted"> / {clock((line.to - line.from) / 1000)}</span>
      </p>
      {live && (
        <button
          type="button"
          class={following ? 'control live on' : 'control live'}
          aria-pressed={following}
          title={
            following ? 'You see what happens, as it happens' : 'The visitor is still here: see what happens now (End)'
          }
          onClick={onLive}
        >
          <i class="live-dot" /> Live
        </button>
      )}
      <span class="controls-gap" />
      {line.tabs > 1 && (
        <Menu
          class="control"
          align="end"
          name="Tab shown"
          label={tab === undefined ? 'All tabs' : `Tab ${tab + 1}`}
          items={[
            { label: 'Follow the visitor', current: tab === undefined, onPick: () => onTab(undefined) },
            ...all.map((one) => ({ label: `Tab ${one + 1}`, current: tab === one, onPick: () => onTab(one) })),
          ]}
        />
      )}
      <button
        type="button"
        class="control"
        aria-pressed={skip}
        aria-label="Skip inactivity"
        title="Skip the time in which nothing happens (S)"
        onClick={() => onSkip(!skip)}
      >
        <i class={skip ? 'switch on' : 'switch'} />
        <span class="wide">Skip inactivity</span>
        <span class="brief" aria-hidden="true">
          Skip
        </span>
      </button>
      <Menu
        class="control speed"
        align="end"
        name={`Speed: ${speed}×`}
        label={`${speed}×`}
        items={SPEEDS.map((one) => ({ label: `${one}×`, current: one === speed, onPick: () => onSpeed(one) }))}
      />
      <button
        type="button"
        class="control"
        aria-label={full ? 'Leave full screen' : 'Full screen'}
        title="Full screen (F)"
        onClick={onFull}
      >
        <Icon name={full ? 'small' : 'full'} size={18} />
      </button>
    </div>
  );
}
