import { useEffect, useRef, useState } from 'preact/hooks';
import type { AnnotationJson, SiteJson } from '../../contract/api.ts';
import type { TimeDimension } from '../../contract/words.ts';
import { inBuckets } from '../annotations/annotations.ts';
import type { Opened } from '../annotations/annotations-dialog.tsx';
import { Flags } from '../annotations/flags.tsx';
import type { Data } from '../data.ts';
import { exact, short } from '../format.ts';
import { go } from '../router.ts';
import { briefly } from '../ui/error-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { overview as words } from '../words/overview.tsx';
import type { Answered } from './ask.ts';
import {
  area,
  axisLabel,
  begun,
  bucketName,
  clockTicks,
  labelled,
  labelledMinutes,
  line,
  lines,
  type Point,
  ticks,
  zoomed,
} from './chart-maths.ts';
import { valueText } from './numbers.tsx';
import { dayIn } from './ranges.ts';
import { printView, show, type View } from './view.ts';

interface Props {
  site: SiteJson;
  view: View;
  /** The series of the chosen metric. */
  series: Data<Answered>;
  /** Which of the answer's metrics is drawn. */
  index: number;
  /** What its number counts: "visitors", or the goal's name. */
  label: string;
  /** What is looked at in it: each point opens the visits of its time. */
  behind: View;
  base: string;
  annotations: AnnotationJson[];
  /** Opens the annotations of a point. */
  onAnnotate: (opened: Opened) => void;
}

const TOP = 16;
const FLOOR = 28;
const EDGE = 20;
const RIGHT = 20;

