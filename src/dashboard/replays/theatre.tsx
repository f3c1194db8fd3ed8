import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { NoteJson } from '../../contract/api.ts';
import { FRICTION } from '../../contract/replay.ts';
import { clock } from '../format.ts';
import { go, place } from '../router.ts';
import { useKeys } from '../ui/keys.ts';
import { Tabs } from '../ui/tabs.tsx';
import { toast } from '../ui/toast.tsx';
import { counts } from '../words/counts.ts';
import { player as words } from '../words/player.ts';
import { AskDelete, KeyList } from './asides.tsx';
import type { Load } from './chunks.ts';
import { Controls, SPEEDS } from './controls.tsx';
import type { Shown } from './director.ts';
import { LogList } from './log-list.tsx';
import { logs } from './logs.ts';
import { Overlay } from './overlay.tsx';
import { PlayerTop } from './player-top.tsx';
import type { useQueue } from './queue.ts';
import { readSettings, writeSettings } from './settings.ts';
import { type MakePlace, Stage } from './stage.tsx';
import { addressAt, story } from './story.ts';
import { StoryList } from './story-list.tsx';
import { Timebar } from './timebar.tsx';
import { holes, timeline } from './timeline.ts';
import type { Played } from './use-detail.ts';
import { useDirector } from './use-director.ts';
import type { Watching } from './use-watching.ts';
import { Visitor } from './visitor.tsx';

/** What the owner may do besides watching. */
export interface Owner {
  onBack: () => void;
  /** The first picture is there, or it is known that there is none. */
  onOpened: () => void;
  /** Address of what was counted of the visit. */
  visit: string;
  queue: ReturnType<typeof useQueue>;
  /** The next one comes by itself. */
  playingAll: boolean;
  onVisit: (session: number | undefined) => void;
  onDelete: () => Promise<void>;
  onDownload: () => void;
  notes: NoteJson[];
  onDeleteNote: (id: number) => void;
  /** The dialog in which something is noted at a moment, told by the server's clock and in seconds of the recording. */
  noting: (time: number, at: number, onClose: () => void) => ComponentChildren;
  /** The dialog in which the recording is shared. */
  sharing: (onClose: () => void) => ComponentChildren;
  /** The dialog in which its visitor is deleted; none while the visit isn't known. */
  forgetting?: (onClose: () => void) => ComponentChildren;
}

interface Props {
  load: Load;
  domain: string;
  timezone: string;
  detail: Played | undefined;
  live: boolean;
  /** For whoever is told what happens now. */
  watching?: Watching;
  /** None for those whom it was shared with. */
  owner?: Owner;
  /** What there is to say of the recording as a whole, beside the domain. */
  about?: string;
  /** In a file, where no server is: the stage's document. Its address has no moments. */
  stage?: string;
}

/** In the place of a moment. */
const LIVE = 'live';
/** What can be read beside the picture. */
const SIDES = ['story', 'logs'] as const;
type Side = (typeof SIDES)[number];

/** Between two visits of a queue that plays by itself: time to look up, or to stay. */
const BETWEEN_MS = 2_500;

