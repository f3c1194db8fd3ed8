import type { ReplayDetail } from '../../contract/api.ts';
import { api } from '../api.ts';

/** A recording of the owner's: where it is under `/api/v1`, and its index, by the name that answers are kept under. */
export function recordingAt(id: string, session: string) {
  const path = `/sites/${encodeURIComponent(id)}/replays/${encodeURIComponent(session)}`;
  return {
    path,
    key: `replay ${path}`,
    index: (signal?: AbortSignal) => api<ReplayDetail>('GET', path, undefined, signal),
  };
}
