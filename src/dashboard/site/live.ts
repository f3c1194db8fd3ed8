import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { LiveMessage } from '../../contract/api.ts';
import { steadySocket } from '../socket.ts';

/** What is going on at a site right now. */
export interface Live {
  /** Visitors of the last five minutes; null while nobody tells. */
  here: number | null;
  /** The connection broke, or there never was one, and not for a moment only; it is tried again. */
  broken: boolean;
  /** Tries it now. */
  retry: () => void;
  /** Grows when there is something new to ask for, at most once a second, and not while nobody looks. */
  turn: number;
}

const THROTTLE_MS = 1000;
const POLL_MS = 10_000;
const QUIET_MS = 300_000;
/** A connection that broke is opened again after half a second: for what takes no longer, nobody is alarmed. */
const GRACE_MS = 1_500;

/**
 * Listens to a site. While the socket is broken `turn` grows every ten seconds instead. Whatever happens, it grows every five minutes, for a day may have ended.
 * @param heard told each message
 */
export function useLive(site: string, heard?: (message: LiveMessage) => void): Live {
  const latest = useRef(heard);
  latest.current = heard;
  const [here, setHere] = useState<number | null>(null);
  const [broken, setBroken] = useState(false);
  const [turn, setTurn] = useState(0);
  const opening = useRef<() => void>(() => {});
  const retry = useCallback(() => opening.current(), []);

  useEffect(() => {
    let accepted: number | null = null;
    let due = false;
    let last = 0;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let missed: ReturnType<typeof setTimeout> | undefined;

    const tell = () => {
      waiting = undefined;
      if (document.hidden) return;
      due = false;
      last = Date.now();
      setTurn((n) => n + 1);
    };
    const something = () => {
      due = true;
      if (!waiting) waiting = setTimeout(tell, Math.max(0, last + THROTTLE_MS - Date.now()));
    };
    const hear = (message: LiveMessage) => {
      clearTimeout(missed);
      missed = undefined;
      latest.current?.(message);
      setHere(message.here);
      setBroken(false);
      if (accepted !== null && accepted !== message.accepted) something();
      accepted = message.accepted;
    };
    const socket = steadySocket(`/sites/${encodeURIComponent(site)}/live`, {
      heard(data) {
        try {
          hear(JSON.parse(String(data)) as LiveMessage);
        } catch {
          // Not for us.
        }
      },
      opened: (again) => again && something(),
      lost() {
        missed ??= setTimeout(() => {
          setHere(null);
          setBroken(true);
        }, GRACE_MS);
      },
    });
    opening.current = socket.retry;
    const seen = () => {
      if (!document.hidden && due) something();
    };
    const poll = setInterval(() => {
      const quiet = Date.now() - last;
      if (socket.broken() || quiet > QUIET_MS) something();
    }, POLL_MS);
    last = Date.now() - THROTTLE_MS;
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(waiting);
      clearTimeout(missed);
      clearInterval(poll);
      document.removeEventListener('visibilitychange', seen);
      socket.close();
    };
  }, [site]);

  return { here, broken, retry, turn };
}
