import type { RecorderConfig } from '../../src/contract/wire.ts';
import { loadRecorder } from '../lib/loadRecorder.ts';
import type { Part } from '../lib/part.ts';
import { whenCalm } from '../lib/whenCalm.ts';

/** What the recorder needs to know; the Worker writes it here. */
declare const __RECORDING__: RecorderConfig;

/** Fetches the recorder for the visits that are to be recorded. */
export const recorder: Part = (footfall) => {
  const config = __RECORDING__;
  footfall.config = config;
  whenCalm(() => footfall.off || footfall.who.ignore || loadRecorder(config, footfall.visit() || {}));
};
