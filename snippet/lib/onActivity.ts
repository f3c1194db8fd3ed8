import { listen } from './listen.ts';

/** Calls back when somebody does something in the page, every ten seconds at most. */
export function onActivity(run: () => void): void {
  let last = 0;
  listen('pointerdown pointermove keydown', ({ timeStamp }) => {
    if (timeStamp - last > 1e4) {
      last = timeStamp;
      run();
    }
  });
}
