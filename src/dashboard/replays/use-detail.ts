import { useEffect, useState } from 'preact/hooks';
import type { ReplayDetail } from '../../contract/api.ts';
import { VISIT_IDLE_MS } from '../../contract/wire.ts';
import { api } from '../api.ts';
import { type Data, useData } from '../data.ts';

/** A visit that was heard of this recently may be going on. */
const LIVE_MS = 90_000;
const LIVE_POLL_MS = 4_000;
const QUIET_POLL_MS = 20_000;

/** A recording's index, asked for again while the visit goes on, and less often while it may be taken up again. */
export function useDetail(path: string): Data<ReplayDetail> & { live: boolean } {
  const found = useData(`replay ${path}`, (signal) => api<ReplayDetail>('GET', path, undefined, signal));
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
