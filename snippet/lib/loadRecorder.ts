import type { RecorderConfig } from '../../src/contract/wire.ts';
import type { Visit } from './footfall.ts';

/**
 * Fetches the recorder when this visit is one of those to be recorded. A visit's id is random in 53 bits, so that the
 * id itself tells: every page and tab of the visit decides alike and nothing more is stored.
 */
export function loadRecorder(config: RecorderConfig, { session }: Visit): void {
  if ((session ? session / 2 ** 53 : Math.random()) >= config.record) return;
  const script = document.createElement('script');
  script.src = config.recorder;
  document.head.append(script);
}
