import type { RrwebEvent } from '@rrweb/record';
import type { RecorderConfig, Signals } from '../../src/contract/wire.ts';
import type { masking } from '../lib/masking.ts';
import { canvases } from './canvases.ts';
import { consoleLines } from './consoleLines.ts';
import { fonts } from './fonts.ts';
import { frames } from './frames.ts';
import { media } from './media.ts';
import { requests } from './requests.ts';
import { spoken } from './spoken.ts';

/** What the recorder lends to those that record more than the page: its masking, its time budget, its caps. */
export interface Recorder {
  config: RecorderConfig;
  rules: ReturnType<typeof masking>;
  /** Whether anything is recorded now. */
  on(): boolean;
  /** Records an event as rrweb's own are. */
  emit(event: RrwebEvent): void;
  /** Records an event of our own. */
  tell(tag: string, payload: unknown): void;
  mark(signal: keyof Signals, payload?: object): void;
  /** Takes a whole picture; begins where nothing was recorded yet. */
  picture(): void;
  /** Does work in the page's time, measured; nothing where that throws. */
  run<T>(work: () => T): T | undefined;
  /** One more line of the visit's; false where it has as many as it may. */
  line(): boolean;
}

/** What the recorder asks of them. */
export interface Fuller {
  /** The replacer by which pictures and changes are written down. */
  attributes(key: string, part: unknown): unknown;
  /** Told of each event that was recorded. */
  saw(event: RrwebEvent): void;
  /** False in a frame whose page around it doesn't record it: it is recorded there, or not at all. */
  asked(): boolean | undefined;
  /** Takes what is to be recorded where another page records this one, too; false elsewhere. */
  handOver(line: string): boolean;
  /** Likewise a signal. */
  handMark(signal: keyof Signals, payload?: object): boolean;
}

/** Records what the site wants besides the page. */
export function fuller(recorder: Recorder): Fuller {
  const { extras = [] } = recorder.config;
  const wants = (name: (typeof extras)[number]) => extras.includes(name);
  const drawn = wants('canvas') ? canvases(recorder) : undefined;
  const written = wants('fonts') ? fonts(recorder) : undefined;
  const framed = wants('frames') ? frames(recorder) : undefined;
  if (wants('media')) media(recorder);
  if (wants('console') || wants('network')) {
    const clean = spoken(recorder.rules);
    if (wants('console')) consoleLines(recorder, clean);
    if (wants('network')) requests(recorder, clean);
  }
  return {
    attributes: (key, part) => {
      const clean = recorder.rules.attributes(key, part);
      framed?.see(clean);
      return drawn ? drawn.dress(clean) : clean;
    },
    saw(event) {
      if (event.type !== 2) return;
      written?.();
      framed?.again();
    },
    asked: () => framed?.asked(),
    handOver: (line) => framed?.handOver(line) ?? false,
    handMark: (signal, payload) => framed?.handMark(signal, payload) ?? false,
  };
}
