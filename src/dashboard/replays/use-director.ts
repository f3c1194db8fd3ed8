import { useEffect, useRef, useState } from 'preact/hooks';
import { Director, type Shown } from './director.ts';
import type { MakePlace } from './stage.tsx';
import type { Timeline } from './timeline.ts';

interface Options {
  /** `/api/v1/sites/1/replays/2` */
  base: string;
  line: Timeline | null;
  place: MakePlace | null;
  /** Milliseconds into the recording. */
  start: number;
  settings: { speed: number; skip: boolean };
}

/** A director for as long as the page is open, and what it shows. */
export function useDirector({ base, line, place, start, settings }: Options) {
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
      address: ({ stream, n }, count = 1) => `${base}/chunks/${stream}/${n}${count > 1 ? `?count=${count}` : ''}`,
      start: line.from + start,
      changed: setShown,
    });
    director.current = made;
    setShown(made.shown);
    return () => {
      made.close();
      director.current = null;
    };
  }, [ready, base, place]);

  useEffect(() => {
    if (line) director.current?.setLine(line);
  }, [line]);

  return { shown, director };
}
