import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReplayJson } from '../../contract/api.ts';
import { duration } from '../format.ts';
import { useTick } from '../tick.ts';
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
  if (!shown || shown.phase === 'opening') return <Waiting text="Opening the recording" />;
  if (shown.phase === 'empty') {
    return (
      <div class="overlay solid">
        <p class="overlay-title">There is no picture of this visit</p>
        <p class="muted">None of its chunks holds a whole page. What was counted is told at the side.</p>
      </div>
    );
  }
  if (shown.phase === 'failed') {
    return (
      <div class="overlay solid">
        <p class="overlay-title">The player could not be loaded</p>
        <p class="muted">Is the network up?</p>
        <button type="button" class="button primary" onClick={() => location.reload()}>
          Try again
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
      {waiting && <Waiting text={live ? 'Waiting for the visitor' : 'Loading'} />}
      {!waiting && !size && !gap && (
        <div class="overlay solid">
          <p class="overlay-title">This page's picture is lost</p>
          <p class="muted">
            The chunk that held the whole page never arrived. The recording goes on with the next page.
          </p>
        </div>
      )}
      {ended && !waiting && (
        <div class="overlay end">
          <p class="overlay-title">
            {live || watching?.edge ? 'This is as far as the visitor got' : 'The end of the visit'}
          </p>
          {!live && watching?.edge && <p class="muted">Nothing was heard for a while: the page may have been left.</p>}
          {(live || watching?.edge) && <p class="muted">It goes on by itself when more arrives.</p>}
          {following && <p class="muted">The next visit comes in a moment.</p>}
          {!live && next && (
            <button type="button" class="button primary" onClick={onNext}>
              Next visit <Icon name="next" />
            </button>
          )}
        </div>
      )}
      <div class="notes" role="status">
        {live && watching?.connected === false && (
          <p class="note bad">The connection broke. It is opened again by itself.</p>
        )}
        {shown.following && watching?.connected && <Still since={shown.line.to} edge={watching.edge} />}
        {gap && (
          <p class="note">
            <Icon name="gap" /> {gap.title}. {gap.detail}
          </p>
        )}
        {lost && <p class="note bad">{secondsOf(lost)} of this recording never arrived</p>}
        {skipped !== null && <p class="note">Skipped {duration(skipped)} without activity</p>}
        {rage && (
          <p class="note bad">
            <Icon name="rage" /> Rage click
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
  return still < STILL_MS ? null : <p class="note">The visitor has done nothing for {duration(still / 1000)}</p>;
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
