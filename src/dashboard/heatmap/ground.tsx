import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { HeatmapJson } from '../../contract/api.ts';
import { TOUCHES } from '../../contract/wire.ts';
import { exact, percent } from '../format.ts';
import { type Load, Lost } from '../replays/chunks.ts';
import { type MakePlace, Stage } from '../replays/stage.tsx';
import { Button } from '../ui/button.tsx';
import { heatmap as words } from '../words/heatmap.ts';
import { ui } from '../words/ui.ts';
import { type Box, badges } from './badges.ts';
import type { MapKind } from './choice.ts';
import { clear, depthOf, drawHeat, drawScroll, mostIn, radiusAt } from './draw.ts';
import { type Picture, show } from './picture.ts';
import { follow } from './ways.ts';

/** Of the window's height, at most. */
const HIGHEST = 0.72;

interface Props {
  data: HeatmapJson;
  load: Load;
  /** From where the page may load what it shows. */
  hosts: string[];
  map: MapKind;
  /** The element that is to be shown, by its way. */
  chosen: string | null;
  picture: Picture | null;
  onPicture: (picture: Picture | null) => void;
}

/** Something that lies over the picture, in its own pixels on this screen. */
interface Mark {
  key: string;
  kind: 'badge' | 'chosen' | 'line' | 'fold';
  style: { left?: string; top: string; width?: string; height?: string };
  text?: string;
}

/**
 * The page's picture, and what is drawn over what is in sight of it. It keeps the window that it was recorded in, so that what
 * is as high as the window, or stays at its edge, is where visitors had it; scrolling moves the page within.
 */
