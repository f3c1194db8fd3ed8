import { useEffect, useMemo } from 'preact/hooks';
import type { ReplayDetail, SharedReplay } from '../../contract/api.ts';
import { VISIT_IDLE_MS } from '../../contract/wire.ts';
import { type Data, useData } from '../data.ts';
import { useTick } from '../tick.ts';
import { beside, withArrived } from './arrived.ts';
import type { Load } from './chunks.ts';
import { useWatching, type Watching } from './use-watching.ts';

/** A visit that was heard of this recently may be going on. */
const LIVE_MS = 90_000;
const LIVE_POLL_MS = 4_000;
const QUIET_POLL_MS = 20_000;

/** A recording's index, as far as the player needs it: one that was shared tells less of whose visit it was. */
export type Played = Omit<ReplayDetail, 'visit' | 'notes'> & Pick<SharedReplay, 'visit'>;

interface Asked<T> {
  key: string;
  index: (signal: AbortSignal) => Promise<T>;
  load: Load;
  /** Where the recording is, for whoever may watch it as it goes on. */
  path?: string;
}

interface Detail<T> extends Data<T> {
  load: Load;
  /** The visit may be going on. */
  live: boolean;
  watching: Watching;
}

/**
 * A recording's index and bytes: with what comes of it while the visit goes on, and asked for again, less often where that
 * is told or while the visit may be taken up again.
 */
export function useDetail<T extends Played>({ key, index, load, path }: Asked<T>): Detail<T> {
  const found = useData(key, index);
  useTick(LIVE_POLL_MS);
  const quietSince = (known: T | undefined) => Date.now() - Date.parse(known?.last ?? '1970-01-01');
  const watching = useWatching((quietSince(found.data) < VISIT_IDLE_MS && path) || null, found.refresh);
  const { connected, rows, bytes } = watching;
  const data = useMemo(() => found.data && withArrived(found.data, rows), [found.data, rows]);
  const quiet = quietSince(data);
  const live = quiet < LIVE_MS;
  const pace = quiet < VISIT_IDLE_MS ? (live && !connected ? LIVE_POLL_MS : QUIET_POLL_MS) : null;

  useEffect(() => {
    if (pace === null) return;
    const timer = setInterval(() => document.hidden || found.refresh(), pace);
    return () => clearInterval(timer);
  }, [pace, found.refresh]);

  const both = useMemo(() => beside(load, bytes), [load, bytes]);
  return { ...found, data, load: both, live, watching };
}
