import { useEffect, useRef, useState } from 'preact/hooks';
import type { Load } from './chunks.ts';
import { Director } from './director.ts';
import type { Shown } from './shown.ts';
import type { MakePlace } from './stage.tsx';
import type { Timeline } from './timeline.ts';

interface Options {
  load: Load;
  line: Timeline | null;
  place: MakePlace | null;
  /** Milliseconds into the recording; infinite: as it happens, if it still does. */
  start: number;
  /** See `Watching`; null where nothing happens any more, or nobody is told. */
  edge: (() => number) | null;
  live: boolean;
  settings: { speed: number; skip: boolean };
}

/** A director for as long as the page is open, and what it shows. */
export function useDirector({ load, line, place, start, edge, live, settings }: Options) {
  const director = useRef<Director | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const first = useRef({ line, start, edge, live, settings });
  first.current = { line, start, edge, live, settings };
  const ready = line !== null && place !== null;

  useEffect(() => {
    const { line, start, edge, live, settings } = first.current;
    if (!ready || !line || !place) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const made = new Director({
      ...{ line, place, playing: !calm, ...settings },
      load,
      start: line.from + (live || Number.isFinite(start) ? start : 0),
      changed: setShown,
    });
    made.setEdge(edge);
    director.current = made;
    setShown(made.shown);
    return () => {
      made.close();
      director.current = null;
    };
  }, [ready, load, place]);

  useEffect(() => {
    if (line) director.current?.setLine(line);
  }, [line]);

  useEffect(() => director.current?.setEdge(edge), [edge]);

  return { shown, director };
}
