import { Replayer } from '@rrweb/replay';
import type { eventWithTime } from '@rrweb/types';
import { picture as words } from '../words/picture.ts';

export interface Size {
  width: number;
  height: number;
}

/** rrweb stops at its last event. Ours is never reached: more may come, and its clock goes on meanwhile. */
const NEVER_MS = 3_153_600_000_000;
const META = 4;
const CUSTOM = 5;

/** Shows one strip: rrweb's player, told in server time. Made with the events of a chunk that holds a full snapshot. */
export class Projector {
  readonly #replayer: Replayer;
  readonly #skew: number;
  readonly #root: HTMLElement;

  /**
   * @param root in the document whose policy the picture is to have; its iframe is sandboxed, without scripts
   * @param events from the meta event before the snapshot on
   * @param skew added to rrweb's timestamps
   */
  constructor(root: HTMLElement, events: eventWithTime[], skew: number, speed: number, resized: (size: Size) => void) {
    this.#root = root;
    this.#skew = skew;
    const first = events[0] as eventWithTime;
    const never = { type: CUSTOM, timestamp: first.timestamp + NEVER_MS, data: { tag: 'never', payload: null } };
    this.#replayer = new Replayer([...events, never as eventWithTime], {
      ...{ root, speed, mouseTail: false, showWarning: false, triggerFocus: false },
      // An hour's recording has one snapshot in some minutes; the picture must not wait for a stranger's style sheets.
      loadTimeout: 0,
    });
    this.#replayer.on('resize', (size) => resized(size as Size));
    const { iframe } = this.#replayer;
    iframe.title = words.page;
    iframe.tabIndex = -1;
    if (iframe.contentDocument) showPopovers(iframe.contentDocument);
  }

  /** rrweb builds its first picture, and tells the first page's size, a moment after it was made. */
  settled(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 2));
  }

  /** Where it is. */
  get time(): number {
    return this.#first + this.#replayer.getCurrentTime();
  }

  /** The first moment it can show. */
  get start(): number {
    return this.#first;
  }

  get document(): Document | null {
    return this.#replayer.iframe.contentDocument;
  }

  get #events(): eventWithTime[] {
    return this.#replayer.service.state.context.events as eventWithTime[];
  }

  get #first(): number {
    return (this.#events[0]?.timestamp ?? 0) + this.#skew;
  }

  play(time: number): void {
    this.#replayer.play(Math.max(0, time - this.#first));
  }

  pause(): void {
    this.#replayer.pause();
  }

  /** Stands still with everything done that was done by `time`, that moment included. */
  show(time: number): void {
    this.#replayer.pause(Math.max(0, time - this.#first) + 1);
  }

  set speed(speed: number) {
    this.#replayer.setConfig({ speed });
  }

  add(events: eventWithTime[]): void {
    for (const event of events) this.#replayer.addEvent(event);
  }

  /** Lets go of events that lie more than one full snapshot back; going back there loads them again. */
  trim(): void {
    const now = this.time - this.#skew;
    const events = this.#events;
    const metas = events.flatMap((event, i) => (event.type === META && event.timestamp <= now ? [i] : []));
    const keep = metas.at(-2);
    if (keep) events.splice(0, keep);
  }

  destroy(): void {
    this.#replayer.destroy();
    this.#root.remove();
  }
}

/** What our recorder says of a popover that is open (`snippet/recorder.ts`). */
const POPOVER = 'data-rr-popover';

/** Opens and closes the popovers of a picture as their attributes say: rrweb's player knows nothing of them. */
function showPopovers(document: Document): void {
  const observer = new MutationObserver(() => {
    for (const one of document.querySelectorAll<HTMLElement>('[popover]')) {
      try {
        if (one.hasAttribute(POPOVER)) one.showPopover();
        else one.hidePopover();
      } catch {} // it is a dialog as well, and open as one
    }
  });
  observer.observe(document, { subtree: true, childList: true, attributeFilter: [POPOVER] });
}
