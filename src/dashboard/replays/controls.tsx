import { clock } from '../format.ts';
import { Menu } from '../ui/menu.tsx';
import { player as words } from '../words/player.ts';
import { Icon } from './icons.tsx';
import type { Shown } from './shown.ts';
import { secondsOf } from './timeline.ts';

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
        aria-label={going ? words.pause : ended ? words.playAgain : words.play}
        title={going ? words.pauseKey : words.playKey}
        onClick={onPlay}
      >
        <Icon name={going ? 'pause' : ended && !live ? 'again' : 'play'} size={18} />
      </button>
      <button
        type="button"
        class="control step"
        aria-label={words.back5}
        title={words.back5Key}
        onClick={() => onStep(-5_000)}
      >
        <Icon name="back" size={18} />
      </button>
      <button
        type="button"
        class="control step"
        aria-label={words.on5}
        title={words.on5Key}
        onClick={() => onStep(5_000)}
      >
        <Icon name="forward" size={18} />
      </button>
      <p class="controls-time">
        <span class="controls-now">{clock((time - line.from) / 1000)}</span>
        <span class="muted"> / {clock(secondsOf(line))}</span>
      </p>
      {live && (
        <button
          type="button"
          class={following ? 'control live on' : 'control live'}
          aria-pressed={following}
          title={following ? words.isLive : words.goLive}
          onClick={onLive}
        >
          <i class="live-dot" /> {words.live}
        </button>
      )}
      <span class="controls-gap" />
      {line.tabs > 1 && (
        <Menu
          class="control"
          align="end"
          name={words.tabShown}
          label={tab === undefined ? words.allTabs : words.tab(tab + 1)}
          items={[
            { label: words.followVisitor, current: tab === undefined, onPick: () => onTab(undefined) },
            ...all.map((one) => ({ label: words.tab(one + 1), current: tab === one, onPick: () => onTab(one) })),
          ]}
        />
      )}
      <button
        type="button"
        class="control"
        aria-pressed={skip}
        aria-label={words.skip}
        title={words.skipKey}
        onClick={() => onSkip(!skip)}
      >
        <i class={skip ? 'switch on' : 'switch'} />
        <span class="wide">{words.skip}</span>
        <span class="brief" aria-hidden="true">
          {words.skipShort}
        </span>
      </button>
      <Menu
        class="control speed"
        align="end"
        name={words.speed(`${speed}×`)}
        label={`${speed}×`}
        items={SPEEDS.map((one) => ({ label: `${one}×`, current: one === speed, onPick: () => onSpeed(one) }))}
      />
      <button
        type="button"
        class="control"
        aria-label={full ? words.leaveFullScreen : words.fullScreen}
        title={words.fullScreenKey}
        onClick={onFull}
      >
        <Icon name={full ? 'small' : 'full'} size={18} />
      </button>
    </div>
  );
}
