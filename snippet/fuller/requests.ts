import type { NetworkLine } from '../../src/contract/wire.ts';
import { guarded } from '../lib/guarded.ts';
import { bounded } from './bounded.ts';
import type { Recorder } from './fuller.ts';
import type { Spoken } from './spoken.ts';

/** The browser measures a request once all of it is there; of one that it doesn't measure, or is a stream, less is told. */
const WAIT_MS = 3_000;

/** A request that is under way, or over and not told yet. */
interface Asked {
  url: string;
  /** In milliseconds of `performance.now()`. */
  begun: number;
  method: string;
  up?: number | undefined;
  ended?: number;
  status?: number;
}

/** Bytes of a body, where that can be told without reading it. */
const sizeOf = (body: unknown): number | undefined => {
  if (typeof body === 'string') return new Blob([body]).size;
  if (body instanceof Blob) return body.size;
  if (body instanceof URLSearchParams) return String(body).length;
  return (body as ArrayBuffer | undefined)?.byteLength;
};

const whole = (url: unknown) => new URL(String(url), document.baseURI).href.replace(/#.*/, '');

/**
 * Records requests of the page's scripts, never their headers or bodies. Method and status are known by standing before
 * `fetch` and `XMLHttpRequest`, times and sizes are the browser's own, which knows those of before as well.
 */
export function requests({ config, on, tell, run, line }: Recorder, clean: Spoken): void {
  const offer = bounded<NetworkLine>(line, (what) => tell('network', what));
  const { origin } = new URL(config.chunks);
  const ours = (url: string) =>
    url.startsWith(origin) && /^\/([ersp]\/|api\/event|api\/send)/.test(url.slice(origin.length));
  let asked: Asked[] = [];

  const say = (
    { url, begun, method, up, ended, status }: Partial<Asked> & Pick<Asked, 'url' | 'begun'>,
    more: object,
  ) =>
    run(() =>
      offer(
        () =>
          ({
            ...{ at: Math.round(performance.timeOrigin + begun), url: clean.url(url) },
            ...{ method, status, up, ms: Math.round((ended || begun) - begun) },
            ...more,
          }) as NetworkLine,
      ),
    );

  const begin = (url: unknown, method: string, body: unknown): Asked | undefined => {
    if (!on()) return undefined;
    try {
      const one: Asked = { url: whole(url), begun: performance.now(), method: method.toUpperCase(), up: sizeOf(body) };
      if (ours(one.url)) return undefined;
      asked.push(one);
      return one;
    } catch {
      return undefined; // what is no address is the page's to hear of
    }
  };
  const end = guarded((one: Asked | undefined, status: number) => {
    if (!one) return;
    one.ended = performance.now();
    one.status = status;
    setTimeout(
      guarded(() => {
        if (!asked.includes(one)) return;
        asked = asked.filter((other) => other !== one);
        say(one, {});
      }),
      WAIT_MS,
    );
  });

  const { fetch: ask } = window;
  window.fetch = function (this: unknown, ...given: Parameters<typeof fetch>) {
    const [to, init] = given;
    const request = to instanceof Request ? to : undefined;
    const one = begin(request?.url ?? to, init?.method || request?.method || 'GET', init?.body);
    // What the page gets is the promise that we look at: a failure that it doesn't handle is still one.
    return ask.apply(this as Window, given).then(
      (answer) => {
        end(one, answer.status);
        return answer;
      },
      (error) => {
        end(one, 0);
        throw error;
      },
    );
  };

  const { open, send } = XMLHttpRequest.prototype;
  const opened = new WeakMap<XMLHttpRequest, unknown[]>();
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...given: unknown[]) {
    opened.set(this, given);
    return open.apply(this, given as never);
  };
  XMLHttpRequest.prototype.send = function (this: XMLHttpRequest, ...given) {
    const [method, url] = opened.get(this) || [];
    const one = begin(url, String(method), given[0]);
    if (one) this.addEventListener('loadend', () => end(one, this.status), { once: true });
    return send.apply(this, given);
  };

  try {
    new PerformanceObserver(
      guarded((list: PerformanceObserverEntryList) => {
        for (const entry of list.getEntries() as PerformanceResourceTiming[]) {
          if (!/^(fetch|xmlhttprequest)$/.test(entry.initiatorType) || ours(entry.name)) continue;
          const url = entry.name.replace(/#.*/, '');
          // Measured by the same clock, after we saw it begin: the first of its address that fits.
          const one = asked.find((other) => other.url === url && other.begun <= entry.startTime + 1);
          if (one) asked = asked.filter((other) => other !== one);
          const { startTime: begun, responseEnd: ended, responseStatus, encodedBodySize } = entry;
          const status = one?.status ?? (responseStatus || undefined);
          if (on())
            say({ ...one, url, begun, ended, status } as Asked, encodedBodySize ? { down: encodedBodySize } : {});
        }
      }),
    ).observe({ type: 'resource', buffered: true });
  } catch {} // a browser that doesn't measure this: what is known is told after a while
}
