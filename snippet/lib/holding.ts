import type { RecorderConfig } from '../../src/contract/wire.ts';
import type { Chunk } from './courier.ts';

/** A chunk before it has a number: those that are dropped never get one. */
export interface Unnumbered extends Pick<Chunk, 'body'> {
  envelope: Omit<Chunk['envelope'], 'n'>;
}

/** Bytes of events that are kept back, at most. */
const MOST = 4e6;

/**
 * Keeps chunks back for as long as the visit is none to record: it has not lasted long enough, or nothing has happened yet
 * that its site wants to see. Of the latter only the last part is kept, from a whole picture on.
 * @param again takes a new picture, because what there was became too much
 */
export function holding(
  { seconds = 0, when, before = 0 }: RecorderConfig,
  take: (chunk: Chunk) => void,
  again: () => void,
) {
  let waiting: Unnumbered[] = [];
  let wanted = false;
  let due = 0;
  const numbers: Record<number, number> = {};

  const send = ({ envelope, body }: Unnumbered) => {
    const n = numbers[envelope.stream] || 0;
    numbers[envelope.stream] = n + 1;
    take({ envelope: { ...envelope, n }, body });
  };
  const release = () => {
    if (wanted && Date.now() >= due) waiting.splice(0).map(send);
  };

  return {
    /** A visit, or another part of it: since when it is recorded, and whether earlier pages of it have been sent. */
    begin(since: number, sent: boolean) {
      wanted = sent || !when;
      due = sent ? 0 : since + seconds * 1e3;
      setTimeout(release, due - Date.now());
    },
    take(chunk: Unnumbered) {
      waiting.push(chunk);
      release();
      if (wanted) return;
      let enough = 0;
      waiting.forEach(({ envelope: { keyframe, from } }, i) => {
        if (keyframe && from < Date.now() - before * 1e3) enough = i;
      });
      waiting.splice(0, enough);
      if (waiting.reduce((sum, { body }) => sum + body.length, 0) > MOST) {
        waiting = [];
        again();
      }
    },
    /** Something happened that is to be seen. */
    release() {
      wanted = true;
      release();
    },
    drop() {
      waiting = [];
    },
    /** Milliseconds between pictures, so that the part that is kept is not much longer than it has to be. */
    every: () => (wanted ? Infinity : before * 1e3),
  };
}
