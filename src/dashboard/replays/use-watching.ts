import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReplayChunkJson, WatchMessage } from '../../contract/api.ts';
import { steadySocket } from '../socket.ts';
import { chunkIn } from './arrived.ts';
import { type Bytes, keyOf } from './chunks.ts';

/** So far behind a visit is watched: the recorder sends what a second brought, and it has to get here. */
const BEHIND_MS = 2_000;
const ASK_MS = 10_000;

/** A visit, watched as it happens. */
export interface Watching {
  /** Null before the first answer; false while the connection is broken. */
  connected: boolean | null;
  /** What came, in order, and its bytes. */
  rows: ReplayChunkJson[];
  bytes: ReadonlyMap<string, Bytes>;
  /** The moment to be shown now, server clock; null while nobody knows that clock. */
  edge: (() => number) | null;
}

/**
 * Listens to a visit. What came before it listened is the index's to tell, so that is asked for whenever it begins to.
 * @param path of the recording under `/api/v1`; null: don't
 */
export function useWatching(path: string | null, refresh: () => void): Watching {
  const [connected, setConnected] = useState<boolean | null>(null);
  const [rows, setRows] = useState<ReplayChunkJson[]>([]);
  const [edge, setEdge] = useState<Watching['edge']>(null);
  const bytes = useRef(new Map<string, Bytes>());

  useEffect(() => {
    if (path === null) return;
    let ahead = Number.POSITIVE_INFINITY;
    const socket = steadySocket(`${path}/live`, {
      every: ASK_MS,
      opened() {
        setConnected(true);
        refresh();
      },
      heard(data) {
        if (data instanceof ArrayBuffer) {
          const { row, bytes: body } = chunkIn(data);
          if (bytes.current.has(keyOf(row))) return;
          bytes.current.set(keyOf(row), body);
          setRows((old) => [...old, row]);
          return;
        }
        const { now } = JSON.parse(String(data)) as WatchMessage;
        // What this clock is ahead of the server's includes the network's delay: the least is the truest.
        ahead = Math.min(ahead, Date.now() - now);
        setEdge((old) => old ?? (() => Date.now() - ahead - BEHIND_MS));
      },
      lost: () => setConnected(false),
    });
    return () => {
      socket.close();
      setConnected(null);
      setEdge(null);
    };
  }, [path, refresh]);

  return { connected, rows, bytes: bytes.current, edge };
}