/** The chosen number over time, the period before dotted behind it. */
export function Chart({ series, ...shown }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [{ width, height }, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { data, stale, error } = series;
  return (
    <div class="chart" ref={box} aria-busy={stale ? 'true' : undefined}>
      {data && width > 0 && <Drawing {...shown} answer={data} width={width} height={height} />}
      {!data && error && <p class="chart-note">{briefly(error)}</p>}
    </div>
  );
}

interface DrawingProps extends Omit<Props, 'series'> {
  answer: Answered;
  width: number;
  height: number;
}

function Drawing({
  site,
  view,
  answer,
  index,
  label,
  behind,
  base,
  annotations,
  onAnnotate,
  width,
  height,
}: DrawingProps) {
  const [at, setAt] = useState<number | null>(null);
  const [drag, setDrag] = useState<number | null>(null);
  const reader = useRef<HTMLDivElement>(null);
  const { results, query, meta } = answer;
  const unit = (query.dimensions[0] ?? 'time:day') as TimeDimension;
  const labels = results.map((row) => row.dimensions[0] ?? '');
  const now = Date.now();
  const here = begun(labels, site.timezone, now);
  const newest = Math.max(0, here.lastIndexOf(true));
  const values = results.map((row, i) => (here[i] ? (row.metrics[index] ?? null) : null));
  const partial = new Set(meta.partial_time_labels);
  const before = view.compare ? results.map((row) => row.comparison?.metrics[index] ?? null) : [];

  const most = Math.max(0, ...values.map((n) => n ?? 0), ...before.map((n) => n ?? 0));
  const steps =
    view.metric === 'visit_duration' ? clockTicks(most) : ticks(most, 4, view.metric !== 'bounce_rate' || most > 4);
  const top = steps.at(-1) ?? 1;
  const count = labels.length;
  const LEFT = EDGE + 12 + 7.5 * Math.max(...steps.map((n) => tickText(view, n).length));
  const floor = height - FLOOR;
  const across = width - LEFT - RIGHT;
  const x = (i: number) => LEFT + (count > 1 ? (i / (count - 1)) * across : across / 2);
  const y = (n: number) => floor - (n / top) * (floor - TOP);
  const points = (list: (number | null)[]): (Point | null)[] =>
    list.map((n, i) => (n === null ? null : { x: x(i), y: y(n) }));
  const drawn = points(values);
  const [solid, dashed] = lines(
    drawn,
    labels.map((text) => !partial.has(text)),
  );
  const year = dayIn(site.timezone, now).slice(0, 4);
  const chosen = at === null ? null : Math.min(at, count - 1);
  const flags = inBuckets(annotations, labels, query.date_range);
  const annotate = (i: number) => {
    const text = labels[i] ?? '';
    onAnnotate({
      of: bucketName(text, unit, year),
      shown: (flags.get(i) ?? []).map(({ id }) => id),
      date: text.slice(0, 10),
      time: text.slice(11, 16) || null,
    });
  };

  const bucket = (event: PointerEvent) => {
    const left = (event.currentTarget as Element).getBoundingClientRect().left;
    const share = (event.clientX - left - LEFT) / across;
    return Math.max(0, Math.min(count - 1, Math.round(share * (count - 1))));
  };
  const zoom = (a: number, b: number) => {
    const range = zoomed(labels, a, b, unit, query.date_range);
    if (range) show(view, { range });
  };
  const drop = () => {
    setAt(null);
    setDrag(null);
  };
  const visitsOf = (i: number) => `${base}/visits${printView({ ...behind, bucket: { unit, label: labels[i] ?? '' } })}`;
  const visitsAt = query.metrics.indexOf('visits');
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = chosen ?? newest + 1;
    const to = { ArrowLeft: Math.max(0, from - 1), ArrowRight: Math.min(count - 1, from + 1), Home: 0, End: newest }[
      event.key
    ];
    if (to !== undefined) {
      // As in a text: Shift marks from where one was.
      setDrag(event.shiftKey ? (drag ?? chosen ?? to) : null);
      setAt(to);
    } else if (event.key === 'Enter' && chosen !== null && count > 1) {
      setDrag(null);
      zoom(drag ?? chosen, chosen);
    } else if (event.key === 'v' && chosen !== null) go(visitsOf(chosen));
    else if (event.key === 'n' && chosen !== null) annotate(chosen);
    else if (event.key === 'Escape' && chosen !== null) drop();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  /** The other range's bucket at the same place. */
  const otherBucket = (i: number) => {
    const label = results[i]?.comparison?.dimensions[0];
    return label ? bucketName(label, unit, year) : '';
  };
  const said = (i: number) => {
    const n = values[i];
    const text =
      n === null || n === undefined ? words.chart.nothingYet : `${valueText(view.metric, n)} ${noun(view, label)}`;
    return {
      text,
      when: bucketName(labels[i] ?? '', unit, year),
      before: before[i] ?? null,
      other: otherBucket(i),
      happened: (flags.get(i) ?? []).map((one) => one.text),
    };
  };
  const reading = chosen === null ? null : said(chosen);
  const spoken = sentence(reading ?? said(newest), view);
  const dragging = drag !== null && chosen !== null && drag !== chosen;
  // On a phone nearer to one another: two would be too few to tell a day by.
  const each = (width < 480 ? 60 : 92) + (unit === 'time:month' ? 8 : 0);
  const ends = unit === 'time:minute' ? labelledMinutes(labels, across, each) : labelled(count, across, each);

  return (
    <>
      <div
        class={dragging ? 'chart-plot dragging' : 'chart-plot'}
        role="slider"
        tabIndex={0}
        aria-label={words.chart.slider(label)}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, count - 1)}
        aria-valuenow={chosen ?? newest}
        aria-valuetext={dragging ? words.chart.marked(said(drag).when, spoken) : spoken}
        onKeyDown={keys}
        onBlur={(event) => {
          if (!reader.current?.contains(event.relatedTarget as Node | null)) drop();
        }}
        onPointerMove={(event) => setAt(bucket(event))}
        onPointerLeave={(event) => {
          if (event.pointerType === 'mouse' && drag === null) setAt(null);
        }}
        onPointerDown={(event) => {
          // A finger's tap reads out; it drags to scroll.
          if (event.pointerType !== 'mouse') setAt(bucket(event));
          if (event.pointerType !== 'mouse' || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag(bucket(event));
        }}
        onPointerUp={(event) => {
          if (drag === null) return;
          const end = bucket(event);
          setDrag(null);
          if (end !== drag) zoom(drag, end);
          else go(visitsOf(end));
        }}
        onPointerCancel={() => setDrag(null)}
      >
        <svg width={width} height={height} aria-hidden="true">
          <defs>
            <linearGradient id="chart-fill" x1="0" y1="0" x2="0" y2="1">
              <stop offset="0" class="fill-top" />
              <stop offset="1" class="fill-floor" />
            </linearGradient>
          </defs>
          {steps.map((n) => (
            <g key={n}>
              <line class="grid" x1={LEFT} x2={width - RIGHT} y1={y(n)} y2={y(n)} />
              <text class="tick" x={EDGE} y={y(n) + 4}>
                {tickText(view, n)}
              </text>
            </g>
          ))}
          {ends.map((i, n) => (
            <text
              key={i}
              class="tick"
              x={x(i)}
              y={height - 8}
              text-anchor={x(i) > width - RIGHT - 8 ? 'end' : 'middle'}
            >
              {axisLabel(labels[i] ?? '', unit, n === 0)}
            </text>
          ))}
          {dragging && (
            <rect
              class="chart-drag"
              x={Math.min(x(drag), x(chosen))}
              width={Math.abs(x(drag) - x(chosen))}
              y={TOP}
              height={floor - TOP}
            />
          )}
          <path class="before" d={line(points(before))} />
          <path class="surface" d={area(drawn, floor)} />
          <path class="now" d={solid} />
          <path class="now still-open" d={dashed} />
          {lone(drawn).map((point) => (
            <circle key={point.x} class="lone" cx={point.x} cy={point.y} r="3" />
          ))}
          {[...flags.keys()].map((i) => (
            <line key={i} class="flag-pole" x1={x(i)} x2={x(i)} y1={6} y2={floor} />
          ))}
          {chosen !== null && <line class="cursor" x1={x(chosen)} x2={x(chosen)} y1={TOP} y2={floor} />}
          {chosen !== null && drawn[chosen] && <circle class="dot" cx={drawn[chosen].x} cy={drawn[chosen].y} r="4.5" />}
        </svg>
      </div>
      <Flags
        flags={flags}
        x={x}
        name={(i) => bucketName(labels[i] ?? '', unit, year)}
        onOpen={annotate}
        onLook={setAt}
      />
      {reading && chosen !== null && (
        <div
          class={x(chosen) > width - 200 ? 'reading left' : 'reading'}
          style={{ left: `${x(chosen)}px`, top: `${Math.max(0, (drawn[chosen]?.y ?? TOP + 40) - 90)}px` }}
          ref={reader}
          aria-hidden="true"
        >
          <strong>{reading.text}</strong>
          <span>
            {reading.when}
            {reading.before !== null && (
              <>
                <br />
                {words.chart.before(valueText(view.metric, reading.before))} · {reading.other}
              </>
            )}
          </span>
          {reading.happened.map((text, i) => (
            <span key={i} class="reading-flag">
              {text}
            </span>
          ))}
          {values[chosen] !== null && (
            <a href={visitsOf(chosen)} tabIndex={-1}>
              {visitsAt < 0 ? words.chart.theVisits : words.chart.someVisits(results[chosen]?.metrics[visitsAt] ?? 0)}{' '}
              <Icon name="arrow" size={10} />
            </a>
          )}
        </div>
      )}
      <div class="sr">
        <table>
          <caption>{words.chart.overTime(label)}</caption>
          <thead>
            <tr>
              <th scope="col">{words.chart.time}</th>
              <th scope="col">{label}</th>
              {view.compare && <th scope="col">{words.chart.compared}</th>}
              {flags.size > 0 && <th scope="col">{words.chart.happened}</th>}
            </tr>
          </thead>
          <tbody>
            {labels.map((text, i) => (
              <tr key={text}>
                <th scope="row">{bucketName(text, unit, year)}</th>
                <td>{cell(view, values[i])}</td>
                {view.compare && <td>{cell(view, before[i])}</td>}
                {flags.size > 0 && <td>{said(i).happened.join('; ')}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Points without a neighbour, which a line can't show. */
function lone(points: (Point | null)[]): Point[] {
  return points.filter((point, i): point is Point => point !== null && !points[i - 1] && !points[i + 1]);
}

function cell(view: View, n: number | null | undefined): string {
  return n === null || n === undefined ? '–' : valueText(view.metric, n);
}

function tickText(view: View, n: number): string {
  return view.metric === 'bounce_rate' || view.metric === 'visit_duration'
    ? valueText(view.metric, n)
    : n < 10_000
      ? exact(n)
      : short(n);
}

/** What stands behind the number: nothing where the value says itself what it is. */
function noun(view: View, label: string): string {
  return view.metric === 'goal' ? label : words.counted[view.metric];
}

function sentence(said: { text: string; when: string; before: number | null; happened: string[] }, view: View): string {
  const before = said.before === null ? '' : `, ${words.chart.before(valueText(view.metric, said.before))}`;
  return [`${said.when}: ${said.text}${before}`, ...said.happened].join('. ');
}
