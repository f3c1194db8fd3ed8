import type { RrwebEvent } from '@rrweb/record';
import type { Signals } from '../../src/contract/wire.ts';
import { listen } from './listen.ts';
import { type Spot, spotOf } from './spot.ts';

/** Three clicks at one spot within a second are rage. */
const RAGE = { clicks: 3, ms: 1_000, px: 30 };
/** A click on something clickable that changes nothing for so long is dead. */
const DEAD_MS = 1_000;
/** What changes so long after anybody touched the page changes by itself. */
const RESTLESS_MS = 2_500;
/** rrweb's increments that answer a click: resize, input, style rules, styles, adopted sheets. */
const ANSWERS = [4, 5, 8, 13, 15];
const CLICKABLE = 'a,button,summary,[role=button],[role=link],[role=tab],[onclick],[type=button],[type=submit]';

export type Mark = (signal: keyof Signals, payload?: object, spot?: Spot) => void;

/**
 * Finds friction and marks it; the function returned wants every event of the recorder, which tells what answered.
 * @param block selector of what isn't recorded
 */
export function friction(mark: Mark, clean: (message: string) => string, block: string): (event: RrwebEvent) => void {
  let burst: MouseEvent[] = [];
  let enraged = false;
  let touched = 0;
  let answered = 0;
  /** Elements that change by themselves (a ticker, a carousel): their changes answer nothing. */
  let restless = new Set<number>();

  const answer = () => {
    answered = performance.now();
  };

  listen<MouseEvent>('click', (event) => {
    if (!event.isTrusted) return;
    const target = event.composedPath()[0] as Element;
    const clickable = target.closest(CLICKABLE);
    const spot = spotOf(event, clickable || target, block);
    mark('clicks', {}, spot);
    const { clientX: x, clientY: y, timeStamp } = event;
    burst = burst.filter(
      (one) => timeStamp - one.timeStamp < RAGE.ms && Math.hypot(x - one.clientX, y - one.clientY) < RAGE.px,
    );
    enraged &&= burst.length > 0;
    burst.push(event);
    if (burst.length >= RAGE.clicks && !enraged) {
      enraged = true;
      mark('rage_clicks', { x, y }, spot);
    }
    const at = Date.now();
    if (clickable || getComputedStyle(target).cursor === 'pointer') {
      const clicked = performance.now();
      setTimeout(() => answered < clicked && mark('dead_clicks', { x, y, at }, spot), DEAD_MS);
    }
  });
  listen('pointerdown keydown click', () => {
    touched = Date.now();
  });
  // Focus that goes elsewhere in the page blurs an element, not the window.
  listen('blur', ({ target }) => target === window && answer());
  listen('scroll beforeunload pagehide submit invalid change copy toggle play pause fullscreenchange', answer);
  listen<FocusEvent>('focusin', ({ target }) => (target as Element).matches('input,textarea,select') && answer());
  /** A click that breaks something is told as that, not as a dead one, too. */
  const broken = (message: unknown) => {
    answer();
    mark('errors', { message: clean(String(message).slice(0, 300)) });
  };
  // What could not be loaded is an error event, too, without a message.
  listen<ErrorEvent>('error', ({ message }) => message && broken(message));
  listen<PromiseRejectionEvent>('unhandledrejection', ({ reason }) => broken(reason?.message ?? reason));

  return ({ type, data }) => {
    if (type === 3 && data.source === 0) {
      const changed = [...(data.texts || []), ...(data.attributes || [])].map(({ id }) => id);
      changed.push(...[...(data.adds || []), ...(data.removes || [])].map(({ parentId }) => parentId));
      if (Date.now() - touched > RESTLESS_MS) {
        if (restless.size > 1e3) restless = new Set();
        for (const id of changed) restless.add(id);
      } else if (changed.some((id) => !restless.has(id))) answer();
    } else if (type === 3 && ANSWERS.includes(data.source as number)) answer();
  };
}
