import { loadRecorder } from '../lib/loadRecorder.ts';
import type { Part } from '../lib/part.ts';
import { whenCalm } from '../lib/whenCalm.ts';

/** Fetches the recorder for the visits that are to be recorded. */
export const recorder: Part = (footfall) => {
  footfall.navigated = () => {
    delete footfall.navigated;
    whenCalm(() => footfall.off || loadRecorder(footfall.config, footfall.visit() || {}));
  };
};