/** Picture, controls and story of one recording. */
export function Theatre({ load, domain, timezone, detail, live, watching, owner, about, stage }: Props) {
  const [tab, setTab] = useState<number>();
  const [makePlace, setMakePlace] = useState<MakePlace | null>(null);
  const [settings, setSettings] = useState(readSettings);
  const [full, setFull] = useState(false);
  const [side, setSide] = useState<Side>('story');
  const [dialog, setDialog] = useState<'keys' | 'delete' | 'forget' | 'share' | 'note' | null>(null);
  const theatre = useRef<HTMLDivElement>(null);

  const line = useMemo(() => (detail ? timeline(detail.chunks, tab) : null), [detail, tab]);
  const start = useMemo(startOf, []);
  const edge = (live && watching?.edge) || null;
  const { shown, director } = useDirector({ load, line, place: makePlace, start, edge, live, settings });

  const lines = useMemo(() => {
    const at = director.current;
    if (!detail || !line) return [];
    const gone = [...(shown?.lost ?? []), ...line.strips.flatMap(holes)];
    return story(detail, line, (chunk) => at?.factsOf(chunk), gone, owner?.notes);
  }, [detail, line, shown?.known, shown?.lost, owner?.notes]);

  const said = useMemo(
    () => (line ? logs(line, (chunk) => director.current?.factsOf(chunk)) : { all: [], any: false }),
    [line, shown?.known],
  );
  // An error that nobody caught has its own mark.
  const failures = useMemo(() => said.all.filter(({ level, uncaught }) => level === 'error' && !uncaught), [said]);

  const time = shown?.time ?? line?.from ?? 0;
  const from = line?.from ?? 0;
  const stream = line?.scenes.findLast((scene) => scene.from <= time)?.strip.stream;
  const address = line ? addressAt(line, stream, time, (chunk) => director.current?.factsOf(chunk)) : '';

  const opened = shown !== null && shown.phase !== 'opening';
  useEffect(() => {
    if (opened) owner?.onOpened();
  }, [opened]);

  const next = owner?.queue.next;
  const following = owner?.playingAll && shown?.ended && !live ? next?.session : undefined;
  useEffect(() => {
    if (!following) return;
    const timer = setTimeout(() => owner?.onVisit(following), BETWEEN_MS);
    return () => clearTimeout(timer);
  }, [following]);

  const keep = useCallback(
    (seconds: number) => stage === undefined && go(withTime(String(Math.floor(seconds))), { replace: true }),
    [stage],
  );
  const seek = (to: number) => {
    if (!line) return;
    const at = Math.max(line.from, Math.min(line.to, to));
    director.current?.seek(at);
    keep((at - line.from) / 1000);
  };
  /** What happens now; where nobody is told, the latest that is known. */
  const latest = () => {
    if (!edge) return seek(line?.to ?? 0);
    director.current?.follow();
    if (stage === undefined) go(withTime(LIVE), { replace: true });
  };
  const toggle = () => {
    if (!shown) return;
    if (shown.playing && !shown.ended) {
      director.current?.pause();
      keep((shown.time - from) / 1000);
    } else director.current?.play();
  };
  const change = (next: Partial<typeof settings>) => {
    const all = { ...settings, ...next };
    setSettings(all);
    writeSettings(all);
    director.current?.setSpeed(all.speed);
    director.current?.setSkip(all.skip);
  };
  const faster = (by: 1 | -1) => {
    const speed = SPEEDS[SPEEDS.indexOf(settings.speed) + by];
    if (speed) change({ speed });
  };
  const fullscreen = () => {
    const done = document.fullscreenElement ? document.exitFullscreen() : theatre.current?.requestFullscreen?.();
    done?.catch(() => toast(words.noFullScreen));
  };
  const share = () => {
    const url = new URL(withTime(String(Math.floor((time - from) / 1000))), location.href);
    navigator.clipboard.writeText(url.href).then(
      () => toast(words.linkCopied(clock((time - from) / 1000))),
      () => toast(words.notCopied, { bad: true }),
    );
  };

  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement === theatre.current);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, []);
  useEffect(() => {
    document.title = `${domain || 'Footfall'} · ${words.recording}`;
  }, [domain]);

  const note = () => {
    if (!owner || !line) return;
    director.current?.pause();
    setDialog('note');
  };
  const step = (ms: number) => () => seek(time + ms);
  useKeys({
    ' ': () => {
      // A focused button keeps its space bar.
      const at = document.activeElement;
      if (at instanceof HTMLButtonElement) at.click();
      else toggle();
    },
    k: toggle,
    ArrowLeft: step(-5_000),
    ArrowRight: step(5_000),
    j: step(-10_000),
    l: step(10_000),
    Home: () => seek(from),
    End: latest,
    '<': () => faster(-1),
    '>': () => faster(1),
    s: () => change({ skip: !settings.skip }),
    f: fullscreen,
    n: () => owner?.onVisit(next?.session),
    p: () => owner?.onVisit(owner.queue.previous?.session),
    m: note,
    '?': () => setDialog('keys'),
  });

  return (
    <main class="player">
      <PlayerTop
        {...{ domain, about, owner }}
        {...(stage === undefined ? { onCopy: share } : {})}
        onKeys={() => setDialog('keys')}
        onShare={() => setDialog('share')}
        onDelete={() => setDialog('delete')}
        onForget={() => setDialog('forget')}
      />

      <div class="theatre" ref={theatre}>
        <div class="address" title={address}>
          <span class="address-text">{address.replace(/^https?:\/\//, '') || '\u00a0'}</span>
        </div>
        <div class="picture" data-state={shown ? stateOf(shown) : 'opening'}>
          <Stage document={stage} size={shown?.size ?? null} onReady={(place) => setMakePlace(() => place)} />
          <button type="button" class="picture-button" tabIndex={-1} aria-label={words.playOrPause} onClick={toggle} />
          <Overlay
            shown={shown}
            lines={lines}
            live={live}
            watching={watching}
            next={next}
            following={following !== undefined}
            onNext={() => owner?.onVisit(next?.session)}
          />
        </div>
        {shown ? (
          <>
            <Timebar {...{ shown, lines, failures }} onSeek={seek} />
            <Controls
              {...{ shown, live, tab, full }}
              onPlay={toggle}
              onStep={(ms) => seek(time + ms)}
              onSpeed={(speed) => change({ speed })}
              onSkip={(skip) => change({ skip })}
              onTab={setTab}
              onFull={fullscreen}
              onLive={latest}
            />
          </>
        ) : (
          <div class="controls-place" aria-hidden="true" />
        )}
      </div>

      <aside class="player-side" aria-label={words.visit}>
        {detail && (
          <Visitor
            visit={detail.visit}
            recorded={detail}
            timezone={timezone}
            flag={stage === undefined}
            {...(owner && { more: owner.visit })}
          />
        )}
        <div class="side-head">
          {said.any ? (
            <Tabs
              label={words.beside}
              tabs={SIDES.map((id) => ({ id, label: words.sides[id] }))}
              current={side}
              controls="player-side"
              onPick={(id) => setSide(id as Side)}
            />
          ) : (
            <h2>{words.sides.story}</h2>
          )}
          {side === 'story' && <span class="side-sum">{detail && sumOf(detail)}</span>}
          {owner && (
            <button type="button" class="side-note" title={words.noteTitle} onClick={note}>
              {words.note}
            </button>
          )}
        </div>
        <div id="player-side" class="side-panel">
          {detail && side === 'story' && (
            <StoryList lines={lines} from={from} time={time} onSeek={seek} onDeleteNote={owner?.onDeleteNote} />
          )}
          {side === 'logs' && <LogList logs={said.all} from={from} time={time} onSeek={seek} />}
        </div>
      </aside>

      {dialog === 'keys' && <KeyList onClose={() => setDialog(null)} />}
      {dialog === 'delete' && owner && <AskDelete onClose={() => setDialog(null)} onDelete={owner.onDelete} />}
      {dialog === 'forget' && owner?.forgetting?.(() => setDialog(null))}
      {dialog === 'share' && owner?.sharing(() => setDialog(null))}
      {dialog === 'note' && owner?.noting(time, (time - from) / 1000, () => setDialog(null))}
    </main>
  );
}

/** In one word, for styles and tests. */
function stateOf({ phase, opening, waiting, ended, playing, following }: Shown): string {
  if (phase !== 'ready') return phase;
  if (opening || waiting) return opening ? 'opening' : 'waiting';
  if (ended) return 'ended';
  if (following) return 'live';
  return playing ? 'playing' : 'paused';
}

/** 8 clicks · 1 error · 2 rage clicks. */
function sumOf(replay: Played): string {
  return (['clicks', ...FRICTION] as const)
    .flatMap((kind) => (replay[kind] ? [counts[kind](replay[kind])] : []))
    .join(' · ');
}

/** `?t=83` of the address, in milliseconds; of `?t=live` there is no end. */
function startOf(): number {
  const t = new URLSearchParams(place().search).get('t');
  const seconds = Number(t);
  if (t === LIVE) return Number.POSITIVE_INFINITY;
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

/** This address at a moment: seconds, or as it happens. */
function withTime(t: string): string {
  const { path, search } = place();
  const kept = search
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair && !pair.startsWith('t='));
  if (t !== '0') kept.push(`t=${t}`);
  return (kept.length ? `${path}?${kept.join('&')}` : path) + location.hash;
}
