import type { ConsoleLevel, ConsoleLine } from '../../src/contract/wire.ts';
import { guarded } from '../lib/guarded.ts';
import { bounded } from './bounded.ts';
import type { Recorder } from './fuller.ts';
import { inWords } from './inWords.ts';
import type { Spoken } from './spoken.ts';

/** `CONSOLE_LEVELS` of the contract: the snippet imports types only. */
const LEVELS: ConsoleLevel[] = ['debug', 'log', 'info', 'warn', 'error'];

/** Records what scripts write to the console. The console itself says it as ever, and first. */
export function consoleLines({ on, tell, run, line }: Recorder, clean: Spoken): void {
  const offer = bounded<ConsoleLine>(line, (what) => tell('console', what));
  /** What we call may write itself: that is none of the page's. */
  let busy = false;
  for (const level of LEVELS) {
    const spoken = console[level];
    const write = guarded((said: unknown[]) => {
      if (busy || !on()) return;
      busy = true;
      run(() => offer(() => ({ level, text: clean.text(inWords(said)) })));
      busy = false;
    });
    console[level] = function (this: unknown, ...said: unknown[]) {
      spoken.apply(this, said);
      write(said);
    };
  }
}
