import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ReplayDetail } from '../../contract/api.ts';
import { api } from '../api.ts';
import { clock, exact } from '../format.ts';
import { back, go, place } from '../router.ts';
import { useKeys } from '../ui/keys.ts';
import { Menu } from '../ui/menu.tsx';
import { toast } from '../ui/toast.tsx';
import { AskDelete, KeyList } from './asides.tsx';
import { Controls, SPEEDS } from './controls.tsx';
import type { Shown } from './director.ts';
import { Icon } from './icons.tsx';
import { Overlay } from './overlay.tsx';
import { isPlayingAll, useQueue } from './queue.ts';
import { readSettings, writeSettings } from './settings.ts';
import { type MakePlace, Stage } from './stage.tsx';
import { addressAt, story } from './story.ts';
import { StoryList } from './story-list.tsx';
import { Timebar } from './timebar.tsx';
import { holes, timeline } from './timeline.ts';
import { useDirector } from './use-director.ts';
import { Visitor } from './visitor.tsx';

interface Props {
  /** `/sites/1` */
  base: string;
  /** All recordings, with the range and the filters of the address. */
  all: string;
  /** Its range and filters, with `?`. */
  scope: string;
  domain: string;
  timezone: string;
  detail: ReplayDetail | undefined;
  live: boolean;
}

/** Between two visits of a queue that plays by itself: time to look up, or to stay. */
const BETWEEN_MS = 2_500;

