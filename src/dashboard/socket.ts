/** Who listens to a socket. */
interface Ears {
  heard: (data: unknown) => void;
  /** Before the first thing heard. @param again it had broken before */
  opened?: (again: boolean) => void;
  lost: () => void;
  /** How often it is asked what there is, in milliseconds, while somebody looks: who left is told by nobody. */
  every?: number;
}

const ASK_MS = 30_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * A WebSocket under `/api/v1`, opened again when it breaks, or when it stays without an answer: later and later, up to half
 * a minute.
 */
export function steadySocket(path: string, { heard, opened, lost, every = ASK_MS }: Ears) {
  let socket: WebSocket;
  let over = false;
  let tries = 0;
  let unanswered = false;
  let reopening: ReturnType<typeof setTimeout> | undefined;

  const open = () => {
    reopening = undefined;
    const ws = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1${path}`);
    ws.binaryType = 'arraybuffer';
    let first = true;
    ws.onmessage = ({ data }) => {
      unanswered = false;
      if (first) opened?.(tries > 0);
      first = false;
      tries = 0;
      heard(data);
    };
    ws.onclose = broke;
    socket = ws;
  };
  const broke = () => {
    if (over) return;
    unanswered = false;
    lost();
    reopening = setTimeout(open, Math.min(LONGEST_WAIT_MS, 500 * 2 ** tries++));
  };
  const asking = setInterval(() => {
    if (document.hidden || socket.readyState !== WebSocket.OPEN) return;
    if (unanswered) {
      // A network that went away says nothing, and closing takes it a while.
      socket.onclose = null;
      socket.close();
      broke();
      return;
    }
    unanswered = true;
    socket.send('now?');
  }, every);
  open();

  return {
    /** Whether it broke and isn't open again. */
    broken: () => tries > 0,
    /** Opens it now, where it waits to be opened again. */
    retry() {
      if (reopening === undefined) return;
      clearTimeout(reopening);
      open();
    },
    close() {
      over = true;
      clearTimeout(reopening);
      clearInterval(asking);
      socket.close();
    },
  };
}
