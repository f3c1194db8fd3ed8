import { useEffect, useRef, useState } from 'preact/hooks';
import type { LiveMessage } from '../../contract/api.ts';

/** What is going on at a site right now. */
export interface Live {
  /** Visitors of the last five minutes; null while nobody tells. */
  here: number | null;
  /** Grows when there is something new to ask for, at most once a second, and not while nobody looks. */
  turn: number;
}

const THROTTLE_MS = 1000;
const POLL_MS = 10_000;
const QUIET_MS = 300_000;
/** Who left is told by nobody: asked for so often, while somebody looks. */
const ASK_MS = 30_000;

/**
 * Listens to a site. The socket is opened again when it breaks, later and later up to half a minute; while it is broken,
 * `turn` grows every ten seconds instead. Whatever happens, it grows every five minutes, for a day may have ended.
 * @param heard told each message
 */
export function useLive(site: string, heard?: (message: LiveMessage) => void): Live {
  const latest = useRef(heard);
  latest.current = heard;
  const [here, setHere] = useState<number | null>(null);
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    let socket: WebSocket | null = null;
    let over = false;
    let tries = 0;
    let accepted: number | null = null;
    let due = false;
    let last = 0;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let reopening: ReturnType<typeof setTimeout> | undefined;

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
      latest.current?.(message);
      setHere(message.here);
      if (accepted !== null && accepted !== message.accepted) something();
      accepted = message.accepted;
    };
    const open = () => {
      const ws = new WebSocket(
        `${location.origin.replace(/^http/, 'ws')}/api/v1/sites/${encodeURIComponent(site)}/live`,
      );
      socket = ws;
      ws.onmessage = (event) => {
        if (tries > 0) something();
        tries = 0;
        try {
          hear(JSON.parse(String(event.data)) as LiveMessage);
        } catch {
          // Not for us.
        }
      };
      ws.onclose = () => {
        if (over) return;
        setHere(null);
        reopening = setTimeout(open, Math.min(30_000, 500 * 2 ** tries++));
      };
    };
    const seen = () => {
      if (!document.hidden && due) something();
    };
    open();
    const poll = setInterval(() => {
      const quiet = Date.now() - last;
      if (tries > 0 || quiet > QUIET_MS) something();
    }, POLL_MS);
    const asking = setInterval(() => {
      if (!document.hidden && socket?.readyState === WebSocket.OPEN) socket.send('now?');
    }, ASK_MS);
    last = Date.now() - THROTTLE_MS;
    document.addEventListener('visibilitychange', seen);
    return () => {
      over = true;
      clearTimeout(waiting);
      clearTimeout(reopening);
      clearInterval(poll);
      clearInterval(asking);
      document.removeEventListener('visibilitychange', seen);
      socket?.close();
    };
  }, [site]);

  return { here, turn };
}
