import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReplayJson } from '../../contract/api.ts';
import { duration } from '../format.ts';
import { useTick } from '../tick.ts';
import { player as words } from '../words/player.ts';
import { story } from '../words/story.ts';
import { ui } from '../words/ui.ts';
import { type Cut, cutAt, cutWords } from './cuts.ts';
import { Icon } from './icons.tsx';
import type { Shown } from './shown.ts';
import type { Line } from './story.ts';
import type { Watching } from './use-watching.ts';

interface Props {
  shown: Shown | null;
  lines: Line[];
  cuts: Cut[];
  live: boolean;
  watching: Watching | undefined;
  next: ReplayJson | undefined;
  /** The next one comes by itself. */
  following: boolean;
  onNext: () => void;
}

/** How long a note stays, and one that has a reason. */
const NOTE_MS = 2_500;
const REASON_MS = 6_000;
/** So long one is told of something that was passed. */
const NOTED_MS = 4_000;
/** A cut of this length stands over the picture for as long as it lasts; a shorter one is noted below. */
const LONG_MS = 4_000;
/** A visitor who does nothing for so long is said to. */
const STILL_MS = 15_000;

/** What there is to say about the picture, over it. */
export function Overlay({ shown, lines, cuts, live, watching, next, following, onNext }: Props) {
  const skipped = useSkipped(shown, cuts);
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
  const { time, line, ended, waiting, size } = shown;
  const cut = cutAt(cuts, time);
  const told = cut && cutWords(cut);
  const goesOn = live || Boolean(watching?.edge);
  // The visit may go on: its recording doesn't.
  const over = cut?.from === line.to && /^visit/.test(cut.why);
  const long = cut && cut.why !== 'lost' && cut.to - cut.from >= LONG_MS && time < cut.to;
  const rage = lines.findLast((line) => line.kind === 'rage_click' && line.time <= time && time - line.time < 1_500);
  const error = lines.findLast((line) => line.kind === 'error' && line.time <= time && time - line.time < 3_000);
  const unstyled = lines.findLast(
    (line) => line.kind === 'unstyled' && line.time <= time && time - line.time < NOTED_MS,
  );
  return (
    <>
      {waiting && <Waiting text={live ? words.waiting : words.loading} />}
      {!waiting && !ended && (long || !size) && (
        <div class={size ? 'overlay cut' : 'overlay solid'}>
          <p class="overlay-title">{told && cut.why !== 'lost' ? told.title : words.pictureLost}</p>
          <p class="muted">{told && cut.why !== 'lost' ? told.why : words.pictureLostText}</p>
        </div>
      )}
      {ended && !waiting && (
        <div class="overlay end">
          <p class="overlay-title">{over ? words.recordingOver : goesOn ? words.soFar : words.end}</p>
          {told && cut.from === line.to && <p class="muted">{told.why}</p>}
          {!over && !live && goesOn && <p class="muted">{words.quiet}</p>}
          {!over && goesOn && <p class="muted">{words.goesOn}</p>}
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
        {shown.following && watching?.connected && <Still since={line.to} edge={watching.edge} />}
        {told && !long && !ended && size && (
          <p class={cut.why === 'lost' ? 'note bad' : 'note'}>
            <Icon name="gap" /> {told.title}. {told.why}
          </p>
        )}
        {unstyled && (
          <p class="note">
            <Icon name="gap" /> {unstyled.title}. {unstyled.detail}
          </p>
        )}
        {skipped && <p class="note">{skipped}</p>}
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
      <p>{text}</p>
    </div>
  );
}

/** What the jump that was just made left out, for a moment. */
function useSkipped(shown: Shown | null, cuts: Cut[]): string | null {
  const [note, setNote] = useState<string | null>(null);
  const count = shown?.jumps ?? 0;
  const seen = useRef(count);
  useEffect(() => {
    if (!shown || count === seen.current) return;
    seen.current = count;
    const long = duration(shown.jumped / 1000);
    const cut = cuts.find(({ to, why }) => to === shown.time && why !== 'lost');
    setNote(cut ? words.skippedCut(long, cutWords(cut).why) : words.skipped(long));
    const timer = setTimeout(() => setNote(null), cut ? REASON_MS : NOTE_MS);
    return () => clearTimeout(timer);
  }, [count]);
  return note;
}