/** Picture, controls and story of one recording. */
export function Theatre({ base, all, scope, domain, timezone, detail, live }: Props) {
  const [tab, setTab] = useState<number>();
  const [makePlace, setMakePlace] = useState<MakePlace | null>(null);
  const [settings, setSettings] = useState(readSettings);
  const [full, setFull] = useState(false);
  const [dialog, setDialog] = useState<'keys' | 'delete' | null>(null);
  const theatre = useRef<HTMLDivElement>(null);

  const line = useMemo(() => (detail ? timeline(detail.chunks, tab) : null), [detail, tab]);
  const start = useMemo(startOf, []);
  const api_ = `/api/v1${base}/replays/${detail?.session ?? ''}`;
  const { shown, director } = useDirector({ base: api_, line, place: makePlace, start, settings });

  const lines = useMemo(() => {
    const at = director.current;
    if (!detail || !line) return [];
    const gone = [...(shown?.lost ?? []), ...line.strips.flatMap(holes)];
    return story(detail, line, (chunk) => at?.factsOf(chunk), gone);
  }, [detail, line, shown?.known, shown?.lost]);

  const time = shown?.time ?? line?.from ?? 0;
  const from = line?.from ?? 0;
  const stream = line?.scenes.findLast((scene) => scene.from <= time)?.strip.stream;
  const address = line ? addressAt(line, stream, time, (chunk) => director.current?.factsOf(chunk)) : '';

  const queue = useQueue(base.slice('/sites/'.length), detail?.session ?? 0, scope);
  // In the place of this one: back is where the first of them was opened from.
  const visit = (session: number | undefined) => session && go(`${base}/replays/${session}${scope}`, { replace: true });
  const ended = shown?.ended === true && !live;
  const following = isPlayingAll(scope) && ended ? queue.next?.session : undefined;
  useEffect(() => {
    if (!following) return;
    const timer = setTimeout(() => visit(following), BETWEEN_MS);
    return () => clearTimeout(timer);
  }, [following]);

  const keep = useCallback((moment: number) => go(withTime(moment), { replace: true }), []);
  const seek = (to: number) => {
    if (!line) return;
    const at = Math.max(line.from, Math.min(line.to, to));
    director.current?.seek(at);
    keep((at - line.from) / 1000);
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
    done?.catch(() => toast('This browser does not allow full screen here.'));
  };
  const share = () => {
    const url = new URL(withTime((time - from) / 1000), location.href);
    navigator.clipboard.writeText(url.href).then(
      () => toast(`Link to ${clock((time - from) / 1000)} copied`),
      () => toast('The browser did not let us copy.', { bad: true }),
    );
  };

  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement === theatre.current);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, []);
  useEffect(() => {
    document.title = `${domain || 'Footfall'} · Recording`;
  }, [domain]);

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
    End: () => seek(line?.to ?? 0),
    '<': () => faster(-1),
    '>': () => faster(1),
    s: () => change({ skip: !settings.skip }),
    f: fullscreen,
    n: () => visit(queue.next?.session),
    p: () => visit(queue.previous?.session),
    '?': () => setDialog('keys'),
  });

  const remove = async () => {
    await api('DELETE', `${base}/replays/${detail?.session}`);
    toast('Recording deleted');
    back(all);
  };

  return (
    <main class="player">
      <header class="player-top">
        <button type="button" class="button quiet icon" aria-label="Back" title="Back" onClick={() => back(all)}>
          <Icon name="left" />
        </button>
        <h1 class="player-title">
          <span class="player-domain">{domain || '\u00a0'}</span>
          {queue.place > 0 && (
            <span class="muted player-place">
              {queue.place} of {queue.total}
            </span>
          )}
        </h1>
        <button
          type="button"
          class="button"
          disabled={!queue.previous}
          aria-label="Previous visit"
          title="Previous visit (P)"
          onClick={() => visit(queue.previous?.session)}
        >
          <Icon name="previous" />
          <span class="wide">Previous</span>
        </button>
        <button
          type="button"
          class="button"
          disabled={!queue.next}
          aria-label="Next visit"
          title="Next visit (N)"
          onClick={() => visit(queue.next?.session)}
        >
          <span class="wide">Next visit</span>
          <Icon name="next" />
        </button>
        <button
          type="button"
          class="button icon player-share"
          aria-label="Copy a link to this moment"
          title="Copy a link to this moment"
          onClick={share}
        >
          <Icon name="link" />
        </button>
        <Menu
          class="button icon"
          align="end"
          name="More"
          label={<Icon name="more" />}
          items={[
            { label: 'Copy a link to this moment', onPick: share },
            { label: 'Keyboard shortcuts', hint: '?', onPick: () => setDialog('keys') },
            { label: 'Delete this recording…', divided: true, onPick: () => setDialog('delete') },
          ]}
        />
      </header>

      <div class="theatre" ref={theatre}>
        <div class="address" title={address}>
          <span class="address-text">{address.replace(/^https?:\/\//, '') || '\u00a0'}</span>
        </div>
        <div class="picture" data-state={shown ? stateOf(shown) : 'opening'}>
          <Stage size={shown?.size ?? null} onReady={(place) => setMakePlace(() => place)} />
          <button type="button" class="picture-button" tabIndex={-1} aria-label="Play or pause" onClick={toggle} />
          <Overlay
            shown={shown}
            lines={lines}
            live={live}
            next={queue.next}
            following={following !== undefined}
            onNext={() => visit(queue.next?.session)}
          />
        </div>
        {shown ? (
          <>
            <Timebar shown={shown} lines={lines} onSeek={seek} />
            <Controls
              {...{ shown, live, tab, full }}
              onPlay={toggle}
              onStep={(ms) => seek(time + ms)}
              onSpeed={(speed) => change({ speed })}
              onSkip={(skip) => change({ skip })}
              onTab={setTab}
              onFull={fullscreen}
              onLive={() => seek(line?.to ?? 0)}
            />
          </>
        ) : (
          <div class="controls-place" aria-hidden="true" />
        )}
      </div>

      <aside class="player-side" aria-label="The visit">
        {detail && <Visitor visit={detail.visit} recorded={detail} timezone={timezone} />}
        <h2 class="side-head">
          Story <span class="side-sum">{detail && sumOf(detail)}</span>
        </h2>
        {detail && <StoryList lines={lines} from={from} time={time} onSeek={seek} />}
      </aside>

      {dialog === 'keys' && <KeyList onClose={() => setDialog(null)} />}
      {dialog === 'delete' && <AskDelete onClose={() => setDialog(null)} onDelete={remove} />}
    </main>
  );
}

/** In one word, for styles and tests. */
function stateOf({ phase, opening, waiting, ended, playing }: Shown): string {
  if (phase !== 'ready') return phase;
  if (opening || waiting) return opening ? 'opening' : 'waiting';
  if (ended) return 'ended';
  return playing ? 'playing' : 'paused';
}

/** 8 clicks · 1 error · 2 rage clicks. */
function sumOf(replay: ReplayDetail): string {
  const { clicks, errors, rage_clicks, dead_clicks, quick_backs, abandoned_forms, slow_interactions } = replay;
  const some = (n: number, one: string) => (n ? [`${exact(n)} ${one}${n === 1 ? '' : 's'}`] : []);
  const all = [
    some(clicks, 'click'),
    some(errors, 'error'),
    some(rage_clicks, 'rage click'),
    some(dead_clicks, 'dead click'),
    some(quick_backs, 'quick back'),
    some(abandoned_forms, 'abandoned form'),
    some(slow_interactions, 'slow interaction'),
  ];
  return all.flat().join(' · ');
}

/** `?t=83` of the address, in milliseconds. */
function startOf(): number {
  const seconds = Number(new URLSearchParams(place().search).get('t'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

/** This address at a moment, in seconds. */
function withTime(seconds: number): string {
  const { path, search } = place();
  const kept = search
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair && !pair.startsWith('t='));
  const t = Math.floor(seconds);
  if (t > 0) kept.push(`t=${t}`);
  return kept.length ? `${path}?${kept.join('&')}` : path;
}
