import type { RecorderConfig } from '../../src/contract/wire.ts';
import type { Visit } from './footfall.ts';

/**
 * Fetches the recorder when this visit is one of those to be recorded. A visit's id is random in 53 bits, so that the
 * id itself tells: every page and tab of the visit decides alike and nothing more is stored.
 */
export function loadRecorder(config: RecorderConfig, { session }: Visit): void {
  // In a frame of another origin of the site it is for the page around to decide.
  const framed = config.domain && parent !== window;
  if (!framed && (session ? session / 2 ** 53 : Math.random()) >= config.record) return;
  // With `crossOrigin` what fails in a function of the page's that it stands before is told to the page as ever.
  document.head.append(Object.assign(document.createElement('script'), { src: config.recorder, crossOrigin: '' }));
}