export function Ground({ data, load, hosts, map, chosen, picture, onPicture }: Props) {
  const [makePlace, setMakePlace] = useState<MakePlace | null>(null);
  const [lost, setLost] = useState<'gone' | 'away' | null>(null);
  const [tries, setTries] = useState(0);
  const [width, setWidth] = useState(0);
  const [top, setTop] = useState(0);
  const [length, setLength] = useState(0);
  const [marks, setMarks] = useState<Mark[]>([]);
  const box = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const chunks = data.picture?.chunks;

  useEffect(() => {
    if (!makePlace || !chunks) return;
    const over = new AbortController();
    let shown: Picture | undefined;
    setLost(null);
    show(chunks, load, makePlace, over.signal).then(
      (made) => {
        if (over.signal.aborted) return made.destroy();
        shown = made;
        onPicture(made);
      },
      (error) => over.signal.aborted || setLost(error instanceof Lost && error.passing ? 'away' : 'gone'),
    );
    return () => {
      over.abort();
      onPicture(null);
      shown?.destroy();
    };
  }, [makePlace, load, chunks, tries]);

  useLayoutEffect(() => {
    const column = box.current?.parentElement;
    if (!column) return;
    const watch = new ResizeObserver(() => setWidth(column.clientWidth));
    watch.observe(column);
    return () => watch.disconnect();
  }, []);

  // Pictures and fonts of the page come when they come.
  useEffect(() => {
    const root = picture?.document.documentElement;
    if (!root) return;
    const measure = () => setLength(root.scrollHeight);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(root);
    if (picture.document.body) watch.observe(picture.document.body);
    return () => watch.disconnect();
  }, [picture]);

  const size = picture?.size ?? data.window ?? { width: 1280, height: 720 };
  const scale = Math.min(width / size.width, (innerHeight * HIGHEST) / size.height, 1);
  const view = { width: Math.round(size.width * scale), height: Math.round(size.height * scale) };
  const found = useMemo(
    () =>
      data.elements.flatMap((one) => {
        const element = picture && follow(picture.document, one.element);
        return element ? [{ ...one, element, way: one.element }] : [];
      }),
    [data, picture],
  );

  useEffect(() => {
    const one = found.find(({ way }) => way === chosen);
    const root = picture?.document.scrollingElement;
    if (!one || !root || !box.current) return;
    const { top: at, height } = one.element.getBoundingClientRect();
    box.current.scrollTop = (at + root.scrollTop + height / 2 - size.height / 2) * scale;
  }, [chosen]);

  useLayoutEffect(() => {
    const sheet = canvas.current;
    const root = picture?.document.scrollingElement;
    if (!sheet || !root || scale <= 0) return;
    sheet.width = view.width;
    sheet.height = view.height;
    root.scrollTop = top / scale;
    if (map === 'scroll') {
      const { reached, visits } = data.scroll;
      if (visits === 0) clear(sheet);
      else drawScroll(sheet, reached, (y) => (100 * (top + y)) / (length * scale));
      setMarks([...linesOf(reached), ...foldOf()]);
      return;
    }
    const kind = TOUCHES.indexOf(map);
    const boxes = found.map((one) => ({ ...one, rect: one.element.getBoundingClientRect() }));
    const points = boxes.flatMap(({ rect, spots }) =>
      rect.width * rect.height === 0
        ? []
        : spots
            .filter(([of]) => of === kind)
            .map(([, x, y, n]) => ({
              x: (rect.left + (rect.width * x) / 1_000) * scale,
              y: (rect.top + (rect.height * y) / 1_000) * scale,
              n,
            })),
    );
    const radius = radiusAt(scale);
    const inPage = points.map((point) => ({ ...point, y: point.y + top }));
    drawHeat(sheet, points, radius, mostIn(inPage, radius));
    const onScreen = ({ left, top: at, width: wide, height: high }: DOMRect): Box => ({
      ...{ left: left * scale, top: at * scale, width: wide * scale, height: high * scale },
    });
    const place = ({ left, top: at, width: wide, height: high }: Box) => ({
      ...{ left: `${left}px`, top: `${at}px`, width: `${wide}px`, height: `${high}px` },
    });
    const ranked = boxes.filter((one) => one[map] > 0 && one.rect.width > 0).sort((a, b) => b[map] - a[map]);
    const counts = ranked.map((one) => ({ way: one.way, text: exact(one[map]), box: onScreen(one.rect) }));
    const outlined = boxes.find(({ way }) => way === chosen);
    setMarks([
      ...(outlined ? [{ key: 'chosen', kind: 'chosen' as const, style: place(onScreen(outlined.rect)) }] : []),
      ...badges(counts, view).map(({ way, text, left, top: at }): Mark => {
        return { key: way, kind: 'badge', style: { left: `${left}px`, top: `${at}px` }, text };
      }),
    ]);

    function linesOf(reached: number[]): Mark[] {
      return [0.75, 0.5, 0.25].flatMap((share) => {
        const depth = depthOf(reached, share);
        if (depth === null || depth === 0) return [];
        const at = (depth / 100) * length * scale - top;
        return [
          {
            key: String(share),
            kind: 'line' as const,
            style: { top: `${at}px` },
            text: words.sawThis(percent(share * 100)),
          },
        ];
      });
    }

    function foldOf(): Mark[] {
      if (!data.window) return [];
      // As high as the window was, on a page as wide as this one.
      return [{ key: 'fold', kind: 'fold', style: { top: `${data.window.height * scale - top}px` }, text: words.fold }];
    }
  }, [picture, found, map, chosen, top, length, view.width, view.height, data]);

  return (
    <section
      ref={box}
      class="heat-scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys, too
      tabIndex={0}
      aria-label={words.picture}
      aria-busy={!picture && !lost ? 'true' : undefined}
      data-state={lost ? 'lost' : picture ? 'shown' : 'loading'}
      style={{ width: `${view.width}px`, height: `${view.height}px` }}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <div style={{ height: `${Math.max(view.height, Math.round(length * scale))}px` }}>
        <div class="heat-view" style={{ width: `${view.width}px`, height: `${view.height}px` }}>
          <Stage hosts={hosts} size={picture?.size ?? null} onReady={(make) => setMakePlace(() => make)} />
          <canvas ref={canvas} />
          {picture &&
            marks.map(({ key, kind, style, text }) => (
              <span
                key={`${kind} ${key}`}
                class={`heat-${kind}`}
                data-element={kind === 'badge' ? key : undefined}
                style={style}
              >
                {text}
              </span>
            ))}
          {lost && (
            <div class="heat-lost" role="status">
              <p>{lost === 'away' ? words.pictureAway : words.pictureGone}</p>
              {lost === 'away' && <Button onClick={() => setTries(tries + 1)}>{ui.tryAgain}</Button>}
            </div>
          )}
        </div>
      </div>
    </section>
  );
}
