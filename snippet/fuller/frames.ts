import { type RrwebEvent, record } from '@rrweb/record';
import type { Signals } from '../../src/contract/wire.ts';
import { listen } from '../lib/listen.ts';
import type { Recorder } from './fuller.ts';

/** Ids of a frame's nodes are moved so far, with each whole picture of it further: those of a page never get there. */
const APART = 2 ** 32;
const IDS = /^(id|parentId|nextId|previousId|rootId|styleId)$/;

/** What pages say to each other. `ask` says nothing but that somebody records; `event` and `mark` go to one origin only. */
type Message =
  | { footfall: 'here' | 'ask' }
  | { footfall: 'event'; line: string }
  | { footfall: 'mark'; signal: keyof Signals; payload?: object | undefined };

interface Node {
  type: number;
  tagName?: string;
  needBlock?: boolean;
  id: number;
  rootId?: number;
  childNodes?: Node[];
}

/** Whether this page is in a frame of a page that it can't look into, nor that into it. */
const apartFromParent = (): boolean => {
  try {
    return window !== parent && !parent.document;
  } catch {
    return true;
  }
};

/**
 * Records frames of other origins of the site: each page in one records itself, masked by its own recorder, and hands what it
 * has to the page around it. Both make sure that the other one's host is of the site, by what the browser says it is.
 */
export function frames({ config, rules, on, emit, mark, picture, run }: Recorder) {
  const framed = apartFromParent();
  /** Origin of the page that records this one. */
  let above: string | undefined;
  const ids = new Set<number>();
  const bases = new WeakMap<Window, number>();
  const roots = new WeakMap<Window, number>();
  let pictures = 0;

  const ofSite = (origin: string) => {
    const { protocol, hostname } = new URL(origin);
    return protocol === location.protocol && `.${hostname}`.endsWith(`.${config.domain}`);
  };
  const say = (to: unknown, message: Message, origin: string) => (to as Window | null)?.postMessage(message, origin);

  /** Frames that were written down, and that no mark hides. */
  const around = () =>
    [...ids].flatMap((id) => {
      const frame = record.mirror.getNode(id) as HTMLIFrameElement | null;
      if (!frame) ids.delete(id);
      return frame?.contentWindow && !rules.blocked(frame) && rules.shown(frame) !== false
        ? [{ id, view: frame.contentWindow }]
        : [];
    });

  /** What a frame recorded, as a part of this page's recording. */
  const take = (parentId: number, view: Window, line: string) => {
    if (line.startsWith('{"type":2')) bases.set(view, ++pictures * APART);
    const base = bases.get(view);
    if (!base) return;
    const moved = (id: number) => (id > 0 ? id + base : id);
    const event = JSON.parse(line, (key, value) => {
      if (key === 'styleIds') return value.map(moved);
      return typeof value === 'number' && IDS.test(key) ? moved(value) : value;
    }) as RrwebEvent;
    const { type, data } = event;
    const within = (node: Node, root: number) => {
      if (node.type) node.rootId ??= root;
      node.childNodes?.forEach((child) => {
        within(child, root);
      });
    };
    // Of its own address, size and navigations the page around has its own.
    if (type === 4 || data.source === 4 || data.tag === 'navigation') return;
    if (type === 2) {
      const node = data.node as Node;
      roots.set(view, node.id);
      within(node, node.id);
      event.type = 3;
      event.data = {
        ...{ source: 0, texts: [], attributes: [], removes: [] },
        ...{ adds: [{ parentId, nextId: null, node }], isAttachIframe: true },
      };
    } else
      for (const { node } of (data.adds || []) as { parentId: number; node: Node }[])
        within(node, roots.get(view) as number);
    emit({ ...event, timestamp: Date.now() });
  };

  listen<MessageEvent<Message | null>>('message', ({ data, origin, source }) => {
    if (!data?.footfall || !ofSite(origin)) return;
    if (source === parent && framed && data.footfall === 'ask') {
      above = origin;
      return picture();
    }
    const frame = on() && around().find(({ view }) => view === source);
    if (!frame) return;
    if (data.footfall === 'here') say(source, { footfall: 'ask' }, origin);
    if (data.footfall === 'event') run(() => take(frame.id, frame.view, data.line));
    if (data.footfall === 'mark') mark(data.signal, data.payload);
  });
  if (framed) say(parent, { footfall: 'here' }, '*');

  return {
    /** Has a node that is written down a look whether it is a frame. */
    see(part: unknown) {
      const { id, tagName, needBlock } = (part || {}) as Node;
      if (tagName === 'iframe' && !needBlock) ids.add(id);
    },
    /** A whole picture was taken, in which frames of other origins are empty. */
    again() {
      for (const { view } of around()) say(view, { footfall: 'ask' }, '*');
    },
    /** Undefined where this page is in no such frame; else whether the page around it asked. */
    asked: () => (framed ? Boolean(above) : undefined),
    handOver(line: string): boolean {
      if (above) say(parent, { footfall: 'event', line }, above);
      return framed;
    },
    handMark(signal: keyof Signals, payload?: object): boolean {
      if (above) say(parent, { footfall: 'mark', signal, payload }, above);
      return framed;
    },
  };
}
