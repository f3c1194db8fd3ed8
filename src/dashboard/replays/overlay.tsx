import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReplayJson } from '../../contract/api.ts';
import { duration } from '../format.ts';
import { useTick } from '../tick.ts';
import { player as words } from '../words/player.ts';
import { story } from '../words/story.ts';
import { ui } from '../words/ui.ts';
import type { Shown } from './director.ts';
import { Icon } from './icons.tsx';
import type { Line } from './story.ts';
import type { Watching } from './use-watching.ts';

interface Props {
  shown: Shown | null;
  lines: Line[];
  live: boolean;
  watching: Watching | undefined;
  next: ReplayJson | undefined;
  /** The next one comes by itself. */
  following: boolean;
  onNext: () => void;
}

/** How long a note stays. */
const NOTE_MS = 2_500;
/** Lost chunks are told of while the time they lack is on. */
const NEAR_MS = 1_500;
/** A visitor who does nothing for so long is said to. */
const STILL_MS = 15_000;

/** What there is to say about the picture, over it. */
export function Overlay({ shown, lines, live, watching, next, following, onNext }: Props) {
  const skipped = useSkipped(shown);
  if (!shown || shown.phase === 'opening') return <Waiting text={words.opening} />;
  if (shown.phase === 'empty') {
    return (
      <div class="overlay solid">
        <p class="overlay-title">{words.noPicture}</p>
        <p class="muted">{words.noPictureText}</p>
      </div>
    );
  }
  if (shown.phase === 'failed') {
    return (
      <div class="overlay solid">
        <p class="overlay-title">{words.noPlayer}</p>
        <p class="muted">{words.noPlayerText}</p>
        <button type="button" class="button primary" onClick={() => location.reload()}>
          {ui.tryAgain}
        </button>
      </div>
    );
  }
  const { time, ended, waiting, size } = shown;
  const lost = shown.lost.find((span) => time >= span.from - NEAR_MS && time <= span.to + NEAR_MS);
  const rage = lines.findLast((line) => line.kind === 'rage_click' && line.time <= time && time - line.time < 1_500);
  const error = lines.findLast((line) => line.kind === 'error' && line.time <= time && time - line.time < 3_000);
  const gap = lines.findLast(
    (line) => /^(gap|unstyled)$/.test(line.kind) && line.time <= time && time - line.time < 4_000,
  );
  return (
    <>
      {waiting && <Waiting text={live ? words.waiting : words.loading} />}
      {!waiting && !size && !gap && (
        <div class="overlay solid">
          <p class="overlay-title">{words.pictureLost}</p>
          <p class="muted">{words.pictureLostText}</p>
        </div>
      )}
      {ended && !waiting && (
        <div class="overlay end">
          <p class="overlay-title">{live || watching?.edge ? words.soFar : words.end}</p>
          {!live && watching?.edge && <p class="muted">{words.quiet}</p>}
          {(live || watching?.edge) && <p class="muted">{words.goesOn}</p>}
          {following && <p class="muted">{words.nextSoon}</p>}
          {!live && next && (
            <button type="button" class="button primary" onClick={onNext}>
              {words.nextVisit} <Icon name="next" />
            </button>
          )}
        </div>
      )}
      <div class="notes" role="status">
        {live && watching?.connected === false && <p class="note bad">{words.broken}</p>}
        {shown.following && watching?.connected && <Still since={shown.line.to} edge={watching.edge} />}
        {gap && (
          <p class="note">
            <Icon name="gap" /> {gap.title}. {gap.detail}
          </p>
        )}
        {lost && <p class="note bad">{words.lost(secondsOf(lost))}</p>}
        {skipped !== null && <p class="note">{words.skipped(duration(skipped))}</p>}
        {rage && (
          <p class="note bad">
            <Icon name="rage" /> {story.titles.rage_click}
          </p>
        )}
        {error && (
          <p class="note bad">
            <Icon name="error" /> {error.detail || error.title}
          </p>
        )}
      </div>
    </>
  );
}

/** That the picture stands still since the visitor does. */
function Still({ since, edge }: { since: number; edge: Watching['edge'] }) {
  useTick(1_000);
  const still = (edge?.() ?? since) - since;
  return still < STILL_MS ? null : <p class="note">{words.still(duration(still / 1000))}</p>;
}

function Waiting({ text }: { text: string }) {
  return (
    <div class="overlay">
      <i class="spinner" />
      <span class="sr">{text}</span>
    </div>
  );
}

const secondsOf = ({ from, to }: { from: number; to: number }) => duration(Math.max(1, (to - from) / 1000));

/** Seconds of the jump that was just made, for a moment. */
function useSkipped(shown: Shown | null): number | null {
  const [note, setNote] = useState<number | null>(null);
  const count = shown?.jumps ?? 0;
  const seen = useRef(count);
  useEffect(() => {
    if (count === seen.current) return;
    seen.current = count;
    setNote((shown?.jumped ?? 0) / 1000);
    const timer = setTimeout(() => setNote(null), NOTE_MS);
    return () => clearTimeout(timer);
  }, [count]);
  return note;
}
