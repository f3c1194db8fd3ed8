import { record } from '@rrweb/record';
import { guarded } from '../lib/guarded.ts';
import type { Recorder } from './fuller.ts';

/** Between two looks at all canvases, at least; longer for as long as their pictures had more than so many bytes a second. */
const EVERY_MS = 1_000;
const BYTES_PER_MS = 4;
/** The longer side of a picture. */
const MOST_PX = 640;
const QUALITY = 0.5;
/** Reading takes no larger share of all time than one in so many; what takes all of the recorder's budget, twice, is left alone. */
const SHARE = 50;
const SLOW_MS = 50;

interface Serialized {
  id?: number;
  tagName?: string;
  needBlock?: boolean;
  attributes?: Record<string, unknown>;
}

/** A data address of what was drawn. */
const written = (blob: Blob) =>
  new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = reject;
    reader.readAsDataURL(blob);
  });

/**
 * Takes pictures of canvases that are seen. One is recorded as the style `content` of its canvas, which a player shows without
 * running anything: in a document without scripts a canvas draws nothing.
 */
export function canvases({ rules, on, emit, run }: Recorder) {
  /** Of canvases that were written down, their rrweb ids, which change with each recording. */
  const ids = new Set<number>();
  const hidden = (canvas: Element) => rules.blocked(canvas) || rules.veiled(canvas);
  const shown = new WeakMap<Element, string>();
  /** What holds somebody else's picture can't be read, and some too slowly. */
  const unreadable = new WeakSet<Element>();
  const slow = new WeakSet<Element>();
  const blanks = new Map<string, string>();

  const seen = (canvas: HTMLCanvasElement) => {
    const view = canvas.ownerDocument.defaultView;
    const { width, height, top, left, bottom, right } = canvas.getBoundingClientRect();
    return view && width && height && bottom > 0 && right > 0 && top < view.innerHeight && left < view.innerWidth;
  };

  /** Draws it small. To be called in the frame in which the page drew: WebGL's are empty afterwards. */
  const draw = (canvas: HTMLCanvasElement) => {
    const scale = Math.min(1, MOST_PX / Math.max(canvas.width, canvas.height));
    const small = new OffscreenCanvas(Math.ceil(canvas.width * scale), Math.ceil(canvas.height * scale));
    small.getContext('2d', { willReadFrequently: true })?.drawImage(canvas, 0, 0, small.width, small.height);
    return small;
  };
  const encode = async (small: OffscreenCanvas) =>
    written(await small.convertToBlob({ type: 'image/webp', quality: QUALITY }));
  const blank = async ({ width, height }: OffscreenCanvas) => {
    const size = `${width} ${height}`;
    const small = new OffscreenCanvas(width, height);
    small.getContext('2d', { willReadFrequently: true });
    const picture = blanks.get(size) || (await encode(small));
    blanks.set(size, picture);
    return picture;
  };

  /** @returns how much was recorded */
  const take = async (canvas: HTMLCanvasElement, small: OffscreenCanvas): Promise<number> => {
    try {
      const picture = await encode(small);
      // One that was drawn on demand, and is empty since: what it showed is still there for the visitor.
      if (picture === (await blank(small)) && (!shown.has(canvas) || !canvas.getContext('2d'))) return 0;
      const content = `image-set(url("${picture}") ${small.width / canvas.width}x)`;
      const id = record.mirror.getId(canvas);
      if (content === shown.get(canvas) || id < 0 || !on() || hidden(canvas)) return 0;
      shown.set(canvas, content);
      const data = {
        source: 0,
        texts: [],
        removes: [],
        adds: [],
        attributes: [{ id, attributes: { style: { content } } }],
      };
      run(() => emit({ type: 3, timestamp: Date.now(), data }));
      return content.length;
    } catch {
      unreadable.add(canvas);
      return 0;
    }
  };

  const look = async () => {
    const taken: Promise<number>[] = [];
    let read = 0;
    run(() => {
      for (const id of on() ? ids : []) {
        const canvas = record.mirror.getNode(id) as HTMLCanvasElement | null;
        if (!canvas) ids.delete(id);
        else if (canvas.width && canvas.height && !unreadable.has(canvas) && !hidden(canvas) && seen(canvas)) {
          const begun = performance.now();
          taken.push(take(canvas, draw(canvas)));
          const took = performance.now() - begun;
          if (took > SLOW_MS) (slow.has(canvas) ? unreadable : slow).add(canvas);
          read += took;
        }
      }
    });
    const bytes = (await Promise.all(taken)).reduce((sum, one) => sum + one, 0);
    later(Math.max(EVERY_MS, bytes / BYTES_PER_MS, read * SHARE));
  };
  const later = (ms: number) => setTimeout(() => requestAnimationFrame(guarded(() => void look())), ms);
  later(0);

  return {
    /** Adds its picture to a canvas that is written down, and to its style where that is. */
    dress(part: unknown): unknown {
      const { id, tagName, needBlock, attributes } = (part || {}) as Serialized;
      if (!id || !attributes || needBlock) return part;
      if (tagName === 'canvas') ids.add(id);
      else if (typeof attributes.style !== 'string' || !ids.has(id)) return part;
      const canvas = record.mirror.getNode(id) as Element | null;
      const content = canvas && !hidden(canvas) && shown.get(canvas);
      if (!content) return part;
      const style = `${attributes.style || ''};content:${content}`;
      return { ...(part as object), attributes: { ...attributes, style } };
    },
  };
}
