import type { ComponentChildren } from 'preact';
import type { NoteJson } from '../../contract/api.ts';
import type { useQueue } from './queue.ts';

/** What the owner may do besides watching. */
export interface Owner {
  onBack: () => void;
  /** The first picture is there, or it is known that there is none. */
  onOpened: () => void;
  /** Address of what was counted of the visit. */
  visit: string;
  queue: ReturnType<typeof useQueue>;
  /** The next one comes by itself. */
  playingAll: boolean;
  onVisit: (session: number | undefined) => void;
  onDelete: () => Promise<void>;
  onDownload: () => void;
  notes: NoteJson[];
  onDeleteNote: (id: number) => void;
  /** The dialog in which something is noted at a moment, told by the server's clock and in seconds of the recording. */
  noting: (time: number, at: number, onClose: () => void) => ComponentChildren;
  /** The dialog in which the recording is shared. */
  sharing: (onClose: () => void) => ComponentChildren;
  /** The dialog in which its visitor is deleted; none while the visit isn't known. */
  forgetting?: (onClose: () => void) => ComponentChildren;
}
