import { useEffect, useRef, useState } from 'preact/hooks';
import type { Load } from './chunks.ts';
import { Director, type Shown } from './director.ts';
import type { MakePlace } from './stage.tsx';
import type { Timeline } from './timeline.ts';

interface Options {
  load: Load;
  line: Timeline | null;
  place: MakePlace | null;
  /** Milliseconds into the recording. */
  start: number;
  settings: { speed: number; skip: boolean };
}

/** A director for as long as the page is open, and what it shows. */
export function useDirector({ load, line, place, start, settings }: Options) {
  const director = useRef<Director | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const first = useRef({ line, start, settings });
  first.current = { line, start, settings };
  const ready = line !== null && place !== null;

  useEffect(() => {
    const { line, start, settings } = first.current;
    if (!ready || !line || !place) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const made = new Director({
      ...{ line, place, playing: !calm, ...settings },
      load,
      start: line.from + start,
      changed: setShown,
    });
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

  return { shown, director };
}
