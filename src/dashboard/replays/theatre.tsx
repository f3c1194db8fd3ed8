import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { ReplayChunkJson } from '../../contract/api.ts';
import { clock } from '../format.ts';
import { go } from '../router.ts';
import { useKeys } from '../ui/keys.ts';
import { toast } from '../ui/toast.tsx';
import { player as words } from '../words/player.ts';
import { AskDelete, KeyList } from './asides.tsx';
import type { Load } from './chunks.ts';
import { Controls, SPEEDS } from './controls.tsx';
import { cuts } from './cuts.ts';
import { LIVE, startOf, withTime } from './deep-link.ts';
import { logs } from './logs.ts';
import { Overlay } from './overlay.tsx';
import type { Owner } from './owner.ts';
import { PlayerSide } from './player-side.tsx';
import { PlayerTop } from './player-top.tsx';
import { readSettings, writeSettings } from './settings.ts';
import { stateOf } from './shown.ts';
import { type MakePlace, Stage } from './stage.tsx';
import { addressAt, story } from './story.ts';
import { Timebar } from './timebar.tsx';
import { timeline } from './timeline.ts';
import type { Played } from './use-detail.ts';
import { useDirector } from './use-director.ts';
import { useFullScreen } from './use-full-screen.ts';
import type { Watching } from './use-watching.ts';

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

/** Between two visits of a queue that plays by itself: time to look up, or to stay. */
const BETWEEN_MS = 2_500;

/** Picture, controls and story of one recording. */
export function Theatre({ load, domain, timezone, detail, live, watching, owner, about, stage }: Props) {
  const [tab, setTab] = useState<number>();
  const [makePlace, setMakePlace] = useState<MakePlace | null>(null);
  const [settings, setSettings] = useState(readSettings);
  const [dialog, setDialog] = useState<'keys' | 'delete' | 'forget' | 'share' | 'note' | null>(null);
  const fullScreen = useFullScreen(() => toast(words.noFullScreen));

  const line = useMemo(() => (detail ? timeline(detail.chunks, tab) : null), [detail, tab]);
  const start = useMemo(startOf, []);
  const edge = (live && watching?.edge) || null;
  const { shown, director } = useDirector({ load, line, place: makePlace, start, edge, live, settings });

  const factsOf = (chunk: ReplayChunkJson) => director.current?.factsOf(chunk);
  const missing = useMemo(
    () => (line ? cuts(line, factsOf, shown?.lost ?? []) : []),
    [line, shown?.known, shown?.lost],
  );
  const lines = useMemo(() => {
    if (!detail || !line) return [];
    const lost = missing.filter(({ why }) => why === 'lost');
    return story(detail, line, factsOf, lost, owner?.notes);
  }, [detail, line, shown?.known, missing, owner?.notes]);

  const said = useMemo(() => (line ? logs(line, factsOf) : { all: [], any: false }), [line, shown?.known]);
  // An error that nobody caught has its own mark.
  const failures = useMemo(() => said.all.filter(({ level, uncaught }) => level === 'error' && !uncaught), [said]);

  const time = shown?.time ?? line?.from ?? 0;
  const from = line?.from ?? 0;
  const stream = line?.scenes.findLast((scene) => scene.from <= time)?.strip.stream;
  const address = line ? addressAt(line, stream, time, factsOf) : '';

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
  const share = () => {
    const url = new URL(withTime(String(Math.floor((time - from) / 1000))), location.href);
    navigator.clipboard.writeText(url.href).then(
      () => toast(words.linkCopied(clock((time - from) / 1000))),
      () => toast(words.notCopied, { bad: true }),
    );
  };

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
    f: fullScreen.toggle,
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

      <div class="theatre" ref={fullScreen.ref}>
        <div class="address" title={address}>
          <span class="address-text">{address.replace(/^https?:\/\//, '') || '\u00a0'}</span>
        </div>
        <div class="picture" data-state={shown ? stateOf(shown) : 'opening'}>
          <Stage
            document={stage}
            hosts={detail?.picture_hosts}
            size={shown?.size ?? null}
            onReady={(place) => setMakePlace(() => place)}
          />
          <button type="button" class="picture-button" tabIndex={-1} aria-label={words.playOrPause} onClick={toggle} />
          <Overlay
            shown={shown}
            lines={lines}
            cuts={missing}
            live={live}
            watching={watching}
            next={next}
            following={following !== undefined}
            onNext={() => owner?.onVisit(next?.session)}
          />
        </div>
        {shown ? (
          <>
            <Timebar {...{ shown, lines, failures }} cuts={missing} onSeek={seek} />
            <Controls
              {...{ shown, live, tab }}
              full={fullScreen.full}
              onPlay={toggle}
              onStep={(ms) => seek(time + ms)}
              onSpeed={(speed) => change({ speed })}
              onSkip={(skip) => change({ skip })}
              onTab={setTab}
              onFull={fullScreen.toggle}
              onLive={latest}
            />
          </>
        ) : (
          <div class="controls-place" aria-hidden="true" />
        )}
      </div>

      <PlayerSide
        {...{ detail, lines, logs: said, time, from, timezone, owner }}
        flag={stage === undefined}
        onSeek={seek}
        onNote={note}
      />

      {dialog === 'keys' && <KeyList onClose={() => setDialog(null)} />}
      {dialog === 'delete' && owner && <AskDelete onClose={() => setDialog(null)} onDelete={owner.onDelete} />}
      {dialog === 'forget' && owner?.forgetting?.(() => setDialog(null))}
      {dialog === 'share' && owner?.sharing(() => setDialog(null))}
      {dialog === 'note' && owner?.noting(time, (time - from) / 1000, () => setDialog(null))}
    </main>
  );
}
