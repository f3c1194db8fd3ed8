import type { eventWithTime } from '@rrweb/types';
import { type Log, logsOf } from './logs.ts';

/** What a chunk says apart from its picture; small, so that it is kept for the whole visit while the events are not. */
export interface Facts {
  /** Moments at which the visitor did something (moved, clicked, scrolled, typed), `DONE_MS` apart. */
  done: number[];
  moments: Moment[];
  /** What scripts said and asked for. */
  logs: Log[];
}

export interface Moment {
  /** Milliseconds since 1970, server clock. */
  time: number;
  kind:
    | 'page'
    | 'click'
    | 'rage_click'
    | 'dead_click'
    | 'error'
    | 'gap'
    | 'quick_back'
    | 'abandoned_form'
    | 'slow_interaction'
    | 'unstyled';
  /** The page's address; the label of what was clicked; the error's message; why there is a gap. */
  text: string;
  /** Of a click: rrweb's id of what was clicked. */
  node?: number;
}

// rrweb's numbers; its enums would be values, and load the library.
const FULL_SNAPSHOT = 2;
const INCREMENTAL = 3;
const META = 4;
const CUSTOM = 5;
const MUTATION = 0;
const MOUSE_INTERACTION = 2;
const CLICK = 2;
/** MouseMove, MouseInteraction, Scroll, Input, TouchMove, MediaInteraction, Drag, Selection. */
const BY_HAND = new Set([1, 2, 3, 5, 6, 7, 12, 14]);

/** Nearer to each other, two deeds are one: nobody looks for inactivity this short. */
const DONE_MS = 500;

interface Node {
  id: number;
  type: number;
  tagName?: string;
  attributes?: Record<string, unknown>;
  textContent?: string;
  childNodes?: Node[];
}

/** What is worth naming when it is clicked. */
const NAMED = new Set(['a', 'button', 'input', 'select', 'textarea', 'label', 'summary', 'option', 'img']);
const LABEL_CHARS = 60;

/** Labels of one strip's clickable nodes and of what is in them, by rrweb's node id, which is never given twice. */
export type Labels = Map<number, string>;

/** @param skew added to rrweb's timestamps */
export function facts(events: eventWithTime[], skew: number, labels: Labels): Facts {
  const done: number[] = [];
  const moments: Moment[] = [];
  const logs: Log[] = [];
  for (const event of events) {
    const time = event.timestamp + skew;
    const say = (kind: Moment['kind'], text: string) => moments.push({ time, kind, text });
    const data = event.data as Record<string, unknown>;
    switch (event.type as number) {
      case META:
        if (typeof data.href === 'string') say('page', data.href);
        break;
      case FULL_SNAPSHOT:
        name(data.node as Node, labels, '');
        break;
      case CUSTOM:
        custom(String(data.tag), data.payload, say);
        logs.push(...logsOf(String(data.tag), data.payload, time, skew));
        break;
      case INCREMENTAL:
        if (BY_HAND.has(data.source as number) && time - (done.at(-1) ?? 0) >= DONE_MS) done.push(time);
        if (data.source === MUTATION)
          for (const { parentId, node } of (data.adds ?? []) as { parentId: number; node: Node }[])
            name(node, labels, labels.get(parentId) ?? '');
        if (data.source === MOUSE_INTERACTION && data.type === CLICK) {
          const node = data.id as number;
          moments.push({ time, kind: 'click', text: labels.get(node) ?? '', node });
        }
    }
  }
  return { done, moments, logs };
}

const MARKS = new Set([
  'rage_click',
  'dead_click',
  'error',
  'gap',
  'quick_back',
  'abandoned_form',
  'slow_interaction',
  'unstyled',
]);

/** What our recorder says besides rrweb. */
function custom(tag: string, payload: unknown, say: (kind: Moment['kind'], text: string) => void): void {
  const given = (payload ?? {}) as Record<string, unknown>;
  const text = String(given.message ?? given.url ?? given.reason ?? (given.ms ? `${given.ms} ms` : given.field) ?? '');
  if (tag === 'navigation') say('page', text);
  else if (MARKS.has(tag)) say(tag as Moment['kind'], text);
}

/** Writes down labels of a new subtree; what is inside something clickable goes by its label. */
function name(node: Node, labels: Labels, inherited: string): void {
  const own = node.tagName && NAMED.has(node.tagName) ? label(node) : '';
  const text = own || inherited;
  if (text) labels.set(node.id, text);
  for (const child of node.childNodes ?? []) name(child, labels, text);
}

function label({ tagName, attributes = {}, ...node }: Node): string {
  const kind = { input: 'field', select: 'choice', textarea: 'field' }[tagName ?? ''];
  const words = [
    attributes['aria-label'],
    kind ? null : textOf(node),
    attributes.alt,
    attributes.title,
    attributes.placeholder,
    attributes.type === 'submit' ? attributes.value : null,
    kind ? attributes.name : null,
    kind,
  ];
  const first = words.find((word) => typeof word === 'string' && word.trim());
  const clean = String(first ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return clean.length > LABEL_CHARS ? `${clean.slice(0, LABEL_CHARS - 1)}…` : clean;
}

function textOf({ textContent, childNodes = [] }: Omit<Node, 'tagName' | 'attributes'>): string {
  return textContent ?? childNodes.map(textOf).join(' ');
}
