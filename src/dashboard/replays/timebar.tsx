import { useRef, useState } from 'preact/hooks';
import { clock } from '../format.ts';
import { player as words } from '../words/player.ts';
import { type Cut, cutAt, cutWords } from './cuts.ts';
import type { Log } from './logs.ts';
import { places } from './marks.ts';
import type { Shown } from './shown.ts';
import type { Line } from './story.ts';
import { secondsOf } from './timeline.ts';

interface Props {
  shown: Shown;
  lines: Line[];
  cuts: Cut[];
  /** What failed in console and requests. */
  failures: Log[];
  onSeek: (time: number) => void;
}

const STEPS: Record<string, number> = { PageUp: 30_000, PageDown: -30_000, ArrowUp: 5_000, ArrowDown: -5_000 };

/** From one mark to the one beside it. */
const MARK_PX = 9;

/** The visit from end to end: pages as segments, inactivity hatched, marks for what happened; click or drag to go there. */
export function Timebar({ shown, lines, cuts, failures, onSeek }: Props) {
  const { line, time, idle } = shown;
  const bar = useRef<HTMLDivElement>(null);
  const [hover, setHover] = useState<number | null>(null);
  const [drag, setDrag] = useState<number | null>(null);
  const length = Math.max(1, line.to - line.from);
  const at = drag ?? time;
  const share = (moment: number) => `${(Math.max(0, Math.min(1, (moment - line.from) / length)) * 100).toFixed(3)}%`;
  const span = (one: { from: number; to: number }) => ({
    left: share(one.from),
    width: `${((Math.max(0, one.to - one.from) / length) * 100).toFixed(3)}%`,
  });
  const under = (event: PointerEvent) => {
    const box = bar.current?.getBoundingClientRect();
    if (!box) return line.from;
    return line.from + Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * length;
  };
  const marks = [
    ...failures.map(({ time, text, detail }) => ({ time, kind: 'failure', title: text, detail: `${text} ${detail}` })),
    ...lines,
  ];
  const beside = places(marks, length / 60);
  const near =
    hover === null
      ? undefined
      : marks
          .filter((one) => Math.abs(one.time - hover) < length / 80)
          .sort((a, b) => Math.abs(a.time - hover) - Math.abs(b.time - hover))[0];

  const cut = hover === null ? undefined : cuts.find(({ from, to }) => from <= hover && hover < to);
  const told = cutAt(cuts, at);

  return (
    <div
      ref={bar}
      class={drag === null ? 'timebar' : 'timebar dragging'}
      role="slider"
      tabIndex={0}
      aria-label={words.time}
      aria-valuemin={0}
      aria-valuemax={Math.round(length / 1000)}
      aria-valuenow={Math.round((at - line.from) / 1000)}
      aria-valuetext={[words.timeOf(clock((at - line.from) / 1000), clock(secondsOf(line))), told && sayCut(told)]
        .filter(Boolean)
        .join('. ')}
      onKeyDown={(event) => {
        const step = STEPS[event.key];
        if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        onSeek(time + step);
      }}
      onPointerDown={(event) => {
        if (event.button) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag(under(event));
      }}
      onPointerMove={(event) => {
        const moment = under(event);
        setHover(moment);
        if (drag !== null) setDrag(moment);
      }}
      onPointerUp={(event) => {
        if (drag === null) return;
        setDrag(null);
        onSeek(under(event));
      }}
      onPointerCancel={() => setDrag(null)}
      onPointerLeave={() => setHover(null)}
    >
      <div class="timebar-track">
        {line.scenes.map((scene) => (
          <i key={scene.from} class="timebar-scene" style={span(scene)} />
        ))}
        <i class="timebar-done" style={{ width: share(at) }} />
        {idle.map((one) => (
          <i key={one.from} class="timebar-idle" style={span(one)} />
        ))}
        {cuts.map((one) => (
          <i key={`${one.from} ${one.why}`} class="timebar-cut" data-why={one.why} style={span(one)} />
        ))}
      </div>
      <div class="timebar-marks" aria-hidden="true">
        {marks.map((one, i) => (
          <i
            key={i}
            class="mark"
            data-kind={one.kind}
            style={{ left: share(one.time), translate: `${(beside[i] ?? 0) * MARK_PX}px` }}
          />
        ))}
      </div>
      <i class="timebar-head" style={{ left: share(at) }} />
      {hover !== null && (
        <output class="timebar-tip" style={{ left: share(hover) }}>
          {clock((hover - line.from) / 1000)}
          {cut ? (
            <span class="muted"> {sayCut(cut)}</span>
          ) : (
            near && <span class="muted"> {near.detail || near.title}</span>
          )}
        </output>
      )}
    </div>
  );
}

function sayCut(cut: Cut): string {
  const { title, why } = cutWords(cut);
  return why ? `${title}. ${why}` : title;
}
