import { type RrwebEvent, record } from '@rrweb/record';
import type { Envelope, Signals } from '../src/contract/wire.ts';
import { courier } from './lib/courier.ts';
import type { Tracker } from './lib/footfall.ts';
import { friction } from './lib/friction.ts';
import { guarded } from './lib/guarded.ts';
import { listen } from './lib/listen.ts';
import { maskAttributes, masking } from './lib/masking.ts';
import { onHidden } from './lib/onHidden.ts';
import { random } from './lib/random.ts';
import { stringify } from './lib/stringify.ts';

/**
 * A chunk is sent after so long, a stream's first ones sooner (most pages are left within seconds, and a browser may be
 * killed), or when so much has come together: even uncompressed it fits a keepalive request.
 */
const CHUNK_MS = 5_000;
const SOONER_MS = 1_000;
const CHUNK_CHARS = 48_000;
/** A whole picture every few minutes, to seek by; it is most of a recording's bytes. */
const CHECKOUT_MS = 240_000;
/** `VISIT_IDLE_MS` of the contract: the snippet imports types only. */
const IDLE_MS = 1_800_000;
/** `LIMITS.urlChars` of the contract. */
const URL_CHARS = 4_096;
/** Marks of one kind in one chunk: an error in a loop is told, not repeated. */
const MARKS = 20;

/** Names of the marks in the recording, by the signal they count for. */
const TAGS = { errors: 'error', rage_clicks: 'rage_click', dead_clicks: 'dead_click' } as const;

guarded(() => {
  const shared = window.footfall as Tracker | undefined;
  const config = shared?.config;
  if (!config || shared.navigated) return; // No tracker, or this script runs twice.

  let ids = shared.visit() || {};
  let stream = random() % 2 ** 31;
  let n = 0;
  let events: string[] = [];
  let chars = 0;
  let chunk: Pick<Envelope, 'from' | 'to' | 'url' | 'keyframe'> | undefined;
  let signals: Signals = {};
  let timer = 0;
  let active = Date.now();
  let asked = active;
  let paused = false;
  let stopped = false;

  const replacer = maskAttributes(config.mask_text);
  const { take, leave, full } = courier(config.chunks, () => stop());

  const flush = () => {
    clearTimeout(timer);
    if (!chunk) return;
    const bytes = new TextEncoder().encode(`[${events}]`);
    const envelope = { ...ids, stream, n: n++, ...chunk, events: events.length, signals };
    events = [];
    chars = 0;
    signals = {};
    chunk = undefined;
    take({ envelope, bytes });
  };

  const emit = guarded((event: RrwebEvent) => {
    paused ||= stopped || Date.now() - active > IDLE_MS || full();
    if (paused) return;
    const { type, timestamp } = event;
    if (type === 4) flush(); // A whole picture opens a chunk.
    const line = stringify(event, type === 2 || event.data.source === 0 ? replacer : undefined);
    if (!chunk) {
      chunk = { from: timestamp, to: timestamp, url: location.href.slice(0, URL_CHARS), keyframe: false };
      timer = setTimeout(flush, Math.min(CHUNK_MS, SOONER_MS * n));
    }
    chunk.from = Math.min(chunk.from, timestamp);
    chunk.to = Math.max(chunk.to, timestamp);
    chunk.keyframe ||= type === 2;
    events.push(line);
    chars += line.length;
    saw(event);
    if (chars > CHUNK_CHARS) flush();
  });

  /** A stream of its own for a new visit, and after any gap. */
  const begin = () => {
    flush();
    ids = shared.visit() || {};
    if (ids.session && ids.session / 2 ** 53 >= config.record) return stop();
    stream = random() % 2 ** 31;
    n = 0;
    paused = false;
    record.takeFullSnapshot(true);
    flush();
  };

  const saw = friction((signal, payload) => {
    if (paused) return;
    const count = (signals[signal] || 0) + 1;
    signals[signal] = count;
    if (signal !== 'clicks' && count <= MARKS) record.addCustomEvent(TAGS[signal], payload);
  });

  // Before rrweb's own listeners, which sit on the document: what wakes a recording belongs to it.
  listen('pointerdown pointermove keydown', () => {
    const now = Date.now();
    const idle = now - active > IDLE_MS;
    active = now;
    if (stopped || (now - asked < 1_000 && !idle)) return;
    asked = now;
    if (idle || shared.visit()?.session !== ids.session || (paused && !full())) begin();
  });
  shared.navigated = () => record.addCustomEvent('navigation', { url: location.href });
  onHidden(() => {
    flush();
    leave();
  });
  listen<PageTransitionEvent>('pageshow', ({ persisted }) => persisted && !stopped && begin());

  const ended = record({
    emit,
    ...masking(config.mask_text),
    checkoutEveryNms: CHECKOUT_MS,
    sampling: { mousemove: 100, mousemoveCallback: 500, scroll: 150, media: 800 },
    slimDOMOptions: {
      comment: true,
      headFavicon: true,
      headMetaSocial: true,
      headMetaRobots: true,
      headMetaHttpEquiv: true,
      headMetaVerification: true,
    },
    inlineStylesheet: true,
    // rrweb calls the page's own insertRule, attachShadow … within its guard: what those refuse is the page's to know.
    errorHandler: (error) => !(error instanceof DOMException),
  });
  const stop = () => {
    stopped = paused = true;
    ended?.();
  };
  shared.stop = stop;
  flush();
})();
