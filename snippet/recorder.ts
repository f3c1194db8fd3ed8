import { type RrwebEvent, record } from '@rrweb/record';
import type { Envelope, GapReason, Signals, Touch } from '../src/contract/wire.ts';
import { type Fuller, fuller } from './fuller/fuller.ts';
import { abandonedForms } from './lib/abandonedForms.ts';
import { courier } from './lib/courier.ts';
import { fields } from './lib/fields.ts';
import type { Tracker, Visit } from './lib/footfall.ts';
import { friction, type Mark } from './lib/friction.ts';
import { guarded } from './lib/guarded.ts';
import { holding } from './lib/holding.ts';
import { kept } from './lib/kept.ts';
import { listen } from './lib/listen.ts';
import { masking } from './lib/masking.ts';
import { meter } from './lib/meter.ts';
import { onHidden } from './lib/onHidden.ts';
import { quickBacks } from './lib/quickBacks.ts';
import { random } from './lib/random.ts';
import { slowInteractions } from './lib/slowInteractions.ts';
import { stringify } from './lib/stringify.ts';
import { thin } from './lib/thin.ts';
import { weight } from './lib/weight.ts';
import { whenCalm } from './lib/whenCalm.ts';
import { whenSettled } from './lib/whenSettled.ts';

/**
 * A chunk is sent after so long, a stream's first ones sooner (most pages are left within seconds, and a browser may be
 * killed), and so all while somebody watches; or when so much has come together: even uncompressed it fits a keepalive
 * request.
 */
const CHUNK_MS = 5_000;
const SOONER_MS = 1_000;
const CHUNK_CHARS = 48_000;
/** No event is larger than that, and so no chunk much; what would be becomes a gap. */
const MOST_CHARS = 1_000_000;
/** So many elements are as many characters at least: no need to try. */
const MOST_NODES = MOST_CHARS / 66;
/** Bytes and time of a visit's recording, over all its pages. */
const VISIT_BYTES = 10_000_000;
const VISIT_MS = 3_600_000;
/** A whole picture every few minutes, to seek by; it is most of a recording's bytes. */
const CHECKOUT_MS = 240_000;
/** How long a page that took too much is left alone; twice as long each time. */
const REST_MS = 1_000;
const LONGEST_REST_MS = 64_000;
/** `VISIT_IDLE_MS` of the contract: the snippet imports types only. */
const IDLE_MS = 1_800_000;
/** `LIMITS.urlChars` of the contract. */
const URL_CHARS = 4_096;
/** Marks of one kind in one chunk: an error in a loop is told, not repeated. */
const MARKS = 20;
/** `LIMITS.touches` and `TOUCHES` of the contract. */
const MOST_TOUCHES = 50;
const TOUCHES = ['clicks', 'dead_clicks', 'rage_clicks'];

/** Names of the marks in the recording, by the signal they count for. */
const TAGS = {
  errors: 'error',
  rage_clicks: 'rage_click',
  dead_clicks: 'dead_click',
  quick_backs: 'quick_back',
  abandoned_forms: 'abandoned_form',
  slow_interactions: 'slow_interaction',
} as const;

/** Lines of console and network, of a visit. */
const LINES = 2_000;

/** Of the two builds of this: the one that records more than the page. What only that has is not in the other. */
declare const __FULLER__: boolean;

/** What the page calls it: that is no text for people. */
const nameOf = (element: Element) => (element.getAttribute('name') || element.id).slice(0, 100);

