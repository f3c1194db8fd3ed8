import { useEffect, useState } from 'preact/hooks';
import type { ReplayDetail, SharedReplay } from '../../contract/api.ts';
import { VISIT_IDLE_MS } from '../../contract/wire.ts';
import { type Data, useData } from '../data.ts';

/** A visit that was heard of this recently may be going on. */
const LIVE_MS = 90_000;
const LIVE_POLL_MS = 4_000;
const QUIET_POLL_MS = 20_000;

/** A recording's index, as far as the player needs it: one that was shared tells less of whose visit it was. */
export type Played = Omit<ReplayDetail, 'visit' | 'notes'> & Pick<SharedReplay, 'visit'>;

/** A recording's index, asked for again while the visit goes on, and less often while it may be taken up again. */
export function useDetail<T extends Played>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
): Data<T> & { live: boolean } {
  const found = useData(key, load);
  const [now, setNow] = useState(Date.now);
  const quiet = now - (found.data ? Date.parse(found.data.last) : 0);
  const pace = quiet < LIVE_MS ? LIVE_POLL_MS : quiet < VISIT_IDLE_MS ? QUIET_POLL_MS : null;

  useEffect(() => {
    if (pace === null) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (!document.hidden) found.refresh();
    }, pace);
    return () => clearInterval(timer);
  }, [pace, found.refresh]);

  return { ...found, live: quiet < LIVE_MS };
}
