import type { NoteJson, ReplayChunkJson, ReplayDetail } from '../../contract/api.ts';
import type { Friction } from '../../contract/replay.ts';
import type { GapReason } from '../../contract/wire.ts';
import { PAGEVIEW } from '../../contract/wire.ts';
import { counts } from '../words/counts.ts';
import { story as words } from '../words/story.ts';
import { lengthOf } from './cuts.ts';
import type { Facts, Moment } from './facts.ts';
import type { Scene, Span, Timeline } from './timeline.ts';
import type { Played } from './use-detail.ts';

/** One line of the visit's story. */
export interface Line {
  time: number;
  kind: Moment['kind'] | 'event' | 'lost' | 'note';
  title: string;
  /** Said smaller, below or behind. */
  detail: string;
  /** An `event`'s properties. */
  props: [string, string][];
  /** A note's id. */
  note?: number;
}

/**
 * What happened in a visit, in order: its page views and events as they were counted, and what the recording knows
 * besides. Of chunks that nobody has looked into yet only the signals are known, at the chunk's beginning.
 */
export function story(
  { events, visit }: Pick<Played, 'events' | 'visit'>,
  line: Timeline,
  factsOf: (chunk: ReplayChunkJson) => Facts | undefined,
  lost: Span[],
  notes: NoteJson[] = [],
): Line[] {
  const { strips, from, to } = line;
  const lines = counted(events).map((told, i) => {
    const event = events[i] as Counted;
    return { ...told, time: Math.max(from, Math.min(to, told.kind === 'page' ? shownFrom(line, event) : told.time)) };
  });
  for (const strip of strips) {
    let page = '';
    for (const chunk of strip.chunks) {
      const known = factsOf(chunk);
      if (!known) {
        lines.push(...guessed(chunk));
        continue;
      }
      for (const moment of known.moments) {
        if (moment.kind !== 'page') lines.push(told(moment));
        // Each full snapshot says its address again; the counted page views tell it better where there are any.
        else if (moment.text !== page && !visit) lines.push({ ...told(moment), title: path(moment.text), detail: '' });
        if (moment.kind === 'page') page = moment.text;
      }
    }
  }
  for (const span of lost)
    lines.push({ ...bare(span.from, 'lost'), title: words.missing(lengthOf(span)), detail: words.missingText });
  for (const { id, time, text, who } of notes)
    lines.push({ ...bare(time, 'note'), title: text, detail: who ?? '', note: id });
  return together(lines.sort((a, b) => a.time - b.time));
}

type Counted = ReplayDetail['events'][number];

/** Page views and events as they were counted, whether anything is recorded of them or not. */
export function counted(events: Counted[]): Line[] {
  return events.map(({ time, name, page, props, goals = [] }) => ({
    ...bare(time, name === PAGEVIEW ? 'page' : 'event'),
    title: name === PAGEVIEW ? page : name,
    detail: name === PAGEVIEW ? '' : page,
    props: [
      ...Object.entries(props ?? {}).map(([key, value]): [string, string] => [key, String(value)]),
      ...goals.map((goal): [string, string] => [words.goal, goal]),
    ],
  }));
}

/** A page is counted before its picture is taken: within so long, the picture's moment is the page's. */
const PICTURE_MS = 5_000;

function shownFrom({ scenes }: Timeline, { time, page }: Counted): number {
  const fits = ({ from, strip }: Scene) =>
    from >= time && from - time < PICTURE_MS && URL.parse(strip.chunks[0]?.url ?? '')?.pathname === page;
  return scenes.find(fits)?.from ?? time;
}

/** Clicks on one thing within so long are one line. */
const BURST_MS = 2_000;

function together(lines: Line[]): Line[] {
  const told: (Line & { times: number; last: number })[] = [];
  for (const line of lines) {
    const same = told.findLast((one) => one.kind === 'click');
    const after = same ? told.slice(told.indexOf(same) + 1) : [];
    const onlyFriction = after.every(({ kind }) => kind === 'rage_click' || kind === 'dead_click');
    if (line.kind === 'click' && same?.detail === line.detail && line.time - same.last < BURST_MS && onlyFriction) {
      same.times += 1;
      same.last = line.time;
      same.title = counts.clicks(same.times);
    } else told.push({ ...line, times: 1, last: line.time });
  }
  return told;
}

/** The address shown at a moment: the strip's last one by then. */
export function addressAt(
  { strips }: Timeline,
  stream: number | undefined,
  time: number,
  factsOf: (chunk: ReplayChunkJson) => Facts | undefined,
): string {
  const chunks = strips.find((strip) => strip.stream === stream)?.chunks ?? [];
  let address = chunks[0]?.url ?? '';
  for (const chunk of chunks) {
    if (chunk.from > time) break;
    address = chunk.url;
    for (const moment of factsOf(chunk)?.moments ?? [])
      if (moment.kind === 'page' && moment.time <= time) address = moment.text;
  }
  return address;
}

/** Index of the line that is being shown: the last one begun; -1 before the first. */
export function current(lines: Line[], time: number): number {
  return lines.findLastIndex((line) => line.time <= time);
}

/** `/cart?x=1` of a whole address; anything else as it is. */
function path(address: string): string {
  const url = URL.parse(address);
  return url ? url.pathname + url.search + url.hash : address;
}

function told({ time, kind, text }: Moment): Line {
  const detail = { gap: words.gaps[text as GapReason] ?? '', unstyled: words.unstyledText }[kind as 'gap'] ?? text;
  return { ...bare(time, kind), title: kind === 'page' ? '' : words.titles[kind], detail };
}

function guessed({ from, signals }: ReplayChunkJson): Line[] {
  const lines: Line[] = [];
  const some = (signal: Friction, kind: keyof typeof words.titles) => {
    const n = signals?.[signal] ?? 0;
    if (n) lines.push({ ...bare(from, kind), title: n > 1 ? counts[signal](n) : words.titles[kind] });
  };
  some('rage_clicks', 'rage_click');
  some('errors', 'error');
  some('quick_backs', 'quick_back');
  some('abandoned_forms', 'abandoned_form');
  some('slow_interactions', 'slow_interaction');
  return lines;
}

function bare(time: number, kind: Line['kind']): Line {
  return { time, kind, title: '', detail: '', props: [] };
}