guarded(() => {
  const shared = window.footfall as Tracker | undefined;
  const config = shared?.config;
  if (!config || shared.told) return; // No tracker, or this script runs twice.

  let ids: Visit = {};
  let stream = 0;
  let flushes = 0;
  let events: string[] = [];
  let chars = 0;
  let chunk: Pick<Envelope, 'from' | 'to' | 'url' | 'keyframe' | 'view'> | undefined;
  let signals: Signals = {};
  let touches: Touch[] = [];
  let timer = 0;
  let active = Date.now();
  let asked = active;
  let pictured = 0;
  let resting = REST_MS;
  let watched = false;
  /** Of this visit, on this page and those before: since when it is recorded, and bytes sent. */
  let since = active;
  let sent = 0;
  /** Why nothing is recorded now, if so. */
  let paused: GapReason | 'idle' | 'elsewhere' | 'stopped' | undefined;
  let ended: (() => void) | undefined;

  const rules = masking(config.masking);
  const { attributes, cleanUrl, cleanMessage, hidden } = rules;
  let more: Fuller | undefined;
  let lines = 0;
  /** Counts what was sent, for the visit's next pages, too; without end says that there is no more to come. */
  const spend = (bytes: number) => {
    sent += bytes;
    const told = __FULLER__ ? `.${lines}` : '';
    if (ids.session) kept({ footfall_recorded: `${ids.session}.${since}.${sent}${told}` });
  };
  const { take, leave, full, drop } = courier(
    config.chunks,
    () => stop(),
    (bytes, seen) => {
      spend(bytes);
      watched = seen;
    },
  );
  const hold = holding(config, take, () => picture());
  const { when = [] } = config;

  /** Whether this page is one that is recorded. */
  const here = () => {
    if (!config.pages) return true;
    let path = location.pathname;
    try {
      path = decodeURI(path);
    } catch {} // as it stands, then
    return new RegExp(config.pages as string).test(path);
  };

  const flush = () => {
    clearTimeout(timer);
    if (!chunk) return;
    const body = `[${events}]`;
    const envelope = { ...ids, stream, ...chunk, events: events.length, signals, touches };
    flushes++;
    events = [];
    chars = 0;
    signals = {};
    touches = [];
    chunk = undefined;
    hold.take({ envelope, body });
  };

  const address = () => cleanUrl(location.href).slice(0, URL_CHARS);

  const put = ({ type, timestamp }: RrwebEvent, line: string) => {
    if (__FULLER__ && more?.handOver(line)) return;
    if (!chunk) {
      chunk = { from: timestamp, to: timestamp, url: address(), keyframe: false, view: [innerWidth, innerHeight] };
      timer = setTimeout(
        () => {
          flush();
          whenCalm(checkout);
        },
        Math.min(watched ? SOONER_MS : CHUNK_MS, SOONER_MS * flushes),
      );
    }
    chunk.from = Math.min(chunk.from, timestamp);
    chunk.to = Math.max(chunk.to, timestamp);
    chunk.keyframe ||= type === 2;
    events.push(line);
    chars += line.length;
  };

  const tell = (tag: string, payload: unknown) => {
    if (paused) return;
    const event = { type: 5, timestamp: Date.now(), data: { tag, payload } };
    put(event, stringify(event));
  };

  /** What a chunk says of itself is of one page. A click there may come before anybody hears of the navigation. */
  const turn = () => {
    if (chunk && chunk.url !== address()) flush();
  };

  /** Takes all observers out of the page: while nothing is recorded it costs nothing. */
  const pause = (why: typeof paused) => {
    flush();
    paused = why;
    ended?.();
    ended = undefined;
  };

  /** Pauses, and says so in the recording. */
  const gap = (reason: GapReason) => {
    if (paused) return;
    tell('gap', { reason });
    pause(reason);
    if (/^visit/.test(reason)) spend(Infinity);
    if (reason === 'busy') {
      setTimeout(
        guarded(() => whenSettled(() => paused === reason && begin())),
        resting,
      );
      resting = Math.min(resting * 2, LONGEST_REST_MS);
    }
  };

  const emit = guarded((event: RrwebEvent) => {
    if (paused) return;
    const { type, timestamp } = event;
    if (timestamp - active > IDLE_MS) return pause('idle');
    // An application shows its next page before anybody hears of the navigation.
    if (!here()) return pause('elsewhere');
    if (full()) return gap('unsent');
    if (sent > VISIT_BYTES) return gap('visit_bytes');
    if (timestamp - since > VISIT_MS) return gap('visit_time');
    if (hidden(event)) return;
    if (type === 4) {
      flush(); // A whole picture opens a chunk.
      event.data.href = cleanUrl(event.data.href as string);
    }
    const masked = (__FULLER__ && more?.attributes) || attributes;
    const line = stringify(event, type === 2 || event.data.source === 0 ? masked : undefined);
    if (line.length > MOST_CHARS) return gap(type === 2 ? 'too_large' : 'busy');
    put(event, line);
    saw(event);
    if (__FULLER__) more?.saw(event);
    if (chars > CHUNK_CHARS) flush();
  });

  const checkout = () => {
    if (Date.now() - pictured >= Math.min(CHECKOUT_MS, hold.every())) picture();
  };

  const picture = () => {
    if (paused) return;
    pictured = Date.now();
    record.takeFullSnapshot(true);
    flush();
  };

  /** A stream of its own for a new visit, and after any gap. */
  const begin = () => {
    pause(undefined);
    ids = shared.visit() || {};
    const asked = __FULLER__ ? more?.asked() : undefined;
    if (asked === undefined && ids.session && ids.session / 2 ** 53 >= config.record) return stop();
    stream = random() % 2 ** 31;
    flushes = 0;
    const [session, begun = 0, bytes = 0, told = 0] = (kept().footfall_recorded || '').split('.').map(Number);
    const known = session && session === ids.session;
    since = known ? begun : Date.now();
    sent = known ? bytes : 0;
    if (__FULLER__) lines = known ? told : 0;
    if (!known) hold.drop();
    hold.begin(since, sent > 0);
    spend(0);
    pictured = Date.now();
    if (!here() || asked === false) paused = 'elsewhere';
    else if (sent === Infinity) paused = 'visit_bytes';
    else if (document.getElementsByTagName('*').length > MOST_NODES) gap('too_large');
    else ended = record(options);
    if (paused) pause(paused); // It may have been too much at once, before there was anything to end.
    flush();
  };

  const mark: Mark = (signal, payload, spot) => {
    if (paused || (__FULLER__ && more?.handMark(signal, payload))) return;
    if (spot) turn();
    const count = (signals[signal] || 0) + 1;
    signals[signal] = count;
    if (spot && touches.length < MOST_TOUCHES) touches.push([TOUCHES.indexOf(signal), ...spot]);
    if (signal !== 'clicks' && count <= MARKS) {
      tell(TAGS[signal], payload);
      if (when.includes(TAGS[signal])) hold.release();
    }
  };
  const saw = friction(mark, cleanMessage, rules.options.blockSelector as string);
  const wentOn = quickBacks(Boolean(shared.visit()), () => mark('quick_backs', {}));
  const wentElsewhere = abandonedForms((form, field) =>
    mark('abandoned_forms', { form: nameOf(form), field: nameOf(field) }),
  );
  slowInteractions((ms, type) => mark('slow_interactions', { ms, type }));

  // Before rrweb's own listeners, which sit on the document: what wakes a recording belongs to it.
  listen('pointerdown pointermove keydown', () => {
    const now = Date.now();
    const idle = now - active > IDLE_MS;
    active = now;
    if (paused === 'stopped' || (now - asked < 1_000 && !idle)) return;
    asked = now;
    if (idle || shared.visit()?.session !== ids.session || (paused === 'unsent' && !full())) begin();
  });
  shared.record = hold.release;
  shared.told = ({ name, interactive = true }) => {
    if (name !== 'pageview') {
      if (name !== 'engagement' && interactive && when.some((one) => one === 'event' || one === `event:${name}`))
        hold.release();
      return;
    }
    turn();
    if (!paused && !here()) pause('elsewhere');
    tell('navigation', { url: cleanUrl(location.href) });
    wentOn();
    wentElsewhere();
    if (paused === 'too_large') whenSettled(() => paused === 'too_large' && begin());
    else if (paused === 'elsewhere') begin();
  };
  onHidden(() => {
    flush();
    leave();
  });
  listen<PageTransitionEvent>('pageshow', ({ persisted }) => persisted && paused !== 'stopped' && begin());

  const measured = meter(() => gap('busy'));
  const thinned = thin();
  /** rrweb calls the page's own insertRule, attachShadow … among its own work: what those refuse is the page's to know. */
  const run = <T>(work: () => T) =>
    measured(() => {
      try {
        return work();
      } catch (error) {
        if (error instanceof DOMException) throw error;
        return undefined;
      }
    });

  const mayChange = fields(run, (field) => paused || record.field(field));

  // rrweb knows nothing of popovers that open and close: an attribute tells the player.
  listen<ToggleEvent>('toggle', ({ target, newState }) => {
    const id = record.mirror.getId(target as Element);
    if (!(target as HTMLElement).popover || id < 0) return;
    const attributes = { 'data-rr-popover': newState === 'open' ? '' : null };
    const data = { source: 0, texts: [], attributes: [{ id, attributes }], removes: [], adds: [] };
    emit({ type: 3, timestamp: Date.now(), data });
  });
  if (__FULLER__)
    more = fuller({
      ...{ config, rules, emit, tell, mark },
      on: () => !paused,
      picture: () => (paused === 'elsewhere' ? begin() : picture()),
      run(work) {
        try {
          return run(work);
        } catch {
          return undefined;
        }
      },
      line: () => lines++ < LINES,
    });

  const options: Parameters<typeof record>[0] = {
    emit,
    ...rules.options,
    sampling: { mousemove: 100, mousemoveCallback: 500, scroll: 150 },
    around: (handle, args) =>
      run(() => {
        const handler = handle as (...args: unknown[]) => unknown;
        const [records] = args as [MutationRecord[] | undefined];
        // A move of the pointer fills no field.
        if (!/move|scroll/.test((records as unknown as Event | undefined)?.type || '')) mayChange();
        if (!Array.isArray(records) || !records[0]?.target) return handler(...args);
        if (weight(records, MOST_NODES) > MOST_NODES) return gap('busy');
        const now = thinned(records, (late) => run(() => handler(late)));
        return now[0] && handler(now);
      }),
  };
  const stop = () => {
    chunk = undefined;
    clearTimeout(timer);
    hold.drop();
    drop();
    pause('stopped');
  };
  shared.stop = stop;
  begin();
})();
